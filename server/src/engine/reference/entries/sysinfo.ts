/** What the guest can read about its machine. */

import type { ElementEntry } from '../entry';

const STRINGS =
  'Strings are handed on as they are; misspelt names and unknown fields are dropped without an error.';

export const SYSINFO_ENTRIES: readonly ElementEntry[] = [
  {
    path: 'domain/sysinfo',
    summary:
      "Data that the guest finds in its SMBIOS tables or in QEMU's firmware configuration: vendor strings, serial numbers, or configuration for a first boot.",
    since: '0.8.7',
    example:
      "<sysinfo type='smbios'>\n  <system>\n    <entry name='serial'>A-1234</entry>\n  </system>\n</sysinfo>",
    chapter: 'smbios-system-information',
    attributes: {
      type: {
        summary: 'Which channel carries the data, and so which elements may stand inside.',
        values:
          "`smbios` (tables, read by dmidecode; also needs <smbios mode='sysinfo'/> in os) or `fwcfg` (blobs, in Linux under /sys/firmware/qemu_fw_cfg, since 6.5.0).",
      },
    },
  },
  {
    path: 'domain/sysinfo/bios',
    summary: `SMBIOS block 0: who made the firmware and when. ${STRINGS}`,
    chapter: 'smbios-system-information',
  },
  {
    path: 'domain/sysinfo/bios/entry',
    summary: 'One field of the firmware block; the content is its text.',
    chapter: 'smbios-system-information',
    attributes: {
      name: {
        summary: 'Which field it is.',
        values: '`vendor`, `version`, `date` (mm/dd/yyyy), `release` (major and minor number, like 10.22).',
      },
    },
  },
  {
    path: 'domain/sysinfo/system',
    summary: `SMBIOS block 1: the computer as a product; cloud-init and inventory tools read it. ${STRINGS}`,
    chapter: 'smbios-system-information',
  },
  {
    path: 'domain/sysinfo/system/entry',
    summary: 'One field about the computer; the content is its text.',
    example: "<entry name='serial'>ds=nocloud;s=http://10.0.0.1/seed/</entry>",
    chapter: 'smbios-system-information',
    attributes: {
      name: {
        summary: 'Which field it is.',
        values:
          "`manufacturer`, `product`, `version`, `serial`, `uuid` (must equal the domain's uuid if both stand), `sku`, `family`.",
      },
    },
  },
  {
    path: 'domain/sysinfo/baseBoard',
    summary:
      'SMBIOS block 2: the main board. May be repeated for several boards where the hypervisor takes that.',
    chapter: 'smbios-system-information',
  },
  {
    path: 'domain/sysinfo/baseBoard/entry',
    summary: 'One field about the main board; the content is its text.',
    chapter: 'smbios-system-information',
    attributes: {
      name: {
        summary: 'Which field it is.',
        values: '`manufacturer`, `product`, `version`, `serial`, `asset`, `location`.',
      },
    },
  },
  {
    path: 'domain/sysinfo/chassis',
    summary: 'SMBIOS block 3: the case that the computer pretends to be in.',
    since: '4.1.0',
    chapter: 'smbios-system-information',
  },
  {
    path: 'domain/sysinfo/chassis/entry',
    summary: 'One field about the case; the content is its text.',
    since: '4.1.0',
    chapter: 'smbios-system-information',
    attributes: {
      name: { summary: 'Which field it is.', values: '`manufacturer`, `version`, `serial`, `asset`, `sku`.' },
    },
  },
  {
    path: 'domain/sysinfo/oemStrings',
    summary:
      'SMBIOS block 11: free strings for programs in the guest, such as systemd credentials (io.systemd.credential:...). The recommended way to hand small data to a guest.',
    since: '4.1.0',
    chapter: 'smbios-system-information',
  },
  {
    path: 'domain/sysinfo/oemStrings/entry',
    summary:
      'One free string. Begin it with the name of the program that is to read it, to keep out of the way of others.',
    since: '4.1.0',
    chapter: 'smbios-system-information',
  },
  {
    path: 'domain/sysinfo/entry',
    summary:
      "One blob of QEMU's firmware configuration, with its content here or in a file; Ignition of Fedora CoreOS is configured so. There are few slots: prefer oemStrings where the guest can read them.",
    since: '6.5.0',
    example: "<entry name='opt/com.coreos/config' file='/var/lib/guests/web1.ign'/>",
    chapter: 'smbios-system-information',
    attributes: {
      name: {
        summary: 'Under which name the guest finds the blob.',
        values: 'Must begin with opt/, best followed by a domain name of yours in reverse.',
      },
      file: {
        summary: 'File on the host whose content becomes the blob, instead of text in the element.',
        values: 'An absolute path.',
      },
    },
  },
];
