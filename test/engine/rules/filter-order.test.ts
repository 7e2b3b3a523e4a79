import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsIn, fixed } from '../../support/check';
import { analyze, SourceText, type Analysis, type World } from '../../../server/src/engine';

/** A disk whose chain has these groups, lowest first; a group is named by its letter. */
function chain(...groups: readonly (readonly [name: string, limits: string])[]): string {
  const defined = groups.map(
    ([name, limits]) =>
      `    <throttlegroup>${limits.replace(/(\w+) (\d+),?\s*/g, '<$1>$2</$1>')}<group_name>${name}</group_name></throttlegroup>\n`,
  );
  const filters = groups.map(([name]) => `        <throttlefilter group='${name}'/>\n`);
  return `<domain type='kvm'>
  <throttlegroups>
${defined.join('')}  </throttlegroups>
  <devices>
    <disk>
      <throttlefilters>
${filters.join('')}      </throttlefilters>
    </disk>
  </devices>
</domain>`;
}

const told = (text: string, world: World = {}): string[] =>
  findingsIn(text, world).filter(finding => finding.includes('filter-order'));

test('the tightest filter below others is told', () => {
  assert.deepEqual(told(chain(['slow', 'total_iops_sec 10'], ['fast', 'total_iops_sec 100'])), [
    'information filter-order "slow"',
  ]);
  assert.deepEqual(
    told(
      chain(['wide', 'total_iops_sec 100'], ['slow', 'total_iops_sec 10'], ['middle', 'total_iops_sec 50']),
    ),
    ['information filter-order "slow"'],
  );
});

test('the same rate in total below a rate of reads above counts', () =>
  assert.deepEqual(told(chain(['slow', 'total_iops_sec 10'], ['reads', 'read_iops_sec 10'])), [
    'information filter-order "slow"',
  ]));

test('chains in a good order, or that have no best one, are passed over', () => {
  const good: readonly (readonly (readonly [string, string])[])[] = [
    [['one', 'total_iops_sec 10']],
    [
      ['fast', 'total_iops_sec 100'],
      ['slow', 'total_iops_sec 10'],
    ],
    [
      ['a', 'total_iops_sec 10'],
      ['b', 'total_iops_sec 10'],
    ],
    // Tighter in operations, looser in bytes: each order has a drawback.
    [
      ['a', 'total_iops_sec 10, total_bytes_sec 500'],
      ['b', 'total_iops_sec 100, total_bytes_sec 400'],
    ],
    // Limits of other kinds: the upper one is tighter in its own.
    [
      ['a', 'total_iops_sec 10'],
      ['b', 'total_bytes_sec 1000000'],
    ],
    // Reads and writes together let more through than the total above.
    [
      ['a', 'read_iops_sec 8, write_iops_sec 8'],
      ['b', 'total_iops_sec 10'],
    ],
  ];
  for (const groups of good) assert.deepEqual(told(chain(...groups)), [], JSON.stringify(groups));
});

test('it is silent where the limits are not known, QEMU is 7 or does not run the domain', () => {
  const bad = chain(['slow', 'total_iops_sec 10'], ['fast', 'total_iops_sec 100']);
  assert.deepEqual(told(bad.replace('>10<', '>{{ iops }}<')), []);
  assert.deepEqual(told(bad.replace(`type='kvm'`, `type='test'`)), []);
  assert.deepEqual(told(bad, { qemu: { major: 7, minor: 2, micro: 22 } }), []);
  assert.equal(told(bad, { qemu: { major: 10, minor: 0, micro: 13 } }).length, 1);
});

test('the tight filter is put on top', () => {
  const text = chain(
    ['slow', 'total_iops_sec 10'],
    ['middle', 'total_iops_sec 50'],
    ['fast', 'total_iops_sec 100'],
  );
  const line = (name: string): string => `        <throttlefilter group='${name}'/>\n`;
  const after = fixed(text, "Put 'slow' on top");
  assert.equal(
    after,
    text.replace(line('slow') + line('middle') + line('fast'), line('middle') + line('fast') + line('slow')),
  );
  assert.deepEqual(told(after), []);
});

test('after a keystroke in one group, disks that use it are judged anew and the others as before', () => {
  const disk = (dev: string, ...groups: readonly string[]): string =>
    `<disk><target dev='${dev}'/><throttlefilters>${groups.map(group => `<throttlefilter group='${group}'/>`).join('')}</throttlefilters></disk>`;
  const group = (name: string, iops: number): string =>
    `<throttlegroup><group_name>${name}</group_name><total_iops_sec>${iops}</total_iops_sec></throttlegroup>`;
  const text = `<domain type='kvm'><throttlegroups>${group('a', 100)}${group('b', 500)}${group('c', 50)}</throttlegroups><devices>${disk('vda', 'a', 'b')}${disk('vdb', 'c', 'a')}</devices></domain>`;
  const tight = ({ findings }: Analysis): readonly string[] =>
    findings.filter(({ rule }) => rule === 'filter-order').map(({ message }) => message.slice(0, 3));
  let analysis = analyze(SourceText.of(text));
  assert.deepEqual(tight(analysis), ["'a'", "'c'"]);
  const type = (start: number, end: number, newText: string): void => {
    const edit = { span: { start, end }, newText };
    analysis = analyze(analysis.source.edited(edit), {}, { analysis, edits: [edit] });
  };
  const behindA = text.indexOf('100') + 3;
  type(behindA, behindA, '0');
  assert.deepEqual(tight(analysis), ["'c'"], '1000 is not tighter than 500');
  type(behindA, behindA + 1, '');
  assert.deepEqual(tight(analysis), ["'a'", "'c'"]);
  const behindC = text.indexOf('>50<') + 3;
  type(behindC, behindC, '00');
  assert.deepEqual(tight(analysis), ["'a'"], '5000 is not tighter than 100');
  assert.deepEqual(tight(analyze(SourceText.of(analysis.source.text))), ["'a'"]);
});
