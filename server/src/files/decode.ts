/** Text without byte order mark, or in words what the bytes are. */
export type Decoded =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'undecodable'; readonly message: string };

/**
 * Decodes a document: UTF-8, or UTF-16 of either byte order by its byte order mark.
 * Other encodings are named and refused: to guess would put findings beside the text that they speak of.
 */
export function decodeDocument(bytes: Uint8Array): Decoded {
  if (startsWith(bytes, [0xff, 0xfe, 0, 0]) || startsWith(bytes, [0, 0, 0xfe, 0xff])) {
    return undecodable('it is UTF-32; save it as UTF-8');
  }
  if (startsWith(bytes, [0xff, 0xfe])) return decoded(bytes, 'utf-16le');
  if (startsWith(bytes, [0xfe, 0xff])) return decoded(swapped(bytes), 'utf-16le');
  if (startsWith(bytes, [0x3c, 0]) || startsWith(bytes, [0, 0x3c])) {
    return undecodable('it is UTF-16 without a byte order mark; save it as UTF-8');
  }
  return decoded(bytes, 'utf-8');
}

/** The bytes as Latin-1: enough to see of undecodable bytes whether they may be a libvirt document. */
export const asLatin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

function decoded(bytes: Uint8Array, encoding: 'utf-8' | 'utf-16le'): Decoded {
  try {
    return { kind: 'text', text: new TextDecoder(encoding, { fatal: true }).decode(bytes) };
  } catch {
    return undecodable(whyNot(bytes, encoding));
  }
}

function whyNot(bytes: Uint8Array, encoding: 'utf-8' | 'utf-16le'): string {
  if (encoding === 'utf-16le') return 'it begins with the byte order mark of UTF-16 but is not UTF-16';
  const declared = /^<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z][\w.-]{0,40})["']/.exec(
    asLatin1(bytes.subarray(0, 300)),
  )?.[1];
  if (declared === undefined || /^utf-?8$/i.test(declared)) {
    return 'it is not UTF-8 text; save it as UTF-8';
  }
  return `it is not UTF-8 text (its declaration says ${declared}); save it as UTF-8`;
}

const undecodable = (message: string): Decoded => ({ kind: 'undecodable', message });

const startsWith = (bytes: Uint8Array, prefix: readonly number[]): boolean =>
  prefix.every((byte, index) => bytes[index] === byte);

/** UTF-16BE as UTF-16LE: Node decodes only the latter. A last odd byte stays, and is then refused. */
function swapped(bytes: Uint8Array): Uint8Array {
  const copy = Buffer.from(bytes);
  copy.subarray(0, copy.length - (copy.length % 2)).swap16();
  return copy;
}
