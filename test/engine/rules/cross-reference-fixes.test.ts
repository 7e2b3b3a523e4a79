/** Fixes of the rules about references between devices: each mends, and none makes a new mistake. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mend } from '../../support/mend';
import { seeded } from '../../support/seeded';

test('every fix mends: 800 made-up domains', () => {
  let fixes = 0;
  for (let seed = 1; seed <= 800; seed++) fixes += mend(madeUp(seeded(seed)));
  assert.ok(fixes > 3000, `only ${String(fixes)} fixes were offered`);
});

/** A domain of few names and numbers, so that many of them collide or name what is not there. */
function madeUp(next: (below: number) => number): string {
  const pick = (...from: readonly string[]): string => from[next(from.length)] ?? '';
  const maybe = (text: string): string => (next(2) === 0 ? text : '');
  const some = (most: number, make: () => string): string =>
    Array.from({ length: next(most + 1) }, make).join('');
  const number = (below: number): string => String(next(below));
  const drive = (): string =>
    maybe(`      <address type='drive' controller='${number(2)}' bus='0' target='0' unit='${number(8)}'/>\n`);
  const disk = (): string => {
    const bus = pick('virtio', 'scsi', 'sata', 'ide', 'usb');
    const dev = `${pick('vd', 'sd', 'hd', 'x')}${pick('a', 'b', 'c', 'a1')}`;
    return `    <disk type='file' device='disk'>
      <driver name='qemu'${maybe(` iothread='${number(4)}'`)}/>
      <target dev='${dev}' bus='${bus}'/>
${maybe(`      <boot order='${String(1 + next(3))}'/>\n`)}${maybe(`      <alias name='ua-${number(3)}'/>\n`)}${bus === 'virtio' || bus === 'usb' ? '' : drive()}    </disk>
`;
  };
  const controller = (): string =>
    `    <controller type='${pick('scsi', 'sata')}'${maybe(` index='${number(2)}'`)} model='${pick('virtio-scsi', 'lsilogic')}'/>\n`;
  const port = (): string => `    <serial type='pty'>\n      <target port='${number(3)}'/>\n    </serial>\n`;
  const usb = (): string =>
    `    <input type='tablet' bus='usb'>\n      <address type='usb' bus='${number(2)}' port='${number(6)}'/>\n    </input>\n`;
  const pci = (): string =>
    `    <rng model='virtio'>\n      <address type='pci' slot='${number(3)}'/>\n    </rng>\n`;
  const cell = (): string =>
    `      <cell${maybe(` id='${number(3)}'`)} cpus='${pick('0', '1', '0-1', '2-3', '3')}' memory='1'/>\n`;
  const cpu = (): string => `  <cpu>
${maybe(`    <topology sockets='${String(1 + next(2))}' cores='${String(1 + next(3))}' threads='1'/>\n`)}    <numa>
${some(3, cell)}    </numa>
  </cpu>
`;
  return `<domain type='kvm'>
  <name>made-up</name>
${maybe(`  <vcpu${maybe(` current='${number(5)}'`)}>${String(1 + next(4))}</vcpu>\n`)}${maybe(`  <iothreads>${number(3)}</iothreads>\n`)}${maybe(`  <iothreadids>\n${some(2, () => `    <iothread id='${String(1 + next(3))}'/>\n`)}  </iothreadids>\n`)}  <cputune>
${some(3, () => `    <vcpupin vcpu='${number(4)}' cpuset='0'/>\n`)}${some(2, () => `    <iothreadpin iothread='${String(1 + next(3))}' cpuset='0'/>\n`)}${maybe(`    <vcpusched vcpus='${pick('0', '1-2', '4')}' scheduler='fifo' priority='1'/>\n`)}  </cputune>
${maybe(`  <numatune>\n    <memnode cellid='${number(3)}' mode='strict' nodeset='0'/>\n  </numatune>\n`)}  <os>
    <type>hvm</type>
${maybe(`    <boot dev='hd'/>\n`)}  </os>
${maybe(cpu())}  <devices>
${some(5, disk)}${some(3, controller)}${some(3, port)}${some(2, usb)}${some(2, pci)}${maybe(`    <interface type='vhostuser'/>\n`)}  </devices>
</domain>
`;
}
