/**
 * What stands under the pointer: a group, a filter, a limit or another element of throttling; any other element,
 * attribute or value, from the reference and libvirt's schema; and what is wrong with it.
 */

import { nodeAt, ruleNamed, shifted } from '../engine';
import type { Domain, Finding, Position, Span, XmlDocument } from '../engine';
import type { Hover } from 'vscode-languageserver-types';
import { elementHover } from './hover-element';
import { groupHover, limitHover, limitsAround } from './hover-limits';
import { referenceHover } from './hover-reference';
import { mentionAround, touches } from './mentions';
import { lspRange } from './subject';
import type { EditorAbilities, Subject } from './subject';
import { plainText } from './words';

/** Undefined where there is nothing to say. */
export function hover(subject: Subject, position: Position, abilities: EditorAbilities): Hover | undefined {
  const { source, document } = subject.analysis;
  const offset = source.offsetAt(position);
  // A comment that holds a whole group is no group.
  const kind = nodeAt(document, offset)?.node.kind;
  const about = kind === 'comment' ? undefined : subjectHover(subject, offset);
  const findings = subject.analysis.findings.filter(finding => touches(finding.span, offset));
  if (about === undefined && findings.length === 0) return undefined;
  const parts = [about?.markdown, ...rulesOnce(findings).map(ruleMarkdown)];
  const markdown = parts.filter(part => part !== undefined && part !== '').join('\n\n---\n\n');
  if (markdown === '') return undefined;
  const span = about?.span ?? smallest(findings);
  return {
    contents: abilities.markdown
      ? { kind: 'markdown', value: markdown }
      : { kind: 'plaintext', value: plainText(markdown) },
    ...(span === undefined ? {} : { range: lspRange(subject, span) }),
  };
}

export interface HoverPart {
  readonly markdown: string;
  readonly span: Span;
}

function subjectHover(subject: Subject, offset: number): HoverPart | undefined {
  const { domain, document } = subject.analysis;
  return (
    (domain === undefined ? undefined : throttlingHover(domain, document, offset)) ??
    referenceHover(subject, offset)
  );
}

function throttlingHover(domain: Domain, document: XmlDocument, offset: number): HoverPart | undefined {
  const mention = mentionAround(domain, offset);
  if (mention !== undefined) {
    const span =
      mention.kind === 'naming' || touches(mention.span, offset)
        ? mention.span
        : shifted(mention.filter.span, mention.disk.start);
    return groupHover(domain, mention, span);
  }
  const limits = limitsAround(domain, offset);
  const entry = limits?.of.entries.find(candidate => touches(shifted(candidate.span, limits.start), offset));
  if (limits !== undefined && entry !== undefined) {
    return limitHover(entry, limits.of, shifted(entry.span, limits.start));
  }
  return elementHover(domain, document, offset);
}

/** One explanation a rule, however often it fired here. */
const rulesOnce = (findings: readonly Finding[]): readonly string[] => [
  ...new Set(findings.map(finding => finding.rule)),
];

function ruleMarkdown(id: string): string {
  const rule = ruleNamed(id);
  return rule === undefined ? '' : `**${rule.id}**: ${rule.summary}\n\n${rule.explain.trim()}`;
}

const smallest = (findings: readonly Finding[]): Span | undefined =>
  [...findings].sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start))[0]?.span;
