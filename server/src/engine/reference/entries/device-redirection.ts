/** USB devices of the person in front of the display, and leases of a lock manager. */

import type { ElementEntry } from '../entry';

const chapter = 'redirected-devices';

export const REDIRECTION_ENTRIES: readonly ElementEntry[] = [
  {
    path: 'domain/devices/redirdev',
    summary:
      'A free place for a USB device that a client such as virt-viewer passes through over the network. One is needed for each device at the same time.',
    example: "<redirdev bus='usb' type='spicevmc'/>",
    chapter,
    attributes: {
      bus: { summary: 'Only USB can be redirected.', values: '`usb`.' },
      type: {
        summary: "How the device's data reach QEMU.",
        values:
          '`spicevmc` (over the SPICE display), `tcp` (a usbredir server); the kinds of serial devices fit as well.',
      },
    },
  },
  {
    path: 'domain/devices/redirdev/source',
    summary: "Of type `tcp` and the like: the host's end of the connection.",
    example: "<source mode='connect' host='localhost' service='4000'/>",
    chapter,
    attributes: {
      mode: {
        summary: 'Who opens the connection.',
        values: '`connect` (QEMU does) or `bind` (QEMU waits for it).',
      },
      host: { summary: 'Name or address that QEMU connects to, or listens on with mode `bind`.' },
      service: { summary: 'TCP port of the usbredir server, or the one to listen on.' },
      path: { summary: 'Of types `unix`, `dev`, `pipe` and `file`: the socket or file on the host.' },
      tls: {
        summary: 'Of type `tcp`: encrypts the connection with the certificates that qemu.conf names.',
        values: '`yes` or `no`; qemu.conf decides when it is left out.',
        since: '2.4.0',
      },
      append: {
        summary: 'Of type `file`: whether the file goes on growing at the next start.',
        values: '`on` or `off` (default).',
      },
      master: { summary: 'Of type `nmdm` (FreeBSD): the side of the null modem that the guest holds.' },
      slave: { summary: 'Of type `nmdm` (FreeBSD): the side of the null modem that other programs open.' },
      channel: { summary: 'Of type `spiceport`: name under which a SPICE client finds it.' },
    },
  },
  {
    path: 'domain/devices/redirdev/source/reconnect',
    summary: 'Whether QEMU connects again after the usbredir server went away.',
    chapter,
    attributes: {
      enabled: {
        summary: 'Without it the place stays empty until the next start.',
        values: '`yes` or `no`.',
      },
      timeout: { summary: 'Pause between two tries.', unit: 'seconds' },
    },
  },
  {
    path: 'domain/devices/redirdev/log',
    summary: 'Copies what passes over the connection into a file, for finding faults.',
    chapter: 'consoles-serial-parallel-channel-devices',
    since: '1.3.3',
    attributes: {
      file: { summary: "Absolute path of the copy on the host; libvirt's virtlogd writes it." },
      append: {
        summary: 'Whether the copy goes on growing at the next start.',
        values: '`on` or `off` (default).',
      },
    },
  },
  {
    path: 'domain/devices/redirdev/protocol',
    summary: 'Of type `tcp`: what is spoken on the connection. The usbredir protocol wants it plain.',
    chapter,
    attributes: {
      type: {
        summary: 'Kind of wrapping.',
        values: '`raw`; `telnet`, `telnets` and `tls` are for consoles.',
      },
    },
  },
  {
    path: 'domain/devices/redirfilter',
    summary:
      'Which USB devices clients may redirect into the guest. The first rule that fits decides, so the last one is often a general no.',
    example: "<redirfilter>\n  <usbdev class='0x08' allow='yes'/>\n  <usbdev allow='no'/>\n</redirfilter>",
    chapter,
  },
  {
    path: 'domain/devices/redirfilter/usbdev',
    summary: 'One rule. Parts left out, or -1, fit any device.',
    chapter,
    attributes: {
      allow: { summary: 'What is done with devices that fit.', values: '`yes` or `no`.' },
      class: { summary: 'Kind of device, such as `0x08` for storage or `0x03` for keyboards and mice.' },
      vendor: { summary: 'First number that lsusb shows after ID.' },
      product: { summary: 'Second number that lsusb shows after ID.' },
      version: { summary: 'Revision of the device itself (bcdDevice), not of USB.' },
    },
  },
  {
    path: 'domain/devices/lease',
    summary:
      'A lock that the lock manager must get before the guest starts, so that it never runs on two hosts. Needs sanlock or the like.',
    example:
      "<lease>\n  <lockspace>somearea</lockspace>\n  <key>somekey</key>\n  <target path='/some/lease/path' offset='1024'/>\n</lease>",
    chapter: 'device-leases',
  },
  {
    path: 'domain/devices/lease/lockspace',
    summary: 'Name of the area that the lock lives in; the lock manager says which names it takes.',
    chapter: 'device-leases',
  },
  {
    path: 'domain/devices/lease/key',
    summary: 'Which lock of the area, the same on all hosts that could run the guest.',
    chapter: 'device-leases',
  },
  {
    path: 'domain/devices/lease/target',
    summary: 'The shared file that the lock manager keeps its locks in.',
    chapter: 'device-leases',
    attributes: {
      path: { summary: 'Absolute name of that file, seen by all hosts.' },
      offset: { summary: 'Where in it this lock lies; 0 where the lock manager needs none.', unit: 'bytes' },
    },
  },
];
