/**
 * Template text between elements (`{% if %}`, `{{ groups }}`): which of the elements beside it will be there is unknown
 * until the template is filled in. So what compares elements, or misses one, is not judged there; what is wrong with
 * one element alone still is.
 */

import { holdsTemplate } from './domain/template';
import { ruleNamed } from './rules';
import type { Finding } from './rules/rule';
import type { Span } from './text';
import { elementAt, nodeAt, spanOf } from './xml/navigate';
import type { Located, XmlDocument, XmlElement } from './xml/tree';

/** The findings that hold whatever a template puts in or leaves out. */
export function withoutUncertain(document: XmlDocument, findings: readonly Finding[]): readonly Finding[] {
  const open = elementsWithTemplateText(document);
  if (open.size === 0) return findings;
  return findings.filter(
    finding => ruleNamed(finding.rule)?.judgesAlone === true || !isUncertain(document, finding, open),
  );
}

/** Elements with template text among their children. */
function elementsWithTemplateText(document: XmlDocument): ReadonlySet<XmlElement> {
  const { text } = document.source;
  const found = new Set<XmlElement>();
  if (!text.includes('{') && !text.includes('@')) return found;
  TEMPLATE_BEGIN.lastIndex = 0;
  for (let match = TEMPLATE_BEGIN.exec(text); match !== null; match = TEMPLATE_BEGIN.exec(text)) {
    const place = nodeAt(document, match.index);
    if (place?.node.kind !== 'text' || place.parent === undefined) continue;
    const end = place.start + place.node.length;
    const amongElements = place.parent.node.children.some(child => child.kind === 'element');
    if (amongElements && holdsTemplate(text.slice(place.start, end))) found.add(place.parent.node);
    TEMPLATE_BEGIN.lastIndex = Math.max(end, match.index + 1);
  }
  return found;
}

const TEMPLATE_BEGIN = /\{\{|\{%|\{#|[$%]\{|@[A-Za-z_]/g;

/**
 * Whether template text stands at the level where the finding is decided: between the finding's place and what it is
 * in conflict with, or, where it misses something, beside its own element.
 */
function isUncertain(document: XmlDocument, finding: Finding, open: ReadonlySet<XmlElement>): boolean {
  const own = elementAt(document, finding.span.start);
  if (own === undefined) return false;
  const [other] = finding.related;
  if (other === undefined) {
    // A finding on the name of a whole set speaks of what is in it, one on a limit of what is beside it.
    return open.has(own.node) || (own.parent !== undefined && open.has(own.parent.node));
  }
  for (let level: Located | undefined = own; level !== undefined; level = level.parent) {
    if (open.has(level.node)) return true;
    if (holds(level, other.span)) return false;
  }
  return false;
}

const holds = (element: Located, span: Span): boolean => {
  const whole = spanOf(element);
  return whole.start <= span.start && span.end <= whole.end;
};
