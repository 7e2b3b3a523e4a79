import { holdsTemplate } from '../../domain/template';
import { attributeNamed, attributeValue } from '../../xml/navigate';
import type { Located, XmlElement, XmlNode } from '../../xml/tree';
import { BLANKS, hasLineBreak } from './blanks';

/**
 * What may be done with the blanks between an element's tags.
 * - `layout`: only elements, comments and instructions stand there; the blanks between them mean nothing.
 * - `islands`: the blanks are left, because something is broken or a template fills in text between the elements; the
 *   elements that begin their line are formatted from where they stand.
 * - `kept`: text, CDATA, `xml:space='preserve'`: blanks have a meaning, everything stays.
 */
export type ContentKind = 'layout' | 'islands' | 'kept';

export function contentKind(text: string, element: Located): ContentKind {
  const { node, start } = element;
  if (node.selfClosing || node.children.length === 0) return 'kept';
  const space = attributeNamed(node, 'xml:space');
  if (space !== undefined && attributeValue(text, element, space) === 'preserve') return 'kept';
  const seen = lookAt(text, node, start);
  if (seen.text || !seen.nodes) return 'kept';
  // Without an element the blanks are the element's text: they are layout where they break the line before a comment.
  if (!seen.elements && (!seen.lines || seen.flat)) return 'kept';
  return seen.templates || seen.broken || isBroken(node) ? 'islands' : 'layout';
}

/** A fault of its own, no close tag, a lone `<`. Such an element's tag and blanks are left as they are. */
export const isBroken = (node: XmlElement): boolean =>
  node.name === '' || node.problems.length > 0 || (!node.selfClosing && node.closeStart < 0);

interface Seen {
  /** Text that is more than blank and no template's, or CDATA. */
  text: boolean;
  templates: boolean;
  /** Elements, comments or instructions. */
  nodes: boolean;
  elements: boolean;
  broken: boolean;
  /** Blank text that breaks the line, and blank text that does not. */
  lines: boolean;
  flat: boolean;
}

function lookAt(text: string, node: XmlElement, start: number): Seen {
  const seen: Seen = {
    text: false,
    templates: false,
    nodes: false,
    elements: false,
    broken: false,
    lines: false,
    flat: false,
  };
  for (let index = 0; index < node.children.length; index++) {
    const child = node.children[index];
    if (child === undefined) continue;
    if (child.kind === 'element') {
      seen.nodes = true;
      seen.elements = true;
      if (isBroken(child)) seen.broken = true;
    } else if (child.kind === 'text') {
      const from = start + (node.childStarts[index] ?? 0);
      lookAtText(text.slice(from, from + child.length), seen);
    } else look(child, seen);
  }
  return seen;
}

function lookAtText(written: string, seen: Seen): void {
  if (BLANKS.test(written)) {
    if (hasLineBreak(written)) seen.lines = true;
    else seen.flat = true;
  } else if (holdsTemplate(written)) seen.templates = true;
  else seen.text = true;
}

function look(child: XmlNode, seen: Seen): void {
  if (child.kind === 'cdata') seen.text = true;
  else seen.nodes = true;
}
