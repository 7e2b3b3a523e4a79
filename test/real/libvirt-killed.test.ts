/** QEMU ends in the middle of an apply through libvirt: what the product then says is true. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { domxml, type Ran } from '../cli/domxml';
import { domainXml } from '../support/libvirt-domain';
import { killQemu, libvirtSuites, startLibvirt, type Libvirt } from '../support/libvirt-root';
import type { RootSuite } from '../support/qemu-version';
import { startVirshProxy } from '../support/virsh-proxy';

const NAME = 'vmui-killed';
const VM = `libvirt:${NAME}@qemu:///system`;

for (const suite of libvirtSuites()) {
  test(`${suite}: QEMU is killed before the second command of a chain: the domain does not run`, async t => {
    const { libvirt, ran } = await applyAndMeanwhile(t, suite, ['--live'], host => killQemu(host, NAME));
    assert.equal(ran.code, 1, ran.stderr);
    assert.match(
      ran.stdout,
      /^failed: The domain has ended while it was being changed .*does not run now, .* The persistent definition is as it was before\.$/m,
    );
    assert.match(ran.stdout, /^ {2}done: Lower fast: 400 IOPS -> 300 IOPS$/m);
    assert.match(ran.stdout, /^ {2}(failed|unknown): Change the filters of vda: fast -> fast, then gold$/m);
    assert.match(await libvirt.virsh('domstate', NAME), /shut off/);
    assert.doesNotMatch(await libvirt.virsh('dumpxml', NAME), /<total_iops_sec>300</);
  });

  test(`${suite}: what was changed in the definition by then is named`, async t => {
    const { libvirt, ran } = await applyAndMeanwhile(t, suite, ['--live', '--config'], host =>
      killQemu(host, NAME),
    );
    assert.equal(ran.code, 1, ran.stderr);
    assert.match(ran.stdout, /^partial: .* Not as before: .*\(persistent definition\)\.$/m);
    assert.match(await libvirt.virsh('dumpxml', NAME), /<total_iops_sec>300</);
  });

  test(`${suite}: the domain is started anew meanwhile: its new process is not taken for the old`, async t => {
    const { libvirt, ran } = await applyAndMeanwhile(t, suite, ['--live'], async host => {
      await host.virsh('destroy', NAME);
      await host.virsh('start', NAME);
    });
    assert.match(
      ran.stdout,
      /^failed: The domain was started anew .* What the plan was about is as it was before\.$/m,
    );
    assert.doesNotMatch(await libvirt.virsh('dumpxml', NAME), /<total_iops_sec>300</);
  });
}

/** A change of a group, then of a chain; `act` comes after the first command of the chain, before its second. */
async function applyAndMeanwhile(
  t: TestContext,
  suite: RootSuite,
  planes: readonly string[],
  act: (libvirt: Libvirt) => Promise<unknown>,
): Promise<{ readonly libvirt: Libvirt; readonly ran: Ran }> {
  const libvirt = await startLibvirt(t, suite);
  const image = join(libvirt.folder, 'killed.raw');
  await libvirt.run('truncate', '-s', '16M', image);
  const definition = (fast: number, filters: readonly string[]): string =>
    domainXml({
      name: NAME,
      groups: { fast, gold: 60 },
      disks: [{ target: 'vda', image, format: 'raw', filters }],
    });
  await libvirt.start(NAME, definition(400, ['fast']));
  const proxy = await startVirshProxy(t, libvirt.command);
  proxy.arm(
    line => line.includes('blockdev-reopen'),
    async () => {
      await act(libvirt);
    },
  );
  const virsh = proxy.command.flatMap(word => ['--virsh', word]);
  const ran = await domxml(['apply', '--vm', VM, ...virsh, ...planes, '--allow', 'taint', '--yes', '-'], {
    stdin: definition(300, ['fast', 'gold']),
  });
  assert.ok(proxy.met, ran.stderr);
  return { libvirt, ran };
}
