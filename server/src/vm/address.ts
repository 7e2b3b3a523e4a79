/** Addresses of VMs as people write them (DESIGN 4.2): `unix:PATH`, `tcp:HOST:PORT`, `libvirt:DOMAIN[@URI]`. */

import type { QmpAddress } from '../qmp';
import { formatQmpAddress, parseQmpAddress } from '../qmp';

/** A domain of libvirt; without a URI that of the user's default connection. */
export interface LibvirtAddress {
  readonly kind: 'libvirt';
  readonly domain: string;
  readonly uri: string | undefined;
}

export type VmAddress = QmpAddress | LibvirtAddress;

export type AddressResult =
  | { readonly kind: 'address'; readonly address: VmAddress }
  | { readonly kind: 'invalid'; readonly message: string };

/** Reads an address; what it cannot be is said in words. Nothing is looked up or opened. */
export function parseVmAddress(text: string): AddressResult {
  const trimmed = text.trim();
  const address = trimmed.startsWith('libvirt:') ? parseLibvirt(trimmed) : parseQmpAddress(trimmed);
  return address === undefined
    ? { kind: 'invalid', message: wordsFor(trimmed) }
    : { kind: 'address', address };
}

/** The address in its one spelling; `parseVmAddress` reads it back. */
export function formatVmAddress(address: VmAddress): string {
  if (address.kind !== 'libvirt') return formatQmpAddress(address);
  return `libvirt:${address.domain}${address.uri === undefined ? '' : `@${address.uri}`}`;
}

/**
 * Whether QMP over TCP stays on this machine. QMP has no password and can run any command as QEMU's user, so another
 * host needs a setting that a workspace cannot make.
 */
export const isLoopback = (host: string): boolean =>
  /^(?:localhost|127(?:\.[0-9]{1,3}){3}|::1|0:0:0:0:0:0:0:1|::ffff:127(?:\.[0-9]{1,3}){3})$/i.test(host);

/** The URI starts after the last `@` before the first `://`: it may hold a user of its own (qemu+ssh://root@host/system). */
function parseLibvirt(text: string): LibvirtAddress | undefined {
  const rest = text.slice('libvirt:'.length);
  const scheme = rest.indexOf('://');
  const at = scheme < 0 ? -1 : rest.lastIndexOf('@', scheme);
  if (scheme >= 0 && at < 0) return undefined;
  const domain = at < 0 ? rest : rest.slice(0, at);
  if (domain === '' || domain.includes('\0')) return undefined;
  return { kind: 'libvirt', domain, uri: at < 0 ? undefined : rest.slice(at + 1) };
}

function wordsFor(text: string): string {
  const forms =
    'Write unix:PATH or tcp:HOST:PORT of a QMP socket (an IPv6 address in brackets), or libvirt:DOMAIN.';
  if (text === '') return `No address given. ${forms}`;
  const wrong = `${JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}...` : text)} is no address of a VM.`;
  if (text.startsWith('/') || text.startsWith('.'))
    return `${wrong} For a socket, write unix: before its path.`;
  if (text.startsWith('tcp:')) return `${wrong} After tcp: comes HOST:PORT, with a port from 1 to 65535.`;
  if (/^[a-z+]+:\/\//.test(text))
    return `${wrong} To reach a domain through libvirt, write libvirt:DOMAIN@${text}.`;
  return `${wrong} ${forms}`;
}
