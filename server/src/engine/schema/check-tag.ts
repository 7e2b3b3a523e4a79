/** Checks the attributes of one element against one pattern. */

import type { XmlAttribute, XmlElement } from '../xml/tree';
import { decodedAttribute, isUnknownText } from './document-text';
import { declaresNamespace, type Namespaces } from './namespaces';
import type { ElementError, Libxml2Refusal } from './schema-error';
import { mayTroubleLibxml2, wantedByLibxml2 } from './libxml2-value';
import { acceptsValue, type AttributeSet, type State } from './state';

/** An element of a text, with the namespaces inside of it. */
export interface PlacedElement {
  readonly text: string;
  readonly node: XmlElement;
  /** Absolute. */
  readonly start: number;
  readonly namespaces: Namespaces;
}

/** Takes what is found. */
export interface Reporter {
  report(error: ElementError): void;
  reportRefusal(refusal: Libxml2Refusal): void;
}

/** The state behind the open tag. Errors go to `to`; the state is then as if all were well. */
export function checkTag(element: PlacedElement, content: State, to: Reporter): State {
  const { node, namespaces } = element;
  const broken = hasBrokenTag(node);
  let state = content;
  for (const attribute of node.attributes) {
    if (declaresNamespace(attribute.name)) continue;
    const key = namespaces.attributeKey(attribute.name);
    if (key === undefined) {
      to.report({ kind: 'attribute-prefix-undeclared', attribute });
      continue;
    }
    const candidates = state.attributesNamed(key);
    if (candidates === undefined) {
      if (!broken && !isRepeated(node, attribute))
        to.report({ kind: 'attribute-not-allowed', attribute, state });
      continue;
    }
    const matched = matchingAttributes(element, attribute, candidates);
    if (matched === undefined) to.report({ kind: 'attribute-value', attribute, candidates, state });
    else checkForLibxml2(element, attribute, matched, to);
    state = state.withAttributes(matched ?? candidates);
  }
  // Of a tag that is being typed, or filled in by a template, nobody knows which attributes it will have.
  if (broken) return state.closedAsIfGiven;
  if (!state.closed.dead) return state.closed;
  to.report({ kind: 'attribute-missing', state });
  return state.closedAsIfGiven;
}

/** The candidates that take the attribute's value; all of them where the value is not known yet. */
export function matchingAttributes(
  { text, start }: PlacedElement,
  attribute: XmlAttribute,
  candidates: AttributeSet,
): AttributeSet | undefined {
  const [only] = candidates.members;
  // A value without quotes is being typed: where it ends is a guess.
  if (attribute.valueStart < 0 || attribute.quote === '') return candidates;
  if (candidates.members.length === 1 && only?.value.kind === 'text') return candidates;
  const raw = text.slice(start + attribute.valueStart, start + attribute.valueEnd);
  return candidates.passingFor(raw, candidate => {
    if (isUnknownText(raw)) return true;
    return acceptsValue(candidate.value, decodedAttribute(raw));
  });
}

function checkForLibxml2(
  { text, start }: PlacedElement,
  attribute: XmlAttribute,
  matched: AttributeSet,
  to: Reporter,
): void {
  const raw = text.slice(start + attribute.valueStart, start + attribute.valueEnd);
  if (!mayTroubleLibxml2(raw) || isUnknownText(raw)) return;
  const takes = (value: string): boolean =>
    matched.members.some(member => acceptsValue(member.value, value, 'libxml2'));
  const value = decodedAttribute(raw);
  if (!takes(value)) to.reportRefusal({ kind: 'value', attribute, wanted: wantedByLibxml2(value, takes) });
}

const hasBrokenTag = (node: XmlElement): boolean =>
  node.problems.length > 0 && node.problems.some(problem => problem.start < node.openEnd);

/** XML itself forbids the second attribute of a name, and says so. */
const isRepeated = (node: XmlElement, attribute: XmlAttribute): boolean =>
  node.attributes.some(other => other.name === attribute.name && other !== attribute);
