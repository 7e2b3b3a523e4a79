/** Where a QMP socket is. */

export type QmpAddress =
  | { readonly kind: 'unix'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number };

/**
 * Reads `unix:PATH` and `tcp:HOST:PORT` (IPv6 in brackets) as in QEMU's own `-qmp`: what follows a `,` is options and
 * is dropped, `,,` is a comma. Undefined for all else, also for a path with a NUL, which no file name can have.
 */
export function parseQmpAddress(text: string): QmpAddress | undefined {
  const plain = withoutOptions(text);
  const path = /^unix:([^\0]+)$/s.exec(plain)?.[1];
  if (path !== undefined) return { kind: 'unix', path };
  const match = /^tcp:(?:\[([0-9A-Fa-f:.%\w]+)\]|([^:[\]\s\0]*)):([0-9]{1,5})$/.exec(plain);
  if (match === null) return undefined;
  const port = Number(match[3]);
  if (port < 1 || port > 65535) return undefined;
  // QEMU takes an empty host too: all of this machine's addresses.
  return { kind: 'tcp', host: match[1] ?? (match[2] === '' ? 'localhost' : (match[2] ?? '')), port };
}

/** The address as people write it; `parseQmpAddress` reads it back. */
export const formatQmpAddress = (address: QmpAddress): string =>
  address.kind === 'unix'
    ? `unix:${address.path.replaceAll(',', ',,')}`
    : `tcp:${address.host.includes(':') ? `[${address.host}]` : address.host}:${address.port}`;

function withoutOptions(text: string): string {
  return text.replace(/,,|,.*$/gs, match => (match === ',,' ? ',' : ''));
}
