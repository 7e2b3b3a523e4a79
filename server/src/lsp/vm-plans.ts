/** What documents want of a VM, and its plans, as the commands need them. Refusals are thrown as `CommandRefused`. */

import { attachWish, CONSEQUENCES_TO_ALLOW, desiredGroups } from '../engine';
import type {
  Analysis,
  AttachWish,
  ConsequenceKind,
  DesiredGroups,
  Plan,
  PlanResult,
  Refusal,
  VmState,
} from '../engine';
import { worldOfDocument, type Session } from './session';
import { refuse } from './vm-arguments';

export type Planner = (state: VmState) => PlanResult;

/** What the open document wants; refused where it is not fit to be sent. */
export function desiredIn(session: Session, uri: string): DesiredGroups {
  const result = desiredGroups(analysed(session, uri));
  if (result.kind === 'refusal') throw refuse('document', result.refusal.message);
  return result.desired;
}

/** That disk of the open document, to be attached; refused where it is not fit to be sent. */
export function attachWishIn(session: Session, uri: string, target: string): AttachWish {
  const result = attachWish(analysed(session, uri), target);
  if (result.kind === 'refusal') throw refuse('document', result.refusal.message);
  return result.wish;
}

/** The open document; refused where it is none of a domain. */
export function analysed(session: Session, uri: string): Analysis {
  if (session.documents.stamp(uri) === undefined)
    throw refuse('document', `${uri} is not open in the editor.`);
  const subject = session.documents.subject(uri, worldOfDocument(session, uri));
  if (subject === undefined) {
    throw refuse('document', 'This document is not a libvirt domain, so there is nothing to send.');
  }
  return subject.analysis;
}

/** The plan, or the answer that there is none. */
export function planned(result: PlanResult): Plan {
  if (result.kind === 'plan') return result.plan;
  throw refuse(reasonOf(result.refusal), result.refusal.message);
}

const reasonOf = ({ reason }: Refusal): string =>
  reason === 'other-domain' || reason === 'taint' ? reason : 'refused';

/** Consequences that a confirmation does not cover must have been allowed one by one. */
export function onlyAllowed(result: PlanResult, allow: readonly ConsequenceKind[]): PlanResult {
  if (result.kind === 'refusal') return result;
  const needed: readonly ConsequenceKind[] = CONSEQUENCES_TO_ALLOW;
  const missing = result.plan.consequences.find(({ kind }) => needed.includes(kind) && !allow.includes(kind));
  if (missing === undefined) return result;
  const message = `${missing.text} This was not allowed (${missing.kind}). Nothing was sent.`;
  return { kind: 'refusal', refusal: { reason: 'unsupported', message } };
}
