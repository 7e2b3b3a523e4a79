/** Arguments of the VM commands: foreign JSON, read member by member. */

import { limitNamed } from '../engine';
import type { ConsequenceKind, GivenLimits } from '../engine';
import { parseVmAddress } from '../vm';
import type { VmAddress } from '../vm';
import type { CommandFailure } from '../protocol';
import { recordOf, stringsOr } from './settings';

/** Thrown where a command cannot go on; it becomes the command's answer. */
export class CommandRefused extends Error {
  constructor(readonly failure: CommandFailure) {
    super(failure.message);
  }
}

export const refuse = (reason: string, message: string): CommandRefused =>
  new CommandRefused({ ok: false, reason, message });

export type Arguments = ReadonlyMap<string, unknown>;

/** Throws CommandRefused, as all of these. */
export function addressIn(argument: Arguments): VmAddress {
  const result = parseVmAddress(textIn(argument, 'address'));
  if (result.kind === 'invalid') throw refuse('no-address', result.message);
  return result.address;
}

export function textIn(argument: Arguments, name: string): string {
  const value = argument.get(name);
  if (typeof value !== 'string') throw refuse('usage', `This command needs "${name}", a text.`);
  return value;
}

export const isTrue = (argument: Arguments, name: string): boolean => argument.get(name) === true;

export function optionalText(argument: Arguments, name: string): string | undefined {
  const value = argument.get(name);
  return typeof value === 'string' ? value : undefined;
}

const CONSEQUENCES: readonly ConsequenceKind[] = [
  'refills-burst',
  'taint',
  'pause',
  'breaks-libvirt',
  'unthrottles',
  'lost-at-restart',
  'other-domain',
];

/** What the user has allowed; what is no consequence allows nothing. */
export const allowedIn = (argument: Arguments): readonly ConsequenceKind[] =>
  stringsOr(argument.get('allow'), []).flatMap(given => CONSEQUENCES.find(kind => kind === given) ?? []);

/** Where nothing is said, the running VM of a QMP socket; through libvirt it must be said. */
export function planesIn(argument: Arguments, address: VmAddress): readonly ('live' | 'config')[] {
  const given = stringsOr(argument.get('planes'), []);
  const planes = (['live', 'config'] as const).filter(plane => given.includes(plane));
  return planes.length === 0 && address.kind !== 'libvirt' ? ['live'] : planes;
}

/** Limits by their XML names, values as decimal digits. */
export function limitsIn(argument: Arguments): GivenLimits {
  const given = [...recordOf(argument.get('limits'))].map(([name, value]) => {
    const field = limitNamed(name);
    if (field === undefined) throw refuse('usage', `There is no limit called ${JSON.stringify(name)}.`);
    if (typeof value !== 'string' || !/^\d{1,20}$/.test(value)) {
      throw refuse('usage', `${field.xml} takes a whole number as text, such as "500".`);
    }
    return [field.xml, BigInt(value)] as const;
  });
  return Object.fromEntries(given);
}
