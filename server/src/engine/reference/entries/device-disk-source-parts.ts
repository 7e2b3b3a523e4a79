/** Attributes of a `<source>` of a disk, and what stands in it whatever the protocol. */

import type { AttributeEntry, ElementEntry } from '../entry';
import { sourceLabelAttributes } from './device-any';

const chapter = 'hard-drives-floppy-disks-cdroms';

/** Which of them count is a matter of the disk's type. */
export const sourceAttributes: Readonly<Record<string, AttributeEntry>> = {
  file: {
    summary: "Type `file`: absolute path of the image on the host. QEMU's user must be able to reach it.",
  },
  dev: {
    summary:
      'Type `block`: path of the device, best a stable one below `/dev/disk/by-id` or of LVM. Type `vhostvdpa`: the character device, such as `/dev/vhost-vdpa-0`.',
  },
  dir: {
    summary:
      'Type `dir`: directory that QEMU offers as a FAT disk. Use it read-only; changes made outside can confuse the guest.',
    since: '0.7.5',
  },
  protocol: {
    summary: 'Type `network`: how the server is spoken to.',
    values:
      '`rbd` (Ceph), `iscsi`, `nbd`, `nfs`, `gluster`, `ssh`, `http`, `https`, `ftp`, `ftps`, `tftp`, `sheepdog`, `vxhs`.',
    since: '0.8.7',
  },
  name: {
    summary:
      'Type `network`: what to open on the server. For `rbd` pool and image with a slash, for `iscsi` the target with an optional slash and unit number, for `http` the path. Only `nbd` can do without.',
  },
  tls: {
    summary:
      'Encrypts the connection to an `nbd` or `vxhs` server. The certificates are those that qemu.conf names.',
    values: '`yes` or `no`; qemu.conf decides when it is left out.',
    since: '4.5.0',
  },
  tlsHostname: {
    summary:
      'Name that the certificate of the `nbd` server must carry, where it is not the name of the host.',
    since: '8.2.0',
  },
  query: {
    summary: 'What follows the question mark in the address, for `http` and `https`.',
    since: '6.2.0',
  },
  pool: {
    summary: "Type `volume`: libvirt's storage pool that holds the volume; it must be running at start.",
    since: '1.0.5',
  },
  volume: { summary: 'Type `volume`: name of the volume as `virsh vol-list` prints it.', since: '1.0.5' },
  mode: {
    summary: 'Of a volume in an iSCSI pool: who speaks iSCSI.',
    values: '`host` (default; the host logs in and QEMU opens the device), `direct` (QEMU connects itself).',
    since: '1.1.1',
  },
  startupPolicy: {
    summary: 'What happens when the file is missing, mostly for images in CD-ROM drives.',
    values:
      '`mandatory` (default; start fails), `requisite` (start fails, but migration and restore drop it), `optional` (dropped whenever missing).',
    since: '0.9.7',
  },
  index: {
    summary:
      'Names the top image in block jobs. Given by libvirt while the guest runs, ignored in what you write.',
  },
  fdgroup: {
    summary:
      'Opens the image through file descriptors that a program handed to libvirt under this name, where libvirt cannot open the path itself.',
    since: '9.0.0',
  },
  type: {
    summary: 'Type `nvme`: kind of the address below. Type `vhostuser`: kind of the socket.',
    values: '`pci` for `nvme`, `unix` for `vhostuser`.',
  },
  managed: {
    summary:
      "Type `nvme`: whether libvirt takes the controller from the host's driver at start and gives it back.",
    values: '`yes` or `no`.',
    since: '6.0.0',
  },
  namespace: { summary: 'Type `nvme`: number of the namespace to use.', values: 'From 1.', since: '6.0.0' },
  path: {
    summary: 'Type `vhostuser`: the socket of the process that does the I/O.',
    since: '7.1.0',
  },
};

/** Children of a source, with paths below it. */
export const sourceParts: readonly ElementEntry[] = [
  {
    path: 'slices',
    summary:
      'Uses only a part of the storage. Mostly written by libvirt or backup tools, for images kept inside a larger file or device.',
    chapter,
    since: '6.1.0',
  },
  {
    path: 'slices/slice',
    summary: 'The part in use, from `offset` on for `size`.',
    example: "<slice type='storage' offset='12345' size='123'/>",
    chapter,
    since: '6.1.0',
    attributes: {
      type: {
        summary: 'What the numbers speak of.',
        values: '`storage`: the file or device that holds the image.',
      },
      offset: { summary: 'Where the image begins, counted from the start of the storage.', unit: 'bytes' },
      size: { summary: 'How long the image is; the guest cannot reach beyond.', unit: 'bytes' },
    },
  },
  {
    path: 'dataStore',
    summary:
      "The raw file or device that holds the guest's data of a qcow2 image with an external data file; the image itself then keeps only the tables.",
    chapter,
    since: '10.10.0',
    attributes: { type: { summary: 'Kind of storage of the data file, with the same words as for a disk.' } },
  },
  {
    path: 'dataStore/format',
    summary: "How the guest's data lie in the file: as they are.",
    chapter,
    since: '10.10.0',
    attributes: { type: { summary: 'QEMU takes external data files in one layout only.', values: '`raw`.' } },
  },
  {
    path: 'address',
    summary: 'Type `nvme`: PCI address of the controller on the host, as lspci shows it.',
    example: "<address domain='0x0000' bus='0x01' slot='0x00' function='0x0'/>",
    chapter,
    since: '6.0.0',
    attributes: {
      domain: { summary: 'First part of the address, mostly `0x0000`.' },
      bus: { summary: 'Second part of the address, before the colon of the slot.' },
      slot: { summary: 'Third part of the address, before the dot.' },
      function: { summary: 'Part of the address after the dot.' },
      multifunction: {
        summary: "Says nothing here: it matters in the guest's own addresses only.",
        values: '`on` or `off`.',
      },
    },
  },
  {
    path: 'encryption',
    summary:
      'The image is encrypted and QEMU decrypts it, so the guest sees plain data. The passphrase stays in a secret of libvirt (`virsh secret-set-value`).',
    example:
      "<encryption format='luks'>\n  <secret type='passphrase' uuid='f52a81b2-424e-490c-823d-6bd4235bc572'/>\n</encryption>",
    chapter: 'formatstorageencryption#storage-volume-encryption-xml',
    since: '3.9.0',
    attributes: {
      format: {
        summary: 'Kind of encryption.',
        values:
          '`luks`; with engine `librbd` also `luks2` and `luks-any`, which takes whichever the image has. `qcow` no longer works.',
      },
      engine: {
        summary: 'Who decrypts.',
        values: '`qemu` (default) or `librbd`, the Ceph library, for `rbd` only.',
      },
    },
  },
  {
    path: 'encryption/secret',
    summary:
      'The passphrase, by the libvirt secret that holds it. Layered images of engine `librbd` have one for each layer, the top one first (since 9.3.0).',
    chapter: 'formatstorageencryption#storage-volume-encryption-xml',
    attributes: {
      type: { summary: 'What libvirt keeps in it: text that unlocks the image.', values: '`passphrase`.' },
      uuid: { summary: 'The secret by its UUID; give either this or `usage`.' },
      usage: { summary: 'The secret by what its own definition says it is for.', since: '2.1.0' },
    },
  },
  {
    path: 'seclabel',
    summary:
      'Labels this one image in another way than `<seclabel>` of the domain says, or not at all: for images that several guests share, or on file systems that take no labels.',
    example: "<seclabel model='dac' relabel='no'/>",
    chapter: 'security-label',
    since: '0.9.9',
    attributes: sourceLabelAttributes,
  },
  {
    path: 'seclabel/label',
    summary: 'The label of this image: for SELinux a context, for `dac` user and group, such as `+107:+107`.',
    chapter: 'security-label',
    since: '0.9.9',
  },
  {
    path: 'encryption/cipher',
    summary:
      'How a new LUKS volume is to be encrypted. Counts when libvirt makes the volume; an existing one says in its header how it is.',
    chapter: 'formatstorageencryption#storage-volume-encryption-xml',
    since: '2.1.0',
    attributes: {
      name: {
        summary: 'The algorithm.',
        values: '`aes` in nearly all cases; `serpent`, `twofish` and others where built in.',
      },
      size: { summary: 'How long the key is.', unit: 'bits', values: '256 when left out.' },
      mode: { summary: 'How blocks are chained.', values: '`xts`, `cbc` or `ecb`.' },
      hash: { summary: 'Algorithm that the key is derived with.', values: '`sha256` when left out.' },
    },
  },
  {
    path: 'encryption/ivgen',
    summary: 'How a new LUKS volume makes the first value of each sector; goes along with `<cipher>`.',
    chapter: 'formatstorageencryption#storage-volume-encryption-xml',
    since: '2.1.0',
    attributes: {
      name: {
        summary: 'The method.',
        values: '`plain64` (usual with `xts`), `essiv` (usual with `cbc`), `plain`.',
      },
      hash: { summary: 'Algorithm that `essiv` works with.', values: '`sha256` when left out.' },
    },
  },
  {
    path: 'privateData',
    summary: 'What libvirt keeps for itself in the status of a running guest. Never written by hand.',
    chapter,
  },
];
