/** The guest's firmware and where it keeps its variables. */

import type { ElementEntry } from '../entry';

export const FIRMWARE_ENTRIES: readonly ElementEntry[] = [
  {
    path: 'domain/os/firmware',
    summary:
      'Narrows down which firmware libvirt chooses by itself; only together with the firmware attribute of os.',
    since: '7.2.0',
    example:
      "<os firmware='efi'>\n  <type machine='q35'>hvm</type>\n  <firmware>\n    <feature enabled='yes' name='secure-boot'/>\n    <feature enabled='yes' name='enrolled-keys'/>\n  </firmware>\n</os>",
    chapter: 'bios-bootloader',
  },
  {
    path: 'domain/os/firmware/feature',
    summary:
      'A property that the chosen firmware must have, or must not have. Properties that are not listed play no part.',
    since: '7.2.0',
    chapter: 'bios-bootloader',
    attributes: {
      enabled: {
        summary: 'Whether the firmware has to have the property or has to be without it.',
        values: '`yes` or `no`.',
      },
      name: {
        summary: 'The property in question.',
        values:
          '`secure-boot` (can verify signatures), `enrolled-keys` (has the usual certificates in its store, without which Secure Boot lets unsigned programs through).',
      },
    },
  },
  {
    path: 'domain/os/loader',
    summary:
      "Firmware image that the guest starts with. With firmware='efi' on os libvirt fills it in; written by hand it fixes one file of one distribution.",
    values: 'An absolute path on the host, such as /usr/share/OVMF/OVMF_CODE_4M.fd.',
    since: '0.9.12',
    example:
      "<loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE_4M.fd</loader>\n<nvram template='/usr/share/OVMF/OVMF_VARS_4M.fd'/>",
    chapter: 'bios-bootloader',
    attributes: {
      readonly: {
        summary:
          'Whether the guest may write to the image. UEFI images are shared by guests and should be read-only; then the variables need a store of their own (nvram).',
        values: '`yes` or `no`.',
        since: '1.2.8',
      },
      type: {
        summary: 'How the image is put into the guest.',
        values:
          '`pflash` (flash memory, which UEFI needs in order to keep variables) or `rom` (read-only memory, as BIOS images have it).',
        since: '1.2.8',
      },
      secure: {
        summary:
          'States that this build of the firmware does Secure Boot; it does not switch it on. On x86 QEMU then needs q35 and the smm feature.',
        values: '`yes` or `no`.',
        since: '2.1.0',
      },
      stateless: {
        summary:
          'Runs the firmware without any store: changes of boot entries and keys are lost at power-off. Wanted for AMD SEV, where a store could be tampered with. Excludes nvram.',
        values: '`yes` or `no`.',
        since: '8.6.0',
      },
      format: {
        summary:
          'Image format; when libvirt chooses the firmware, only builds in this format are considered.',
        values: '`raw` or `qcow2`.',
        since: '9.2.0',
      },
    },
  },
  {
    path: 'domain/os/nvram',
    summary:
      "File with this guest's UEFI variables (boot entries, Secure Boot keys), created from a template at the first start. Left out, it lies under /var/lib/libvirt/qemu/nvram. virsh undefine wants --nvram or --keep-nvram because of it.",
    since: '1.2.8',
    chapter: 'bios-bootloader',
    attributes: {
      template: {
        summary:
          'Pristine store that is copied when the guest has none yet. Needed only when the firmware is not one that libvirt knows.',
        values: 'An absolute path on the host.',
      },
      templateFormat: {
        summary: "Image format of the pristine store, where it is not told by the firmware's description.",
        values: '`raw` or `qcow2`.',
        since: '10.10.0',
      },
      type: {
        summary:
          "Where the store is, when a source element describes it; it has the same attributes as a disk's.",
        values:
          '`file`, `block` (a device; it may have to be of the exact size that the firmware expects) or `network` (libvirt cannot fill it from the template then).',
        since: '8.5.0',
      },
      format: {
        summary:
          "Image format of the store. qcow2 allows internal snapshots of UEFI guests. Another format than the template's may not be converted for you.",
        values: '`raw` or `qcow2`.',
        since: '9.2.0',
      },
    },
  },
  {
    path: 'domain/os/varstore',
    summary:
      'Variables of UEFI, kept by a device of QEMU instead of flash memory. Brings Secure Boot to ARM, and protects the variables on x86 without the smm feature. Excludes nvram; libvirt fills in what is left out.',
    since: '12.1.0',
    chapter: 'bios-bootloader',
    attributes: {
      path: { summary: "File with this guest's variables.", values: 'An absolute path on the host.' },
      template: {
        summary: 'Pristine variables that the file is made from.',
        values: 'An absolute path on the host.',
      },
    },
  },
  {
    path: 'domain/os/nvram/source',
    summary:
      'The variable store itself, told as the source of a disk is: a file, a block device or an image on the network, as the type of nvram says.',
    since: '8.5.0',
    example: "<nvram type='file'>\n  <source file='/var/lib/libvirt/nvram/web1_VARS.fd'/>\n</nvram>",
    chapter: 'bios-bootloader',
    attributes: {
      file: { summary: 'Path of the store on the host, with type file.', values: 'An absolute path.' },
      dev: { summary: 'Block device that holds the store, with type block.', values: 'An absolute path.' },
      protocol: {
        summary: 'How the image is reached over the network, with type network.',
        values: 'As for disks: for instance `iscsi`, `rbd`, `nbd`.',
      },
      name: { summary: 'Which image or target on that server holds the store, with type network.' },
    },
  },
];
