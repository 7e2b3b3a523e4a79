/** Numbers in attributes as libvirt reads them, and its lists of them. */

/** Base by prefix, as strtol with base 0: 0x is hexadecimal, a leading 0 octal. Undefined where it is no number. */
export function numberOf(text: string): number | undefined {
  if (/^0[xX][0-9a-fA-F]+$/.test(text)) return parseInt(text.slice(2), 16);
  if (/^0[0-7]+$/.test(text)) return parseInt(text, 8);
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

/** A number of base 10, as most of libvirt's attributes are. Undefined where it is none. */
export const decimalOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;

/** Libvirt's VIR_DOMAIN_CPUMASK_LEN: no list of CPUs, nodes or threads goes further. */
const MOST = 16_384;

/** A list such as `0-3,^2,8` (virBitmapParse). Undefined where it is none. */
export function numberSet(text: string): ReadonlySet<number> | undefined {
  const found = new Set<number>();
  for (const part of text.split(',')) {
    const match = /^\s*(\^)?(\d{1,6})(?:-(\d{1,6}))?\s*$/.exec(part);
    if (match === null) return undefined;
    const first = Number(match[2]);
    const last = match[3] === undefined ? first : Number(match[3]);
    if (last < first || last >= MOST || (match[1] !== undefined && match[3] !== undefined)) return undefined;
    for (let number = first; number <= last; number++) {
      if (match[1] === undefined) found.add(number);
      else found.delete(number);
    }
  }
  return found;
}

/** The lowest number from `first` on that is not taken. */
export function freeNumber(taken: ReadonlySet<number>, first: number): number {
  let number = first;
  while (taken.has(number)) number++;
  return number;
}
