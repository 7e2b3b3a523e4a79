/**
 * JSON with exact integers: what reading (parse-json.ts) and writing (format-json.ts) have in common. `JSON.parse` rounds
 * what is above 2^53 (QEMU's limits and sizes are int64 and uint64), and `JSON.stringify` refuses bigints.
 */

import type { JsonObject, JsonValue } from './monitor';

/** Deepest nesting that is read or written. QEMU's own parser has the same limit (qobject/json-streamer.c). */
export const MAX_NESTING = 1024;

/** Text that is not JSON, or a value that JSON cannot hold. `offset` is where the text goes wrong, in UTF-16 units. */
export class JsonError extends Error {
  override readonly name = 'JsonError';
  constructor(
    message: string,
    readonly offset?: number,
  ) {
    super(message);
  }
}

/** For a text or a value with more levels than MAX_NESTING. */
export const tooDeep = (offset: number | undefined): JsonError =>
  new JsonError(`The JSON is nested more than ${MAX_NESTING} levels deep.`, offset);

/** Whether a JSON value is an object, and neither null nor a list. */
export const isJsonObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value of an object's own key: what a prototype offers (`constructor`, ...) is not there. */
export const jsonMember = (object: JsonObject, key: string): JsonValue | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined;
