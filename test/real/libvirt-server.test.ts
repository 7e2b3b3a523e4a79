/** The language server's commands on domains of a real libvirt. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, test, type TestContext } from 'node:test';
import { CancellationTokenSource } from 'vscode-jsonrpc/node';
import type {
  ApplyAnswer,
  CommandAnswer,
  ChangeAnswer,
  ListDisksAnswer,
  ListDomainsAnswer,
  PlanAnswer,
} from '../../server/src/protocol';
import { domainXml } from '../support/libvirt-domain';
import { onEachLibvirt } from '../support/libvirt-hosts';
import { LspClient, PULLING } from '../support/lsp-client';

const NAME = 'vmui-server';
const UUID = '5b6d7f2a-0002-4e3f-8a9b-0c1d2e3f4a5b';
const ADDRESS = `libvirt:${NAME}@qemu:///system`;
const URI = 'file:///vm.domain.xml';

onEachLibvirt(host => {
  const definition = (filters: readonly string[], groups: Readonly<Record<string, number>> = {}): string =>
    domainXml({
      name: NAME,
      uuid: UUID,
      groups: { gold: 500, all: 900, ...groups },
      disks: [{ target: 'vda', image: join(host().folder, 'server-a.raw'), format: 'raw', filters }],
    });

  before(async () => {
    await host().run('truncate', '-s', '16M', join(host().folder, 'server-a.raw'));
    await host().start(NAME, definition(['gold']));
  });

  type Run = <T>(command: string, argument: object) => Promise<CommandAnswer<T>>;

  async function server(
    t: TestContext,
    text: string,
    settings: object = {},
  ): Promise<{ client: LspClient; run: Run }> {
    const value = { virsh: { command: host().command }, ...settings };
    const client = await LspClient.start(t, {
      capabilities: PULLING,
      initializationOptions: { trusted: true, settings: value },
    });
    await client.open(URI, text);
    const run: Run = (command, argument) =>
      client.request('workspace/executeCommand', { command: `domxml.${command}`, arguments: [argument] });
    return { client, run };
  }

  const isTainted = async (): Promise<boolean> =>
    /custom[- ]monitor/.test(await host().virsh('dominfo', NAME));

  test('domains are listed where asked; a connection that fails says why and keeps no other back', async t => {
    const connectUris = ['qemu:///system', 'qemu+unix:///system?socket=/nonexistent/libvirt-sock'];
    const { run } = await server(t, definition(['gold']), { connectUris });
    const all = done(await run<ListDomainsAnswer>('listDomains', {}));
    const [system, broken] = all.connections;
    assert.deepEqual(
      system?.domains.find(({ name }) => name === NAME),
      { name: NAME, running: true, address: ADDRESS },
    );
    assert.deepEqual(broken?.domains, []);
    assert.match(broken.problem ?? '', /socket/i);
    const one = done(
      await run<ListDomainsAnswer>('listDomains', { uris: ['qemu:///system', 'qemu+ssh://elsewhere/'] }),
    );
    assert.deepEqual(
      one.connections.map(({ uri }) => uri),
      ['qemu:///system'],
    );
  });

  test('a connected document is judged for the libvirt and QEMU of its VM, until it is disconnected', async t => {
    const { client, run } = await server(t, definition(['gold']), { libvirtVersion: '9.0.0' });
    const rules = async (): Promise<readonly unknown[]> => {
      const { items } = await client.pull(URI);
      return [...new Set(items.map(({ code }) => code))];
    };
    assert.ok((await rules()).includes('needs-newer-libvirt'));
    assert.equal((await run('connect', { address: ADDRESS, uri: URI })).ok, true);
    assert.ok(!(await rules()).includes('needs-newer-libvirt'));
    assert.equal((await run('disconnect', { address: ADDRESS, uri: URI })).ok, true);
    assert.ok((await rules()).includes('needs-newer-libvirt'));
  });

  test('what is to change must be said; a group goes to both sides, and nothing taints', async t => {
    const { run } = await server(t, definition(['gold']));
    const about = { address: ADDRESS, name: 'spare', limits: { total_iops_sec: '50' } };
    const unsaid = await run<ChangeAnswer>('setGroup', about);
    assert.ok(!unsaid.ok);
    assert.match(unsaid.message, /live.*config/);
    const planes = ['live', 'config'];
    const shown = done(await run<ChangeAnswer>('setGroup', { ...about, planes }));
    assert.deepEqual(shown.toAllow, []);
    const set = done(
      await run<ChangeAnswer>('setGroup', { ...about, planes, confirmed: true, hash: shown.hash }),
    );
    assert.equal(set.outcome, 'applied', set.message);
    for (const flags of [[], ['--inactive']]) {
      assert.match(await host().virsh('dumpxml', NAME, ...flags), />spare</);
    }
    const gone = done(await run<ChangeAnswer>('deleteGroup', { ...about, planes, confirmed: true }));
    assert.equal(gone.outcome, 'applied', gone.message);
    assert.equal(await isTainted(), false);
  });

  test('a session that only looks leaves no mark: domains, connect, groups, disks, plans of both sides, disconnect', async t => {
    const { run } = await server(t, definition(['gold', 'all']));
    done(await run<ListDomainsAnswer>('listDomains', {}));
    done(await run<object>('connect', { address: ADDRESS, uri: URI }));
    done(await run<object>('listGroups', { address: ADDRESS }));
    const { disks } = done(await run<ListDisksAnswer>('listDisks', { address: ADDRESS }));
    assert.equal(disks[0]?.source, 'libvirt-live');
    const plan = (planes: readonly string[]): Promise<CommandAnswer<PlanAnswer>> =>
      run('plan', { uri: URI, address: ADDRESS, planes });
    const live = await plan(['live']);
    assert.ok(!live.ok && live.reason === 'taint', JSON.stringify(live));
    for (const planes of [['config'], ['live', 'config']]) done(await plan(planes));
    const change = { address: ADDRESS, name: 'gold', planes: ['live', 'config'] };
    done(await run<ChangeAnswer>('setGroup', { ...change, limits: { total_iops_sec: '50' } }));
    done(await run<object>('disconnect', { address: ADDRESS, uri: URI }));
    assert.equal(await isTainted(), false);
    assert.doesNotMatch(
      await host().run('cat', `/run/libvirt/qemu/${NAME}.xml`),
      /<taint flag='custom-monitor'/,
    );
  });

  test('a chain waits for taint, is cancelled half-way and undone, applied, and returned', async t => {
    const { client, run } = await server(t, definition(['gold', 'all', 'more'], { more: 800 }));
    const about = { uri: URI, address: ADDRESS, planes: ['live'] };
    const part = done(await run<PlanAnswer>('plan', about));
    assert.equal(part.wantsTaint, true, 'the new group is planned, the filters are left');
    assert.equal(await isTainted(), false);

    const allow = ['taint'];
    const plan = done(await run<PlanAnswer>('plan', { ...about, allow }));
    assert.deepEqual([plan.wantsTaint, plan.toAllow], [false, ['taint']]);
    const whole = { ...about, allow, hash: plan.hash };

    const cancel = new CancellationTokenSource();
    const params = { command: 'domxml.apply', arguments: [whole], workDoneToken: 'apply' };
    const cut = client.request<CommandAnswer<ApplyAnswer>>('workspace/executeCommand', params, cancel.token);
    await client.until(() =>
      client.notifications.find(({ params: told }) => JSON.stringify(told ?? null).includes('"Step 1 of')),
    );
    cancel.cancel();
    const cancelled = done(await cut);
    assert.equal(cancelled.outcome, 'cancelled', cancelled.message);
    const disks = async (): Promise<readonly string[] | undefined> =>
      done(await run<ListDisksAnswer>('listDisks', { address: ADDRESS, allow })).disks[0]?.filters;
    assert.deepEqual(await disks(), ['gold']);

    const again = done(await run<PlanAnswer>('plan', { ...about, allow }));
    const applied = done(await run<ApplyAnswer>('apply', { ...whole, hash: again.hash }));
    assert.equal(applied.outcome, 'applied', applied.message);
    assert.match(applied.transcript, /"sent","message":\{"argv":\["domthrottlegroupset",.*"received"/s);
    assert.match(applied.transcript, /"sent","message":\{"execute":"blockdev-reopen",/);
    assert.deepEqual(await disks(), ['gold', 'all', 'more']);
    // The control of all tests that say that nothing taints.
    assert.equal(await isTainted(), true);
    assert.match(await host().run('cat', `/run/libvirt/qemu/${NAME}.xml`), /<taint flag='custom-monitor'/);

    const way = { uri: URI, address: ADDRESS, return: true, allow };
    const back = done(await run<PlanAnswer>('plan', way));
    assert.match(back.text, /gold/);
    const returned = done(await run<ApplyAnswer>('apply', { ...way, hash: back.hash }));
    assert.equal(returned.outcome, 'applied', returned.message);
    assert.deepEqual(await disks(), ['gold']);
  });

  test('a domain that the settings allow to be tainted is asked without a question, by name or uuid', async t => {
    for (const allowTaint of [[NAME], [UUID]]) {
      const { run } = await server(t, definition(['gold']), { allowTaint });
      const { disks } = done(await run<ListDisksAnswer>('listDisks', { address: ADDRESS }));
      assert.equal(disks[0]?.source, 'qemu', allowTaint[0]);
    }
    const { run } = await server(t, definition(['gold']), { allowTaint: ['another'] });
    const { disks } = done(await run<ListDisksAnswer>('listDisks', { address: ADDRESS }));
    assert.equal(disks[0]?.source, 'libvirt-live');
  });
});

function done<T>(answer: CommandAnswer<T>): T {
  assert.ok(answer.ok, answer.ok ? '' : answer.message);
  return answer;
}
