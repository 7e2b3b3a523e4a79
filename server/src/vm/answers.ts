/** Taking QEMU's answers apart: they are foreign data until looked at. */

import type { JsonObject, JsonValue } from '../qmp';
import { isJsonObject, jsonMember } from '../qmp';
import { VmUnreadableError } from './errors';

/** Sends one query. */
export type Ask = (command: string, args?: JsonObject) => Promise<JsonValue>;

/** The objects of a list; anything else is not what QEMU answers. */
export function entries(list: JsonValue, command: string): readonly JsonObject[] {
  if (!Array.isArray(list) || !list.every(isJsonObject)) {
    throw new VmUnreadableError(`The VM's answer to ${command} is not a list of objects and cannot be read.`);
  }
  return list;
}

/** The text of a key that QEMU always gives. */
export function requiredText(object: JsonObject, key: string, command: string): string {
  const value = jsonMember(object, key);
  if (typeof value === 'string') return value;
  throw new VmUnreadableError(
    `The VM's answer to ${command} has an entry without "${key}" and cannot be read.`,
  );
}

/** The text of a key, undefined where it is absent or empty. */
export function optionalText(object: JsonObject, key: string): string | undefined {
  const value = jsonMember(object, key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
