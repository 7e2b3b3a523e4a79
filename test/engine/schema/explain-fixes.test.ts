/** Fixes on hundreds of mutants: each helps, none breaks anything, and no document makes an explanation fail. */

import assert from 'node:assert/strict';
import {
  SourceText,
  analyze,
  applyEdits,
  fixesOf,
  type Analysis,
  type World,
} from '../../../server/src/engine';
import { corpusDocuments, mutantOf, wellFormed } from '../../schema-tools/corpus';
import { testWithShared } from '../../support/shared';
import { schemasOf } from './schemas';

const MUTANTS = 500;
/** Rules of structure: what the schema alone finds is theirs. */
const STRUCTURE = /^(?:element|elements|attribute|value|text)-/;

/** Findings of our own grammar of the throttle elements, which speaks without a schema too. */
const OURS = /silently/;

testWithShared(`the first fix of each finding in ${MUTANTS} mutants leaves fewer errors`, data => {
  const world: World = { schema: schemasOf(data, '11.3') };
  const documents = wellFormed(corpusDocuments(data));
  const counts = { invalid: 0, findings: 0, fixed: 0, mendedWhole: 0 };
  for (let round = 0; round < MUTANTS; round++) {
    const index = (round * 7919) % documents.length;
    const text = mutantOf(documents, index, 11);
    const analysis = analyze(SourceText.of(text), world);
    assert.deepEqual(analysis.faults, [], documents[index]?.name);
    const before = errorsOf(analysis);
    if (before === 0) continue;
    counts.invalid++;
    const findings = analysis.findings.filter(({ severity }) => severity === 'error');
    assert.ok(findings.length > 0, `${documents[index]?.name ?? ''} is invalid, and nothing is said`);
    for (const finding of findings) {
      if (!STRUCTURE.test(finding.rule)) continue;
      counts.findings++;
      const [fix] = fixesOf(analysis, finding);
      if (fix === undefined) continue;
      counts.fixed++;
      const after = analyze(SourceText.of(applyEdits(text, fix.edits)), world);
      const what = `${documents[index]?.name ?? ''}: ${finding.message}\n${fix.title}`;
      assert.deepEqual(after.faults, [], what);
      assert.equal(after.document.problemCount, 0, what);
      // What a misplaced element holds is checked only where it belongs: our own grammar's fixes move it all the same.
      const most = OURS.test(finding.message) ? before : before - 1;
      assert.ok(errorsOf(after) <= most, `${what}: ${before} errors before, ${errorsOf(after)} after`);
      if (errorsOf(after) === 0) counts.mendedWhole++;
    }
  }
  assert.ok(counts.invalid > MUTANTS / 2, JSON.stringify(counts));
  assert.ok(counts.fixed > counts.findings * 0.95, JSON.stringify(counts));
  console.log(`# ${JSON.stringify(counts)}`);
});

testWithShared('of 10,000 errors the first 1,000 are told, in the order of the document', data => {
  const world: World = { schema: schemasOf(data, '11.3') };
  const disk = (index: number): string =>
    `<disk type='file'><driver cache='non'/><source dev='/${index}'/><target dev='vda'/></disk>\n`;
  const disks = Array.from({ length: 5000 }, (_, index) => disk(index)).join('');
  const analysis = analyze(
    SourceText.of(
      `<domain type='kvm'><name>a</name><memory>1</memory><os><type>hvm</type></os><devices>\n${disks}</devices></domain>`,
    ),
    world,
  );
  assert.equal(analysis.validation?.errorCount, 10_000);
  const findings = analysis.findings.filter(({ rule }) => STRUCTURE.test(rule));
  assert.equal(findings.length, 1000);
  const starts = findings.map(({ span }) => span.start);
  assert.deepEqual(
    starts,
    [...starts].sort((a, b) => a - b),
  );
  assert.equal(analysis.source.positionAt(starts.at(-1) ?? 0).line, 500);
});

testWithShared(
  'after an edit the findings are those of a fresh analysis, also where tags around changed',
  data => {
    const world: World = { schema: schemasOf(data, '11.3') };
    const text = `<domain type='kvm'>
  <name>a</name>
  <memory>1</memory>
  <os><type>hvm</type></os>
  <devices>
    <disk type='file'>
      <source dev='/a' foo='1'/>
      <target dev='vda'/>
      <iotune><total/></iotune>
    </disk>
    <graphics type='vnc'><image compression='off'/></graphics>
    <vcpu>2</vcpu>
  </devices>
</domain>
`;
    const edits: readonly (readonly [string, string])[] = [
      ["<disk type='file'>", "<disk type='dir'>"],
      ["<disk type='dir'>", "<disk type='block'>"],
      ["foo='1'", "startupPolicy='1'"],
      ["<graphics type='vnc'>", "<graphics type='rdp'>"],
      ["<graphics type='rdp'>", "<graphics type='spice'>"],
      ['<name>a</name>', '<name>abc</name>'],
      ['<vcpu>2</vcpu>', '<vcpu>22</vcpu>'],
      ["<domain type='kvm'>", "<domain type='qemu' id='1'>"],
    ];
    let analysis = analyze(SourceText.of(text), world);
    assert.ok(analysis.findings.length >= 4);
    for (const [from, to] of edits) {
      const start = analysis.source.text.indexOf(from);
      assert.ok(start >= 0, from);
      const edit = { span: { start, end: start + from.length }, newText: to };
      analysis = analyze(analysis.source.edited(edit), world, { analysis, edits: [edit] });
      const fresh = analyze(SourceText.of(analysis.source.text), { schema: schemasOf(data, '11.3') });
      assert.deepEqual(said(analysis), said(fresh), to);
    }
  },
);

const errorsOf = ({ validation }: Analysis): number => validation?.errorCount ?? 0;

const said = (analysis: Analysis): unknown[] =>
  analysis.findings.map(finding => ({
    rule: finding.rule,
    span: finding.span,
    message: finding.message,
    related: finding.related,
    fixes: fixesOf(analysis, finding),
  }));
