/** What a rule is, what it is given and what it reports. One rule per file; the list is in `rules/index.ts`. */

import type { Span, SourceText, TextEdit } from '../text';
import type { XmlDocument } from '../xml/tree';
import type { Disk, Domain, Limits } from '../domain/model';
import type { SchemaFolder } from '../schema/schema';
import type { Version } from '../version';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** Who refuses the document first: on define (schema or libvirt), or on start (qemu); null where nobody does. */
export type RefusedBy = 'schema' | 'libvirt' | 'qemu' | null;

/** What a rule may know of the world beside the document; unknown versions keep version-bound rules silent. */
export interface World {
  readonly libvirt?: Version;
  readonly qemu?: Version;
  /** Libvirt's schemas: the whole document is checked by the one for its root element, where there is one. */
  readonly schema?: SchemaFolder;
}

export interface Related {
  readonly span: Span;
  readonly message: string;
}

export interface Fix {
  /** As in a menu: "Create throttle group 'gold'". */
  readonly title: string;
  /** Safe to apply without looking: meaning is kept, or only what has no effect goes away. `fix all` takes these. */
  readonly safe: boolean;
  /** Absolute spans of the text that the finding was made from. */
  readonly edits: readonly TextEdit[];
}

/** What a fix is made from: the analysed text and the place that a local report is relative to. */
export interface FixScene {
  readonly source: SourceText;
  readonly document: XmlDocument;
  readonly domain: Domain | undefined;
  /** Absolute start of the subject that the rule checked: add it to relative spans. 0 for document rules. */
  readonly start: number;
}

/** Spans are relative to the subject of a local rule; absolute for rules of scope `domain`. */
export interface Report {
  readonly span: Span;
  readonly message: string;
  readonly severity: Severity;
  readonly refusedBy: RefusedBy;
  readonly related?: readonly Related[];
  /** Shown faded: it has no effect. */
  readonly unnecessary?: boolean;
  /** Called only when fixes are asked for. */
  readonly fixes?: (scene: FixScene) => readonly Fix[];
}

export type ReportFinding = (report: Report) => void;

/** What a local rule is told beside its subject. */
export interface LocalScene extends World {
  readonly runByQemu: boolean;
}

export interface DocumentScene extends World {
  readonly source: SourceText;
  readonly document: XmlDocument;
}

export interface DomainScene extends DocumentScene {
  readonly domain: Domain;
  readonly runByQemu: boolean;
}

interface RuleBase {
  /** kebab-case, says what is wrong; never renamed, never reused. */
  readonly id: string;
  /** The severities it may use and who refuses then. Every report must be one of them. */
  readonly may: Partial<Record<Severity, readonly RefusedBy[]>>;
  readonly summary: string;
  /** Markdown: why, the refusal one would meet, a bad and a good snippet. Serves hover, `domxml explain`, docs. */
  readonly explain: string;
  /** Judges one element by itself, whatever stands beside it: so it speaks beside template text too. */
  readonly judgesAlone?: true;
  /** About structure in general: dropped where a specific rule speaks of the same span. */
  readonly structure?: true;
}

/** Local rules see one subject, spans relative to its element; their results are cached with that element. */
export interface LimitsRule extends RuleBase {
  readonly scope: 'limits';
  check(limits: Limits, report: ReportFinding, scene: LocalScene): void;
}
export interface DiskRule extends RuleBase {
  readonly scope: 'disk';
  check(disk: Disk, report: ReportFinding, scene: LocalScene): void;
}
/** Rules that need no model: they also see documents that hold no domain. Absolute spans. */
export interface DocumentRule extends RuleBase {
  readonly scope: 'document';
  check(scene: DocumentScene, report: ReportFinding): void;
}
/** Rules over the whole domain: absolute spans. */
export interface DomainRule extends RuleBase {
  readonly scope: 'domain';
  check(scene: DomainScene, report: ReportFinding): void;
}

/** Rules that speak only through libvirt's schema: `schema/explain` finds and words what they say. */
export interface SchemaRule extends RuleBase {
  readonly scope: 'schema';
}

export type Rule = LimitsRule | DiskRule | DomainRule | DocumentRule | SchemaRule;

/** Keeps the literal type of a rule while checking its shape. */
export const defineRule = <const R extends Rule>(rule: R): R => rule;

/** A report that has found its place in the document: absolute spans. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly refusedBy: RefusedBy;
  readonly message: string;
  readonly span: Span;
  readonly related: readonly Related[];
  readonly unnecessary: boolean;
  /** Makes the fixes from the analysis that the finding belongs to; see `fixesOf`. */
  readonly report: Report;
  readonly start: number;
}
