/** Addresses of VMs as people type them, judged by their form only: the server decides what they mean. */

/** What is wrong with the form of a typed address, in words; undefined where it looks like one. */
export function addressProblem(typed: string): string | undefined {
  const address = typed.trim();
  if (address === '') return 'Type an address, such as unix:/run/vm.sock.';
  if (address.startsWith('/')) return `A socket's path begins with unix: — type unix:${address}`;
  const scheme = /^(unix|tcp|libvirt):/.exec(address)?.[1];
  if (scheme === undefined) return 'An address is unix:PATH, tcp:HOST:PORT or libvirt:DOMAIN.';
  const rest = address.slice(scheme.length + 1);
  if (rest === '') return `Something has to stand behind ${scheme}:`;
  if (scheme === 'unix' && !rest.startsWith('/')) return "Give the socket's full path: unix:/run/vm.sock.";
  if (scheme === 'tcp') return portProblem(rest);
  return undefined;
}

function portProblem(hostAndPort: string): string | undefined {
  const match = /^(?:\[[^\]]+\]|[^:[\]]+):(\d+)$/.exec(hostAndPort.split(',')[0] ?? '');
  if (match === null) return 'TCP needs a host and a port: tcp:127.0.0.1:4444, or tcp:[::1]:4444.';
  const port = Number(match[1]);
  return port >= 1 && port <= 65535 ? undefined : 'A port is a number from 1 to 65535.';
}

/** Whether an address, as the server normalised it, goes through libvirt. */
export const isThroughLibvirt = (address: string): boolean => address.startsWith('libvirt:');

/** The list of recently used addresses after one more use: newest first, each once, at most `keep`. */
export const withRecent = (recent: readonly string[], address: string, keep = 8): readonly string[] =>
  [address, ...recent.filter(other => other !== address)].slice(0, keep);

/** The strings of a foreign value that should be a list of strings. */
export const stringsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
