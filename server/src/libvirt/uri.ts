/** Connection URIs of libvirt, as far as we must look into them. Everything else in them is libvirt's. */

export type UriResult =
  { readonly kind: 'uri'; readonly uri: string } | { readonly kind: 'refused'; readonly message: string };

/**
 * The URI as virsh gets it: over ssh with `no_tty=1`, so that ssh fails where it would ask for a password or about a
 * host key, since there is nobody to answer. Refused is what would make libvirt run a program of the URI's choice
 * (`command=`, the transport ext): who gives an address does not give a program to run.
 */
export function connectUri(uri: string): UriResult {
  const trimmed = uri.trim();
  if (trimmed === '' || trimmed.startsWith('-') || /[\s\p{Cc}]/u.test(trimmed)) {
    return refused(
      `${JSON.stringify(uri)} is no connection URI of libvirt. Write for example qemu:///system, or qemu+ssh://root@host/system for another host.`,
    );
  }
  const parameters = queryOf(trimmed);
  if (transportOf(trimmed) === 'ext' || parameters.some(({ name }) => name === 'command')) {
    return refused(
      `${JSON.stringify(trimmed)} names a program for libvirt to run, so it is not used. Put the URI as an alias into libvirt's own libvirt.conf (uri_aliases) and give the alias here.`,
    );
  }
  if (transportOf(trimmed) !== 'ssh' || parameters.some(({ name }) => name === 'no_tty')) {
    return { kind: 'uri', uri: withNoTty(trimmed) };
  }
  return { kind: 'uri', uri: `${trimmed}${trimmed.includes('?') ? '&' : '?'}no_tty=1` };
}

/** `ssh` of qemu+ssh://host/system; undefined for a local one. */
export const transportOf = (uri: string): string | undefined =>
  /^[A-Za-z0-9.-]+\+([A-Za-z0-9]+):/.exec(uri)?.[1]?.toLowerCase();

/** The host that the URI names, without user and port; undefined for this one. */
export const hostOf = (uri: string): string | undefined =>
  /^[^:/?#]+:\/\/(?:[^@/?#]*@)?(\[[^\]]*\]|[^:/?#]+)/.exec(uri)?.[1];

/** A `no_tty` of the user's that says no is overruled. */
const withNoTty = (uri: string): string =>
  transportOf(uri) === 'ssh' ? uri.replace(/([?&;]no_tty=)[^&;#]*/g, '$11') : uri;

/** Names as libvirt reads them (virURIParseParams: `&` or `;` between, percent-encoded). */
function queryOf(uri: string): readonly { readonly name: string }[] {
  const query = /\?([^#]*)/.exec(uri)?.[1] ?? '';
  return query.split(/[&;]/).map(part => ({ name: decoded(part.split('=')[0] ?? '').toLowerCase() }));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const refused = (message: string): UriResult => ({ kind: 'refused', message });
