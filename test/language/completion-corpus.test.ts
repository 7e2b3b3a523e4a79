/**
 * Nothing that is offered makes a valid document of libvirt's own invalid, beyond what an offer leaves to be filled in:
 * each item is put in as an editor without snippets would, and what the schema then has against the document is only
 * that something is missing or still empty.
 */

import assert from 'node:assert/strict';
import {
  attributeNameSpan,
  childElements,
  closeNameSpan,
  errorSpan,
  reparse,
  rootElement,
  validate,
  type Located,
  type Schema,
  type SchemaError,
  type Span,
  type XmlDocument,
} from '../../server/src/engine';
import { PLAIN_EDITOR, completion, type Subject } from '../../server/src/language';
import { schemasOf } from '../engine/schema/schemas';
import { corpusDocuments } from '../schema-tools/corpus';
import { subjectOf } from '../support/marked-text';
import { testWithShared } from '../support/shared';

/** Every so many-th place is tried: all of them, with all offers, would take many minutes. */
const EVERY = 23;

testWithShared(`no offer makes a valid document invalid (every ${EVERY}rd place of the corpus)`, data => {
  const schemas = schemasOf(data, '11.3');
  const wrong = new Set<string>();
  let place = 0;
  let tried = 0;
  let offers = 0;
  for (const { text } of corpusDocuments(data)) {
    const subject = subjectOf(text, { schema: schemas });
    const { validation, document } = subject.analysis;
    if (validation?.valid !== true || document.problemCount > 0) continue;
    for (const each of places(document)) {
      const { offset, insert } = each;
      if (place++ % EVERY !== 0) continue;
      tried++;
      const with_ = insert === '' ? subject : subjectOf(inserted(text, offset, insert), { schema: schemas });
      offers += tryAll(validation.schema, with_, offset + insert.length, each, wrong);
    }
  }
  console.log(`# tried ${offers} offers at ${tried} of ${place} places`);
  assert.equal([...wrong].join('\n'), '');
  assert.ok(offers > 20_000, `only ${offers} offers`);
});

interface Place {
  readonly title: string;
  readonly offset: number;
  /** What is typed there before completion is asked for. */
  readonly insert: string;
  readonly closeName?: Span | undefined;
}

/** Before each element and before each close tag; in each tag, and in each value. */
function* places(document: XmlDocument): Generator<Place> {
  const pending: (Located | undefined)[] = [rootElement(document)];
  for (let located = pending.pop(); located !== undefined; located = pending.pop()) {
    const { node, start, parent } = located;
    const { name } = node;
    if (parent !== undefined) yield { title: `before ${name}`, offset: start, insert: '' };
    yield { title: `in the tag of ${name}`, offset: start + 1 + name.length, insert: ' ' };
    for (const attribute of node.attributes) {
      if (attribute.name.startsWith('xmlns')) continue;
      yield { title: `${name}@${attribute.name}`, offset: start + attribute.valueStart, insert: '' };
      const at = attributeNameSpan(located, attribute).start;
      yield { title: `name of ${name}@${attribute.name}`, offset: at, insert: '' };
    }
    const children = childElements(located);
    if (children.length > 0) yield { title: `end of ${name}`, offset: start + node.closeStart, insert: '' };
    else if (node.children.length > 0) yield { title: `text of ${name}`, offset: start + node.openEnd, insert: '' };
    yield { title: `name of ${name}`, offset: start + 1, insert: '', closeName: closeNameSpan(located) };
    pending.push(...children);
  }
}

const inserted = (text: string, offset: number, piece: string): string =>
  text.slice(0, offset) + piece + text.slice(offset);

/** Puts in each item, adds to `wrong`, and gives how many there were. */
function tryAll(
  schema: Schema,
  subject: Subject,
  offset: number,
  { title, closeName }: Place,
  wrong: Set<string>,
): number {
  const { source, document } = subject.analysis;
  const { items } = completion(subject, source.positionAt(offset), PLAIN_EDITOR);
  for (const { label, textEdit } of items) {
    // Groups and limits have rules of their own, and their own tests.
    if (textEdit === undefined || !('range' in textEdit) || OURS.test(label)) continue;
    // Editors change the name in the close tag at once.
    const renames = closeName !== undefined && /^<?[\w:.-]+$/.test(textEdit.newText);
    const before = renames
      ? reparse(document, { span: closeName, newText: textEdit.newText.replace('<', '') })
      : document;
    const after = reparse(before, { span: source.spanOf(textEdit.range), newText: textEdit.newText });
    const errors = validate(schema, after).errors();
    const bad = errors.filter(error => !isMissing(error));
    if (after.problemCount > 0 || bad.length > 0) {
      const words = bad.map(error => error.kind).join(', ');
      wrong.add(`${title}: ${label}: ${words}: ${textEdit.newText.replace(/\s+/g, ' ').slice(0, 200)}`);
    }
  }
  return items.length;
}

const OURS = /^throttle|iotune$/;

/** Whether the error is one that filling in what was put in mends. */
function isMissing(error: SchemaError): boolean {
  switch (error.kind) {
    case 'attribute-missing':
    case 'element-missing':
      return true;
    case 'attribute-value':
    case 'text-value': {
      const { start, end } = errorSpan(error);
      return start === end || (error.kind === 'text-value' && error.owner.located.node.children.length === 0);
    }
    case 'root-not-allowed':
    case 'element-not-allowed':
    case 'element-prefix-undeclared':
    case 'attribute-not-allowed':
    case 'attribute-prefix-undeclared':
    case 'text-not-allowed':
      return false;
  }
}
