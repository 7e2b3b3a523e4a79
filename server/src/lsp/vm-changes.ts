/** Commands that change one group of a VM: their plan first, and with `confirmed` it is carried out. */

import { changeCount } from '../engine';
import { planWish } from '../vm';
import type { VmWish } from '../vm';
import type { ChangeAnswer } from '../protocol';
import { applyAnswer, planAnswer } from './vm-answers';
import { addressIn, allowedIn, isTrue, limitsIn, optionalText, planesIn, textIn } from './vm-arguments';
import type { Arguments } from './vm-arguments';
import { onlyAllowed, planned, type Planner } from './vm-plans';
import { withVm, type Run, type Scene } from './vm-scene';

export const setGroup: Run = (scene, argument, signal) =>
  change(scene, argument, signal, {
    kind: 'set-group',
    name: textIn(argument, 'name'),
    limits: limitsIn(argument),
  });

export const deleteGroup: Run = (scene, argument, signal) =>
  change(scene, argument, signal, { kind: 'delete-group', name: textIn(argument, 'name') });

/** Shows what would be done; with `confirmed` does it. */
function change(scene: Scene, argument: Arguments, signal: AbortSignal, wish: VmWish): Promise<ChangeAnswer> {
  const confirmed = isTrue(argument, 'confirmed');
  const shown = optionalText(argument, 'hash');
  const options = { planes: planesIn(argument, addressIn(argument)), allow: allowedIn(argument) };
  const planner: Planner = state => planWish(state, wish, options);
  return withVm(scene, argument, signal, async use => {
    const fresh = planned(planner(await use.session.read(use.signal)));
    const { text, consequences, toAllow = [] } = planAnswer(fresh, use.session.address);
    if (!confirmed) {
      const nothing = changeCount(fresh) === 0 ? ({ outcome: 'unchanged' } as const) : {};
      return { text, hash: fresh.hash, consequences, toAllow, ...nothing };
    }
    const outcome = await use.session.apply({
      plan: state => onlyAllowed(planner(state), options.allow),
      expect: shown ?? fresh.hash,
      signal: use.signal,
    });
    return { text, hash: fresh.hash, ...applyAnswer(outcome, use.transcript) };
  });
}
