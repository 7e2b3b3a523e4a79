/**
 * Every element and attribute of libvirt's own documents is offered where it stands, once it is taken out; and so is
 * every value that the schema lists.
 */

import assert from 'node:assert/strict';
import {
  SourceText,
  attributeSpan,
  attributeValue,
  attributeValuesAt,
  attributesAt,
  childElements,
  elementsAt,
  nameKey,
  parseXml,
  reparse,
  rootElement,
  spanOf,
  textContent,
  textValuesAt,
  validate,
  type ExpandedName,
  type Located,
  type Schema,
  type XmlDocument,
} from '../../../server/src/engine';
import { corpusDocuments } from '../../schema-tools/corpus';
import { testWithShared } from '../../support/shared';
import { schemaOf } from './schemas';

testWithShared('every element that is taken out of a valid document is offered at its place', data => {
  let asked = 0;
  const missed = inValidDocuments(data, (schema, document, located) => {
    const { parent } = located;
    if (parent === undefined) return [];
    asked++;
    const after = reparse(document, { span: spanOf(located), newText: '' });
    const holder = sameElement(after, parent);
    const index = holder.node.childStarts.filter(start => holder.start + start < located.start).length;
    const offers = elementsAt(schema, after, { parent: holder, index, written: undefined, change: 'insert' });
    // A prefix is one's own choice, and declared with an element that is taken out it is gone: the name counts.
    const name = nameKey(expandedName(document, located));
    return offers?.some(({ key }) => key === name) === true ? [] : [pathOf(located)];
  });
  console.log(`# asked for ${asked} elements`);
  assert.deepEqual(missed, []);
});

testWithShared('every attribute that is taken out of a valid document is offered, with its value', data => {
  let asked = 0;
  const missed = inValidDocuments(data, (schema, document, located) =>
    located.node.attributes.flatMap(attribute => {
      if (attribute.name.startsWith('xmlns')) return [];
      asked++;
      const value = attributeValue(document.source.text, located, attribute);
      const after = reparse(document, { span: attributeSpan(located, attribute), newText: '' });
      const offer = attributesAt(schema, after, sameElement(after, located), undefined).find(
        ({ name }) => name === attribute.name,
      );
      const title = `${pathOf(located)}@${attribute.name}`;
      if (offer === undefined) return [title];
      if (!offer.takes(value) && !(offer.values.length === 0 && value === '')) return [`${title}='${value}'`];
      const there = attributeValuesAt(schema, document, located, attribute.name);
      return there?.takes(value) === true ? [] : [`${title}='${value}', in its place`];
    }),
  );
  console.log(`# asked for ${asked} attributes`);
  assert.deepEqual(missed, []);
});

testWithShared(
  'the text of every element without child elements is a value that is offered or taken',
  data => {
    const missed = inValidDocuments(data, (schema, document, located) => {
      const { children } = located.node;
      if (children.length === 0 || children.some(child => child.kind === 'element')) return [];
      const value = textContent(document.source.text, located);
      const offers = textValuesAt(schema, document, located);
      if (offers === undefined || !offers.takes(value)) return [`${pathOf(located)}: ${value}`];
      return offers.free || value.trim() === '' || offers.values.includes(value.trim())
        ? []
        : [pathOf(located)];
    });
    assert.deepEqual(missed, []);
  },
);

/** What `look` finds in the elements of all valid documents of the corpus, each once with how often it was found. */
function inValidDocuments(
  data: string,
  look: (schema: Schema, document: XmlDocument, located: Located) => readonly string[],
): string[] {
  const schema = schemaOf(data, '11.3');
  const found = new Map<string, number>();
  for (const { text } of corpusDocuments(data)) {
    const document = parseXml(SourceText.of(text));
    if (document.problemCount > 0 || !validate(schema, document).valid) continue;
    const pending = [rootElement(document)];
    for (let located = pending.pop(); located !== undefined; located = pending.pop()) {
      for (const each of look(schema, document, located)) found.set(each, (found.get(each) ?? 0) + 1);
      // In metadata stands what applications like: the schema takes any name there, and so has none to offer.
      if (located.node.name !== 'metadata') pending.push(...childElements(located));
    }
  }
  return [...found].map(([each, count]) => `${count} ${each}`);
}

/** The name of an element with its namespace. */
function expandedName(document: XmlDocument, located: Located): ExpandedName {
  const [local = '', prefix] = located.node.name.split(':').reverse();
  const declaration = prefix === undefined ? 'xmlns' : `xmlns:${prefix}`;
  for (let at: Located | undefined = located; at !== undefined; at = at.parent) {
    const attribute = at.node.attributes.find(({ name }) => name === declaration);
    if (attribute !== undefined) return { ns: attributeValue(document.source.text, at, attribute), local };
  }
  return { ns: '', local };
}

/** The element at the same place of another version, in which nothing changed but what is in it. */
function sameElement(document: XmlDocument, located: Located): Located {
  if (located.parent === undefined) {
    const root = rootElement(document);
    assert.ok(root !== undefined);
    return root;
  }
  const parent = sameElement(document, located.parent);
  const found = childElements(parent).find(({ start }) => start === located.start);
  assert.ok(found !== undefined, `${pathOf(located)} is still there`);
  return found;
}

function pathOf(located: Located): string {
  const { parent, node } = located;
  return parent === undefined ? node.name : `${pathOf(parent)}/${node.name}`;
}
