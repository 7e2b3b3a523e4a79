/** One side of a QMP conversation as QEMU leads it: text in, text out. Pure. */

import type { JsonObject, JsonValue } from '../qmp';
import { formatJson, isJsonObject, jsonMember, JsonError, parseJson } from '../qmp';
import { Arguments } from './arguments';
import type { Answer } from './commands';
import { COMMANDS, VERSION } from './commands';
import { Refusal } from './refusal';
import type { PracticeState } from './state';

/** What a connection has reached: it begins anew with each. */
export type Session = 'negotiating' | 'ready';

export interface Turn {
  readonly state: PracticeState;
  readonly session: Session;
  /** Events, the reply, and what happens behind it: one JSON text each. */
  readonly messages: readonly string[];
}

/** The first message of a connection. */
export const greeting = (): string => formatJson({ QMP: { version: VERSION, capabilities: ['oob'] } });

/** Answers one message, as QEMU's dispatcher does (qapi/qmp-dispatch.c). `now` is in milliseconds since 1970. */
export function converse(state: PracticeState, session: Session, text: string, now: number): Turn {
  const id = idOf(text);
  const reply = (message: JsonObject): string => formatJson({ ...message, ...(id !== undefined && { id }) });
  try {
    const answer = dispatch(state, session, text);
    const [before, after] = [answer.events, answer.eventsAfter].map(events =>
      (events ?? []).map(event => formatJson({ timestamp: timestamp(now), ...event })),
    );
    return {
      state: answer.state ?? state,
      session: answer.session ?? session,
      messages:
        answer.silent === true
          ? []
          : [...(before ?? []), reply({ return: answer.value ?? {} }), ...(after ?? [])],
    };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const message = reply({ error: { class: error.errorClass, desc: error.message } });
    return { state, session, messages: [message] };
  }
}

function dispatch(state: PracticeState, session: Session, text: string): Answer & { session?: Session } {
  const request = readRequest(text);
  const { command, args } = readMembers(request);
  if (command === 'qmp_capabilities') {
    const unknown = args.optionalStrings('enable').find(capability => capability !== 'oob');
    args.done();
    if (unknown !== undefined) throw new Refusal(`Parameter 'null' does not accept value '${unknown}'`);
    if (session === 'ready') {
      throw new Refusal('Capabilities negotiation is already complete, command ignored', 'CommandNotFound');
    }
    return { session: 'ready' };
  }
  if (session === 'negotiating') {
    throw new Refusal("Expecting capabilities negotiation with 'qmp_capabilities'", 'CommandNotFound');
  }
  const execute = COMMANDS.get(command);
  if (execute === undefined)
    throw new Refusal(`The command ${command} has not been found`, 'CommandNotFound');
  return execute(args, state);
}

function readMembers(request: JsonObject): { command: string; args: Arguments } {
  for (const [member, value] of Object.entries(request)) {
    if (member === 'execute' && typeof value !== 'string') {
      throw new Refusal("QMP input member 'execute' must be a string");
    }
    if (member === 'arguments' && !isJsonObject(value)) {
      throw new Refusal("QMP input member 'arguments' must be an object");
    }
    if (!['execute', 'arguments', 'id'].includes(member)) {
      throw new Refusal(`QMP input member '${member}' is unexpected`);
    }
  }
  const command = jsonMember(request, 'execute');
  if (typeof command !== 'string') throw new Refusal("QMP input lacks member 'execute'");
  const args = jsonMember(request, 'arguments');
  return { command, args: new Arguments(isJsonObject(args) ? args : {}) };
}

function readRequest(text: string): JsonObject {
  // 1.0 is no integer to QEMU; as a list it is of the wrong type wherever a number is wanted.
  const request = parsed(text, { float: () => [], duplicateKeys: 'refuse' });
  if (!isJsonObject(request)) throw new Refusal('QMP input must be a JSON object');
  return request;
}

function parsed(text: string, options: Parameters<typeof parseJson>[1]): JsonValue {
  try {
    return parseJson(text, options);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const words = error.message === 'duplicate key' ? 'duplicate key' : 'expecting value';
    throw new Refusal(`JSON parse error, ${words}`);
  }
}

/** The id is given back as it came; what cannot be read has none. */
function idOf(text: string): JsonValue | undefined {
  try {
    const request = parseJson(text, { duplicateKeys: 'refuse' });
    return isJsonObject(request) ? jsonMember(request, 'id') : undefined;
  } catch {
    return undefined;
  }
}

const timestamp = (now: number): JsonObject => ({
  seconds: Math.floor(now / 1000),
  microseconds: (now % 1000) * 1000,
});
