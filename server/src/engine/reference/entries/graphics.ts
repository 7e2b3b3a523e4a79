/** Screens that people connect to. */

import type { ElementEntry } from '../entry';

const COMPRESSED_IMAGES = '`auto`, `never`, `always`.';

export const GRAPHICS_ENTRIES: readonly ElementEntry[] = [
  {
    path: 'domain/devices/graphics',
    summary:
      'A way to see and operate the guest: a server for remote viewers, or a window on the host. With one, libvirt adds a video device if there is none.',
    example:
      "<graphics type='vnc' autoport='yes'>\n  <listen type='address' address='127.0.0.1'/>\n</graphics>",
    chapter: 'graphical-framebuffers',
    attributes: {
      type: {
        summary: 'The protocol or kind of screen.',
        values:
          '`vnc`; `spice` (also sound, USB and clipboard, since 0.8.6); `rdp` (with QEMU beside a dbus one, since 11.1.0); `dbus` (for programs on the host, since 8.4.0); `egl-headless` (OpenGL for vnc or spice beside it, since 4.6.0); `sdl` and `desktop` (a window on the host).',
      },
      port: {
        summary:
          'TCP port of the server. A fixed one must be free on every host the guest comes to; usually autoport is better.',
        values: 'A port number; -1 is the old way to say autoport. VNC counts from 5900.',
      },
      autoport: {
        summary: 'Whether libvirt picks free ports at the start (virsh domdisplay tells which).',
        values: '`yes` or `no`.',
      },
      tlsPort: {
        summary: 'With spice: second port, which is encrypted. TLS must be set up in qemu.conf.',
        values: 'A port number, or -1 for any.',
      },
      websocket: {
        summary:
          'With vnc: port for browsers (noVNC), apart from the plain one; autoport does not switch it on.',
        values: 'A port number, or -1 for any.',
        since: '1.0.6',
      },
      listen: {
        summary: 'Old spelling of the listen element with an address; if both stand, they must agree.',
        values: 'An address or a host name; 0.0.0.0 means all IPv4 interfaces of the host.',
      },
      socket: {
        summary: 'With vnc: path of a Unix socket instead of TCP; all listen elements are passed over then.',
        values: 'An absolute path on the host.',
        since: '0.8.8',
      },
      passwd: {
        summary:
          'Password for viewers, in clear text: whoever can read the domain with secrets (virsh dumpxml --security-info) sees it. Empty locks everybody out. VNC uses its first 8 characters only.',
      },
      passwdValidTo: {
        summary: 'When the password stops working.',
        values: 'A time in UTC, like 2026-04-09T15:51:00.',
      },
      connected: {
        summary: 'What becomes of connected viewers when the password is changed.',
        values: '`keep`; with spice also `disconnect`, or `fail` (refuses the change).',
        since: '0.9.3',
      },
      keymap: {
        summary:
          "Keyboard layout of viewers that send characters instead of key codes. Better left out: today's viewers send codes, and a layout then gets in the way.",
        values: 'Such as `en-us` or `de`.',
      },
      sharePolicy: {
        summary: 'With vnc: whether several viewers may look at once.',
        values:
          '`allow-exclusive` (a viewer may throw the others out; the default), `force-shared` (nobody can), `ignore` (all are let in, whatever they ask for).',
        since: '1.0.6',
      },
      powerControl: {
        summary: 'With vnc: whether viewers may shut down, reboot and reset the guest.',
        values: '`yes` or `no`.',
        since: '7.1.0',
      },
      defaultMode: {
        summary: 'With spice: which channels must be encrypted, if no channel element says otherwise.',
        values: '`secure`, `insecure`, `any` (encrypted where possible; the default).',
        since: '0.9.12',
      },
      wait: {
        summary: 'With vnc of bhyve: whether the guest boots only once a viewer has connected.',
        values: '`yes` or `no`.',
        since: '11.10.0',
      },
      username: { summary: 'With rdp: name that viewers log in with.', since: '11.1.0' },
      multiUser: {
        summary: 'With rdp of VirtualBox: whether several people may be connected at once.',
        values: '`yes` or `no`.',
      },
      replaceUser: {
        summary: 'With rdp of VirtualBox: whether a new viewer throws out the one connected.',
        values: '`yes` or `no`.',
      },
      p2p: {
        summary: 'With dbus: no bus at all; programs connect through libvirt (virDomainOpenGraphics).',
        values: '`yes` or `no`.',
        since: '8.4.0',
      },
      address: {
        summary: 'With dbus: the bus to appear on, instead of a private one.',
        values: 'A D-Bus address, like unix:path=/run/user/1000/bus.',
        since: '8.4.0',
      },
      display: {
        summary: 'With sdl and desktop: X display on which the window opens.',
        values: 'Such as `:0.0`.',
      },
      xauth: {
        summary: 'With sdl: file with the cookie that lets QEMU open a window on that X display.',
        values: 'A path, such as /root/.Xauthority.',
      },
      fullscreen: {
        summary: 'With sdl and desktop: whether the window fills the screen.',
        values: '`yes` or `no`.',
      },
    },
  },
  {
    path: 'domain/devices/graphics/listen',
    summary:
      'Where the server waits for viewers; without it at the address in qemu.conf, normally the host itself only. Neither VNC nor SPICE is safe on an open network without TLS.',
    since: '0.9.4',
    example: "<listen type='address' address='127.0.0.1'/>",
    chapter: 'graphical-framebuffers',
    attributes: {
      type: {
        summary: 'What the place is told by.',
        values:
          '`address`, `network` (a libvirt network, whose address on the host is taken), `socket` (a Unix socket, since 2.0.0), `none` (only through libvirt, as virt-viewer --attach does, since 2.0.0).',
      },
      address: {
        summary: 'Address of the host to wait at. A name is looked up when the guest starts.',
        values: '127.0.0.1 for the host alone; 0.0.0.0 or :: for all; left out, as in qemu.conf.',
      },
      network: { summary: 'Name of the libvirt network whose host address is used.' },
      socket: {
        summary: 'Path of the Unix socket; left out, libvirt makes one up.',
        values: 'An absolute path on the host.',
        since: '2.0.0',
      },
    },
  },
  {
    path: 'domain/devices/graphics/channel',
    summary: 'With spice: forces one channel onto the encrypted or the plain port.',
    example: "<channel name='main' mode='secure'/>",
    chapter: 'graphical-framebuffers',
    attributes: {
      name: {
        summary: 'Which channel is meant.',
        values: '`main`, `display`, `inputs`, `cursor`, `playback`, `record`, `smartcard`, `usbredir`.',
      },
      mode: {
        summary: 'Which port it may use.',
        values: '`secure`, `insecure`; `any` is the same as not naming it.',
      },
    },
  },
  {
    path: 'domain/devices/graphics/gl',
    summary:
      "Draws the guest's screen by the host's GPU, for virtio video with accel3d. With spice only for viewers on the same host; for remote ones put an egl-headless beside it.",
    since: '1.3.3',
    example: "<gl enable='yes' rendernode='/dev/dri/renderD128'/>",
    chapter: 'graphical-framebuffers',
    attributes: {
      enable: { summary: 'Whether OpenGL is used.', values: '`yes` or `no`.' },
      rendernode: {
        summary: 'Which GPU of the host draws; QEMU takes the first one otherwise.',
        values: 'An absolute path, such as /dev/dri/renderD128.',
        since: '3.1.0',
      },
    },
  },
  {
    path: 'domain/devices/graphics/audio',
    summary: "With vnc and dbus: sends the guest's sound through this screen, by one of the audio backends.",
    since: '7.2.0',
    chapter: 'graphical-framebuffers',
    attributes: {
      id: { summary: 'Number of the audio element that is meant; without this element, the first.' },
    },
  },
  {
    path: 'domain/devices/graphics/image',
    summary: 'With spice: how still pictures are compressed on their way to the viewer.',
    since: '0.9.1',
    chapter: 'graphical-framebuffers',
    attributes: {
      compression: {
        summary: 'The method: less traffic against less work for the CPU.',
        values: '`auto_glz` (the default), `auto_lz`, `quic`, `glz`, `lz`, `off`.',
      },
    },
  },
  {
    path: 'domain/devices/graphics/jpeg',
    summary: 'With spice: whether pictures lose some quality on slow lines.',
    since: '0.9.1',
    chapter: 'graphical-framebuffers',
    attributes: { compression: { summary: 'When JPEG is used.', values: COMPRESSED_IMAGES } },
  },
  {
    path: 'domain/devices/graphics/zlib',
    summary: 'With spice: whether pictures are packed once more on slow lines, without loss.',
    since: '0.9.1',
    chapter: 'graphical-framebuffers',
    attributes: { compression: { summary: 'When pictures are packed again.', values: COMPRESSED_IMAGES } },
  },
  {
    path: 'domain/devices/graphics/playback',
    summary: 'With spice: whether sound is compressed on its way to the viewer.',
    since: '0.9.1',
    chapter: 'graphical-framebuffers',
    attributes: {
      compression: {
        summary: 'Less traffic against sound without loss.',
        values: '`on` (the default) or `off`.',
      },
    },
  },
  {
    path: 'domain/devices/graphics/streaming',
    summary: 'With spice: whether areas that change fast are sent as a video, which blurs them a little.',
    since: '0.9.2',
    chapter: 'graphical-framebuffers',
    attributes: {
      mode: {
        summary: 'Which areas become a video.',
        values: '`filter` (those that look like one), `all`, `off`.',
      },
    },
  },
  {
    path: 'domain/devices/graphics/clipboard',
    summary:
      'With spice: whether text can be copied between guest and viewer; the agent in the guest does it.',
    since: '0.9.3',
    chapter: 'graphical-framebuffers',
    attributes: {
      copypaste: {
        summary: 'Switch it off where data must not leave the guest that way.',
        values: '`yes` (the default) or `no`.',
      },
    },
  },
  {
    path: 'domain/devices/graphics/mouse',
    summary: 'With spice: who draws the pointer.',
    since: '0.9.11',
    chapter: 'graphical-framebuffers',
    attributes: {
      mode: {
        summary: 'Where the pointer lives.',
        values:
          '`client` (no lag, needs the agent or a tablet; the default) or `server` (for games and guests without).',
      },
    },
  },
  {
    path: 'domain/devices/graphics/filetransfer',
    summary: 'With spice: whether files can be dropped from the viewer into the guest, through its agent.',
    since: '1.2.2',
    chapter: 'graphical-framebuffers',
    attributes: {
      enable: { summary: 'Whether dropping files works.', values: '`yes` (the default) or `no`.' },
    },
  },
];
