/** All that a schema has against a document, explained, one mistake told once. */

import type { Fix } from '../../rules/rule';
import type { SourceText } from '../../text';
import type { XmlDocument } from '../../xml/tree';
import { type CheckedElement, type SchemaError, type Validation } from '../validate';
import { explain, type Explained } from './explain';
import { movedBy, type Explanation, type OwnedError, type SchemaReport } from './explanation';
import { fixesOfError } from './fixes-of-error';

/**
 * The reports on the first errors in document order. `isTold` says of an error whether somebody with more to say speaks
 * of it already: such an error is not even explained.
 */
export function schemaReports(
  validation: Validation,
  isTold: (error: SchemaError) => boolean,
  onFault: (error: unknown) => void,
): readonly SchemaReport[] {
  if (validation.valid) return [];
  const { schema, document } = validation;
  const explained: Explained[] = [];
  for (const error of validation.errors()) {
    if (isTold(error)) continue;
    if (error.kind === 'root-not-allowed') continue;
    try {
      const each = explain({ schema, document }, error);
      if (each.error.kind === error.kind || !isTold(each.error)) explained.push(each);
    } catch (fault) {
      onFault(fault);
    }
  }
  return withoutSameMistakes(explained).map(each => reportOf(validation, each));
}

/** A wrong name and a missing one, a misplaced element and a missing one, are one mistake: the wrong one is told. */
function withoutSameMistakes(all: readonly Explained[]): readonly Explained[] {
  const byOwner = new Map<number, Explained[]>();
  for (const each of all) {
    const { start } = each.error.owner.located;
    const ofOwner = byOwner.get(start);
    if (ofOwner === undefined) byOwner.set(start, [each]);
    else ofOwner.push(each);
  }
  const misplaced = new Set(all.flatMap(({ explanation }) => explanation.misplaced ?? []));
  return all.filter(each => {
    const ofOwner = byOwner.get(each.error.owner.located.start) ?? [];
    const { lacks, follows } = each.explanation;
    if (follows === true && ofOwner.some(({ error }) => error.kind === 'element-not-allowed')) return false;
    if (lacks === undefined)
      return ofOwner.every(other => other === each || !other.explanation.settles || isBefore(each, other));
    return (
      !ofOwner.some(
        ({ explanation }) =>
          explanation.settles === true ||
          (explanation.meant !== undefined && lacks.includes(explanation.meant)),
      ) && !lacks.some(name => misplaced.has(name))
    );
  });
}

/** Of several errors with the same remedy the first speaks. */
const isBefore = (a: Explained, b: Explained): boolean => a.explanation.span.start < b.explanation.span.start;

function reportOf(validation: Validation, { error, explanation }: Explained): SchemaReport {
  const { start } = error.owner.located;
  return {
    rule: explanation.rule,
    report: {
      span: movedBy(start, explanation.span),
      message: explanation.message,
      severity: 'error',
      refusedBy: 'schema',
      related: explanation.related.map(({ levels, span, message }) => ({
        span: movedBy(startAbove(error.owner, levels), span),
        message,
      })),
      fixes: scene => fixesIn(validation, scene, error, explanation),
    },
  };
}

function startAbove(owner: CheckedElement, levels: number): number {
  let at: CheckedElement | undefined = owner;
  for (let level = 0; level < levels; level++) at = at?.parent;
  return at?.located.start ?? owner.located.start;
}

const fixesIn = (
  { schema }: Validation,
  { document, source }: { readonly document: XmlDocument; readonly source: SourceText },
  error: OwnedError,
  explanation: Explanation,
): readonly Fix[] => fixesOfError({ schema, document, source }, error, explanation);
