/** Commands that change one group or disk of a VM: the plan first, and with `confirmed` it is carried out. */

import { changeCount } from '../engine';
import { formatVmAddress, planWish } from '../vm';
import type { VmWish } from '../vm';
import { DETACH_SECONDS } from '../protocol';
import type { ChangeAnswer, Planes } from '../protocol';
import type { WorkDoneProgressReporter } from 'vscode-languageserver/node';
import { lastChangeOn, RememberingPlanner } from './last-changes';
import { applyAnswer, planAnswer } from './vm-answers';
import { addressIn, allowedIn, isTrue, limitsIn, optionalText, planesIn, textIn } from './vm-arguments';
import type { Arguments } from './vm-arguments';
import { attachWishIn, onlyAllowed, planned, type Planner } from './vm-plans';
import { withVm, type Run, type Scene } from './vm-scene';

export const setGroup: Run = (scene, argument, signal, progress) =>
  change(scene, argument, signal, progress, {
    kind: 'set-group',
    name: textIn(argument, 'name'),
    limits: limitsIn(argument),
  });

export const deleteGroup: Run = (scene, argument, signal, progress) =>
  change(scene, argument, signal, progress, { kind: 'delete-group', name: textIn(argument, 'name') });

export const attachDisk: Run = (scene, argument, signal, progress) =>
  change(scene, argument, signal, progress, {
    kind: 'attach-disk',
    disk: attachWishIn(scene.session, textIn(argument, 'uri'), textIn(argument, 'target')),
  });

export const detachDisk: Run = (scene, argument, signal, progress) =>
  change(scene, argument, signal, progress, { kind: 'detach-disk', disk: textIn(argument, 'disk') });

/** Takes back what was changed last at the address, on the sides that were changed. */
export const undo: Run = async (scene, argument, signal, progress) =>
  change(scene, argument, signal, progress, {
    kind: 'undo',
    change: await lastChangeOn(formatVmAddress(addressIn(argument))),
  });

/** Shows what would be done; with `confirmed` does it. */
function change(
  scene: Scene,
  argument: Arguments,
  signal: AbortSignal,
  progress: WorkDoneProgressReporter,
  wish: VmWish,
): Promise<ChangeAnswer> {
  const confirmed = isTrue(argument, 'confirmed');
  const shown = optionalText(argument, 'hash');
  const planes = wish.kind === 'undo' ? [] : planesIn(argument, addressIn(argument));
  const options = { planes, allow: allowedIn(argument) };
  const planner: Planner = state => planWish(state, wish, options);
  return withVm(scene, argument, signal, async use => {
    const fresh = planned(planner(await use.session.read(use.signal)));
    const { text, consequences, toAllow = [] } = planAnswer(fresh, use.session.address);
    if (!confirmed) {
      const nothing = changeCount(fresh) === 0 ? ({ outcome: 'unchanged' } as const) : {};
      return { text, hash: fresh.hash, consequences, toAllow, ...nothing };
    }
    progress.begin(`Changing ${use.session.address}`, undefined, waitingFor(wish, options.planes));
    const remembering = new RememberingPlanner(state => onlyAllowed(planner(state), options.allow));
    try {
      const outcome = await use.session.apply({
        plan: remembering.plan,
        expect: shown ?? fresh.hash,
        signal: use.signal,
      });
      await remembering.keep(scene.session, use.session.address, outcome);
      return { text, hash: fresh.hash, ...applyAnswer(outcome, use.transcript) };
    } finally {
      progress.done();
    }
  });
}

/** Whom the change waits for longer than for a reply. */
const waitingFor = (wish: VmWish, planes: Planes): string | undefined =>
  wish.kind === 'detach-disk' && planes.includes('live')
    ? `The guest is asked to let go of the disk, for up to ${DETACH_SECONDS} s`
    : undefined;
