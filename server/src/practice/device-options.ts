/**
 * Reads the properties of a device as device_add takes them: everything is text first, as on QEMU's command line
 * (QEMU: qdev-monitor.c, hw/core/qdev-properties.c; texts measured with 7.2).
 */

import { Refusal } from './refusal';

export type DeviceOptions = ReadonlyMap<string, string>;

/** `on` where the property is not set. Throws Refusal. */
export function readSwitch(options: DeviceOptions, name: string): boolean {
  const text = options.get(name) ?? 'off';
  if (['on', 'yes', 'true', 'y'].includes(text)) return true;
  if (['off', 'no', 'false', 'n'].includes(text)) return false;
  throw new Refusal(`Parameter '${name}' expects 'on' or 'off'`);
}

/** A property of QEMU's type OnOffAuto. Throws Refusal. */
export function readOnOffAuto(options: DeviceOptions, name: string): 'auto' | 'on' | 'off' {
  const text = options.get(name) ?? 'auto';
  const word = (['auto', 'on', 'off'] as const).find(other => other === text);
  if (word === undefined) throw new Refusal(`Parameter '${name}' does not accept value '${text}'`);
  return word;
}

/** A number without sign of so many bits; undefined where the property is not set. Throws Refusal. */
export function readUnsigned(options: DeviceOptions, name: string, bits: 16 | 32): bigint | undefined {
  const text = options.get(name);
  if (text === undefined) return undefined;
  if (!/^-?(?:0[xX][0-9a-fA-F]+|\d+)$/.test(text)) throw new Refusal(`Parameter '${name}' expects integer`);
  const isNegative = text.startsWith('-');
  const value = BigInt(isNegative ? text.slice(1) : text);
  if ((isNegative && value !== 0n) || value >= 1n << BigInt(bits)) {
    throw new Refusal(`Parameter '${name}' expects uint${bits}_t`);
  }
  return value;
}
