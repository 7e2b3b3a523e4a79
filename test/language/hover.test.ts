/** Hover. `$0` is where the pointer is. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIMITS } from '../../server/src/engine';
import { hover, type EditorAbilities } from '../../server/src/language';
import { FULL_EDITOR, atCursor } from '../support/marked-text';

interface Shown {
  readonly text: string;
  /** What the editor marks. */
  readonly marks: string;
}

function at(marked: string, abilities: EditorAbilities = FULL_EDITOR): Shown | undefined {
  const { subject, position } = atCursor(marked);
  const found = hover(subject, position, abilities);
  if (found === undefined) return undefined;
  assert.ok(typeof found.contents === 'object' && 'value' in found.contents);
  const { source } = subject.analysis;
  const span = found.range === undefined ? { start: 0, end: 0 } : source.spanOf(found.range);
  return { text: found.contents.value, marks: source.text.slice(span.start, span.end) };
}

const shown = (marked: string, abilities?: EditorAbilities): Shown => {
  const found = at(marked, abilities);
  assert.ok(found !== undefined, 'something is shown');
  return found;
};

const document = (group: string, filters: string): string => `<domain type='kvm'>
  <throttlegroups>
    <throttlegroup>${group}</throttlegroup>
  </throttlegroups>
  <devices>
    <disk type='file' device='disk'>
      <target dev='vda' bus='virtio'/>
      <throttlefilters>${filters}</throttlefilters>
    </disk>
  </devices>
</domain>`;

const GOLD = '<group_name>gold</group_name><total_iops_sec>500</total_iops_sec>';

test('a group: limits in human units, users, its object', () => {
  const { text, marks } = shown(document(GOLD.replace('gold', 'go$0ld'), "<throttlefilter group='gold'/>"));
  assert.equal(marks, 'gold');
  assert.match(text, /500 IOPS/);
  assert.match(text, /Used by vda/);
  assert.match(text, /`throttle-gold`/);
});

test('a filter: the group that it names, and its place in the chain', () => {
  const { text, marks } = shown(document(GOLD, "<throttle$0filter group='gold'/>"));
  assert.equal(marks, "<throttlefilter group='gold'/>");
  assert.match(text, /500 IOPS/);
  assert.match(text, /only filter of vda/);
  assert.match(
    shown(document(GOLD, "<throttlefilter group='gold'/><throttlefilter group='x$0'/>")).text,
    /not in this document/,
  );
});

test('every limit: meaning, value, unit, range, QMP name, virsh option, since', () => {
  for (const field of LIMITS) {
    const element = `<${field.xml}>$05</${field.xml}>`;
    const { text, marks } = shown(document(`<group_name>g</group_name>${element}`, ''));
    assert.equal(marks, element.replace('$0', ''));
    for (const part of [
      field.summary,
      `\`${field.qmp}\``,
      `\`${field.virsh}\``,
      'libvirt 11.2.0',
      'Range: 0 to',
    ]) {
      assert.ok(text.includes(part), `${field.xml}: ${part}`);
    }
  }
});

test('a limit in an iotune has the names of that command, and its own since', () => {
  const text = shown(
    document('', '').replace(
      '<throttlefilters></throttlefilters>',
      '<iotune><total_bytes_sec>1048576$0</total_bytes_sec></iotune>',
    ),
  ).text;
  assert.match(text, /total_bytes_sec\*\*: 1 MiB\/s/);
  assert.match(text, /`bps` of block/);
  assert.match(text, /libvirt 0\.9\.8/);
});

test('the elements around', () => {
  assert.match(
    shown(document(GOLD, '').replace('<throttlegroups', '<throttle$0groups')).text,
    /throttle groups of this domain/,
  );
  assert.match(
    shown(document(GOLD, '').replace('<throttlegroup>', '<thr$0ottlegroup>')).text,
    /`gold`: 500 IOPS/,
  );
  assert.match(
    shown(
      document(GOLD, "<throttlefilter group='gold'/>").replace('<throttlefilters>', '<thr$0ottlefilters>'),
    ).text,
    /image → `gold` → guest/,
  );
});

test('a finding: the explanation of its rule, once', () => {
  const { text } = shown(document(GOLD, "<throttlefilter group='gone$0'/>"));
  assert.equal(text.split('**filter-group-unknown**').length, 2);
});

test('values of templates are not known', () => {
  assert.match(shown(document(GOLD.replace('500', '{{ i$0ops }}'), '')).text, /comes from a template/);
  assert.match(shown(document(GOLD.replace('gold', '${na$0me}'), '')).text, /comes from a template/);
});

test('names are data: they bring no markup with them', () => {
  const nasty = '`](command:x) <img src=x> **b** [a](http://x)';
  const { text } = shown(
    document(
      `<group_name>$0${nasty.replaceAll('<', '&lt;')}</group_name><total_iops_sec>5</total_iops_sec>`,
      '',
    ),
  );
  assert.ok(text.startsWith('**Throttle group** `` `](command:x)'), text);
  const disk = document(GOLD.replace('gold', '$0gold'), "<throttlefilter group='gold'/>").replace(
    "dev='vda'",
    "dev='[a](http://x)'",
  );
  assert.ok(!shown(disk).text.includes('[a](http://x)'));
});

test('plain text for editors that show no Markdown', () => {
  const { text } = shown(document(GOLD.replace('gold', '$0gold'), ''), { ...FULL_EDITOR, markdown: false });
  assert.ok(!/[*`\\]/.test(text.split('\n')[0] ?? ''), text);
});

test('nothing in comments, beside elements, and in documents that are no domain', () => {
  assert.equal(
    at(document(`<!-- <throttlegroup>$0 -->${GOLD}`, "<throttlefilter group='gold'/>")),
    undefined,
  );
  assert.equal(
    at(document(GOLD, "<throttlefilter group='gold'/>").replace('<devices>', '$0\n<devices>')),
    undefined,
  );
  assert.equal(at('<project><throttle$0group/></project>'), undefined);
});
