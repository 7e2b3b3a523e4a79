/** Parts of the messages that QEMU sends. */

import { QmpProtocolError } from './errors';
import { isJsonObject, jsonMember, parseJson } from './json';
import type { JsonValue } from './monitor';

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

/** Seconds; 0 where an event has no time. */
export function readTimestamp(value: JsonValue | undefined): number {
  if (!isJsonObject(value)) return 0;
  return Number(jsonMember(value, 'seconds') ?? 0) + Number(jsonMember(value, 'microseconds') ?? 0) / 1e6;
}
