/** Checks texts, or takes over what an earlier run found in the same text under the same conditions. */

import {
  analyzeTree,
  fixesOf,
  hasOtherLibvirtRoot,
  libvirtKind,
  schemaAgrees,
  validationOf,
  versionText,
  type Finding,
  type Fix,
  type World,
} from '../../engine';
import { KeptAnswers, cacheFolder, productBuild, type ReadText, type WantedSchemas } from '../../files';

/** A finding without what it was made from. */
export type KnownFinding = Pick<
  Finding,
  'rule' | 'severity' | 'refusedBy' | 'message' | 'span' | 'related'
> & {
  readonly fixes: readonly Fix[];
};

/** What checking gives of a text, whatever its path is and whatever severities the user wants. */
export type Outcome =
  | {
      readonly status: 'checked';
      /** By place. */
      readonly findings: readonly KnownFinding[];
      /** Rules that failed: the others still spoke. */
      readonly faults: readonly { readonly rule: string; readonly message: string }[];
    }
  | { readonly status: 'not-libvirt'; readonly message: string };

/** As it is kept. The outcome is missing where it was enough to know that nobody wants it. */
interface Kept {
  readonly wanted: boolean;
  readonly outcome?: Outcome;
}

export class Outcomes {
  /** Each text is asked about twice at most, one right after the other. */
  private latest: { readonly text: ReadText; readonly kept: Kept | undefined } | undefined;

  constructor(
    private readonly world: World,
    private readonly answers: KeptAnswers | undefined,
  ) {}

  /** Whether a document is libvirt's that nobody named: what is called as its other documents must also look like one. */
  isWanted(text: ReadText): boolean {
    const kept = this.kept(text);
    if (kept !== undefined) return kept.wanted;
    const wanted = this.looksLikeLibvirts(text);
    if (!wanted) this.keep(text, { wanted });
    return wanted;
  }

  of(text: ReadText): Outcome {
    const known = this.kept(text)?.outcome;
    if (known !== undefined) return known;
    const outcome = this.check(text);
    // What a rule that failed would have said is not known.
    if (outcome.status === 'not-libvirt' || outcome.faults.length === 0) {
      this.keep(text, { wanted: this.looksLikeLibvirts(text), outcome });
    }
    return outcome;
  }

  /** Ends the run: what it found is there for the next. */
  save(): void {
    this.answers?.save();
  }

  private kept(text: ReadText): Kept | undefined {
    if (this.latest?.text === text) return this.latest.kept;
    const answer = this.answers?.get(text.text);
    const kept = answer === undefined ? undefined : (JSON.parse(answer) as Kept);
    this.latest = { text, kept };
    return kept;
  }

  private keep(text: ReadText, kept: Kept): void {
    this.answers?.keep(text.text, JSON.stringify(kept));
  }

  private looksLikeLibvirts({ document }: ReadText): boolean {
    if (libvirtKind(document) !== undefined) return true;
    const { schema } = this.world;
    if (schema === undefined || !hasOtherLibvirtRoot(document)) return false;
    const validation = validationOf(document, undefined, schema);
    return validation !== undefined && schemaAgrees(validation);
  }

  private check({ document }: ReadText): Outcome {
    const analysis = analyzeTree(document, this.world);
    if (analysis.kind === undefined && analysis.validation === undefined) {
      return { status: 'not-libvirt', message: this.whyNotChecked(document) };
    }
    const findings = analysis.findings.map(finding => {
      const { rule, severity, refusedBy, message, span, related } = finding;
      return { rule, severity, refusedBy, message, span, related, fixes: fixesOf(analysis, finding) };
    });
    return { status: 'checked', findings: findings.sort(byPlace), faults: analysis.faults };
  }

  private whyNotChecked(document: ReadText['document']): string {
    return this.world.schema === undefined && hasOtherLibvirtRoot(document)
      ? "only libvirt's schema tells about this document, and none is used; it was not checked"
      : 'this is no libvirt domain document, nor one that a schema is for; it was not checked';
  }
}

/**
 * The answers of earlier runs of this very build, by these schemas and for this libvirt. Undefined where the product does
 * not run from its bundle.
 */
export function answersFor(wanted: WantedSchemas, { libvirt }: World): KeptAnswers | undefined {
  const build = productBuild();
  if (build === undefined) return undefined;
  const release = libvirt === undefined ? '' : versionText(libvirt);
  const schemas = wanted.kind === 'found' ? [...wanted.files].flat() : [wanted.kind];
  return KeptAnswers.open(cacheFolder(), [build, release, ...schemas]);
}

const byPlace = (a: KnownFinding, b: KnownFinding): number =>
  a.span.start - b.span.start || a.span.end - b.span.end || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
