/** How much of what people write the reference explains, measured over libvirt's own documents. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { testWithShared } from '../../support/shared';
import { countOccurrences, coverageOf, percent } from './corpus-counts';

const AT_LEAST = { elementOccurrences: 0.97, attributeOccurrences: 0.93, distinctElements: 0.8 } as const;

testWithShared('the reference explains nearly all that stands in the corpus', data => {
  const counts = countOccurrences(join(data, 'corpus'));
  assert.ok(counts.elements.size > 500, 'the corpus is nearly empty');
  const coverage = coverageOf(counts);
  const shares = [
    `element occurrences ${percent(coverage.elementOccurrences)}`,
    `attribute occurrences ${percent(coverage.attributeOccurrences)}`,
    `distinct elements ${percent(coverage.distinctElements)}`,
    `distinct attributes ${percent(coverage.distinctAttributes)}`,
  ].join(', ');
  console.log(`# reference: ${shares}`);
  const missing = coverage.missing.slice(0, 40).join('\n');
  console.log(`# missing most: ${coverage.missing.slice(0, 10).join(', ')}`);
  for (const [what, least] of Object.entries(AT_LEAST)) {
    const share = coverage[what as keyof typeof AT_LEAST];
    assert.ok(
      share >= least,
      `${what} is ${percent(share)}, should be ${percent(least)}. Missing most:\n${missing}`,
    );
  }
});
