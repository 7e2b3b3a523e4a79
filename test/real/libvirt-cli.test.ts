/** The command line on a domain of a real libvirt: what a user types, reads, and finds in libvirt's XML afterwards. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { domxml, type Ran } from '../cli/domxml';
import { domainXml } from '../support/libvirt-domain';
import { onEachLibvirt } from '../support/libvirt-hosts';

const NAME = 'vmui-cli';
const VM = `libvirt:${NAME}@qemu:///system`;

onEachLibvirt(host => {
  const definition = (filters: readonly string[], gold = 500): string =>
    domainXml({
      name: NAME,
      uuid: '5b6d7f2a-0001-4e3f-8a9b-0c1d2e3f4a5b',
      groups: { gold, all: 900 },
      disks: [
        { target: 'vda', image: join(host().folder, 'cli-a.raw'), format: 'raw', filters },
        { target: 'vdb', image: join(host().folder, 'cli-b.raw'), format: 'raw' },
      ],
    });

  before(async () => {
    await host().run(
      'truncate',
      '-s',
      '16M',
      ...['a', 'b'].map(name => join(host().folder, `cli-${name}.raw`)),
    );
    await host().start(NAME, definition(['gold']));
  });

  /** A command on the domain; the document, if any, on standard input. */
  const run = (command: readonly string[], document?: string): Promise<Ran> =>
    domxml(
      [
        ...command,
        ...['--vm', VM],
        ...host().command.flatMap(word => ['--virsh', word]),
        ...(document === undefined ? [] : ['-']),
      ],
      document === undefined ? {} : { stdin: document },
    );

  const json = async (
    command: readonly string[],
    document?: string,
  ): Promise<{ code: number | null; value: Shown }> => {
    const ran = await run([...command, '--format', 'json'], document);
    assert.notEqual(ran.stdout, '', ran.stderr);
    return { code: ran.code, value: JSON.parse(ran.stdout) as Shown };
  };

  const dumped = (...flags: readonly string[]): Promise<string> => host().virsh('dumpxml', NAME, ...flags);
  const isTainted = async (): Promise<boolean> =>
    (await host().virsh('dominfo', NAME)).includes('tainted: custom-monitor') ||
    /custom-monitor|custom monitor/.test(await host().virsh('dominfo', NAME));

  test('what is to change must be said, and is said in words', async () => {
    const unsaid = await run(['plan'], definition(['gold']));
    assert.equal(unsaid.code, 1);
    assert.match(unsaid.stderr, /--live.*--config/s);
    assert.equal((await run(['apply', '--yes'], definition(['gold']))).code, 2);
  });

  test('groups change on both sides by virsh, and nothing taints', async () => {
    const { code, value } = await json(
      ['plan', '--live', '--config', '--detailed-exitcode'],
      definition(['gold'], 700),
    );
    assert.equal(code, 2);
    assert.equal(value.target?.managedBy, 'libvirt');
    assert.deepEqual([...new Set(value.steps?.map(({ plane, via }) => `${plane} ${via}`))].sort(), [
      'config virsh',
      'live virsh',
    ]);
    assert.match(String(value.steps?.[0]?.commands[0]?.argv?.[0]), /^domthrottlegroupset$/);
    const applied = await run(['apply', '--live', '--config', '--yes'], definition(['gold'], 700));
    assert.equal(applied.code, 0, applied.stderr);
    assert.match(await dumped(), /<total_iops_sec>700</);
    assert.match(await dumped('--inactive'), /<total_iops_sec>700</);
    assert.equal(await isTainted(), false);
  });

  test('a group is set and deleted through libvirt, on the side that is named', async () => {
    const set = await run(['groups', 'set', 'spare', '--total-iops-sec', '50', '--config', '--yes']);
    assert.equal(set.code, 0, set.stderr);
    assert.match(await dumped('--inactive'), />spare</);
    assert.doesNotMatch(await dumped(), />spare</);
    const gone = await run(['groups', 'delete', 'spare', '--config', '--yes']);
    assert.equal(gone.code, 0, gone.stderr);
    assert.doesNotMatch(await dumped('--inactive'), />spare</);
    const used = await run(['groups', 'delete', 'gold', '--config', '--yes']);
    assert.equal(used.code, 1);
    assert.match(used.stdout, /used by vda/);
  });

  test('disks are listed from libvirt without a mark', async () => {
    const { value } = await json(['disks']);
    assert.deepEqual(
      value.disks?.map(({ target, source, filters }) => [target, source, filters.map(({ group }) => group)]),
      [
        ['vda', 'libvirt-live', ['gold']],
        ['vdb', 'libvirt-live', []],
      ],
    );
    assert.equal(await isTainted(), false);
  });

  test('a chain is left without taint, changed with it, and returned', async () => {
    const wanted = definition(['gold', 'all'], 700);
    const refused = await run(['apply', '--live', '--yes'], wanted);
    assert.equal(refused.code, 1);
    assert.match(refused.stdout, /^refused.*taint/is);
    assert.equal(await isTainted(), false);

    const applied = await run(['apply', '--live', '--yes', '--allow', 'taint'], wanted);
    assert.equal(applied.code, 0, applied.stderr);
    const seen = await json(['disks', '--allow', 'taint']);
    assert.deepEqual(
      seen.value.disks?.[0]?.filters.map(({ group }) => group),
      ['gold', 'all'],
    );
    assert.equal(seen.value.disks[0].source, 'qemu');
    assert.equal(await isTainted(), true);

    const back = await run(['apply', '--return', '--yes', '--allow', 'taint']);
    assert.equal(back.code, 0, back.stderr);
    const after = await json(['disks', '--allow', 'taint']);
    assert.deepEqual(
      after.value.disks?.[0]?.filters.map(({ group }) => group),
      ['gold'],
    );
  });

  test('filters on a disk without any break libvirt, which must be allowed by its own word', async () => {
    const text = definition(['gold'], 700).replace(
      "<target dev='vdb'",
      "<throttlefilters><throttlefilter group='all'/></throttlefilters><target dev='vdb'",
    );
    const plan = await json(['plan', '--live', '--allow', 'taint'], text);
    assert.ok(plan.value.consequences?.some(({ kind }) => kind === 'breaks-libvirt'));
    const refused = await run(['apply', '--live', '--yes', '--allow', 'taint'], text);
    assert.equal(refused.code, 1);
    assert.match(refused.stdout, /breaks-libvirt/);
    const all = ['apply', '--live', '--yes', '--allow', 'taint', '--allow', 'breaks-libvirt'];
    const applied = await run(all, text);
    assert.equal(applied.code, 0, applied.stderr);
    const back = await run(['apply', '--return', ...all.slice(2)]);
    assert.equal(back.code, 0, back.stderr);
  });

  test('a domain that is not there is told with those that are', async () => {
    const ran = await domxml([
      ...['disks', '--vm', 'libvirt:nobody@qemu:///system'],
      ...host().command.flatMap(word => ['--virsh', word]),
    ]);
    assert.equal(ran.code, 1);
    assert.match(ran.stderr, new RegExp(`no domain called nobody.*${NAME}`, 's'));
  });
});

test('a raw socket knows no chain of libvirt to return to', async () => {
  const ran = await domxml(['plan', '--vm', 'unix:/nonexistent/vm.sock', '--return']);
  assert.equal(ran.code, 1);
  assert.match(ran.stderr, /libvirt:DOMAIN/);
});

/** What of the JSON is looked at. */
interface Shown {
  readonly target?: { readonly managedBy: string | null };
  readonly steps?: readonly {
    readonly plane: string;
    readonly via: string;
    readonly commands: readonly { readonly argv?: readonly string[] }[];
  }[];
  readonly consequences?: readonly { readonly kind: string }[];
  readonly disks?: readonly {
    readonly target: string | null;
    readonly source: string;
    readonly filters: readonly { readonly group: string }[];
  }[];
}
