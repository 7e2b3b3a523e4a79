/** The thirteen documents of `data/broken`, with all that is said of each, and the first fix of each finding. */

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SourceText, analyze, fixesOf } from '../../../server/src/engine';
import { testWithShared } from '../../support/shared';
import { schemasOf } from './schemas';

/** By the file's first number: place, rule, message, first fix. */
const SAID: Readonly<Record<string, readonly string[]>> = {
  '01': [
    '7:8 element-unknown: There is no <total_byte_sec> in <throttlegroup>: libvirt drops it silently, so it limits nothing, and the schema refuses it. Is <total_bytes_sec> meant? [Rename to <total_bytes_sec>]',
    "8:19 group-without-limits: Throttle group 'limit0' has no limit other than 0, so libvirt does not create it, and the VM would not start because a disk uses it. Add a limit, or take the group and its filters out. [Set <total_iops_sec> so high that it does not limit (1000000000000000)]",
  ],
  '02': [
    "21:47 value-not-allowed: cache of <driver> can't be 'non'. Is 'none' meant? It takes default, directsync, none, unsafe, writeback or writethrough. [Set cache to 'none']",
  ],
  '03': ['23:15 attribute-unknown: <target> has no attribute device. Is dev meant? [Rename to dev]'],
  '04': [
    "8:19 group-unused: No disk of this domain uses throttle group 'limit0': name it in a disk's <throttlefilters>. [Remove group 'limit0']",
    "25:10 filter-group-missing: <throttlefilter> needs the attribute group with the name of a throttle group. libvirtd crashes on a filter without it, so do not define this document. [Use group 'limit0']",
  ],
  '05': [
    "7:24 limit-not-a-number: <total_bytes_sec> must be a plain whole number of bytes per second: libvirt's XML takes no unit such as in '4k'. [Write 4096]",
  ],
  '06': [
    '33:6 element-misplaced: <throttlegroups> does not belong in <devices>: libvirt passes over it silently there, and its schema refuses it. Its place is right inside <domain>. [Remove the empty <throttlegroups>]',
  ],
  '07': [
    '27:8 filters-with-iotune: <iotune> and <throttlefilters> on one disk: libvirt takes only one of the two. Keep the filters and put these limits into a throttle group, or remove one of them. [Remove <iotune> of this disk]',
  ],
  '08': [
    '5:4 element-repeated: A second <vcpu> in <domain>: only one is allowed. Remove one of them. [Remove the second <vcpu>]',
  ],
  '09': [
    "22:15 attribute-unknown: Attribute dev of <source> is not for <disk type='file'>: it goes with type 'block' or 'vhostvdpa'. Here <source> takes fdgroup, file, index or startupPolicy. [Set type to 'block' on <disk>]",
  ],
  '10': [
    "8:8 total-excludes-read-write: <read_bytes_sec> can't be combined with <total_bytes_sec>: there is either a total or the two directions. Take one side out. [Remove <read_bytes_sec>]",
  ],
  '11': [
    '16:6 element-unknown: There is no <acpy> in <features>. Is <acpi> meant? [Rename to <acpi>]',
    "21:47 value-not-allowed: cache of <driver> can't be 'non'. Is 'none' meant? It takes default, directsync, none, unsafe, writeback or writethrough. [Set cache to 'none']",
    '30:14 attribute-unknown: <model> has no attribute typ. Is type meant? [Rename to type]',
  ],
  '12': [
    '24:24 text-not-allowed: <throttlefilters> holds no text: libvirt drops it silently, and its schema refuses it. Remove it, or make a comment of it. [Remove the text]',
  ],
  '13': ["1:2 element-missing: <domain type='kvm'> needs <name>. [Add <name>]"],
};

testWithShared('each of the thirteen broken documents is told what is wrong with it, once', data => {
  const files = readdirSync(join(data, 'broken')).sort();
  assert.deepEqual(
    files.map(file => file.slice(0, 2)),
    Object.keys(SAID).sort(),
  );
  const schema = schemasOf(data, '11.3');
  for (const file of files) {
    const analysis = analyze(SourceText.of(readFileSync(join(data, 'broken', file), 'utf8')), { schema });
    assert.deepEqual(analysis.faults, []);
    const said = analysis.findings.map(finding => {
      const { line, character } = analysis.source.positionAt(finding.span.start);
      const [fix] = fixesOf(analysis, finding);
      return `${line + 1}:${character + 1} ${finding.rule}: ${finding.message} [${fix?.title ?? ''}]`;
    });
    assert.deepEqual(said, SAID[file.slice(0, 2)], file);
  }
});
