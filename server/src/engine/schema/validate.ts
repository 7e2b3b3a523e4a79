/** Checks a document against a schema; the errors come in document order, with their places. */

import { shifted, type Span } from '../text';
import { attributeNameSpan, attributeValueSpan, innerSpan, nameSpan, rootElement } from '../xml/navigate';
import type { Located, XmlDocument, XmlElement } from '../xml/tree';
import { scopeOf } from './scope-of';
import { Namespaces } from './namespaces';
import type { ElementPattern } from './pattern';
import type { Schema } from './schema';
import type { ElementError, ElementResult, Libxml2Refusal } from './schema-error';

/** An element and the pattern against which it was checked. */
export interface CheckedElement {
  readonly located: Located;
  readonly pattern: ElementPattern;
  /** Those inside of the element. */
  readonly namespaces: Namespaces;
  readonly parent: CheckedElement | undefined;
}

export type SchemaError =
  /** The root element is none of the schema's. */
  | { readonly kind: 'root-not-allowed'; readonly root: Located }
  | (ElementError & {
      readonly owner: CheckedElement;
      /** The error as it is kept with the element: the same for as long as the element stays as it is. */
      readonly from: ElementError;
    });

/** What libxml2 refuses in a valid element; see `Libxml2Refusal`. */
export type PlacedRefusal = Libxml2Refusal & { readonly owner: Located };

export interface Validation {
  readonly schema: Schema;
  readonly document: XmlDocument;
  /** Whether there is a root element and no error. */
  readonly valid: boolean;
  readonly errorCount: number;
  /** The first errors in document order, `MOST_ERRORS` at most; made at each call. */
  errors(): readonly SchemaError[];
  /**
   * What libxml2 refuses although it is valid, `MOST_ERRORS` at most. Only of elements without errors: where there are
   * some, libxml2 refuses the document anyway.
   */
  refusals(): readonly PlacedRefusal[];
}

/** More errors than these help nobody. */
export const MOST_ERRORS = 1000;

/**
 * Checks the document. Elements that an earlier version shares with this one, and everything in them, are looked up.
 */
export function validate(schema: Schema, document: XmlDocument): Validation {
  const root = rootElement(document);
  const none = { schema, document, valid: false, refusals: () => [] };
  if (root === undefined) return { ...none, errorCount: 0, errors: () => [] };
  const { text } = document.source;
  const namespaces = scopeOf(text, root.node, root.start, Namespaces.none);
  const key = namespaces.elementKey(root.node.name);
  const candidates = key === undefined ? undefined : schema.rootCandidates(key);
  if (candidates === undefined) {
    const error: SchemaError = { kind: 'root-not-allowed', root };
    return { ...none, errorCount: 1, errors: () => [error] };
  }
  const element = { text, node: root.node, start: root.start, namespaces };
  const result = schema.checker.check(element, candidates);
  return {
    schema,
    document,
    valid: result.errorCount === 0,
    errorCount: result.errorCount,
    errors: () => placedErrors(text, root, namespaces, result),
    refusals: () => placedRefusals(root, result),
  };
}

interface Visit {
  readonly located: Located;
  readonly namespaces: Namespaces;
  readonly result: ElementResult;
  readonly parent: CheckedElement | undefined;
}

function placedErrors(
  text: string,
  located: Located,
  namespaces: Namespaces,
  result: ElementResult,
): readonly SchemaError[] {
  const errors: SchemaError[] = [];
  const pending: Visit[] = [{ located, namespaces, result, parent: undefined }];
  for (let visit = pending.pop(); visit !== undefined; visit = pending.pop()) {
    const { spoke, own, inner } = visit.result;
    if (spoke === undefined) continue;
    if (errors.length >= MOST_ERRORS) break;
    const owner: CheckedElement = {
      located: visit.located,
      pattern: spoke,
      namespaces: visit.namespaces,
      parent: visit.parent,
    };
    for (const error of own) errors.push({ ...error, owner, from: error });
    for (const { childIndex, result: innerResult } of [...inner].reverse()) {
      const node = visit.located.node.children[childIndex];
      if (node?.kind !== 'element') continue;
      const inside = childOf(visit.located, node, childIndex);
      pending.push({
        located: inside,
        namespaces: scopeOf(text, node, inside.start, visit.namespaces),
        result: innerResult,
        parent: owner,
      });
    }
  }
  return inOrder(errors).slice(0, MOST_ERRORS);
}

/** By place; they mostly are already. */
function inOrder(errors: readonly SchemaError[]): readonly SchemaError[] {
  const placed = errors.map(error => ({ error, at: errorSpan(error).start }));
  if (placed.every(({ at }, index) => at >= (placed[index - 1]?.at ?? 0))) return errors;
  return placed.sort((a, b) => a.at - b.at).map(({ error }) => error);
}

function placedRefusals(root: Located, rootResult: ElementResult): readonly PlacedRefusal[] {
  const refusals: PlacedRefusal[] = [];
  const pending = [{ located: root, result: rootResult }];
  for (let visit = pending.pop(); visit !== undefined; visit = pending.pop()) {
    const { located, result } = visit;
    for (const refusal of result.refusals) refusals.push({ ...refusal, owner: located });
    if (refusals.length >= MOST_ERRORS) break;
    for (const { childIndex, result: innerResult } of [...result.refusedInner].reverse()) {
      const node = located.node.children[childIndex];
      if (node?.kind !== 'element') continue;
      pending.push({ located: childOf(located, node, childIndex), result: innerResult });
    }
  }
  return refusals;
}

/** The smallest piece of the document that is wrong, absolute. */
export function errorSpan(error: SchemaError): Span {
  switch (error.kind) {
    case 'root-not-allowed':
      return nameSpan(error.root);
    case 'element-not-allowed':
    case 'element-prefix-undeclared':
      return nameSpan(childOf(error.owner.located, error.child, error.childIndex));
    case 'attribute-not-allowed':
    case 'attribute-prefix-undeclared':
      return attributeNameSpan(error.owner.located, error.attribute);
    case 'attribute-value':
      return attributeValueSpan(error.owner.located, error.attribute);
    case 'attribute-missing':
    case 'element-missing':
      return nameSpan(error.owner.located);
    case 'text-not-allowed':
      return shifted(error.span, error.owner.located.start);
    case 'text-value': {
      const inner = innerSpan(error.owner.located);
      return inner.start === inner.end ? nameSpan(error.owner.located) : inner;
    }
  }
}

const childOf = (parent: Located, node: XmlElement, childIndex: number): Located => ({
  node,
  start: parent.start + (parent.node.childStarts[childIndex] ?? 0),
  parent,
});
