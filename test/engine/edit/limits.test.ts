import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  SourceText,
  applyEdits,
  changeLimits,
  groupPlace,
  limitsPlace,
  parseXml,
  readDomain,
  removeLimit,
  setLimit,
} from '../../../server/src/engine';
import type { LimitChanges, LimitsPlace, SourceText as Source, TextEdit } from '../../../server/src/engine';

/** The document after an edit of its first group, or of the first disk's iotune. */
function edited(text: string, edit: (source: Source, place: LimitsPlace) => TextEdit[]): string {
  const source = SourceText.of(text);
  const document = parseXml(source);
  const domain = readDomain(document);
  assert.ok(domain !== undefined, 'the test needs a domain');
  const [group] = domain.groups;
  const [disk] = domain.disks;
  const iotune = disk?.of.iotunes[0];
  const place =
    group !== undefined
      ? groupPlace(domain, group)
      : disk !== undefined && iotune !== undefined
        ? limitsPlace(document, disk.start, iotune.limits)
        : undefined;
  assert.ok(place !== undefined, 'the test needs a group or an iotune');
  return applyEdits(text, edit(source, place));
}

const group = (lines: string): string =>
  `<domain>\n  <throttlegroups>\n    <throttlegroup>\n${lines}\n    </throttlegroup>\n  </throttlegroups>\n</domain>\n`;

test('a limit that is there gets the new value and nothing else changes', () => {
  assert.equal(
    edited(group('      <total_iops_sec> 100 </total_iops_sec> <!-- slow -->'), (source, place) =>
      setLimit(source, place, 'total_iops_sec', 200n),
    ),
    group('      <total_iops_sec>200</total_iops_sec> <!-- slow -->'),
  );
});

test('a self-closing limit is opened', () => {
  assert.equal(
    edited(group('      <total_iops_sec />'), (source, place) =>
      setLimit(source, place, 'total_iops_sec', 200n),
    ),
    group('      <total_iops_sec>200</total_iops_sec>'),
  );
});

test("a new limit goes where libvirt would write it, with its neighbour's indentation", () => {
  const before = group(
    '\t<total_bytes_sec>1</total_bytes_sec> <!-- one -->\n\t<size_iops_sec>4096</size_iops_sec>\n\t<group_name>g</group_name>',
  );
  assert.equal(
    edited(before, (source, place) => setLimit(source, place, 'total_iops_sec', 5n)),
    group(
      '\t<total_bytes_sec>1</total_bytes_sec> <!-- one -->\n\t<total_iops_sec>5</total_iops_sec>\n\t<size_iops_sec>4096</size_iops_sec>\n\t<group_name>g</group_name>',
    ),
  );
});

test('a new limit goes before those that follow it in the table, and before the name', () => {
  assert.equal(
    edited(group('      <size_iops_sec>1</size_iops_sec>'), (source, place) =>
      setLimit(source, place, 'read_iops_sec', 5n),
    ),
    group('      <read_iops_sec>5</read_iops_sec>\n      <size_iops_sec>1</size_iops_sec>'),
  );
  assert.equal(
    edited(group('      <group_name>g</group_name>'), (source, place) =>
      setLimit(source, place, 'read_iops_sec', 5n),
    ),
    group('      <read_iops_sec>5</read_iops_sec>\n      <group_name>g</group_name>'),
  );
});

test('a removed limit takes its line along, repetitions too', () => {
  const before = group(
    '      <total_iops_sec>1</total_iops_sec>\n      <group_name>g</group_name>\n      <total_iops_sec>2</total_iops_sec>',
  );
  assert.equal(
    edited(before, (source, place) => removeLimit(source, place, 'total_iops_sec')),
    group('      <group_name>g</group_name>'),
  );
});

test('a document on one line stays on one line', () => {
  const one = (inner: string): string =>
    `<domain><throttlegroups><throttlegroup>${inner}</throttlegroup></throttlegroups></domain>`;
  const start = one('<total_iops_sec>1</total_iops_sec><group_name>g</group_name>');
  assert.equal(
    edited(start, (source, place) => setLimit(source, place, 'total_iops_sec_max', 9n)),
    one(
      '<total_iops_sec>1</total_iops_sec><total_iops_sec_max>9</total_iops_sec_max><group_name>g</group_name>',
    ),
  );
  assert.equal(
    edited(start, (source, place) => removeLimit(source, place, 'total_iops_sec')),
    one('<group_name>g</group_name>'),
  );
});

test('CRLF line ends are kept', () => {
  const before =
    '<domain>\r\n  <throttlegroups>\r\n    <throttlegroup>\r\n      <total_iops_sec>1</total_iops_sec>\r\n    </throttlegroup>\r\n  </throttlegroups>\r\n</domain>\r\n';
  const after = edited(before, (source, place) => setLimit(source, place, 'total_iops_sec_max', 9n));
  assert.equal(
    after,
    before.replace(
      '</total_iops_sec>\r\n',
      '</total_iops_sec>\r\n      <total_iops_sec_max>9</total_iops_sec_max>\r\n',
    ),
  );
  assert.equal(
    edited(after, (source, place) => removeLimit(source, place, 'total_iops_sec_max')),
    before,
  );
});

const iotune = (inner: string): string =>
  `<domain>\n  <devices>\n    <disk>\n      ${inner}\n    </disk>\n  </devices>\n</domain>\n`;

test('a self-closing iotune is opened, its children one step deeper', () => {
  const changes: LimitChanges = new Map([
    ['total_iops_sec_max', 9n],
    ['total_iops_sec', 5n],
  ]);
  assert.equal(
    edited(iotune('<iotune/>'), (source, place) => changeLimits(source, place, changes)),
    iotune(
      '<iotune>\n        <total_iops_sec>5</total_iops_sec>\n        <total_iops_sec_max>9</total_iops_sec_max>\n      </iotune>',
    ),
  );
});

test('limits that replace all others take the place of the first of them', () => {
  const changes: LimitChanges = new Map([
    ['read_bytes_sec', undefined],
    ['write_bytes_sec', undefined],
    ['total_bytes_sec', 5n],
    ['total_iops_sec', 6n],
  ]);
  assert.equal(
    edited(
      iotune(
        '<iotune>\n        <read_bytes_sec>1</read_bytes_sec>\n        <write_bytes_sec>2</write_bytes_sec>\n      </iotune>',
      ),
      (source, place) => changeLimits(source, place, changes),
    ),
    iotune(
      '<iotune>\n        <total_bytes_sec>5</total_bytes_sec>\n        <total_iops_sec>6</total_iops_sec>\n      </iotune>',
    ),
  );
});

test('total to read and write: the edits do not overlap', () => {
  const changes: LimitChanges = new Map([
    ['total_iops_sec', undefined],
    ['read_iops_sec', 5n],
    ['write_iops_sec', 6n],
  ]);
  assert.equal(
    edited(
      group(
        '      <group_name>g</group_name>\n      <total_bytes_sec>1</total_bytes_sec>\n      <total_iops_sec>1</total_iops_sec>',
      ),
      (source, place) => changeLimits(source, place, changes),
    ),
    group(
      '      <group_name>g</group_name>\n      <total_bytes_sec>1</total_bytes_sec>\n      <read_iops_sec>5</read_iops_sec>\n      <write_iops_sec>6</write_iops_sec>',
    ),
  );
});
