/** Libvirt's schema as a part of the analysis: which one it is, and what it has to say beside the other rules. */

import { hasOtherLibvirtRoot, type DocumentKind } from './domain/kind';
import { knowsThrottling, THROTTLE_ELEMENTS } from './rules/needs-newer-libvirt';
import type { Finding } from './rules/rule';
import {
  errorSpan,
  libxml2Reports,
  schemaReports,
  validate,
  type SchemaError,
  type SchemaFolder,
  type SchemaReport,
  type Validation,
} from './schema';
import type { Span } from './text';
import { childElements, rootElement, spanOf } from './xml/navigate';
import type { XmlDocument } from './xml/tree';

/** The document against the schema for its root element; undefined where there is none. */
export function validationOf(
  document: XmlDocument,
  kind: DocumentKind | undefined,
  schemas: SchemaFolder | undefined,
): Validation | undefined {
  // Of the files of others no schema is asked for: it would be looked for in all schemas.
  if (schemas === undefined || (kind === undefined && !hasOtherLibvirtRoot(document))) return undefined;
  const root = rootElement(document);
  const schema = root === undefined ? undefined : schemas.schemaFor(root.node.name);
  return schema === undefined ? undefined : validate(schema, document);
}

/**
 * Whether the schema knows the greater part of the root's child elements: somebody else's `<network>` or `<filter>` has
 * other ones. A root without any does not tell.
 */
export function schemaAgrees({ schema, document }: Validation): boolean {
  const root = rootElement(document);
  if (root === undefined) return false;
  const contents = (schema.rootCandidates(root.node.name)?.members ?? []).map(pattern =>
    schema.checker.contentOf(pattern),
  );
  const children = childElements(root);
  const known = children.filter(({ node }) =>
    contents.some(content => content.elementsAnywhereNamed(node.name) !== undefined),
  );
  return known.length * 2 > children.length;
}

/** What the schema has to say that none of the findings says already. */
export function reportsBeside(
  validation: Validation,
  schemas: SchemaFolder | undefined,
  findings: readonly Finding[],
  onFault: (error: unknown) => void,
): readonly SchemaReport[] {
  if (validation.valid) return refusalsBeside(validation, findings);
  const told = new Told(findings);
  const older = !knowsThrottling(schemas);
  return schemaReports(
    validation,
    error => told.holds(error) || (older && isThrottleElement(error)),
    onFault,
  );
}

/** What libxml2 refuses, where no other rule speaks of just that place. */
function refusalsBeside(validation: Validation, findings: readonly Finding[]): readonly SchemaReport[] {
  const reports = libxml2Reports(validation);
  if (reports.length === 0) return reports;
  const told = new Told(findings);
  return reports.filter(({ report }) => !told.speaksOf(report.span));
}

/** Our own grammar checks these where the schema is too old to know them. */
const isThrottleElement = (error: SchemaError): boolean =>
  error.kind === 'element-not-allowed' && THROTTLE_ELEMENTS.has(error.child.name);

/** These speak of a pair: the schema may be against the other of the two. */
const OF_PAIRS: ReadonlySet<string> = new Set([
  'total-excludes-read-write',
  'filters-with-iotune',
  'limit-repeated',
  'element-repeated',
]);

/** The places of which other rules speak: they know more than the schema does. */
class Told {
  private readonly exact = new Set<string>();
  /** Starts, for what is said of some part of an element or value. */
  private readonly spans: Span[] = [];

  constructor(findings: readonly Finding[]) {
    for (const finding of findings) {
      if (finding.severity !== 'error') continue;
      this.exact.add(keyOf(finding.span));
      this.spans.push(finding.span);
      if (!OF_PAIRS.has(finding.rule)) continue;
      for (const { span } of finding.related) this.exact.add(keyOf(span));
    }
    this.spans.sort((a, b) => a.start - b.start);
  }

  /** Of just this place. */
  speaksOf(span: Span): boolean {
    return this.exact.has(keyOf(span));
  }

  holds(error: SchemaError): boolean {
    if (this.spans.length === 0) return false;
    if (this.speaksOf(errorSpan(error))) return true;
    switch (error.kind) {
      case 'text-value':
        return this.anyWithin(spanOf(error.owner.located));
      case 'attribute-value': {
        const { start, end } = errorSpan(error);
        return this.anyWithin({ start: start - 1, end: end + 1 });
      }
      case 'text-not-allowed':
        return this.anyWithin(errorSpan(error));
      case 'root-not-allowed':
      case 'element-not-allowed':
      case 'element-prefix-undeclared':
      case 'attribute-not-allowed':
      case 'attribute-prefix-undeclared':
      case 'attribute-missing':
      case 'element-missing':
        return false;
    }
  }

  private anyWithin({ start, end }: Span): boolean {
    let low = 0;
    let high = this.spans.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.spans[middle]?.start ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    const first = this.spans[low];
    return first !== undefined && first.end <= end;
  }
}

const keyOf = ({ start, end }: Span): string => `${start}-${end}`;
