/**
 * Quiet on good documents: libvirt's own test documents, and the broken ones beside them. What the real libvirt 11.3 said
 * of each valid one is in test/data/corpus-defined.tsv: file, driver (qemu: `virsh define` with QEMU 10.0 after the type
 * was made qemu and the emulator x86-64; test: libvirt's test driver, for other hypervisors), ok or its words.
 */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SourceText, analyze, type Finding } from '../../server/src/engine';
import { CORPUS_ERRORS } from '../data/corpus-errors';
import { ROOT } from '../host/repository';
import { testWithShared } from '../support/shared';

/** Everything below an error that is said of valid documents, with the reason why it is right. Errors: corpus-errors.ts. */
const SAID_OF_VALID: readonly { readonly file: string; readonly said: string; readonly why: string }[] = [
  {
    file: 'qemuxmlconfdata__throttlefilter.x86_64-latest.xml',
    said: 'information filter-order: limit1',
    why: 'limit1 (5000) stands below limit12 (7000): tighter in each rate',
  },
  {
    file: 'qemuxmlconfdata__throttlefilter.x86_64-latest.xml',
    said: 'information filter-order: limit2',
    why: 'limit2 (6000) stands below limit3 or limit12, which are wider in each rate',
  },
  {
    file: 'qemuxmlconfdata__throttlefilter.x86_64-latest.xml',
    said: 'hint group-unused: limit3',
    why: 'no disk names limit3',
  },
];

/** The broken documents that concern throttling. The others need the schema. */
const SAID_OF_BROKEN: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  [
    '01-typo-element.xml',
    ['error group-without-limits qemu: limit0', 'error element-unknown schema: total_byte_sec'],
  ],
  [
    '04-missing-required-attr.xml',
    ['hint group-unused: limit0', 'error filter-group-missing libvirt: throttlefilter'],
  ],
  ['05-bad-number.xml', ['error limit-not-a-number libvirt: 4k']],
  ['06-misplaced-element.xml', ['error element-misplaced schema: throttlegroups']],
  ['07-iotune-and-filters.xml', ['error filters-with-iotune libvirt: iotune']],
  ['10-total-and-read.xml', ['error total-excludes-read-write libvirt: read_bytes_sec']],
  ['12-text-in-element-only.xml', ['error text-not-allowed schema: hello']],
]);

testWithShared('of the valid documents of libvirt only what is listed here is said', data => {
  const verdicts = readFileSync(join(data, 'corpus/verdicts.tsv'), 'utf8').trim().split('\n');
  const valid = verdicts.flatMap(line => {
    const [file = '', verdict] = line.split('\t');
    return verdict === 'valid' ? [file] : [];
  });
  assert.ok(valid.length > 1200, `only ${String(valid.length)} valid documents`);
  const said = valid.flatMap(file => saidOf(join(data, 'corpus', file)).map(what => `${file}: ${what}`));
  assert.deepEqual(
    said.sort(),
    [...SAID_OF_VALID, ...CORPUS_ERRORS].map(entry => `${entry.file}: ${entry.said}`).sort(),
    'look at what is new: a rule that is wrong is mended, one that is right is listed in SAID_OF_VALID, an error in test/data/corpus-errors.ts, with its reason',
  );
});

testWithShared('libvirt refuses to define whatever a rule says it refuses', data => {
  const lines = readFileSync(join(ROOT, 'test/data/corpus-defined.tsv'), 'utf8').trim().split('\n');
  assert.ok(lines.length > 1200, `only ${String(lines.length)} verdicts`);
  let refused = 0;
  for (const line of lines) {
    const [file = '', , words = ''] = line.split('\t');
    const { findings } = analyze(SourceText.of(readFileSync(join(data, 'corpus', file), 'utf8')));
    const said = findings.filter(
      ({ severity, refusedBy }) => severity === 'error' && refusedBy === 'libvirt',
    );
    if (words !== 'ok') refused += said.length > 0 ? 1 : 0;
    else
      assert.deepEqual(
        said.map(({ rule, message }) => `${rule}: ${message}`),
        [],
        `libvirt defined ${file}`,
      );
  }
  assert.ok(refused >= 15, `only ${String(refused)} refusals are foreseen`);
});

testWithShared('the broken documents have their findings', data => {
  for (const [file, expected] of SAID_OF_BROKEN) {
    assert.deepEqual(saidOf(join(data, 'broken', file)).sort(), [...expected].sort(), file);
  }
});

function saidOf(file: string): string[] {
  const xml = readFileSync(file, 'utf8');
  const { findings, faults } = analyze(SourceText.of(xml));
  assert.deepEqual(faults, [], `a rule threw on ${file}`);
  return findings.map(finding => written(finding, xml));
}

const written = ({ severity, rule, refusedBy, span }: Finding, xml: string): string =>
  `${severity} ${rule}${refusedBy === null ? '' : ` ${refusedBy}`}: ${xml.slice(span.start, span.end)}`;
