import type { LimitUnit } from '../limits/table';
import { parseQuantity } from '../limits/units';

/** The number that a text in place of a limit most likely means. */
export interface MeantNumber {
  readonly value: bigint;
  /** No other number can be meant. */
  readonly certain: boolean;
}

/**
 * Reads what people write where libvirt wants digits: `5M` and `50 MiB/s` for bytes (as virsh does), `5k` or
 * `500 IOPS` for operations (k is 1000 there), `10s`, `5_000`, `5,000`, `1e6`, `0x10`. Undefined where nothing whole
 * can be meant.
 */
export function meantNumber(text: string, unit: LimitUnit): MeantNumber | undefined {
  const trimmed = text.trim();
  if (trimmed.length > 60) return undefined;
  const plain = withoutUnit(trimmed, unit).replace(/(?<=[0-9])[_ ',](?=[0-9]{3}(?![0-9]))/g, '');
  if (/^0x[0-9a-f]{1,16}$/i.test(plain)) return { value: BigInt(plain), certain: false };
  if (/^[0-9]{1,20}$/.test(plain)) return { value: BigInt(plain), certain: false };
  return exponent(plain) ?? scaled(plain, unit);
}

/** Words that say again what the unit is anyway. */
function withoutUnit(text: string, unit: LimitUnit): string {
  switch (unit) {
    case 'bytes/s':
      return text.replace(/\s*(?:\/|per )\s*s(?:ec|econd)?$/i, '').replace(/(?<=[bkmgtp])ps$/i, '');
    case 'operations/s':
      return text.replace(/\s*(?:iops|ops|io|operations)?(?:\s*(?:\/|per )\s*s(?:ec|econd)?)?$/i, '');
    case 'seconds':
      return text.replace(/\s*s(?:ec(?:ond)?s?)?$/i, '');
    case 'bytes':
      return text;
  }
}

function exponent(text: string): MeantNumber | undefined {
  const match = /^([0-9]{1,18})(?:\.([0-9]{1,18}))?e\+?([0-9]{1,2})$/i.exec(text);
  if (match === null) return undefined;
  const fraction = match[2] ?? '';
  return whole(BigInt((match[1] ?? '') + fraction) * 10n ** BigInt(match[3] ?? 0), fraction.length, false);
}

function scaled(text: string, unit: LimitUnit): MeantNumber | undefined {
  switch (unit) {
    case 'bytes':
    case 'bytes/s': {
      const value = /[a-z]/i.test(text) ? parseQuantity(text) : undefined;
      return value === undefined ? undefined : { value, certain: /(?:[a-z]ib|bytes?)$/i.test(text) };
    }
    case 'operations/s': {
      const match = /^([0-9]{1,18})(?:\.([0-9]{1,18}))?\s*([kmg])$/i.exec(text);
      if (match === null) return undefined;
      const fraction = match[2] ?? '';
      const power = 'kmg'.indexOf((match[3] ?? '').toLowerCase()) + 1;
      return whole(BigInt((match[1] ?? '') + fraction) * 1000n ** BigInt(power), fraction.length, false);
    }
    case 'seconds':
      return undefined;
  }
}

function whole(numerator: bigint, decimals: number, certain: boolean): MeantNumber | undefined {
  const denominator = 10n ** BigInt(decimals);
  return numerator % denominator === 0n ? { value: numerator / denominator, certain } : undefined;
}
