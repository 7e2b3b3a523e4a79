/** Trusted platform modules. */

import type { ElementEntry } from '../entry';

export const TPM_ENTRIES: readonly ElementEntry[] = [
  {
    path: 'domain/devices/tpm',
    summary:
      'A trusted platform module, which Windows 11 demands and disk encryption seals its keys with. An emulated one needs swtpm on the host.',
    since: '1.0.5',
    example: "<tpm model='tpm-crb'>\n  <backend type='emulator' version='2.0'/>\n</tpm>",
    chapter: 'tpm-device',
    attributes: {
      model: {
        summary: 'Interface that the guest sees.',
        values:
          '`tpm-tis` (the default on most machines), `tpm-crb` (TPM 2.0 only, usual for UEFI and Windows, since 4.4.0), `tpm-spapr` and `spapr-tpm-proxy` (pSeries).',
      },
    },
  },
  {
    path: 'domain/devices/tpm/backend',
    summary: 'What does the work behind the module.',
    chapter: 'tpm-device',
    attributes: {
      type: {
        summary: 'Kind of backend.',
        values:
          "`emulator` (swtpm, started by libvirt, one for each guest, since 4.5.0), `passthrough` (the host's own, for one guest alone), `external` (an emulator that you start, since 9.0.0).",
      },
      version: {
        summary: 'With emulator: which generation of TPM it is.',
        values: '`2.0` or `1.2`; otherwise the model and architecture decide.',
      },
      persistent_state: {
        summary:
          'With emulator: whether the keys outlive a transient guest that is switched off or undefined.',
        values: '`yes` or `no` (the default).',
        since: '7.0.0',
      },
      debug: {
        summary: 'With emulator: how much swtpm writes to its log.',
        values: '1 and up.',
        since: '10.6.0',
      },
    },
  },
  {
    path: 'domain/devices/tpm/backend/device',
    summary: 'With passthrough: which module of the host the guest gets. Nobody else may use it meanwhile.',
    chapter: 'tpm-device',
    attributes: {
      path: {
        summary: "Device node of the host's module.",
        values: '/dev/tpm0 by default; for spapr-tpm-proxy a resource manager such as /dev/tpmrm0.',
      },
    },
  },
  {
    path: 'domain/devices/tpm/backend/encryption',
    summary:
      "With emulator: encrypts the module's state on disk. If the secret is lost, so are all keys in it.",
    since: '5.6.0',
    chapter: 'tpm-device',
    attributes: {
      secret: { summary: 'UUID of the libvirt secret that holds the passphrase (virsh secret-list).' },
    },
  },
  {
    path: 'domain/devices/tpm/backend/source',
    summary:
      'With emulator: where the state is kept, if not where libvirt puts it; see to it that no two guests share it. With external: the socket of the emulator. Needs swtpm 0.7.',
    since: '9.0.0',
    chapter: 'tpm-device',
    attributes: {
      type: {
        summary: 'What the path leads to.',
        values: '`file` or `dir` (emulator, since 10.10.0), `unix` (external).',
      },
      path: { summary: 'Place of the state, or of the socket.', values: 'An absolute path on the host.' },
      mode: { summary: 'With unix: who calls whom; may be left out.', values: '`connect`.' },
    },
  },
  {
    path: 'domain/devices/tpm/backend/active_pcr_banks',
    summary:
      'With emulator and TPM 2.0: which banks of measurements are active, set anew at each start. Without it they stay as they were. Needs swtpm 0.7.',
    since: '7.10.0',
    example: '<active_pcr_banks>\n  <sha256/>\n</active_pcr_banks>',
    chapter: 'tpm-device',
  },
  {
    path: 'domain/devices/tpm/backend/active_pcr_banks/*',
    summary:
      'Activates the bank whose measurements are hashed by this algorithm; sha256 is what most systems read.',
    since: '7.10.0',
    chapter: 'tpm-device',
  },
  {
    path: 'domain/devices/tpm/backend/profile',
    summary:
      'With emulator and TPM 2.0: which algorithms and commands the module offers. Fixed when its state is first made. Needs swtpm 0.10.',
    since: '10.10.0',
    example: "<profile source='local:restricted'/>",
    chapter: 'tpm-device',
    attributes: {
      source: {
        summary: 'File that the profile comes from; a built-in profile is looked for last.',
        values:
          'A name, with local: or distro: in front for one of those directories; `null` and custom are built in.',
      },
      name: {
        summary: 'Name that the profile has by its own account. Written by libvirt after the first start.',
      },
      removeDisabled: {
        summary: 'With custom profiles: drops algorithms that FIPS mode of the host does not allow.',
        values: '`check` (those that are off at present; recommended) or `fips-host` (all that could be).',
      },
    },
  },
];
