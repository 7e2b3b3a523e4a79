/** Parts of a disk that libvirt moved below `<source>` and still reads in their old place. */

import type { ElementEntry } from '../entry';

const chapter = 'hard-drives-floppy-disks-cdroms';

export const DISK_OLD_PLACE_ENTRIES: readonly ElementEntry[] = [
  {
    path: 'domain/devices/disk/auth',
    summary:
      'Login of a disk on the network, in its old place: since 3.9.0 it belongs into `<source>`. It cannot be in both.',
    chapter,
    since: '0.9.7',
    attributes: { username: { summary: 'Name to log in with; for Ceph without the `client.` in front.' } },
  },
  {
    path: 'domain/devices/disk/auth/secret',
    summary: 'The libvirt secret that holds the password or key.',
    chapter,
    attributes: {
      type: { summary: 'What the secret is for.', values: '`ceph` or `iscsi` (CHAP).' },
      uuid: { summary: 'The secret by its UUID; give either this or `usage`.' },
      usage: { summary: 'The secret by the name under `<usage>` in its own definition.' },
    },
  },
  {
    path: 'domain/devices/disk/encryption',
    summary: 'Encryption of the image, in its old place: since 3.9.0 it belongs into `<source>`.',
    chapter: 'formatstorageencryption#storage-volume-encryption-xml',
    attributes: {
      format: { summary: 'Kind of encryption.', values: '`luks`; `qcow` no longer works.' },
      engine: { summary: 'Who decrypts.', values: '`qemu` (default) or `librbd`.' },
    },
  },
  {
    path: 'domain/devices/disk/encryption/secret',
    summary: 'Names what libvirt keeps the passphrase in; `virsh secret-list` shows them all.',
    chapter: 'formatstorageencryption#storage-volume-encryption-xml',
    attributes: {
      type: { summary: 'What libvirt keeps in it: text that unlocks the image.', values: '`passphrase`.' },
      uuid: { summary: 'The secret by its UUID; give either this or `usage`.' },
      usage: { summary: 'The secret by what its own definition says it is for.' },
    },
  },
];
