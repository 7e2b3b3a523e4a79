/** Valid documents that libxml2 refuses: found on exactly those mutants on which xmllint was seen to do so. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import {
  SourceText,
  analyze,
  applyEdits,
  fixesOf,
  parseXml,
  validate,
  type PlacedRefusal,
} from '../../../server/src/engine';
import { corpusDocuments, mutantOf, wellFormed } from '../../schema-tools/corpus';
import { SEEDS, frozenList } from '../../schema-tools/frozen';
import { refusedByXmllint } from '../../schema-tools/jing';
import { requireReal } from '../../support/real';
import { testWithShared } from '../../support/shared';
import { RELEASES, schemaOf, schemasOf } from './schemas';

testWithShared('what libxml2 refuses of the valid mutants is found, and nothing else', data => {
  const documents = wellFormed(corpusDocuments(data));
  const found = RELEASES.flatMap(release => {
    const schema = schemaOf(data, release);
    return documents.flatMap(({ name }, index) =>
      SEEDS.flatMap(seed => {
        const document = parseXml(SourceText.of(mutantOf(documents, index, seed)));
        const validation = validate(schema, document);
        const refused = validation.valid && validation.refusals().length > 0;
        return refused ? [`${release} ${seed} ${name}`] : [];
      }),
    );
  });
  const frozen = frozenList('libxml2-refuses.txt');
  assert.ok(frozen.length > 150, `only ${frozen.length} refusals are frozen`);
  assert.deepEqual(found.sort(), frozen.sort());
});

testWithShared('nothing is said of the corpus, which libvirt itself validates with libxml2', data => {
  const schema = schemaOf(data, '11.3');
  const said = corpusDocuments(data).filter(({ text }) => {
    const validation = validate(schema, parseXml(SourceText.of(text)));
    return validation.valid && validation.refusals().length > 0;
  });
  assert.deepEqual(said, []);
});

const domain = (content: string, type = 'kvm'): string => `<domain type='${type}'>${content}</domain>`;

/** Each with what is said of it, and as it is once that is mended. */
const CASES: readonly { readonly text: string; readonly said: string; readonly mended: string }[] = [
  {
    text: domain(
      '<name>a</name><vcpu>1</vcpu><on_poweroff>destroy</on_poweroff><memory>1</memory><on_crash>destroy</on_crash>',
    ),
    said: '<domain> wants together: on_poweroff, on_crash',
    mended: domain(
      '<name>a</name><vcpu>1</vcpu><on_poweroff>destroy</on_poweroff><on_crash>destroy</on_crash><memory>1</memory>',
    ),
  },
  {
    text: domain('<bootloader>/x</bootloader><name>b</name><os><type>hvm</type></os>', 'bhyve'),
    said: '<domain> wants together: bootloader, os',
    mended: domain('<bootloader>/x</bootloader><os><type>hvm</type></os><name>b</name>', 'bhyve'),
  },
  {
    text: domain("<name>a</name><devices><controller type='usb' index=' 12 '/></devices>"),
    said: "<controller> wants index='12'",
    mended: domain("<name>a</name><devices><controller type='usb' index='12'/></devices>"),
  },
  {
    text: domain('<name>a</name><vcpu>\n  4\n</vcpu>'),
    said: "<vcpu> wants '4'",
    mended: domain('<name>a</name><vcpu>4</vcpu>'),
  },
  {
    text: domain(
      "<name>a</name><devices><controller type='usb'><address type='pci' domain='+7'/></controller></devices>",
    ),
    said: "<address> wants domain='7'",
    mended: domain(
      "<name>a</name><devices><controller type='usb'><address type='pci' domain='7'/></controller></devices>",
    ),
  },
];

testWithShared('each refusal says what mends it, and nothing is said of the mended document', data => {
  const schema = schemaOf(data, '11.3');
  for (const { text, said, mended } of CASES) {
    const validation = validate(schema, parseXml(SourceText.of(text)));
    assert.ok(validation.valid, text);
    assert.deepEqual(
      validation.refusals().map(refusal => inWords(refusal)),
      [said],
    );
    const analysis = analyze(SourceText.of(text), { schema: schemasOf(data, '11.3') });
    const fixes = analysis.findings
      .filter(({ rule }) => rule === 'refused-by-libxml2')
      .flatMap(finding => fixesOf(analysis, finding));
    assert.equal(
      applyEdits(
        text,
        fixes.flatMap(({ edits }) => edits),
      ),
      mended,
    );
    assert.deepEqual(validate(schema, parseXml(SourceText.of(mended))).refusals(), []);
  }
});

if (requireReal('xmllint') !== undefined) {
  testWithShared('xmllint refuses each of these, and takes each once it is mended', data => {
    const schema = join(data, 'schemas/11.3/domain.rng');
    const before = CASES.map(({ text }) => text);
    assert.equal(refusedByXmllint(schema, before).size, before.length);
    const after = CASES.map(({ mended }) => mended);
    assert.equal(refusedByXmllint(schema, after).size, 0);
  });
}

function inWords(refusal: PlacedRefusal): string {
  const { node } = refusal.owner;
  if (refusal.kind === 'order') {
    const names = refusal.together.map(index => {
      const child = node.children[index];
      return child?.kind === 'element' ? child.name : '?';
    });
    return `<${node.name}> wants together: ${names.join(', ')}`;
  }
  const { attribute, wanted = '?' } = refusal;
  return `<${node.name}> wants ${attribute === undefined ? '' : `${attribute.name}=`}'${wanted}'`;
}
