/** Comments that silence findings in place: `domxml-disable-next-line RULE` and, for the whole file, `domxml-disable RULE`. */

import type { Finding } from './rules/rule';
import type { SourceText } from './text';
import { nodeAt } from './xml/navigate';
import type { XmlDocument } from './xml/tree';

const MARK = 'domxml-disable';

/** Parts findings into those to show and those that a comment in the document silences. */
export function applyDirectives(
  document: XmlDocument,
  findings: readonly Finding[],
): { readonly shown: readonly Finding[]; readonly suppressed: readonly Finding[] } {
  const directives = findings.length === 0 ? [] : directivesOf(document);
  if (directives.length === 0) return { shown: findings, suppressed: [] };
  const shown: Finding[] = [];
  const suppressed: Finding[] = [];
  for (const finding of findings) {
    const line = document.source.positionAt(finding.span.start).line;
    const silent = directives.some(
      directive =>
        (directive.line === undefined || directive.line === line) &&
        (directive.rules.size === 0 || directive.rules.has(finding.rule)),
    );
    (silent ? suppressed : shown).push(finding);
  }
  return { shown, suppressed };
}

interface Directive {
  /** The line it silences; undefined is the whole file. */
  readonly line: number | undefined;
  /** Rule ids; none means every rule. */
  readonly rules: ReadonlySet<string>;
}

function directivesOf(document: XmlDocument): readonly Directive[] {
  const { source } = document;
  const found: Directive[] = [];
  for (let at = source.text.indexOf(MARK); at >= 0; at = source.text.indexOf(MARK, at + MARK.length)) {
    const directive = directiveAt(document, source, at);
    if (directive !== undefined) found.push(directive);
  }
  return found;
}

function directiveAt(document: XmlDocument, source: SourceText, at: number): Directive | undefined {
  const place = nodeAt(document, at);
  if (place?.node.kind !== 'comment' || !place.node.closed) return undefined;
  const end = place.start + place.node.length;
  const body = source.text.slice(place.start + 4, end - 3);
  const match = /^\s*domxml-disable(-next-line)?(?:\s+([^]*))?$/.exec(body);
  if (match === null) return undefined;
  const rules = new Set((match[2] ?? '').split(/[\s,]+/).filter(id => id !== ''));
  return { line: match[1] === undefined ? undefined : source.positionAt(end).line + 1, rules };
}
