/**
 * What a failed first contact with libvirt means and what mends it. Libvirt's own words are right but short; they are
 * told apart by their English text, which virsh gives under LC_ALL=C.UTF-8.
 */

import { shown } from '../engine';
import { hostOf, transportOf } from './uri';

/** Why libvirt was not reached. */
export type ContactKind =
  | 'virsh-absent'
  | 'virsh-not-executable'
  | 'socket-permission' // not in group libvirt
  | 'no-polkit-agent'
  | 'not-authorised' // polkit, SASL: somebody said no
  | 'no-daemon' // no socket: not installed, or its unit not started
  | 'nobody-listening' // a socket that nobody serves
  | 'split-daemon' // virtqemud's own socket is the one that is missing
  | 'unknown-host-key'
  | 'changed-host-key'
  | 'ssh-password'
  | 'ssh-key-file'
  | 'host-unknown'
  | 'host-unreachable'
  | 'remote-libvirt' // ssh works, libvirt over there does not
  | 'tls'
  | 'uri-not-supported'
  | 'changed-words' // virsh does not give back what it is told
  | 'timeout'
  | 'other';

export interface Contact {
  readonly kind: ContactKind;
  /** What is wrong and what to do, in sentences. */
  readonly message: string;
}

/** What the attempt was about. */
export interface Attempt {
  /** The argv prefix that starts virsh. */
  readonly command: readonly string[];
  /** Undefined: the user's default connection. */
  readonly uri: string | undefined;
}

/** The meaning of what virsh (or the program in front of it) wrote to standard error before it ended. */
export function readContact(stderr: string, attempt: Attempt): Contact {
  for (const { kind, pattern, words } of FAILURES) {
    const match = pattern.exec(stderr);
    if (match !== null) return { kind, message: words(match.slice(1).find(Boolean) ?? '', attempt) };
  }
  const said = plainWords(stderr);
  return {
    kind: 'other',
    message:
      said === ''
        ? `${commandText(attempt)} ended without connecting to ${place(attempt)} and without saying why. Try it in a terminal: ${tryIt(attempt)}`
        : `Libvirt could not be reached at ${place(attempt)}: ${said} Try it in a terminal: ${tryIt(attempt)}`,
  };
}

/** The program itself could not be started: the system's error code. */
export function readSpawnFailure(code: string | undefined, attempt: Attempt): Contact {
  const [program = ''] = attempt.command;
  if (code === 'ENOENT') return { kind: 'virsh-absent', message: absent(program) };
  if (code === 'EACCES') {
    return {
      kind: 'virsh-not-executable',
      message: `${shown(program)} may not be executed by you. Check its permissions, or give another command for virsh in the settings.`,
    };
  }
  return {
    kind: 'other',
    message: `${shown(program)} could not be started (${code ?? 'no reason given'}).`,
  };
}

/** virsh's words without its prefixes, as one paragraph. */
export const plainWords = (stderr: string): string =>
  stderr
    .split('\n')
    .map(line => line.replace(/^error: /, '').trim())
    .filter(line => line !== '' && line !== 'failed to connect to the hypervisor')
    .map(line => (/[.!?]$/.test(line) ? line : `${line}.`))
    .join(' ');

interface Failure {
  readonly kind: ContactKind;
  readonly pattern: RegExp;
  /** `found` is the pattern's first group. */
  readonly words: (found: string, attempt: Attempt) => string;
}

/** The first that fits counts: special ones stand before general ones. */
const FAILURES: readonly Failure[] = [
  {
    kind: 'virsh-absent',
    // Docker and podman; flatpak-spawn; a shell's or env's words for a missing program.
    pattern:
      /virsh"?: (?:executable file )?not found|Failed to start command: .*No such file|virsh['’"]?: No such file or directory|exec: "?virsh/,
    words: (_, { command }) =>
      `${shown(command[0] ?? '')} runs, but finds no virsh where it starts it. Install libvirt's client there (Debian and Ubuntu: libvirt-clients, Fedora: libvirt-client).`,
  },
  {
    kind: 'changed-host-key',
    pattern: /REMOTE HOST IDENTIFICATION HAS CHANGED/,
    words: (_, attempt) =>
      `The ssh key of ${host(attempt)} is another one than before, so ssh refuses it. If the host was installed anew, remove the old key (ssh-keygen -R ${host(attempt)}) and connect once with ssh in a terminal; if not, somebody may be listening in between.`,
  },
  {
    kind: 'unknown-host-key',
    pattern: /Host key verification failed/,
    words: (_, attempt) =>
      `ssh does not know the key of ${host(attempt)} yet and there is nobody here to ask. Connect once in a terminal, compare the key and say yes: ${sshTry(attempt)}`,
  },
  {
    kind: 'ssh-key-file',
    pattern: /Identity file (.+) not accessible/,
    words: (file, attempt) =>
      `The key file ${shown(file)} that the URI of ${host(attempt)} names (keyfile=) cannot be read. Give the path of a private key that you may read.`,
  },
  {
    kind: 'ssh-password',
    pattern: /Permission denied[^\n]*\(([^)]*(?:password|publickey|keyboard-interactive|gssapi)[^)]*)\)/,
    words: (_, attempt) =>
      `${host(attempt)} takes none of your ssh keys, and would ask for a password, which cannot be typed here. Put your public key there (${sshCopyTry(attempt)}), or load it into your ssh agent (ssh-add).`,
  },
  {
    kind: 'host-unknown',
    pattern:
      /Could not resolve hostname ([^:]+)|unable to resolve (?:address|hostname) '([^']+)'|Name or service not known/,
    words: (_, attempt) => `No host is called ${host(attempt)}. Check the name in ${place(attempt)}.`,
  },
  {
    kind: 'host-unreachable',
    pattern:
      /ssh: connect to host \S+ port \d+: ([^\n:]+)|unable to connect to server at '[^']*': ([^\n]+)|ssh: .*(timed out|No route to host)/,
    words: (reason, attempt) =>
      `${host(attempt)} cannot be reached${reason === '' ? '' : ` (${shown(reason)})`}. Check that it runs, that the port in ${place(attempt)} is right, and that no firewall stands between.`,
  },
  {
    kind: 'remote-libvirt',
    pattern:
      /(nc: (?:command )?not found|virt-ssh-helper: [^\n]+|nc: unix connect failed[^\n]*|Ncat: [^\n]+)/,
    words: (said, attempt) =>
      `ssh to ${host(attempt)} works, but libvirt does not answer there (${shown(said)}). Install and start libvirt on it, and see there in a terminal: virsh uri`,
  },
  {
    kind: 'tls',
    pattern:
      /(Cannot read CA certificate[^\n]*|certificate[^\n]*(?:fail|invalid|not)[^\n]*|TLS[^\n]*fail[^\n]*)/i,
    words: (said, attempt) =>
      `The encrypted connection to ${host(attempt)} could not be made: ${sentence(said)} Put the certificates in place, or go over ssh (qemu+ssh://${host(attempt)}/system).`,
  },
  {
    kind: 'no-polkit-agent',
    pattern: /no (?:polkit|authentication) agent/i,
    words: (_, attempt) =>
      `Libvirt wants polkit to ask you for a password, and there is no polkit agent to ask here. Join the group libvirt (sudo usermod -aG libvirt $USER, then log in anew), or use ${other(attempt, 'qemu:///session')} for VMs of your own.`,
  },
  {
    kind: 'not-authorised',
    pattern: /(authentication (?:failed|cancelled|unavailable)[^\n]*|access denied[^\n]*)/i,
    words: (said, attempt) =>
      `Libvirt at ${place(attempt)} does not let you in: ${sentence(said)} Ask whoever runs the host for access (on your own host: the group libvirt).`,
  },
  {
    kind: 'socket-permission',
    pattern: /Failed to connect socket to '([^']*)': Permission denied/,
    words: (socket, attempt) =>
      `You may not open libvirt's socket ${shown(socket)}. Join the group libvirt (sudo usermod -aG libvirt $USER, then log in anew), or use ${other(attempt, 'qemu:///session')} for VMs of your own.`,
  },
  {
    kind: 'split-daemon',
    pattern:
      /Failed to connect socket to '([^']*\/virtqemud-sock(?:-ro)?)': (?:No such file|Connection refused)/,
    words: socket =>
      `This libvirt has one daemon for each kind of VM, and the one for QEMU is not running (nobody serves ${shown(socket)}). Start it: systemctl start virtqemud.socket`,
  },
  {
    kind: 'nobody-listening',
    pattern: /Failed to connect socket to '([^']*)': Connection refused/,
    words: socket =>
      `Nobody serves libvirt's socket ${shown(socket)}: the daemon has ended. Start it: systemctl start libvirtd.socket (with one daemon for each kind of VM: systemctl start virtqemud.socket).`,
  },
  {
    kind: 'no-daemon',
    pattern: /Failed to connect socket to '([^']*)': No such file or directory/,
    words: socket =>
      `There is no socket of libvirt at ${shown(socket)}: its daemon is not running, or not installed. Start it: systemctl start libvirtd.socket (with one daemon for each kind of VM: systemctl start virtqemud.socket). Debian and Ubuntu: apt install libvirt-daemon-system; Fedora: dnf install libvirt-daemon-kvm.`,
  },
  {
    kind: 'uri-not-supported',
    pattern:
      /(no connection driver available for [^\n]+|unexpected qemu URI path [^\n]+|unable to parse URI[^\n]*)/,
    words: (said, attempt) =>
      `${place(attempt)} is no connection that this libvirt can make: ${sentence(said)} Write qemu:///system, qemu:///session or qemu+ssh://USER@HOST/system.`,
  },
];

const absent = (program: string): string =>
  program === 'virsh'
    ? "virsh is not installed here, or not in PATH. Install libvirt's client (Debian and Ubuntu: libvirt-clients, Fedora: libvirt-client, Homebrew: libvirt). In a Flatpak or a container, give the command that reaches the host's virsh in the settings, such as flatpak-spawn --host virsh."
    : `${shown(program)}, which the settings give as the command for virsh, is not there. Correct the command in the settings.`;

const place = ({ uri }: Attempt): string => (uri === undefined ? 'the default connection' : shown(uri));
const host = ({ uri }: Attempt): string => shown(hostOf(uri ?? '') ?? 'this host');
const other = ({ uri }: Attempt, instead: string): string =>
  uri !== undefined && transportOf(uri) === 'ssh' ? 'another user in the URI' : instead;

const commandText = ({ command }: Attempt): string => shown(command.join(' '));
const tryIt = (attempt: Attempt): string =>
  `${commandText(attempt)}${attempt.uri === undefined ? '' : ` -c '${shown(attempt.uri)}'`} list`;

/** The user, host and port of the URI as ssh takes them. */
function sshPlace({ uri }: Attempt): string {
  const match = /:\/\/(?:([^@/?#]*)@)?(\[[^\]]*\]|[^:/?#]*)(?::(\d+))?/.exec(uri ?? '');
  const [, user, name = 'HOST', port] = match ?? [];
  return shown(
    `${port === undefined ? '' : `-p ${port} `}${user === undefined ? '' : `${user}@`}${name.replace(/^\[|\]$/g, '')}`,
  );
}
const sshTry = (attempt: Attempt): string => `ssh ${sshPlace(attempt)}`;
const sshCopyTry = (attempt: Attempt): string => `ssh-copy-id ${sshPlace(attempt)}`;

const sentence = (said: string): string => {
  const text = shown(said.trim());
  return /[.!?]$/.test(text) ? text : `${text}.`;
};
