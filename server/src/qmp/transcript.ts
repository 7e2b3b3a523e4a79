/** What went over a connection, for people and bug reports: without its secrets. */

import { formatJson } from './format-json';
import { isJsonObject, jsonMember, JsonError } from './json';
import type { JsonObject, JsonValue } from './monitor';
import { parseJson } from './parse-json';

export interface TranscriptEntry {
  readonly direction: 'sent' | 'received';
  /** One message as it went over; where something in it may be secret, as compact JSON with that hidden. */
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly time: number;
}

export type TranscriptListener = (entry: TranscriptEntry) => void;

/** Stands in the place of a secret. */
export const HIDDEN = '***';

/**
 * The text of a message for a transcript. Most hold nothing that could be secret and are kept as they came: to read and
 * write the replies about 64 disks again would cost more than all else we do with them. `message` is what the text says,
 * where that was read already.
 */
export function redactedText(text: string, message?: JsonValue): string {
  if (!MAY_BE_SECRET.test(text)) return text;
  try {
    return redacted(message ?? parseJson(text));
  } catch {
    return text.slice(0, 200);
  }
}

/** Whatever `redacted` hides has one of these in it; an escape may hide any of them. */
const MAY_BE_SECRET = /pass|secret|cookie|"data"\s*(?::\s*"|[,}])|command-line|:\/\/|\\u/i;

/** A message as text for a transcript: what is secret in any of QEMU's commands is replaced by `***`. */
export function redacted(message: JsonValue): string {
  try {
    return formatJson(hide(message));
  } catch (error) {
    if (error instanceof JsonError) return `(cannot be written: ${error.message})`;
    throw error;
  }
}

/** Whether the reply to a command is a secret as a whole: QEMU tells a secret object's data to who asks. */
export const repliesWithSecret = (command: string, args: JsonObject): boolean =>
  command === 'qom-get' && isSecretProperty(args);

const SECRET_KEYS: ReadonlySet<string> = new Set([
  'password', // set_password, change-vnc-password, the guest agent, block drivers
  'passwd',
  'passphrase',
  'secret',
  'cookie', // block driver curl
]);

function isSecretProperty(args: JsonObject): boolean {
  const property = jsonMember(args, 'property');
  return typeof property === 'string' && (SECRET_KEYS.has(property) || property === 'data');
}

function hide(value: JsonValue): JsonValue {
  if (typeof value === 'string') return hideInText(value);
  if (isArray(value)) return value.map(hide);
  if (!isJsonObject(value)) return value;
  const withData = holdsSecretData(value);
  const entries = Object.entries(value).map(([key, item]): [string, JsonValue] => {
    const secret = SECRET_KEYS.has(key) || (withData && (key === 'data' || key === 'value'));
    if (key === 'command-line' && typeof item === 'string') return [key, hideInHumanCommand(item)];
    // A secret may be a text; what is an object is looked into, so that its harmless parts stay readable.
    return [key, secret && !isJsonObject(item) && !isArray(item) ? HIDDEN : hide(item)];
  });
  return Object.fromEntries(entries);
}

const isArray = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

/** object-add of a secret (its `data`), its old form with `props`, and qom-set of a secret property (its `value`). */
function holdsSecretData(value: JsonObject): boolean {
  const type = jsonMember(value, 'qom-type');
  if (typeof type === 'string') return type.startsWith('secret');
  if (isSecretProperty(value)) return true;
  // `props` of the old form: the data of a secret, with nothing beside that tells its type.
  return typeof jsonMember(value, 'data') === 'string';
}

/** `json:{...}` file names and URLs with a password, as query-block shows them. */
function hideInText(text: string): string {
  return text
    .replace(
      /("(?:password|passwd|passphrase|secret|cookie)"\s*:\s*)"(?:[^"\\]|\\.)*"?/g,
      (_match, key: string) => `${key}"${HIDDEN}"`,
    )
    .replace(
      /([a-z][a-z0-9+.-]*:\/\/[^\s/:@?#]*):[^\s/@?#]+@/gi,
      (_match, start: string) => `${start}:${HIDDEN}@`,
    );
}

/** The human monitor's commands, as human-monitor-command takes them. */
function hideInHumanCommand(line: string): string {
  return line
    .replace(
      /^(\s*(?:set_password|set_pass\w*)\s+\S+\s+)(.*)$/s,
      (_match, start: string) => `${start}${HIDDEN}`,
    )
    .replace(
      /^(\s*change\s+\S+\s+(?:password|passwd)\s+)(.*)$/s,
      (_match, start: string) => `${start}${HIDDEN}`,
    )
    .replace(
      /\b(data|password|passwd|passphrase)=(?:[^,\s]|,,)*/g,
      (_match, key: string) => `${key}=${HIDDEN}`,
    );
}
