/** Sending the commands of steps, each only after all guards have let it through. */

import type { MovingModel, QmpCommand, VmState } from '../engine';
import { advance, modelOf, objectionTo } from '../engine';
import { VmGuardError } from './errors';
import { requireRoot } from './guards/root-now';
import type { Link } from './link';

/** Holds what the VM has, from a reading and the commands since, so that each command can be judged by it. */
export class GuardedLink {
  private readonly model: MovingModel;

  constructor(
    private readonly link: Link,
    state: VmState,
  ) {
    this.model = modelOf(state);
  }

  /** Sends one command, once. Throws VmGuardError where a guard objects, then nothing was sent; and what `send` throws. */
  async send(command: QmpCommand): Promise<void> {
    const objection = objectionTo(command, this.model);
    if (objection !== undefined) throw new VmGuardError(objection.guard, objection.message);
    await requireRoot(this.link, command, this.model);
    await this.link.send(command);
    advance(this.model, command);
  }
}
