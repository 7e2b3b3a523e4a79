/** All guards, and the one way to ask them. */

import type { QmpCommand } from '../types';
import { backlogAdd } from './backlog-add';
import { backlogDrive } from './backlog-drive';
import { blockJob } from './block-job';
import { groupOnce } from './group-once';
import type { Guard } from './guard';
import { iothread } from './iothread';
import { iotuneGroup } from './iotune-group';
import { knownCommand } from './known-command';
import { knownDevice } from './known-device';
import { medium } from './medium';
import type { Model, MovingModel } from './model';
import { advance } from './model';
import { pauseFreeze } from './pause-freeze';
import { plug } from './plug';
import { reopenWhole } from './reopen-whole';
import { sameBase } from './same-base';
import { sameNode } from './same-node';

/** In the order in which they are asked. F5 is a step of the plan (plan/wake.ts): nothing that could be left out here. */
export const GUARDS: readonly Guard[] = [
  knownCommand,
  knownDevice,
  medium,
  blockJob,
  iothread,
  sameNode,
  groupOnce,
  backlogDrive,
  reopenWhole,
  pauseFreeze,
  backlogAdd,
  sameBase,
  iotuneGroup,
  plug,
];

/** What a guard says against a command. */
export interface Objection {
  readonly guard: string;
  readonly message: string;
}

/** The first objection against sending the command to a VM that is as the model says. */
export function objectionTo(command: QmpCommand, model: Model): Objection | undefined {
  for (const guard of GUARDS) {
    const words = guard.check(command, model);
    if (words !== undefined) return { guard: guard.id, message: `Not sent (guard ${guard.id}): ${words}.` };
  }
  return undefined;
}

/** The first objection in a row of commands; the model is moved on by those before it. */
export function firstObjection(commands: readonly QmpCommand[], model: MovingModel): Objection | undefined {
  for (const command of commands) {
    const objection = objectionTo(command, model);
    if (objection !== undefined) return objection;
    advance(model, command);
  }
  return undefined;
}

export type { Guard } from './guard';
export { advance, chainIn, driveOf, modelOf, stacked, type Model, type MovingModel } from './model';
