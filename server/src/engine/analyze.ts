/** Text in; tree, model and findings out. Cannot fail: a rule that throws is returned as a fault, the others speak. */

import { applyDirectives } from './directives';
import { libvirtKind, type DocumentKind } from './domain/kind';
import { runByQemu, type Domain } from './domain/model';
import { readDomain } from './domain/read';
import { checkDisks, checkGroups } from './local-checks';
import { WHOLE_RULES, ruleNamed } from './rules';
import type { DocumentScene, DomainScene, Finding, Fix, Report, Rule, World } from './rules/rule';
import { LARGEST_CHECKED } from './rules/xml-syntax';
import type { Validation } from './schema';
import { reportsBeside, validationOf } from './schema-check';
import type { SourceText, TextEdit } from './text';
import { withoutUncertain } from './templates';
import { parseXml } from './xml/parse';
import { reparse, reparseWith } from './xml/reparse';
import type { XmlDocument } from './xml/tree';

export interface Analysis {
  readonly source: SourceText;
  readonly document: XmlDocument;
  /** Undefined where the document is none of libvirt's with a domain in it. */
  readonly kind: DocumentKind | undefined;
  readonly domain: Domain | undefined;
  /** The document against libvirt's schema for its root element; undefined where there is none. */
  readonly validation: Validation | undefined;
  /** By place. */
  readonly findings: readonly Finding[];
  /** Silenced by a comment in the document: not shown, but still in the way of a push. */
  readonly suppressed: readonly Finding[];
  readonly faults: readonly Fault[];
}

/** A rule that threw: a fault of ours, to be logged. */
export interface Fault {
  readonly rule: string;
  readonly message: string;
}

/** The analysis of a text's version before, and the edits between, each on the text that the one before it left. */
export interface Previous {
  readonly analysis: Analysis;
  readonly edits: readonly TextEdit[];
}

/** Analyses a text. With `previous` only what the edits touched is read again; the result is the same. */
export const analyze = (source: SourceText, world: World = {}, previous?: Previous): Analysis =>
  previous === undefined
    ? analyzeTree(parseXml(source), world)
    : analyzeTree(readAgain(previous, source), world, previous.analysis.domain);

/** Analyses a text that is read already. `before` is the domain of the version before. */
export function analyzeTree(document: XmlDocument, world: World = {}, before?: Domain): Analysis {
  const { source } = document;
  const kind = libvirtKind(document);
  const domain = source.text.length > LARGEST_CHECKED ? undefined : readDomain(document, before);
  const checked = check(source, document, domain, world);
  const specific = withoutUncertain(document, withoutDoubles(checked.findings));
  const validation =
    source.text.length > LARGEST_CHECKED ? undefined : validationOf(document, kind, world.schema);
  const faults = [...checked.faults];
  const findings =
    validation === undefined ? specific : withSchema(validation, world, checked.findings, specific, faults);
  const { shown, suppressed } = applyDirectives(document, findings);
  return { source, document, kind, domain, validation, findings: shown, suppressed, faults };
}

/** With what the schema finds beside. The schema leaves open by itself what template text may change. */
function withSchema(
  validation: Validation,
  { schema }: World,
  told: readonly Finding[],
  specific: readonly Finding[],
  faults: Fault[],
): readonly Finding[] {
  const reports = reportsBeside(validation, schema, told, error => {
    faults.push({ rule: 'schema', message: error instanceof Error ? error.message : String(error) });
  });
  if (reports.length === 0) return specific;
  return [...specific, ...reports.map(({ rule, report }) => findingOf(rule, 0, report))].sort(byPlace);
}

/** The fixes of a finding of this analysis; empty where none can be meant. A fix that throws is left out. */
export function fixesOf(analysis: Analysis, finding: Finding): readonly Fix[] {
  try {
    const { source, document, domain } = analysis;
    return finding.report.fixes?.({ source, document, domain, start: finding.start }) ?? [];
  } catch {
    return [];
  }
}

function readAgain({ analysis, edits }: Previous, source: SourceText): XmlDocument {
  let { document } = analysis;
  for (const [index, edit] of edits.entries()) {
    document = index === edits.length - 1 ? reparseWith(document, edit, source) : reparse(document, edit);
  }
  // Whoever hands in edits that do not lead to the text gets a slower answer, not a wrong one.
  return document.source === source || document.source.text === source.text ? document : parseXml(source);
}

function check(
  source: SourceText,
  document: XmlDocument,
  domain: Domain | undefined,
  world: World,
): { findings: Finding[]; faults: readonly Fault[] } {
  const findings: Finding[] = [];
  const faults = new Map<string, Fault>();
  const collect = (rule: Rule, start: number, report: Report): void => {
    findings.push(findingOf(rule.id, start, report));
  };
  const fault = (rule: Rule, error: unknown): void => {
    faults.set(rule.id, { rule: rule.id, message: error instanceof Error ? error.message : String(error) });
  };
  // One scene serves every rule: with some sixty rules, making each its own was most of the time of a small document.
  const bare: DocumentScene = { ...world, source, document };
  const scene: DomainScene | undefined = domain && { ...bare, domain, runByQemu: runByQemu(domain) };
  for (const rule of WHOLE_RULES) {
    const report = (found: Report): void => collect(rule, 0, found);
    try {
      if (rule.scope === 'document') rule.check(bare, report);
      else if (scene !== undefined) rule.check(scene, report);
    } catch (error) {
      fault(rule, error);
    }
  }
  if (scene !== undefined) {
    checkGroups(scene.domain, scene, collect, fault);
    checkDisks(scene.domain, scene, collect, fault);
  }
  findings.sort(byPlace);
  return { findings, faults: [...faults.values()] };
}

const byPlace = (a: Finding, b: Finding): number => a.span.start - b.span.start || a.span.end - b.span.end;

function findingOf(rule: string, start: number, report: Report): Finding {
  return {
    rule,
    severity: report.severity,
    refusedBy: report.refusedBy,
    message: report.message,
    span: { start: start + report.span.start, end: start + report.span.end },
    related: (report.related ?? []).map(({ span, message }) => ({
      span: { start: start + span.start, end: start + span.end },
      message,
    })),
    unnecessary: report.unnecessary ?? false,
    report,
    start,
  };
}

/** The specific rule wins: a structure finding on the span of another finding is dropped. */
function withoutDoubles(findings: readonly Finding[]): readonly Finding[] {
  const key = ({ span }: Finding): string => `${String(span.start)}-${String(span.end)}`;
  const isStructure = (finding: Finding): boolean => ruleNamed(finding.rule)?.structure === true;
  const specific = new Set(findings.filter(finding => !isStructure(finding)).map(key));
  return findings.filter(finding => !isStructure(finding) || !specific.has(key(finding)));
}
