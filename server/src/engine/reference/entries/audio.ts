/** Sound cards, and where their sound goes. */

import type { AttributeEntry, ElementEntry } from '../entry';

/** Attributes of `<input>` and `<output>`, those of single backends too. */
const STREAM: Readonly<Record<string, AttributeEntry>> = {
  mixingEngine: {
    summary:
      'Whether QEMU converts rates and formats itself. Off lets more than two channels through as they are.',
    values: '`yes` or `no`.',
  },
  fixedSettings: {
    summary:
      "Whether the format in settings is kept, instead of the one nearest to the guest's. Only with mixingEngine.",
    values: '`yes` or `no`.',
  },
  voices: { summary: 'How many streams can run at once.', values: '1 and up; 1 is the default.' },
  bufferLength: {
    summary: 'Length of the buffer: longer against gaps, shorter against delay.',
    unit: 'microseconds',
  },
  bufferCount: {
    summary: 'With coreaudio, oss and sdl: how many buffers there are; give bufferLength with it.',
    values: 'A positive number.',
  },
  dev: { summary: 'With alsa and oss: the device of the host.', values: 'Such as `default` or /dev/dsp0.' },
  tryPoll: {
    summary: 'With alsa and oss: whether the device is asked instead of waiting for timers.',
    values: '`yes` or `no`.',
  },
  name: { summary: 'With pipewire and pulseaudio: sink or source on the host to use.' },
  streamName: { summary: "With pipewire and pulseaudio: name that the host's mixer shows for the guest." },
  latency: { summary: 'With pipewire and pulseaudio: delay to aim at.', unit: 'microseconds' },
  serverName: { summary: 'With jack: which JACK server is used, if several run.' },
  clientName: { summary: 'With jack: name to appear under in the JACK graph.' },
  connectPorts: {
    summary: 'With jack: ports to be wired up with, as they appear.',
    values: 'A regular expression.',
  },
  exactName: {
    summary: 'With jack: whether clientName must be had as it is; otherwise a number may be added.',
    values: '`yes` or `no`.',
  },
};

const SETTINGS: Readonly<Record<string, AttributeEntry>> = {
  frequency: { summary: 'Samples per second.', unit: 'hertz', values: '44100 by default.' },
  channels: { summary: 'How many channels a stream has.', values: '2 (stereo) by default.' },
  format: {
    summary: 'What a sample looks like.',
    values: '`s8`, `u8`, `s16`, `u16`, `s32`, `u32` (whole numbers of that many bits), `f32`.',
  },
};

export const AUDIO_ENTRIES: readonly ElementEntry[] = [
  {
    path: 'domain/devices/sound',
    summary: 'A sound card in the guest. Where its sound goes, an audio element says.',
    since: '0.4.3',
    example: "<sound model='ich9'/>",
    chapter: 'sound-devices',
    attributes: {
      model: {
        summary: 'Which card is emulated. ich9 fits q35 and all recent systems, virtio recent Linux.',
        values:
          '`ich9`, `ich6`, `ac97`, `usb`, `virtio` (since 10.4.0); `es1370`, `sb16`, `pcspk` for very old guests; `ich7` for bhyve.',
      },
      multichannel: {
        summary: 'With usb: whether the card has more channels than stereo.',
        values: '`yes` or `no`.',
        since: '9.4.0',
      },
      streams: {
        summary: 'With virtio: how many streams the card has.',
        values: '2 by default.',
        since: '10.4.0',
      },
    },
  },
  {
    path: 'domain/devices/sound/codec',
    summary: 'With ich6 and ich9: which sockets the card has. Without it, one codec that plays and records.',
    since: '0.9.13',
    chapter: 'sound-devices',
    attributes: {
      type: {
        summary: 'Sockets that the guest sees.',
        values:
          '`duplex` (line in and out), `micro` (loudspeaker and microphone), `output` (line out only, since 4.4.0).',
      },
    },
  },
  {
    path: 'domain/devices/sound/audio',
    summary: 'Which of several audio backends this card plays to; the first one otherwise.',
    since: '7.2.0',
    chapter: 'sound-devices',
    attributes: { id: { summary: 'Number of the audio element that is meant.' } },
  },
  {
    path: 'domain/devices/audio',
    summary:
      'Where the sound of the guest goes on the host. Libvirt adds one that fits the graphics: spice with SPICE, none with VNC alone.',
    since: '7.2.0',
    example: "<audio id='1' type='pipewire' runtimeDir='/run/user/1000'/>",
    chapter: 'audio-backends',
    attributes: {
      id: { summary: 'Number by which sound and graphics refer to it.', values: '1 and up, each once.' },
      type: {
        summary: 'The sound system of the host.',
        values:
          '`none` (nowhere; VNC can still carry it), `spice` (to the viewer), `pipewire` (since 9.10.0), `pulseaudio`, `alsa`, `jack`, `oss`, `coreaudio` (macOS), `sdl`, `dbus` (since 8.4.0), `file` (recorded).',
      },
      timerPeriod: {
        summary: 'How often QEMU looks after the sound. Longer spares CPU time and adds delay.',
        unit: 'microseconds',
        values: '1 and up.',
      },
      serverName: {
        summary: 'With pulseaudio: which server plays it.',
        values: 'A host name or the path of a socket.',
      },
      runtimeDir: {
        summary:
          "With pipewire: directory of the daemon's socket, so that a guest of the system reaches a user's session.",
        values: 'Such as /run/user/1000.',
        since: '9.10.0',
      },
      driver: {
        summary: 'With sdl: which sound system SDL uses.',
        values: '`esd`, `alsa`, `arts`, `pulseaudio`.',
      },
      path: {
        summary: 'With file: where the recording goes; QEMU writes WAV.',
        values: 'A path on the host.',
      },
      tryMMap: {
        summary: 'With oss: whether samples are handed over by mapped memory.',
        values: '`yes` or `no`.',
      },
      exclusive: {
        summary: 'With oss: whether other programs are kept from the device.',
        values: '`yes` or `no`.',
      },
      dspPolicy: {
        summary: 'With oss: delay against CPU load; small numbers are quick and costly.',
        values: '-1 (the older way, by fragments) to 10.',
      },
    },
  },
  ...(['input', 'output'] as const).flatMap((direction): readonly ElementEntry[] => {
    const words = direction === 'input' ? 'recording in the guest' : 'playback of the guest';
    return [
      {
        path: `domain/devices/audio/${direction}`,
        summary: `Buffers, conversion and host device for ${words}. Defaults do for nearly everybody.`,
        since: '7.2.0',
        chapter: 'audio-backends',
        attributes: STREAM,
      },
      {
        path: `domain/devices/audio/${direction}/settings`,
        summary: `Fixed format for ${words}; only with fixedSettings.`,
        since: '7.2.0',
        chapter: 'audio-backends',
        attributes: SETTINGS,
      },
    ];
  }),
];
