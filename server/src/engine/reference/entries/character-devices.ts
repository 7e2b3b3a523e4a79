/** Serial ports, consoles and channels: one shape of source for all, targets of their own. */

import type { AttributeEntry, ElementEntry } from '../entry';

const HOST_SIDE: AttributeEntry = {
  summary: 'What is at the other end, on the host.',
  values:
    "`pty` (a terminal, for virsh console; the usual one), `unix` (a socket), `tcp`, `udp`, `file` (a log), `pipe`, `dev` (a real port of the host), `null` (nothing), `stdio` (the guest's log), `vc` (a page of the graphical screen), `spicevmc`, `spiceport`, `qemu-vdagent`, `dbus`, `nmdm` (FreeBSD).",
};

const TTY: AttributeEntry = {
  summary:
    'The terminal on the host that a running console of type pty has. Only output; source tells the same.',
};

/** Path in the document, and a word for people. */
interface Host {
  readonly path: string;
  readonly what: string;
}

const HOSTS: readonly Host[] = [
  ...['serial', 'parallel', 'console', 'channel', 'smartcard'].map(name => ({
    path: `domain/devices/${name}`,
    what: name === 'smartcard' ? 'card reader' : name,
  })),
  { path: 'domain/devices/rng/backend', what: 'source of entropy' },
];

/** What stands inside each of them, by the type of the host side. */
const hostSide = ({ path, what }: Host): readonly ElementEntry[] => [
  {
    path: `${path}/source`,
    summary: `The end on the host: a path, or address and port. Which attributes count depends on the type of the ${what}.`,
    chapter: 'host-interface',
    attributes: SOURCE,
  },
  {
    path: `${path}/source/reconnect`,
    summary:
      'With mode connect of unix and tcp: dials again when the other side goes away, instead of staying deaf.',
    since: '3.7.0',
    example: "<reconnect enabled='yes' timeout='10'/>",
    chapter: 'consoles-serial-parallel-channel-devices',
    attributes: {
      enabled: { summary: 'Whether it is dialled again.', values: '`yes` or `no`.' },
      timeout: { summary: 'Pause between two attempts.', unit: 'seconds' },
    },
  },
  {
    path: `${path}/protocol`,
    summary: `With tcp: how bytes of the ${what} are wrapped on the line.`,
    chapter: 'tcp-client-server',
    attributes: {
      type: {
        summary: 'The wrapping.',
        values: '`raw` (as they are; the default), `telnet`, `telnets` and `tls` (encrypted, not in QEMU).',
      },
    },
  },
  {
    path: `${path}/log`,
    summary: `Copies all that the guest sends through the ${what} to a file as well, so that nothing is lost while nobody listens. virtlogd keeps the file within bounds.`,
    since: '1.3.3',
    example: "<log file='/var/log/libvirt/qemu/web1-console.log' append='on'/>",
    chapter: 'consoles-serial-parallel-channel-devices',
    attributes: {
      file: { summary: 'Where the copy goes.', values: 'An absolute path on the host.' },
      append: {
        summary: 'Whether a new start of the guest keeps what is there.',
        values: '`on` or `off` (the default).',
      },
    },
  },
];

const SOURCE: Readonly<Record<string, AttributeEntry>> = {
  path: {
    summary:
      'File, device, pipe or socket on the host. For pty libvirt fills it in when the guest runs; for a unix channel it may be left out.',
    values: 'An absolute path.',
  },
  mode: {
    summary: 'With unix, tcp and udp: who calls whom.',
    values: "`bind` (the guest's side waits for others) or `connect` (it calls them; they must be there).",
  },
  host: {
    summary: 'With tcp and udp: address to wait at or to call.',
    values: 'A name or an address; 127.0.0.1 keeps others out.',
  },
  service: { summary: 'With tcp and udp: port to wait at or to call.', values: 'A port number.' },
  channel: {
    summary: 'With spiceport and dbus: name under which the viewer finds it, like org.example.port.0.',
  },
  tls: {
    summary: 'With tcp: whether the line is encrypted by the certificates that qemu.conf names.',
    values: '`yes` or `no`; otherwise as chardev_tls in qemu.conf says.',
    since: '2.4.0',
  },
  append: {
    summary: 'With file: whether a new start of the guest keeps what the file holds.',
    values: '`on` or `off` (the default: it is emptied).',
    since: '1.3.1',
  },
  master: {
    summary: 'With nmdm: the end of the pair that the hypervisor opens.',
    values: 'Such as /dev/nmdm0A.',
    since: '1.2.4',
  },
  slave: {
    summary: 'With nmdm: the end of the pair that people connect to.',
    values: 'Such as /dev/nmdm0B.',
    since: '1.2.4',
  },
};

const PORT: AttributeEntry = {
  summary: 'Number of the port, in the order in which the guest finds them.',
  values: '0 and up.',
};

const TARGETS: readonly ElementEntry[] = [
  {
    path: 'domain/devices/serial/target',
    summary: 'The port as the guest sees it.',
    chapter: 'serial-port',
    attributes: {
      port: PORT,
      type: {
        summary: 'On which bus the port hangs; left out, it is what fits the machine.',
        values:
          '`isa-serial` (x86, the usual), `pci-serial`, `usb-serial`; `system-serial` (ARM, RISC-V), `spapr-vio-serial` (pSeries), `sclp-serial` (s390); `isa-debug` (messages of the firmware on x86, since 8.1.0).',
        since: '1.0.2',
      },
    },
  },
  {
    path: 'domain/devices/serial/target/model',
    summary: 'Exact chip. Libvirt writes the one that belongs to the type; best left to it.',
    since: '3.10.0',
    chapter: 'serial-port',
    attributes: {
      name: {
        summary: 'The chip that is emulated.',
        values:
          '`isa-serial`, `pci-serial`, `usb-serial`, `spapr-vty`, `pl011` and `16550a` (system-serial), `sclpconsole` and `sclplmconsole`, `isa-debugcon`.',
      },
    },
  },
  {
    path: 'domain/devices/parallel/target',
    summary: 'The parallel port as the guest sees it.',
    chapter: 'parallel-port',
    attributes: { port: { ...PORT, values: '0, and up to 2 on x86.' } },
  },
  {
    path: 'domain/devices/console/target',
    summary: 'What device the console is in the guest.',
    chapter: 'console',
    attributes: {
      type: {
        summary: 'Kind of the device.',
        values:
          '`serial` (the first serial port itself; sees the boot from its start), `virtio` (hvc0 and up, fast, needs a driver), `xen`, `lxc`, `openvz`; `sclp` and `sclplm` (s390, old).',
      },
      port: PORT,
    },
  },
  {
    path: 'domain/devices/channel/target',
    summary: 'How programs in the guest reach the channel.',
    example: "<target type='virtio' name='org.qemu.guest_agent.0'/>",
    chapter: 'channel',
    attributes: {
      type: {
        summary: 'Kind of channel.',
        values:
          "`virtio` (a named port under /dev/virtio-ports), `guestfwd` (an address in the guest's user-mode network), `xen` (since 2.3.0).",
      },
      name: {
        summary:
          'Name by which the guest finds the port. org.qemu.guest_agent.0 is the guest agent, which libvirt itself talks to.',
        values: '`com.redhat.spice.0` is the default for spicevmc and `qemu-vdagent`.',
        since: '0.7.7',
      },
      state: {
        summary: 'Whether a program in the guest has the port open. Only output of a running guest.',
        values: '`connected` or `disconnected`.',
        since: '1.2.11',
      },
      address: {
        summary: 'With guestfwd: address at which the guest reaches the channel.',
        values: 'An IPv4 address.',
      },
      port: { summary: 'With guestfwd: TCP port at which the guest reaches the channel.' },
    },
  },
];

export const CHARACTER_DEVICE_ENTRIES: readonly ElementEntry[] = [
  {
    path: 'domain/devices/serial',
    summary:
      'An emulated serial port: shows firmware, boot loader and kernel from the first moment (console=ttyS0). Slow, but works everywhere.',
    example: "<serial type='pty'>\n  <target port='0'/>\n</serial>",
    chapter: 'serial-port',
    attributes: { type: HOST_SIDE, tty: TTY },
  },
  {
    path: 'domain/devices/parallel',
    summary: 'An emulated parallel port, for old software with dongles or printers.',
    chapter: 'parallel-port',
    attributes: { type: HOST_SIDE, tty: TTY },
  },
  {
    path: 'domain/devices/console',
    summary:
      'What virsh console opens. The first one of type serial is the first serial port under another name, which is why dumps show both.',
    example: "<console type='pty'>\n  <target type='serial' port='0'/>\n</console>",
    chapter: 'console',
    attributes: { type: HOST_SIDE, tty: TTY },
  },
  {
    path: 'domain/devices/channel',
    summary:
      'A private line between host and guest, for agents: the QEMU guest agent makes clean backups, the SPICE agent shares clipboard and resolution.',
    example: "<channel type='unix'>\n  <target type='virtio' name='org.qemu.guest_agent.0'/>\n</channel>",
    chapter: 'channel',
    attributes: { type: HOST_SIDE },
  },
  {
    path: 'domain/devices/channel/source/clipboard',
    summary: 'With qemu-vdagent: whether text can be copied between the guest and viewers such as VNC.',
    since: '8.4.0',
    chapter: 'channel',
    attributes: {
      copypaste: {
        summary: 'Whether the clipboards are kept in step.',
        values: '`yes` or `no` (the default).',
      },
    },
  },
  {
    path: 'domain/devices/channel/source/mouse',
    summary: 'With qemu-vdagent: who draws the pointer.',
    since: '8.4.0',
    chapter: 'channel',
    attributes: {
      mode: { summary: 'Where the pointer lives.', values: '`client` (the default, no lag) or `server`.' },
    },
  },
  ...TARGETS,
  ...HOSTS.flatMap(hostSide),
  {
    path: 'domain/devices/smartcard',
    summary:
      'A card reader in the guest. A real USB reader cannot simply be passed through, as the host would lose it.',
    since: '0.8.8',
    example: "<smartcard mode='passthrough' type='spicevmc'/>",
    chapter: 'smartcard-devices',
    attributes: {
      mode: {
        summary: 'Where the card is.',
        values:
          "`host` (the host's own card), `host-certificates` (made of three certificates of the host), `passthrough` (at the end of a line, as with the reader of a SPICE viewer).",
      },
      type: {
        summary: 'With passthrough: what the line is.',
        values: '`spicevmc`, `tcp`, or another type of serial ports.',
      },
    },
  },
  {
    path: 'domain/devices/smartcard/certificate',
    summary: "Name of a certificate in the host's NSS database; three of them make up the card.",
    chapter: 'smartcard-devices',
  },
  {
    path: 'domain/devices/smartcard/database',
    summary: 'Directory of the NSS database that holds the three certificates.',
    values: 'An absolute path; /etc/pki/nssdb is the default.',
    chapter: 'smartcard-devices',
  },
];
