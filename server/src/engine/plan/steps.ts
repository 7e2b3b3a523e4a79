/** Changes of groups as steps: what to send, and what takes it back exactly. */

import { limitsToSet, valuesToCreate } from '../limits/qemu';
import type { GroupChange, LimitValues, QmpCommand, QmpStep } from './types';
import { changeSummary, shown } from './words';

/** One step a change: first what is created, then what changes, last what is deleted. */
export function stepsOf(changes: readonly GroupChange[]): readonly QmpStep[] {
  const steps = changes.map(stepOf);
  return (['create-group', 'change-group', 'delete-group'] as const).flatMap(kind =>
    steps.filter(step => step.kind === kind),
  );
}

/** How a step, a difference and an outcome call a group. */
export const groupTitle = (name: string): string => `group ${shown(name)}`;

function stepOf(change: GroupChange): QmpStep {
  const { objectId, before, after } = change;
  const common = {
    plane: 'live',
    via: 'qmp',
    object: groupTitle(change.name),
    effect: { kind: 'group', change },
    summary: changeSummary(change),
    sources: ['qemu'],
  } as const;
  if (before !== undefined && after !== undefined) {
    const [commands, inverse] = [[setGroup(objectId, after)], [setGroup(objectId, before)]];
    return { ...common, kind: 'change-group', commands, inverse };
  }
  const gone = [deleteGroup(objectId)];
  if (before !== undefined) {
    return { ...common, kind: 'delete-group', commands: gone, inverse: [createGroup(objectId, before)] };
  }
  const made = after === undefined ? [] : [createGroup(objectId, after)];
  return { ...common, kind: 'create-group', commands: made, inverse: gone };
}

/** As libvirt creates a group (facts of real runs: `object-add` with all rates). */
const createGroup = (objectId: string, limits: LimitValues): QmpCommand => ({
  execute: 'object-add',
  arguments: { 'qom-type': 'throttle-group', id: objectId, limits: valuesToCreate(limits) },
});

/** By the absolute path: a bare id, as libvirt uses it, is searched for in the whole machine. */
const setGroup = (objectId: string, limits: LimitValues): QmpCommand => ({
  execute: 'qom-set',
  arguments: { path: `/objects/${objectId}`, property: 'limits', value: limitsToSet(limits) },
});

const deleteGroup = (objectId: string): QmpCommand => ({
  execute: 'object-del',
  arguments: { id: objectId },
});
