/** Graphics cards. */

import type { ElementEntry } from '../entry';

export const VIDEO_ENTRIES: readonly ElementEntry[] = [
  {
    path: 'domain/devices/video',
    summary:
      'A graphics card. Where graphics stand without one, libvirt adds a default card, and writes down what it chose.',
    example: "<video>\n  <model type='virtio'/>\n</video>",
    chapter: 'video-devices',
  },
  {
    path: 'domain/devices/video/model',
    summary: 'Kind of the card, its memory and its screens. virtio suits Linux, vga works with everything.',
    chapter: 'video-devices',
    attributes: {
      type: {
        summary: 'Which card is emulated.',
        values:
          '`virtio` (fast, since 1.3.0), `vga`, `bochs` (like vga, for UEFI, since 5.6.0), `qxl` (for spice, no longer developed), `cirrus` (for very old guests), `ramfb` (a picture for the firmware, since 5.9.0), `none` (no card, and none is added: for a passed-through GPU, since 4.6.0); `vmvga`, `xen`, `vbox`, `gop` for other hypervisors.',
      },
      device: {
        summary:
          'With virtio: the variant that libvirt chose, written down so that the guest keeps it when it is migrated. Leave it to libvirt.',
        values:
          '`virtio-vga`, `virtio-gpu` and their kin with `-gl` (OpenGL) or `vhost-user-` (a process of its own).',
        since: '12.5.0',
      },
      vram: {
        summary: 'Video memory: bounds resolution and colours. For qxl it is the second memory region.',
        unit: 'KiB',
        values: 'Rounded to a power of two.',
      },
      heads: { summary: 'How many screens can be connected.', values: '1 and up; 1 is the default.' },
      primary: {
        summary:
          'Marks the card that the firmware draws on, where there are several. The others must be qxl or virtio.',
        values: '`yes` or `no`; otherwise the first card.',
        since: '1.0.2',
      },
      ram: { summary: "Size of qxl's first memory region.", unit: 'KiB', since: '1.0.2' },
      vgamem: {
        summary: 'Part of it for the plain VGA mode of qxl; bounds resolution there.',
        unit: 'KiB',
        since: '1.2.11',
      },
      vram64: {
        summary: 'Extends the second region of qxl beyond 4 GiB addresses, for several large screens.',
        unit: 'KiB',
        since: '1.3.3',
      },
      edid: {
        summary:
          'With vga, bochs and virtio: whether the guest learns what the screen can do, and so its best resolution.',
        values: '`on` or `off`.',
        since: '11.7.0',
      },
      blob: {
        summary:
          'With virtio: shares picture memory of guest and host instead of copying it. Needs shared memoryBacking.',
        values: '`on` or `off`.',
        since: '9.2.0',
      },
    },
  },
  {
    path: 'domain/devices/video/model/acceleration',
    summary: 'Whether the host draws for the guest. 3D of virtio also needs a graphics element with gl.',
    example: "<model type='virtio'>\n  <acceleration accel3d='yes'/>\n</model>",
    chapter: 'video-devices',
    attributes: {
      accel2d: {
        summary: 'Acceleration of flat drawing; only VirtualBox has it.',
        values: '`yes` or `no`.',
        since: '0.7.1',
      },
      accel3d: {
        summary: 'OpenGL in the guest, done by the host.',
        values: '`yes` or `no`; in QEMU for virtio (since 1.3.0).',
        since: '0.7.1',
      },
      rendernode: {
        summary: 'Which GPU of the host draws, with driver vhostuser; otherwise graphics says it.',
        values: 'An absolute path, such as /dev/dri/renderD128; libvirt picks one if it is left out.',
        since: '5.8.0',
      },
    },
  },
  {
    path: 'domain/devices/video/model/resolution',
    summary: 'Size of the screen that the guest starts with, before its driver or an agent changes it.',
    since: '5.9.0',
    example: "<resolution x='1920' y='1080'/>",
    chapter: 'video-devices',
    attributes: {
      x: { summary: 'Width of the picture.', unit: 'pixels' },
      y: { summary: 'Height of the picture.', unit: 'pixels' },
    },
  },
  {
    path: 'domain/devices/video/driver',
    summary: 'Which process draws, and virtio settings of the card.',
    chapter: 'video-devices',
    attributes: {
      name: {
        summary: 'Place of the drawing.',
        values:
          '`qemu` (inside QEMU; the default) or `vhostuser` (a process of its own, which confines faults of 3D drawing).',
        since: '5.8.0',
      },
      vgaconf: {
        summary: 'With gop of bhyve: whether the guest gets the classic VGA registers.',
        values: '`io`, `on` or `off`.',
        since: '3.5.0',
      },
    },
  },
];
