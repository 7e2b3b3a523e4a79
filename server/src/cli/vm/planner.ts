import {
  analyze,
  CONSEQUENCES_TO_ALLOW,
  desiredGroups,
  makePlan,
  SourceText,
  type ConsequenceKind,
  type PlanResult,
  type Refusal,
  type VmState,
} from '../../engine';
import { readDocument } from '../../files';
import type { Arguments } from '../arguments';
import { shownPath } from '../check/report';
import { printable } from '../printable';

/** Makes a plan from a state of the VM, the same each time. */
export type Planner = (state: VmState) => PlanResult;

/** The document of the command as something to plan with, or why nothing of it may be sent. */
export type PlannerResult =
  | { readonly kind: 'planner'; readonly planner: Planner }
  | { readonly kind: 'refusal'; readonly refusal: Pick<Refusal, 'message'> & { readonly reason: string } };

/** Reads and judges the document of `plan` and `apply`; connects to nothing. */
export async function plannerOf(given: Arguments): Promise<PlannerResult> {
  const path = given.operands[0] ?? '';
  const read = await readDocument(path);
  if (read.kind === 'unreadable') {
    const message = `${printable(shownPath(path))} cannot be read: ${read.message}.`;
    return { kind: 'refusal', refusal: { reason: 'unreadable', message } };
  }
  const desired = desiredGroups(analyze(SourceText.of(read.text)));
  if (desired.kind === 'refusal') return desired;
  const options = { prune: given.has('--prune'), allow: allowedOf(given) };
  return { kind: 'planner', planner: state => makePlan(desired.desired, state, options) };
}

/** The kinds of consequences that `--allow` names. */
export const allowedOf = (given: Arguments): readonly ConsequenceKind[] =>
  CONSEQUENCES_TO_ALLOW.filter(kind => given.values('--allow').includes(kind));
