import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIMITS } from '../../../server/src/engine';
import { framed, withoutCarets } from '../../support/check';
import { mend } from '../../support/mend';
import { seeded } from '../../support/seeded';
import { GROUP_EXAMPLES, IOTUNE_EXAMPLES, LIMIT_EXAMPLES } from './examples';

for (const { says, xml } of [...LIMIT_EXAMPLES, ...GROUP_EXAMPLES, ...IOTUNE_EXAMPLES]) {
  test(`every fix mends: ${says}`, () => {
    assert.ok(mend(framed(withoutCarets(xml).text).text) > 0, 'no fix is offered');
  });
}

test('every fix mends: documents on one line', () => {
  for (const { xml } of [...LIMIT_EXAMPLES, ...GROUP_EXAMPLES, ...IOTUNE_EXAMPLES]) {
    mend(framed(withoutCarets(xml).text).text.replace(/\n\s*(?=<)/g, ''));
  }
});

test('every fix mends: 1,500 made-up groups and iotunes', () => {
  let fixes = 0;
  for (let seed = 1; seed <= 1500; seed++) fixes += mend(madeUp(seeded(seed)));
  assert.ok(fixes > 1500, `only ${String(fixes)} fixes were offered`);
});

const VALUES = [
  '0',
  '1',
  '2',
  '5',
  '10',
  '10',
  '100',
  '5M',
  '-1',
  ' 7 ',
  '',
  '{{x}}',
  '1000000000000000',
  '1000000000000001',
  '4294967296',
  '20000000000000000000',
  '+3',
];
const NAMES = ['g', 'g', 'h', 'a b', ' g ', '', '{{n}}', 'throttle-g'];

/** A document of two groups, three disks with iotune or filters, and limits from a small set of odd values. */
function madeUp(next: (below: number) => number): string {
  const pick = (from: readonly string[]): string => from[next(from.length)] ?? '';
  const limits = (): string =>
    Array.from({ length: next(5) }, () => {
      const name = LIMITS[next(LIMITS.length)]?.xml ?? 'total_iops_sec';
      return `\n<${name}>${pick(VALUES)}</${name}>`;
    }).join('');
  const name = (): string => (next(6) === 0 ? '' : `\n<group_name>${pick(NAMES)}</group_name>`);
  const groups = Array.from({ length: 2 }, () => `<throttlegroup>${name()}${limits()}\n</throttlegroup>`);
  const disks = Array.from({ length: 3 }, (_, index) => {
    const target = `<disk>\n<target dev='vd${'abc'.charAt(index)}'/>\n`;
    return next(2) === 0
      ? `${target}<iotune>${limits()}${name()}\n</iotune>\n</disk>`
      : `${target}<throttlefilters><throttlefilter group='${pick(NAMES.slice(0, 5))}'/></throttlefilters>\n</disk>`;
  });
  return `<domain type='kvm'>\n<throttlegroups>\n${groups.join('\n')}\n</throttlegroups>\n<devices>\n${disks.join('\n')}\n</devices>\n</domain>\n`;
}
