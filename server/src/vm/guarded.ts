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
    this.judge(command);
    await requireRoot(this.link, command, this.model);
    const device = command.execute === 'device_del' ? command.arguments?.['id'] : undefined;
    if (typeof device === 'string') await this.link.unplug(command, device);
    else await this.link.send(command);
    advance(this.model, command);
  }

  /**
   * Sends the commands of a step in their order. New nodes that no device uses yet are sent together: they disturb
   * nobody, and where one is refused those over it are too. Everything else waits for the reply to what was before it.
   * Throws as `send`, after all that was sent has been answered or given up.
   */
  async sendAll(commands: readonly QmpCommand[]): Promise<void> {
    for (let at = 0; at < commands.length;) {
      const together = leadingAdditions(commands.slice(at));
      if (together.length < 2) {
        for (const command of commands.slice(at, at + 1)) await this.send(command);
        at++;
        continue;
      }
      for (const command of together) {
        this.judge(command);
        advance(this.model, command);
      }
      const replies = await Promise.allSettled(together.map(command => this.link.send(command)));
      for (const reply of replies) if (reply.status === 'rejected') throw reply.reason;
      at += together.length;
    }
  }

  private judge(command: QmpCommand): void {
    const objection = objectionTo(command, this.model);
    if (objection !== undefined) throw new VmGuardError(objection.guard, objection.message);
  }
}

/** The commands at the beginning that add nodes. */
function leadingAdditions(commands: readonly QmpCommand[]): readonly QmpCommand[] {
  const other = commands.findIndex(({ execute }) => execute !== 'blockdev-add');
  return other < 0 ? commands : commands.slice(0, other);
}
