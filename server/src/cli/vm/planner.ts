import {
  analyze,
  CONSEQUENCES_TO_ALLOW,
  desiredGroups,
  SourceText,
  type ConsequenceKind,
  type PlanResult,
  type Refusal,
  type VmState,
} from '../../engine';
import { readDocument } from '../../files';
import { planWish, RETURN_WITHOUT_LIBVIRT, type VmAddress, type VmWish } from '../../vm';
import { UsageError, type Arguments } from '../arguments';
import { shownPath } from '../check/report';
import { printable } from '../printable';

/** Makes a plan from a state of the VM, the same each time. */
export type Planner = (state: VmState) => PlanResult;

/** The document of the command as something to plan with, or why nothing of it may be sent. */
export type PlannerResult =
  | { readonly kind: 'planner'; readonly planner: Planner }
  | { readonly kind: 'refusal'; readonly refusal: Pick<Refusal, 'message'> & { readonly reason: string } };

/** Reads and judges the document of `plan` and `apply`, where there is one; connects to nothing. */
export async function plannerOf(given: Arguments, address: VmAddress): Promise<PlannerResult> {
  const planner = wishPlanner(given, address);
  if (given.has('--return')) {
    if (given.operands.length > 0)
      throw new UsageError('--return takes no FILE: it goes by what libvirt says');
    if (address.kind !== 'libvirt') return { kind: 'refusal', refusal: RETURN_WITHOUT_LIBVIRT };
    return { kind: 'planner', planner: planner({ kind: 'return' }) };
  }
  const [path] = given.operands;
  if (path === undefined) throw new UsageError('FILE is missing; or give --return');
  const read = await readDocument(path);
  if (read.kind === 'unreadable') {
    const message = `${printable(shownPath(path))} cannot be read: ${read.message}.`;
    return { kind: 'refusal', refusal: { reason: 'unreadable', message } };
  }
  const desired = desiredGroups(analyze(SourceText.of(read.text)));
  if (desired.kind === 'refusal') return desired;
  return { kind: 'planner', planner: planner({ kind: 'document', desired: desired.desired }) };
}

/** Plans by the options of the command. Throws `UsageError` where libvirt is the peer and no side is said. */
export function wishPlanner(given: Arguments, address: VmAddress): (wish: VmWish) => Planner {
  const options = { prune: given.has('--prune'), allow: allowedOf(given), planes: planesOf(given, address) };
  return wish => state => planWish(state, wish, options);
}

/** The kinds of consequences that `--allow` names. */
export const allowedOf = (given: Arguments): readonly ConsequenceKind[] =>
  CONSEQUENCES_TO_ALLOW.filter(kind => given.values('--allow').includes(kind));

function planesOf(given: Arguments, address: VmAddress): readonly ('live' | 'config')[] {
  if (address.kind !== 'libvirt' || given.has('--return')) {
    if (given.has('--return') && given.has('--config')) {
      throw new UsageError('--return concerns the running VM only; leave --config out');
    }
    return ['live'];
  }
  const planes = (['live', 'config'] as const).filter(plane => given.has(`--${plane}`));
  if (planes.length === 0) {
    throw new UsageError(
      'through libvirt, say what is to change: --live (the running VM), --config (its persistent definition), or both',
    );
  }
  return planes;
}
