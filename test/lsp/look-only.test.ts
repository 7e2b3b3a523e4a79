/** What the server sends to libvirt where the user allowed no taint, and where the settings allow it: to the command. */

import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { CommandAnswer, ListDisksAnswer, PlanAnswer } from '../../server/src/protocol';
import { LspClient, PULLING } from '../support/lsp-client';
import { GUEST, guestDocument } from '../support/running-guest';
import { virshOfDomain, type VirshOfDomain } from '../support/virsh-of-domain';

const URI = 'file:///guest.domain.xml';
const ADDRESS = `libvirt:${GUEST.name}@qemu:///system`;

interface Asking {
  readonly virsh: VirshOfDomain;
  readonly run: <T>(command: string, argument: object) => Promise<CommandAnswer<T>>;
}

async function asking(t: TestContext, settings: object = {}): Promise<Asking> {
  const virsh = await virshOfDomain(t, GUEST);
  const client = await LspClient.start(t, {
    capabilities: PULLING,
    initializationOptions: {
      trusted: true,
      settings: { schema: 'none', virsh: { command: virsh.command }, ...settings },
    },
  });
  await client.open(URI, guestDocument(['gold', 'silver']));
  return {
    virsh,
    run: (command, argument) =>
      client.request('workspace/executeCommand', { command: `domxml.${command}`, arguments: [argument] }),
  };
}

const commandsOf = async (virsh: VirshOfDomain): Promise<readonly string[]> => [
  ...new Set((await virsh.log()).map(line => line.split(' ')[0] ?? '')),
];

test('a session that only looks sends nothing but what libvirt answers by itself', async t => {
  const { virsh, run } = await asking(t);
  assert.ok((await run('listDomains', { uris: ['qemu:///system'] })).ok);
  assert.ok((await run('connect', { address: ADDRESS, uri: URI })).ok);
  assert.ok((await run('listGroups', { address: ADDRESS })).ok);
  const disks = await run<ListDisksAnswer>('listDisks', { address: ADDRESS });
  assert.ok(disks.ok && disks.disks[0]?.source === 'libvirt-live', JSON.stringify(disks));
  const about = { uri: URI, address: ADDRESS };
  const part = await run<PlanAnswer>('plan', { ...about, planes: ['live', 'config'] });
  assert.ok(part.ok && part.wantsTaint === true, JSON.stringify(part));
  const live = await run<PlanAnswer>('plan', { ...about, planes: ['live'] });
  assert.ok(!live.ok && live.reason === 'taint', JSON.stringify(live));
  assert.deepEqual(await commandsOf(virsh), ['list', 'version', 'dominfo', 'dumpxml', 'domjobinfo']);
});

test('QEMU itself is asked where that was allowed with the question, or for this domain in the settings', async t => {
  const plan = { uri: URI, address: ADDRESS, planes: ['live', 'config'] };
  const monitored = async (settings: object, allow: readonly string[]): Promise<boolean> => {
    const { virsh, run } = await asking(t, settings);
    await run('plan', { ...plan, allow });
    return (await commandsOf(virsh)).includes('qemu-monitor-command');
  };
  assert.equal(await monitored({}, ['taint']), true);
  assert.equal(await monitored({ allowTaint: [GUEST.name] }, []), true);
  assert.equal(await monitored({ allowTaint: [GUEST.uuid] }, []), true);
  assert.equal(await monitored({ allowTaint: ['another'] }, []), false);
});
