/** Ways to look at a tree in tests. */

import { parseXml, SourceText } from '../../server/src/engine';
import type { XmlDocument, XmlElement } from '../../server/src/engine';

export const parse = (text: string): XmlDocument => parseXml(SourceText.of(text));

/** Paths of all elements in document order, with their place among siblings of one name: `/domain/devices/disk[2]`. */
export function elementPaths(document: XmlDocument): string[] {
  const paths: string[] = [];
  const pending: { holder: Pick<XmlElement, 'children'>; path: string }[] = [{ holder: document, path: '' }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const seen = new Map<string, number>();
    for (const child of next.holder.children) {
      if (child.kind !== 'element' || child.name === '') continue;
      const count = (seen.get(child.name) ?? 0) + 1;
      seen.set(child.name, count);
      const path = `${next.path}/${child.name}[${count}]`;
      paths.push(path);
      pending.push({ holder: child, path });
    }
  }
  return paths;
}

/** All problems, absolute, as text: `12-15 message`. */
export function problemsOf(document: XmlDocument): string[] {
  const found = document.problems.map(({ start, end, message }) => ({ start, end, message }));
  const pending: { holder: Pick<XmlElement, 'children' | 'childStarts'>; base: number }[] = [
    { holder: document, base: 0 },
  ];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const [index, child] of next.holder.children.entries()) {
      if (child.kind !== 'element') continue;
      const start = next.base + (next.holder.childStarts[index] ?? 0);
      for (const problem of child.problems) {
        found.push({ start: start + problem.start, end: start + problem.end, message: problem.message });
      }
      pending.push({ holder: child, base: start });
    }
  }
  return found
    .sort((a, b) => a.start - b.start || a.end - b.end || (a.message < b.message ? -1 : 1))
    .map(({ start, end, message }) => `${start}-${end} ${message}`);
}

/** A tree as plain data, to compare two of them: without the line table, and without what only steers reading again. */
export function asData({ source, children, childStarts, problems, problemCount }: XmlDocument): unknown {
  return { text: source.text, children, childStarts, problems, problemCount };
}

/** A domain of everyday shape: what tests break, edit and search. */
export const EVERYDAY = `<?xml version='1.0'?>
<!-- written by hand -->
<domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
  <name>db01</name>
  <uuid>5b6d7f2a-1c2d-4e3f-8a9b-0c1d2e3f4a5b</uuid>
  <memory unit='KiB'>4194304</memory>
  <vcpu>4</vcpu>
  <throttlegroups>
    <throttlegroup>
      <group_name>gold</group_name>
      <total_iops_sec>800</total_iops_sec>
    </throttlegroup>
    <throttlegroup>
      <group_name>bulk</group_name>
      <read_bytes_sec>52428800</read_bytes_sec>
    </throttlegroup>
  </throttlegroups>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
    <boot dev='hd'/>
  </os>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2' cache='none'/>
      <source file='/vm/db01.qcow2'>
        <seclabel model='dac' relabel='no'/>
      </source>
      <target dev='vda' bus='virtio'/>
      <throttlefilters>
        <throttlefilter group='gold'/>
        <throttlefilter group="bulk"/>
      </throttlefilters>
      <serial>A&amp;B</serial>
    </disk>
    <!-- second -->
    <disk type='block' device='disk'>
      <driver name='qemu' type='raw'/>
      <source dev='/dev/vg/data'/>
      <target dev='vdb' bus='virtio'/>
      <iotune>
        <total_bytes_sec><![CDATA[1000000]]></total_bytes_sec>
      </iotune>
    </disk>
    <interface type='network'>
      <source network='default'/>
      <model type='virtio'/>
    </interface>
    <controller type='usb' model='none'/>
    <memballoon model='virtio'/>
  </devices>
</domain>
`;
