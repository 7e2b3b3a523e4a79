/** How a disk on the network is reached: servers, names and secrets, limits of waiting. Paths below a source. */

import type { ElementEntry } from '../entry';

const chapter = 'hard-drives-floppy-disks-cdroms';

/** Children of a source, with paths below it. */
export const sourceAccessParts: readonly ElementEntry[] = [
  {
    path: 'host',
    summary:
      'A server that holds the image. `rbd` takes its monitors, `gluster` several servers; the others take one.',
    example: "<host name='ceph-mon1.example.org' port='6789'/>",
    chapter,
    since: '0.8.7',
    attributes: {
      name: { summary: 'Name or address of the server. IPv6 addresses without brackets.' },
      port: {
        summary: 'Port of the server.',
        values:
          'When left out: 10809 for `nbd`, 3260 for `iscsi`, 24007 for `gluster`, 7000 for `sheepdog`, 9999 for `vxhs`. `nfs` takes none.',
      },
      transport: {
        summary: 'How the connection is made.',
        values:
          '`tcp` (default); `unix` for `nbd` and `gluster`, with `socket` in place of name and port; `rdma` for `gluster`.',
      },
      socket: { summary: 'Transport `unix`: where the server listens on this host.' },
    },
  },
  {
    path: 'auth',
    summary:
      'Who logs in to the server, for `rbd`, `iscsi` and `ssh`. The password is not written here but held by a secret of libvirt.',
    example:
      "<auth username='libvirt'>\n  <secret type='ceph' uuid='2ec115d7-3a88-3ceb-bc12-0ac909a6fd87'/>\n</auth>",
    chapter,
    since: '3.9.0',
    attributes: { username: { summary: 'Name to log in with; for Ceph without the `client.` in front.' } },
  },
  {
    path: 'auth/secret',
    summary:
      'The libvirt secret that holds the password or key; `virsh secret-define` and `secret-set-value` make it.',
    chapter,
    since: '3.9.0',
    attributes: {
      type: { summary: 'What the secret is for.', values: '`ceph` or `iscsi` (CHAP).' },
      uuid: { summary: 'The secret by its UUID; give either this or `usage`.' },
      usage: { summary: 'The secret by the name under `<usage>` in its own definition.' },
    },
  },
  {
    path: 'initiator',
    summary: 'Who the host is to an iSCSI server that lets only known initiators in.',
    example: "<initiator>\n  <iqn name='iqn.2013-07.com.example:host1'/>\n</initiator>",
    chapter,
    since: '4.7.0',
  },
  {
    path: 'initiator/iqn',
    summary: 'The qualified name that QEMU presents when it logs in.',
    chapter,
    since: '4.7.0',
    attributes: {
      name: { summary: 'An iSCSI qualified name, which begins with `iqn.` and year and month.' },
    },
  },
  {
    path: 'snapshot',
    summary:
      'Opens a snapshot inside the storage in place of the current state, for `rbd`. Read-only by nature.',
    chapter,
    since: '1.2.11',
    attributes: { name: { summary: 'What `rbd snap ls` calls it.' } },
  },
  {
    path: 'config',
    summary: 'Configuration of the client library, for `rbd`: where not `/etc/ceph/ceph.conf` is meant.',
    chapter,
    since: '1.2.11',
    attributes: { file: { summary: 'Absolute path on the host; QEMU must be able to read it.' } },
  },
  {
    path: 'reservations',
    summary:
      'Lets a `lun` disk use persistent reservations of SCSI, by which cluster software fences a node, through a helper process with the needed rights.',
    example: "<reservations managed='yes'/>",
    chapter,
    since: '4.4.0',
    attributes: {
      managed: {
        summary: 'Whether libvirt starts the helper qemu-pr-helper itself, which is advised, or you run one.',
        values: '`yes`, or `no` with a `<source>` that names its socket.',
      },
      migration: {
        summary: 'Whether reservations move with the guest when it migrates.',
        values: '`yes` or `no`.',
        since: '12.1.0',
      },
    },
  },
  {
    path: 'reservations/source',
    summary: 'Socket of the helper that you run yourself.',
    example: "<source type='unix' path='/run/qemu-pr.sock' mode='client'/>",
    chapter,
    since: '4.4.0',
    attributes: {
      type: { summary: 'Helpers listen on UNIX sockets only.', values: '`unix`.' },
      path: { summary: 'Where the helper listens; QEMU needs rights to write there.' },
      mode: { summary: 'QEMU connects to the helper.', values: '`client`.' },
    },
  },
  {
    path: 'reservations/source/reconnect',
    summary: 'Whether QEMU connects again when the helper was restarted.',
    chapter,
    attributes: {
      enabled: {
        summary: 'Without it commands about reservations fail once the helper went away.',
        values: '`yes` or `no`.',
      },
      timeout: { summary: 'Pause between two tries.', unit: 'seconds' },
      delay: { summary: 'For `nbd` disks; says nothing here.', unit: 'seconds' },
    },
  },
  {
    path: 'ssl',
    summary: 'How the certificate of an `https` or `ftps` server is treated.',
    chapter,
    since: '6.2.0',
    attributes: {
      verify: {
        summary: 'With `no` any certificate is taken, so the server could be another one.',
        values: '`yes` (default) or `no`.',
      },
    },
  },
  {
    path: 'cookies',
    summary: 'Cookies sent with each request to an `http` or `https` server that demands a session.',
    example: "<cookies>\n  <cookie name='session'>4711</cookie>\n</cookies>",
    chapter,
    since: '6.2.0',
  },
  {
    path: 'cookies/cookie',
    summary: 'One cookie; the text is its value, in the characters that HTTP allows.',
    chapter,
    since: '6.2.0',
    attributes: { name: { summary: 'What the server looks it up by.' } },
  },
  {
    path: 'readahead',
    summary:
      'How much is fetched beyond what the guest asked for, over `http` and the like. Helps reading in sequence.',
    chapter,
    since: '6.2.0',
    attributes: { size: { summary: 'Size of that buffer; 0 leaves it to QEMU.', unit: 'bytes' } },
  },
  {
    path: 'timeout',
    summary: 'How long to wait for a connection to an `http`, `ftp` or similar server.',
    chapter,
    since: '6.2.0',
    attributes: {
      seconds: { summary: 'After that the request fails; 0 leaves it to QEMU.', unit: 'seconds' },
    },
  },
  {
    path: 'identity',
    summary:
      'Protocol `nfs`: user and group that the server sees. Protocol `ssh`: user and key to log in with, in place of a password.',
    example: "<identity username='backup' keyfile='/etc/libvirt/keys/backup'/>",
    chapter,
    attributes: {
      user: { summary: 'Protocol `nfs`: user by name, or by number with `+` in front.' },
      group: { summary: 'Protocol `nfs`: group by name, or by number with `+` in front.' },
      username: { summary: 'Protocol `ssh`: who logs in on the server.' },
      keyfile: { summary: 'Protocol `ssh`: path of a private key without a passphrase.' },
      agentsock: {
        summary:
          'Protocol `ssh`: socket of an ssh agent that holds the key, which may then have a passphrase.',
      },
    },
  },
  {
    path: 'knownHosts',
    summary: 'Protocol `ssh`: a known_hosts file that must hold the key of the server, or it is not trusted.',
    chapter,
    since: '9.8.0',
    attributes: { path: { summary: 'Where it lies on the host; lines as ssh-keyscan prints them.' } },
  },
  {
    path: 'reconnect',
    summary:
      "What happens when the connection is lost. For `nbd` the guest's requests can wait for it to come back instead of failing at once.",
    example: "<reconnect delay='10'/>",
    chapter,
    attributes: {
      enabled: { summary: 'Type `vhostuser`: whether QEMU tries again.', values: '`yes` or `no`.' },
      timeout: { summary: 'Type `vhostuser`: pause before each try.', unit: 'seconds' },
      delay: {
        summary:
          'Protocol `nbd`: how long requests are held back; after that they fail until the server is back.',
        unit: 'seconds',
        values: '0 when left out.',
      },
    },
  },
];
