/** Confinement of the guest's process, and guests that are encrypted against the host. */

import type { ElementEntry } from '../entry';

export const SECURITY_ENTRIES: readonly ElementEntry[] = [
  {
    path: 'domain/seclabel',
    summary:
      "How SELinux, AppArmor or plain ownership (DAC) confine the guest's process and label its files. The default, a label made for each start, is right nearly always. Repeat it for several drivers.",
    since: '0.6.1',
    example: "<seclabel type='static' model='dac' relabel='yes'>\n  <label>+107:+107</label>\n</seclabel>",
    chapter: 'security-label',
    attributes: {
      type: {
        summary: 'Where the label comes from.',
        values:
          '`dynamic` (made by libvirt, different for each guest), `static` (written here), `none` (no confinement by this driver: a guest that breaks out of QEMU meets less).',
      },
      model: {
        summary: 'Security driver that it is for.',
        values: 'selinux, apparmor or dac (user and group; not for unprivileged libvirt).',
      },
      relabel: {
        summary: "Whether libvirt labels the guest's files before the start and puts them back after.",
        values:
          '`yes` (always so with dynamic) or `no` (the default with static: then you care for the files).',
      },
    },
  },
  {
    path: 'domain/seclabel/label',
    summary: 'The label of the process itself, with type static; with dynamic it tells which one was made.',
    values:
      'An SELinux context, the name of an AppArmor profile, or user:group for dac (a plus sign marks numbers).',
    chapter: 'security-label',
  },
  {
    path: 'domain/seclabel/baselabel',
    summary:
      'Pattern for labels that libvirt makes: SELinux takes the type from it, so that a guest runs with other rules than svirt_t.',
    values: 'A label of the driver, such as system_u:system_r:svirt_custom_t:s0.',
    chapter: 'security-label',
  },
  {
    path: 'domain/seclabel/imagelabel',
    summary:
      "Label that the running guest's files have. Only output: it is dropped when one defines a domain.",
    chapter: 'security-label',
  },
  {
    path: 'domain/keywrap',
    summary:
      'Whether an s390 guest may wrap its keys by the crypto hardware. Without it both kinds are allowed.',
    chapter: 'key-wrap',
    example: "<keywrap>\n  <cipher name='aes' state='off'/>\n</keywrap>",
  },
  {
    path: 'domain/keywrap/cipher',
    summary: 'One kind of wrapping key, which is made anew for each guest.',
    chapter: 'key-wrap',
    attributes: {
      name: {
        summary: 'Algorithm of the wrapping key.',
        values: '`aes` or `dea` (the same as DES and TDES).',
      },
      state: { summary: 'Whether the guest may use it.', values: '`on` or `off`.' },
    },
  },
  {
    path: 'domain/launchSecurity',
    summary:
      "Makes the guest confidential: its memory is encrypted or locked away, so that even the host's administrator cannot read it. The host must support the kind (virsh domcapabilities); most rule out migration and device passthrough.",
    since: '4.4.0',
    chapter: 'launch-security',
    attributes: {
      type: {
        summary: 'Which technique protects the guest.',
        values:
          '`sev` (AMD, also SEV-ES), `sev-snp` (AMD, with integrity, since 10.5.0), `s390-pv` (IBM Secure Execution, since 7.6.0), `tdx` (Intel, in releases after 11.3).',
      },
      kernelHashes: {
        summary:
          'Whether kernel, ramdisk and command line of direct kernel boot enter the measurement, so that the owner of the guest can verify them.',
        values: '`yes` or `no`.',
        since: '8.0.0',
      },
      authorKey: {
        summary: "With sev-snp: states that the authentication block in idAuth holds the author's key too.",
        values: '`yes` or `no`.',
        since: '10.5.0',
      },
      vcek: {
        summary:
          'With sev-snp: whether attestation reports may be signed with the key of the chip itself, beside the one that a cloud loads.',
        values: '`yes` or `no`; no forbids it.',
        since: '10.5.0',
      },
    },
  },
  {
    path: 'domain/launchSecurity/policy',
    summary:
      "Bits that bind the host for the life of the guest, enforced by AMD's firmware; they cannot be changed later.",
    values:
      "sev: 1 no debugging, 2 no shared keys, 4 needs SEV-ES, 8 never leaves this machine, 16 only within its domain, 32 only to SEV hosts. sev-snp and tdx have other bits; QEMU's default for sev-snp is 0x30000.",
    chapter: 'launch-security',
  },
  {
    path: 'domain/launchSecurity/cbitpos',
    summary:
      "Which bit of a page table entry marks encrypted pages. A fact of the host's CPU; left out, libvirt asks the hypervisor.",
    values: 'As virsh domcapabilities shows it; 47 and 51 are common.',
    chapter: 'launch-security',
  },
  {
    path: 'domain/launchSecurity/reducedPhysBits',
    summary:
      "How many bits of physical address encryption takes away. A fact of the host's CPU; left out, libvirt asks the hypervisor.",
    values: 'As virsh domcapabilities shows it; commonly 1.',
    chapter: 'launch-security',
  },
  {
    path: 'domain/launchSecurity/dhCert',
    summary:
      "With sev: the owner's Diffie-Hellman certificate, by which owner and firmware agree on a secret that the host does not learn.",
    values: 'Base64, as sevctl makes it.',
    chapter: 'launch-security',
  },
  {
    path: 'domain/launchSecurity/session',
    summary: "With sev: the owner's session data that goes with the certificate in dhCert, for one launch.",
    values: 'Base64, as sevctl makes it.',
    chapter: 'launch-security',
  },
  {
    path: 'domain/launchSecurity/guestVisibleWorkarounds',
    summary: 'With sev-snp: flags about workarounds of the hypervisor that the guest can read.',
    values: 'Base64 of 16 bytes.',
    since: '10.5.0',
    chapter: 'launch-security',
  },
  {
    path: 'domain/launchSecurity/idBlock',
    summary:
      'With sev-snp: what the owner expects the launch to measure; the firmware refuses anything else.',
    values: 'Base64 of 96 bytes.',
    since: '10.5.0',
    chapter: 'launch-security',
  },
  {
    path: 'domain/launchSecurity/idAuth',
    summary: 'With sev-snp: the signature and keys that vouch for idBlock.',
    values: 'Base64 of 4096 bytes.',
    since: '10.5.0',
    chapter: 'launch-security',
  },
  {
    path: 'domain/launchSecurity/hostData',
    summary: "With sev-snp: data of the owner's choice that shows up in attestation reports unchanged.",
    values: 'Base64 of 32 bytes.',
    since: '10.5.0',
    chapter: 'launch-security',
  },
  {
    path: 'domain/launchSecurity/mrConfigId',
    summary:
      'With tdx: fingerprint of the configuration that the owner did not make, such as the system image. Attestation reports show it unchanged.',
    values: 'Base64 of a SHA-384 digest.',
    chapter: 'launch-security',
  },
  {
    path: 'domain/launchSecurity/mrOwner',
    summary: 'With tdx: fingerprint that tells whose guest it is, as attestation reports show it.',
    values: 'Base64 of a SHA-384 digest.',
    chapter: 'launch-security',
  },
  {
    path: 'domain/launchSecurity/mrOwnerConfig',
    summary:
      'With tdx: fingerprint of what the owner configured, such as the workload, as attestation reports show it.',
    values: 'Base64 of a SHA-384 digest.',
    chapter: 'launch-security',
  },
  {
    path: 'domain/launchSecurity/quoteGenerationService',
    summary:
      'With tdx: lets the guest have attestation reports signed by a daemon on the host; it cannot prove itself without.',
    chapter: 'launch-security',
    attributes: {
      path: {
        summary: 'Unix socket of that daemon.',
        values: 'An absolute path; /var/run/tdx-qgs/qgs.socket by default.',
      },
    },
  },
];
