/** The outline: the domain's throttle groups with their limits, its disks with their chains. */

import { diskTitle, formatLimit, groupsByName, nameSpan, shifted } from '../engine';
import type { Disk, Domain, Filter, Group, Limits, Piece, Placed, Span } from '../engine';
import type { DocumentSymbol, SymbolKind } from 'vscode-languageserver-types';
import { lspRange } from './subject';
import type { Subject } from './subject';
import { groupTitle, limitsWords } from './words';

export function documentSymbols(subject: Subject): DocumentSymbol[] {
  const { domain } = subject.analysis;
  if (domain === undefined) return [];
  const whole = { start: domain.start, end: domain.start + domain.element.length };
  const tag = nameSpan({ node: domain.element, start: domain.start, parent: undefined });
  const groups = groupsByName(domain);
  return [
    symbol(subject, {
      name: domain.name?.value ?? '',
      detail: 'domain',
      kind: KINDS.domain,
      span: whole,
      selection: domain.name ?? tag,
      children: [
        ...domain.groups.map(group => groupSymbol(subject, group)),
        ...domain.disks.map(disk => diskSymbol(subject, domain, disk, groups)),
      ].sort(byPlace),
    }),
  ];
}

function groupSymbol(subject: Subject, group: Placed<Group>): DocumentSymbol {
  const { element, name, limits } = group.of;
  return symbol(subject, {
    name: groupTitle(group.of),
    detail: limitsWords(limits),
    kind: KINDS.group,
    span: { start: group.start, end: group.start + element.length },
    selection: shifted(name ?? limits.nameSpan, group.start),
    children: limitSymbols(subject, limits, group.start),
  });
}

function diskSymbol(
  subject: Subject,
  domain: Domain,
  disk: Placed<Disk>,
  groups: ReturnType<typeof groupsByName>,
): DocumentSymbol {
  const { element, target, nameSpan: tag, filters, iotunes } = disk.of;
  // No arrows between: one character beyond Latin-1 makes all of a long answer twice as slow to write and to read.
  const chain = filters.map(filter => filter.group?.value ?? '?').join(', ');
  return symbol(subject, {
    name: diskTitle(domain, disk),
    detail: chain === '' ? '' : `throttled by ${chain}`,
    kind: KINDS.disk,
    span: { start: disk.start, end: disk.start + element.length },
    selection: shifted(target ?? tag, disk.start),
    children: [
      ...filters.map(filter => filterSymbol(subject, filter, disk.start, groups)),
      ...iotunes.map(iotune =>
        symbol(subject, {
          name: 'iotune',
          detail: limitsWords(iotune.limits),
          kind: KINDS.group,
          span: shifted(iotune.span, disk.start),
          selection: shifted(iotune.limits.nameSpan, disk.start),
          children: limitSymbols(subject, iotune.limits, disk.start),
        }),
      ),
    ],
  });
}

function filterSymbol(
  subject: Subject,
  filter: Filter,
  start: number,
  groups: ReturnType<typeof groupsByName>,
): DocumentSymbol {
  const group = filter.group === undefined ? undefined : groups.get(filter.group.value)?.[0];
  return symbol(subject, {
    name: filter.group?.value ?? '',
    detail: group === undefined ? '' : limitsWords(group.of.limits),
    kind: KINDS.filter,
    span: shifted(filter.span, start),
    selection: shifted(filter.group ?? filter.nameSpan, start),
    children: [],
  });
}

const limitSymbols = (subject: Subject, limits: Limits, start: number): DocumentSymbol[] =>
  limits.entries.map(entry =>
    symbol(subject, {
      name: entry.field.xml,
      detail:
        entry.reading.kind === 'number' ? formatLimit(entry.field, entry.reading.value) : entry.text.value,
      kind: KINDS.limit,
      span: shifted(entry.span, start),
      selection: shifted(entry.nameSpan, start),
      children: [],
    }),
  );

interface SymbolParts {
  readonly name: string;
  readonly detail: string;
  readonly kind: SymbolKind;
  readonly span: Span;
  readonly selection: Span | Piece;
  readonly children: DocumentSymbol[];
}

/** Editors refuse an empty name, and a selection outside of the range. */
function symbol(subject: Subject, parts: SymbolParts): DocumentSymbol {
  const { name, detail, kind, span, selection, children } = parts;
  const inside = selection.start >= span.start && selection.end <= span.end ? selection : span;
  const made: DocumentSymbol = {
    name: name.trim() === '' ? '(no name)' : name,
    kind,
    range: lspRange(subject, span),
    selectionRange: lspRange(subject, inside),
  };
  if (detail !== '') made.detail = detail;
  if (children.length > 0) made.children = children;
  return made;
}

const byPlace = (a: DocumentSymbol, b: DocumentSymbol): number =>
  a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character;

/** LSP's SymbolKind: Module, Struct, Property, Object, Interface. */
const KINDS = { domain: 2, group: 23, limit: 7, disk: 19, filter: 11 } as const satisfies Record<
  string,
  SymbolKind
>;
