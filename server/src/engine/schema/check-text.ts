/** Checks the text of an element without child elements. */

import type { Span } from '../text';
import type { XmlElement } from '../xml/tree';
import type { PlacedElement, Reporter } from './check-tag';
import { decodedNode, isUnknownText } from './document-text';
import { mayTroubleLibxml2, wantedByLibxml2 } from './libxml2-value';
import { isBlankText } from './match-value';
import type { ElementError } from './schema-error';
import { acceptsValue, type State } from './state';

/** `state` is the one behind the open tag. */
export function checkOnlyText(element: PlacedElement, state: State, to: Reporter): void {
  const { text, node, start } = element;
  const [only] = node.children;
  let content = '';
  if (only?.kind === 'text' && node.children.length === 1) {
    const raw = text.slice(start + node.openEnd, start + node.openEnd + only.length);
    if (state.acceptsText(raw, decodedText)) {
      if (mayTroubleLibxml2(raw)) checkForLibxml2(state, decodedText(raw), raw, to);
      return;
    }
    if (isUnknownText(raw)) return;
    content = decodedText(raw);
  } else {
    if (only !== undefined) {
      if (isUnknownText(joined(element, (child, raw) => (child.kind === 'text' ? raw : '')))) return;
      content = joined(element, decodedNode);
    }
    if (state.acceptsText(content, asIs)) {
      if (mayTroubleLibxml2(content)) checkForLibxml2(state, content, content, to);
      return;
    }
  }
  if (isClosed(node) || !isBlankText(content)) to.report(textError(element, state, content));
}

function checkForLibxml2(state: State, content: string, raw: string, to: Reporter): void {
  const takes = (value: string): boolean => acceptsValue(state.pattern, value, 'libxml2');
  if (isUnknownText(raw) || takes(content)) return;
  to.reportRefusal({ kind: 'value', attribute: undefined, wanted: wantedByLibxml2(content, takes) });
}

/** Whether other text is wanted, or a child element, or no text at all. */
function textError(element: PlacedElement, state: State, content: string): ElementError {
  const wantsValue =
    state.leaves('data').length > 0 || state.leaves('value').length > 0 || state.leaves('list').length > 0;
  if (wantsValue) return { kind: 'text-value', state };
  if (isBlankText(content)) return { kind: 'element-missing', state };
  const { text, node, start } = element;
  const childIndex = node.children.findIndex((child, index) => {
    const at = start + (node.childStarts[index] ?? 0);
    return !isBlankText(decodedNode(child, text.slice(at, at + child.length)));
  });
  const at = start + (node.childStarts[childIndex] ?? 0);
  const raw = text.slice(at, at + (node.children[childIndex]?.length ?? 0));
  return { kind: 'text-not-allowed', span: spanWithin(node, childIndex, raw), state };
}

/** Where the text of a child stands in its element, without the blanks around it. */
export function spanWithin(node: XmlElement, childIndex: number, raw: string): Span {
  const start = node.childStarts[childIndex] ?? 0;
  return { start: start + raw.length - raw.trimStart().length, end: start + raw.trimEnd().length };
}

const asIs = (raw: string): string => raw;

const decodedText = (raw: string): string => decodedNode({ kind: 'text', length: raw.length }, raw);

/** Text and CDATA of an element without child elements. */
function joined(
  { text, node, start }: PlacedElement,
  textOf: (node: XmlElement['children'][number], raw: string) => string,
): string {
  let value = '';
  for (const [index, child] of node.children.entries()) {
    if (child.kind !== 'text' && child.kind !== 'cdata') continue;
    const at = start + (node.childStarts[index] ?? 0);
    value += textOf(child, text.slice(at, at + child.length));
  }
  return value;
}

/** An element that is still being typed misses more than it seems. */
export const isClosed = (node: XmlElement): boolean => node.selfClosing || node.closeStart >= 0;
