/** What the guest boots from, but for its firmware. */

import type { ElementEntry } from '../entry';

export const OS_ENTRIES: readonly ElementEntry[] = [
  {
    path: 'domain/os',
    summary:
      'How the guest boots: its machine type, firmware, boot order, or a kernel handed over by the host.',
    example: "<os firmware='efi'>\n  <type arch='x86_64' machine='q35'>hvm</type>\n</os>",
    chapter: 'operating-system-booting',
    attributes: {
      firmware: {
        summary:
          'Lets libvirt choose firmware and variable store by the descriptions that the host has installed, and switch on what they need. Then neither path needs to be written. With VMware it only tells which firmware the guest uses.',
        values: '`efi` or `bios`.',
        since: '5.2.0',
      },
    },
  },
  {
    path: 'domain/os/type',
    summary: 'The interface that the guest expects of its machine.',
    values:
      '`hvm` for a complete machine, as on bare metal (all QEMU and KVM guests); `linux` and `xen` for paravirtualized Xen guests, `xenpvh` for Xen PVH; `exe` for containers.',
    since: '0.0.1',
    chapter: 'bios-bootloader',
    attributes: {
      arch: {
        summary: "Architecture of the virtual CPU. Without it the host's own is taken by most drivers.",
        values:
          'For instance `x86_64`, `i686`, `aarch64`, `ppc64le`, `s390x`, `riscv64` (virsh capabilities lists all).',
      },
      machine: {
        summary:
          'The board that QEMU emulates. An alias such as q35 is replaced by the newest version of it when the domain is defined, so that the guest keeps its hardware through upgrades of QEMU; raise the version by hand.',
        values:
          'For instance `q35` (PCIe), `pc` (the old i440fx), `virt` (ARM, RISC-V); qemu-system-x86_64 -M help.',
      },
    },
  },
  {
    path: 'domain/os/boot',
    summary:
      'One kind of device to boot from; repeat it for the next ones to try. Only the first device of each kind counts, therefore <boot order> inside the devices is the better way; the two cannot be combined.',
    since: '0.1.3',
    example: "<boot dev='network'/>\n<boot dev='hd'/>",
    chapter: 'bios-bootloader',
    attributes: {
      dev: {
        summary: 'Kind of device that the firmware tries at this place of the order.',
        values:
          '`hd` (disk), `cdrom`, `network` (PXE), `fd` (floppy). `hd` is the default where no boot element stands.',
      },
    },
  },
  {
    path: 'domain/os/bootmenu',
    summary:
      'Whether the firmware offers a menu of boot devices at the start. Handy while installing; costs its waiting time on each boot.',
    since: '0.8.3',
    chapter: 'bios-bootloader',
    attributes: {
      enable: {
        summary: 'Switches the prompt on or off.',
        values: '`yes` or `no`; otherwise the hypervisor decides.',
      },
      timeout: {
        summary: 'How long the menu waits for a key; only with the menu enabled.',
        unit: 'milliseconds',
        values: '0 to 65535.',
        since: '1.2.8',
      },
    },
  },
  {
    path: 'domain/os/smbios',
    summary:
      "Where the guest's SMBIOS tables come from: what dmidecode shows, and what some licences are bound to.",
    since: '0.8.7',
    chapter: 'bios-bootloader',
    attributes: {
      mode: {
        summary: 'Source of the tables; without the element the hypervisor fills them in.',
        values:
          '`emulate` (the hypervisor makes them up), `host` (blocks 0 and 1 as the host has them, without its UUID), `sysinfo` (as written in the sysinfo element).',
      },
    },
  },
  {
    path: 'domain/os/bios',
    summary: 'Settings that only a classic BIOS (SeaBIOS) honours; UEFI passes over them.',
    since: '0.9.4',
    chapter: 'bios-bootloader',
    attributes: {
      useserial: {
        summary:
          'Copies the messages of the BIOS to the first serial port, so that a guest without a screen can be watched from the start. The guest needs a serial port.',
        values: '`yes` or `no`.',
        since: '0.9.4',
      },
      rebootTimeout: {
        summary: 'Tries to boot again after this time when no device could be booted.',
        unit: 'milliseconds',
        values: '0 to 65535; -1 gives up for good.',
        since: '0.10.2',
      },
    },
  },
  {
    path: 'domain/os/kernel',
    summary:
      'Kernel image on the host that is loaded straight into the guest, without boot loader or firmware menu: for installers, microVMs and tests. Updates inside the guest do not reach it.',
    values: 'An absolute path on the host, readable for the emulator.',
    chapter: 'direct-kernel-boot',
    example:
      '<kernel>/var/lib/guests/vmlinuz</kernel>\n<initrd>/var/lib/guests/initrd.img</initrd>\n<cmdline>console=ttyS0 root=/dev/vda1</cmdline>',
  },
  {
    path: 'domain/os/initrd',
    summary: 'Initial ramdisk that goes with the kernel given here; leave it out for kernels that need none.',
    values: 'An absolute path on the host.',
    chapter: 'direct-kernel-boot',
  },
  {
    path: 'domain/os/cmdline',
    summary:
      'Parameters for the kernel given here, such as console=ttyS0 or where an installer finds its answers. In containers it is what /proc/cmdline shows. Without a kernel element QEMU has nothing to give them to.',
    chapter: 'direct-kernel-boot',
  },
  {
    path: 'domain/os/shim',
    summary:
      'First-stage UEFI loader that vouches for the kernel given here, so that Secure Boot also holds for a kernel that the host hands over.',
    values: 'An absolute path on the host.',
    chapter: 'direct-kernel-boot',
  },
  {
    path: 'domain/os/dtb',
    summary:
      'Compiled device tree that describes the board to the kernel, for ARM, PowerPC and RISC-V boards whose tree QEMU does not make itself.',
    values: 'An absolute path on the host.',
    since: '1.0.4',
    chapter: 'direct-kernel-boot',
  },
  {
    path: 'domain/os/acpi',
    summary:
      'ACPI tables added to those of the machine. To switch ACPI itself on or off, use the acpi element of features.',
    chapter: 'common-os-element-configuration',
  },
  {
    path: 'domain/os/acpi/table',
    summary:
      'File on the host with an ACPI table, such as the licence table of a Windows that came with the hardware. Only raw may be repeated.',
    values: 'An absolute path on the host.',
    example: "<acpi>\n  <table type='msdm'>/var/lib/guests/msdm.bin</table>\n</acpi>",
    chapter: 'common-os-element-configuration',
    attributes: {
      type: {
        summary: 'What the file holds; for the licence tables the signature is set to fit.',
        values:
          '`slic` (older Windows licences, since 1.3.5), `msdm` (licences since Windows 8, since 11.2.0), `raw` (one table of any kind, since 11.2.0), `rawset` (several tables in a row, Xen only, since 11.2.0).',
      },
    },
  },
  {
    path: 'domain/bootloader',
    summary:
      'Program on the host that finds the kernel for a paravirtualized guest: pygrub for Xen, bhyveload or grub-bhyve for bhyve. QEMU and KVM guests have firmware instead.',
    values: 'An absolute path on the host.',
    since: '0.1.0',
    chapter: 'host-bootloader',
  },
  {
    path: 'domain/bootloader_args',
    summary: 'Arguments for the loader program on the host, as one line.',
    since: '0.2.3',
    example: '<bootloader_args>--append single</bootloader_args>',
    chapter: 'host-bootloader',
  },
];
