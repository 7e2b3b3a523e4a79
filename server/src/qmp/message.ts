/** Parts of the messages that QEMU sends. */

import { QmpProtocolError } from './errors';
import { isJsonObject, jsonMember } from './json';
import type { JsonObject, JsonValue, QmpEvent } from './monitor';
import { parseJson } from './parse-json';

/** Throws QmpProtocolError where the text is no JSON. */
export function parseMessage(text: string): JsonValue {
  try {
    return parseJson(text);
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new QmpProtocolError(`QEMU sent ${excerpt(text)}, which is not JSON. ${words}`, true, { cause });
  }
}

/** The beginning of a message, quoted, for words about it. */
export const excerpt = (text: string): string =>
  JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}...` : text);

/** Class and text of an `error`; `text` is the whole message. */
export function readError(error: JsonValue, text: string): { errorClass: string; desc: string } {
  const errorClass = isJsonObject(error) ? jsonMember(error, 'class') : undefined;
  const desc = isJsonObject(error) ? jsonMember(error, 'desc') : undefined;
  return {
    errorClass: typeof errorClass === 'string' ? errorClass : 'GenericError',
    desc: typeof desc === 'string' ? desc : excerpt(text),
  };
}

/** The event that a message tells of; undefined where it is none. */
export function readEvent(message: JsonObject): QmpEvent | undefined {
  const event = jsonMember(message, 'event');
  if (typeof event !== 'string') return undefined;
  const data = jsonMember(message, 'data');
  return {
    event,
    data: isJsonObject(data) ? data : {},
    timestamp: readTimestamp(jsonMember(message, 'timestamp')),
  };
}

/** Seconds; 0 where an event has no time. */
function readTimestamp(value: JsonValue | undefined): number {
  if (!isJsonObject(value)) return 0;
  return Number(jsonMember(value, 'seconds') ?? 0) + Number(jsonMember(value, 'microseconds') ?? 0) / 1e6;
}
