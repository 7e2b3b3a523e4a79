/** Throttle groups of a VM with their limits. */

import type { LimitValues, VmGroup } from '../engine';
import { limitsFromQmp, namingOf } from '../engine';
import type { JsonObject, JsonValue, QemuVersion } from '../qmp';
import { isJsonObject, jsonMember, QmpCommandError } from '../qmp';
import type { Ask } from './answers';
import { entries, requiredText } from './answers';
import { VmUnreadableError } from './errors';

export interface GroupAnswers {
  /** Of `qom-list /objects`. */
  readonly objects: JsonValue;
  /** Filter node -> id of its group. */
  readonly filters: ReadonlyMap<string, string>;
  readonly qemu: QemuVersion;
}

/** Objects of type throttle-group, with their limits; one that is deleted while we look is left out. */
export async function readGroups(ask: Ask, answers: GroupAnswers): Promise<readonly VmGroup[]> {
  const ids = entries(answers.objects, 'qom-list')
    .filter(object => jsonMember(object, 'type') === 'child<throttle-group>')
    .map(object => requiredText(object, 'name', 'qom-list'));
  const users = usersByGroup(answers.filters);
  const limits = await readAllLimits(ask, ids, answers.qemu);
  return ids.flatMap((objectId, index): VmGroup[] => {
    const values = limits[index];
    if (values === undefined) return [];
    return [
      {
        ...namingOf(objectId),
        objectId,
        limits: values,
        usedBy: users.get(objectId) ?? [],
        source: 'qemu',
      },
    ];
  });
}

function usersByGroup(filters: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, string[]>();
  for (const [node, group] of filters) {
    const nodes = users.get(group);
    if (nodes === undefined) users.set(group, [node]);
    else nodes.push(node);
  }
  return users;
}

/** QEMU 10.1 reads many objects in one command; where that fails, an object may be gone: then one by one. */
async function readAllLimits(
  ask: Ask,
  ids: readonly string[],
  { major, minor }: QemuVersion,
): Promise<readonly (LimitValues | undefined)[]> {
  if (ids.length > 1 && (major > 10 || (major === 10 && minor >= 1))) {
    try {
      const answer = await ask('qom-list-get', { paths: ids.map(pathOf) });
      const objects = entries(answer, 'qom-list-get');
      if (objects.length === ids.length) {
        return objects.map((object, index) => limitsOf(limitsMember(object), ids[index] ?? ''));
      }
    } catch (error) {
      if (!(error instanceof QmpCommandError)) throw error;
    }
  }
  return Promise.all(ids.map(id => readLimits(ask, id)));
}

const pathOf = (objectId: string): string => `/objects/${objectId}`;

function limitsMember(object: JsonObject): JsonValue {
  const properties = jsonMember(object, 'properties');
  const limits =
    properties === undefined
      ? undefined
      : entries(properties, 'qom-list-get').find(property => jsonMember(property, 'name') === 'limits');
  return (limits === undefined ? undefined : jsonMember(limits, 'value')) ?? null;
}

async function readLimits(ask: Ask, objectId: string): Promise<LimitValues | undefined> {
  try {
    return limitsOf(await ask('qom-get', { path: pathOf(objectId), property: 'limits' }), objectId);
  } catch (error) {
    if (error instanceof QmpCommandError && error.errorClass === 'DeviceNotFound') return undefined;
    throw error;
  }
}

function limitsOf(answer: JsonValue, objectId: string): LimitValues {
  const limits = isJsonObject(answer) ? limitsFromQmp(answer) : undefined;
  if (limits === undefined) {
    throw new VmUnreadableError(`The VM's answer about the limits of object ${objectId} cannot be read.`);
  }
  return limits;
}
