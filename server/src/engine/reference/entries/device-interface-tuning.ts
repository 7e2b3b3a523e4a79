/** What tunes, shapes and separates the traffic of a network interface. */

import type { ElementEntry } from '../entry';
import { eventIdx, ioeventfd } from './device-virtio';

const drivers = 'setting-nic-driver-specific-options';
const shaping = 'quality-of-service';

export const INTERFACE_TUNING_ENTRIES: readonly ElementEntry[] = [
  {
    path: 'domain/devices/interface/driver',
    summary: 'How packets of a virtio card are moved. The usual tuning is one queue for each vCPU.',
    example: "<driver name='vhost' queues='4' rx_queue_size='1024'/>",
    chapter: drivers,
    attributes: {
      name: {
        summary:
          "Who moves the packets. The kernel's vhost is taken where there is one; of type `hostdev` it names the way of assignment and can be left out.",
        values: '`vhost` or `qemu`; for `hostdev` `vfio`, `kvm` or `xen`.',
        since: '0.8.8',
      },
      model: {
        summary:
          'Of type `hostdev`: host driver that is bound in place of vfio-pci, such as one made for the card.',
        since: '10.0.0',
      },
      queues: {
        summary:
          'Pairs of queues of a virtio card, so that several vCPUs send and receive at the same time. Linux uses them all at once, other guests must turn them on.',
        values: 'Up to the number of vCPUs, at most 256.',
        since: '1.0.6',
      },
      rx_queue_size: {
        summary: 'Entries of each receive queue. Raised against packets lost in bursts.',
        values: "A power of two, 256 (QEMU's default) to 1024.",
        since: '2.3.0',
      },
      tx_queue_size: {
        summary: 'Entries of each send queue. More than 256 work with `vhostuser` and `vdpa` only.',
        values: "A power of two, 256 (QEMU's default) to 1024.",
        since: '3.7.0',
      },
      txmode: {
        summary: 'How sending goes on when the buffer is full, without vhost. Leave it out.',
        values: '`iothread` (sooner, at more cost) or `timer` (gathers packets for a while).',
        since: '0.8.8',
      },
      ioeventfd: { ...ioeventfd, since: '0.9.3' },
      event_idx: eventIdx,
      iommufd: {
        summary: "Of type `hostdev`: uses the kernel's newer interface `/dev/iommu` for the memory mappings.",
        values: '`yes` or `no`.',
        since: '12.1.0',
      },
      rss: {
        summary:
          "Spreads incoming packets over the queues by a hash of their addresses, as the guest's driver asks. For Windows guests with several queues.",
        values: '`on` or `off` (default).',
        since: '8.3.0',
      },
      rss_hash_report: {
        summary:
          'Hands the hash of each packet to the guest, which then need not compute it. Goes along with `rss`.',
        values: '`on` or `off` (default).',
        since: '8.3.0',
      },
    },
  },
  {
    path: 'domain/devices/interface/driver/host',
    summary:
      'Work on packets that the host may leave to later stages, all on where supported. Single ones are turned off against faulty drivers, or so that a capture shows packets as they go over the wire.',
    example: "<host csum='off' gso='off' tso4='off' tso6='off' ecn='off' ufo='off' mrg_rxbuf='off'/>",
    chapter: drivers,
    since: '1.2.9',
    attributes: {
      csum: { summary: 'The guest may send packets without a checksum.', values: '`on` (default) or `off`.' },
      gso: {
        summary: 'The guest may send packets larger than the link takes, of any protocol.',
        values: '`on` (default) or `off`.',
      },
      tso4: {
        summary: 'The guest may send large TCP segments over IPv4, cut later.',
        values: '`on` (default) or `off`.',
      },
      tso6: {
        summary: 'The guest may send large TCP segments over IPv6, cut later.',
        values: '`on` (default) or `off`.',
      },
      ecn: { summary: 'Large segments may carry marks of congestion.', values: '`on` (default) or `off`.' },
      ufo: {
        summary: 'The guest may send large UDP datagrams, cut later.',
        values: '`on` (default) or `off`.',
      },
      mrg_rxbuf: {
        summary: 'A received packet may fill several buffers, which makes large packets cheap.',
        values: '`on` (default) or `off`.',
        since: '1.2.13',
      },
    },
  },
  {
    path: 'domain/devices/interface/driver/guest',
    summary:
      'Packets that the guest agrees to receive unfinished, all on where supported. Turned off where the guest forwards packets and its driver cannot handle them.',
    example: "<guest csum='off' tso4='off' tso6='off' ecn='off' ufo='off'/>",
    chapter: drivers,
    since: '1.2.9',
    attributes: {
      csum: { summary: 'The guest takes packets without a checksum.', values: '`on` (default) or `off`.' },
      tso4: { summary: 'The guest takes large TCP segments over IPv4.', values: '`on` (default) or `off`.' },
      tso6: { summary: 'The guest takes large TCP segments over IPv6.', values: '`on` (default) or `off`.' },
      ecn: {
        summary: 'The guest takes large segments with marks of congestion.',
        values: '`on` (default) or `off`.',
      },
      ufo: { summary: 'The guest takes large UDP datagrams.', values: '`on` (default) or `off`.' },
    },
  },
  {
    path: 'domain/devices/interface/backend',
    summary:
      'What stands behind the card on the host: other device files than usual, or passt for type `user`.',
    example: "<backend type='passt' logFile='/run/user/1000/passt.log'/>",
    chapter: 'setting-network-backend-specific-options',
    since: '1.2.9',
    attributes: {
      type: {
        summary:
          "Of types `user` and `vhostuser`: with `passt` a process of its own carries the traffic, faster than slirp and with the host's own addresses for the guest.",
        values: '`default` (slirp) or `passt`.',
        since: '9.0.0',
      },
      tap: { summary: 'Device file to make tap devices with, where it is not `/dev/net/tun`.' },
      vhost: { summary: 'Device file of vhost, where it is not `/dev/vhost-net`.' },
      logFile: {
        summary:
          "Where passt writes its messages, for finding faults. With SELinux it must lie in the user's runtime folder.",
        since: '9.0.0',
      },
      hostname: { summary: 'Host name that passt gives to the guest over DHCP.', since: '11.8.0' },
      fqdn: { summary: 'Full name with domain that passt gives to the guest over DHCP.', since: '11.8.0' },
    },
  },
  {
    path: 'domain/devices/interface/portForward',
    summary:
      'With passt: hands connections that reach the host to the guest. Without `<range>` all ports of the protocol are handed on.',
    example: "<portForward proto='tcp'>\n  <range start='2222' to='22'/>\n</portForward>",
    chapter: 'userspace-connection-using-passt',
    since: '9.0.0',
    attributes: {
      proto: { summary: 'Which protocol is handed on.', values: '`tcp` or `udp`.' },
      address: { summary: 'Only what was sent to this address of the host; all addresses when left out.' },
      dev: { summary: 'Only what arrives on this card of the host.' },
    },
  },
  {
    path: 'domain/devices/interface/portForward/range',
    summary: 'One port or a row of ports that is handed to the guest, or kept from it.',
    chapter: 'userspace-connection-using-passt',
    since: '9.0.0',
    attributes: {
      start: { summary: 'First port on the host.', values: 'Below 1024 the process needs rights for it.' },
      end: { summary: 'Last port of the row; left out for a single one.' },
      to: { summary: 'Port in the guest that the first one leads to, where it differs; the others follow.' },
      exclude: {
        summary: 'With `yes` these ports are left out of a wider row.',
        values: '`yes` or `no` (default).',
      },
    },
  },
  {
    path: 'domain/devices/interface/tune',
    summary: 'Settings of the tap device; so far the send buffer alone.',
    chapter: 'setting-network-backend-specific-options',
    since: '0.8.8',
  },
  {
    path: 'domain/devices/interface/tune/sndbuf',
    summary: 'How much the tap device buffers before the guest has to wait. 0 means no bound.',
    unit: 'bytes',
    example: '<sndbuf>1600</sndbuf>',
    chapter: 'setting-network-backend-specific-options',
    since: '0.8.8',
  },
  {
    path: 'domain/devices/interface/coalesce',
    summary:
      'Gathers packets before an interrupt is raised: more throughput, more latency. Types `network` and `bridge`.',
    chapter: 'coalesce-settings',
    since: '3.3.0',
  },
  {
    path: 'domain/devices/interface/coalesce/rx',
    summary: 'Gathering of packets on their way to the host.',
    chapter: 'coalesce-settings',
    since: '3.3.0',
  },
  {
    path: 'domain/devices/interface/coalesce/rx/frames',
    summary: 'Bound of the gathering, as `ethtool -C` sets it on the tap device.',
    example: "<frames max='7'/>",
    chapter: 'coalesce-settings',
    since: '3.3.0',
    attributes: {
      max: { summary: 'After so many packets an interrupt is raised at the latest.', unit: 'packets' },
    },
  },
  {
    path: 'domain/devices/interface/bandwidth',
    summary:
      'Limits the traffic of this card, in and out on their own, seen from the guest. Can be changed on a running guest with `virsh domiftune`. Not for SR-IOV and vhost-user.',
    example:
      "<bandwidth>\n  <inbound average='1000' peak='5000' burst='1024'/>\n  <outbound average='128'/>\n</bandwidth>",
    chapter: shaping,
    since: '0.9.4',
    attributes: {
      classID: {
        summary:
          'Number of the shaping class on the bridge, as libvirt reports it. Ignored in what you write.',
      },
    },
  },
  {
    path: 'domain/devices/interface/bandwidth/inbound',
    summary: 'Traffic towards the guest; not limited when left out.',
    chapter: shaping,
    since: '0.9.4',
    attributes: {
      average: {
        summary: 'Rate that is kept in the long run. Needed with `peak` and `burst`.',
        unit: 'kilobytes per second',
      },
      peak: { summary: 'Highest rate during a burst.', unit: 'kilobytes per second' },
      burst: { summary: 'How much may be sent at the peak rate at one go.', unit: 'KiB' },
      floor: {
        summary:
          'Rate that the guest gets even when others are busy. Needs a virtual network with an inbound limit of its own.',
        unit: 'kilobytes per second',
        since: '1.0.1',
      },
    },
  },
  {
    path: 'domain/devices/interface/bandwidth/outbound',
    summary: 'Traffic from the guest; what exceeds the limit is dropped.',
    chapter: shaping,
    since: '0.9.4',
    attributes: {
      average: { summary: 'Rate that is kept in the long run.', unit: 'kilobytes per second' },
      peak: { summary: 'Ignored for this direction: Linux cannot do it.', unit: 'kilobytes per second' },
      burst: { summary: 'How much may pass beyond the average at one go.', unit: 'KiB' },
      floor: { summary: 'Refused for this direction: Linux cannot do it.', unit: 'kilobytes per second' },
    },
  },
  {
    path: 'domain/devices/interface/vlan',
    summary:
      "Tags that the host puts on the guest's traffic, unseen by the guest. Works on Open vSwitch, Linux bridges (since 11.0.0) and SR-IOV functions, not on libvirt's own virtual networks.",
    example: "<vlan>\n  <tag id='42'/>\n</vlan>",
    chapter: 'setting-vlan-tag-on-supported-network-types-only',
    since: '0.10.0',
    attributes: {
      trunk: {
        summary: 'The guest sees and sends tagged frames of the listed networks; implied by several tags.',
        values: '`yes`.',
      },
    },
  },
  {
    path: 'domain/devices/interface/vlan/tag',
    summary: 'One network that the card belongs to; several make a trunk.',
    chapter: 'setting-vlan-tag-on-supported-network-types-only',
    since: '0.10.0',
    attributes: {
      id: { summary: 'Number of the virtual network.', values: '0 to 4095.' },
      nativeMode: {
        summary:
          'On a trunk: makes this the network of untagged frames from the guest, and says whether they leave with a tag.',
        values: '`tagged` or `untagged`.',
        since: '1.1.0',
      },
    },
  },
  {
    path: 'domain/devices/interface/port',
    summary: "Settings of the bridge's port that the tap device is in.",
    chapter: 'isolating-guests-network-traffic-from-each-other',
    since: '6.1.0',
    attributes: {
      isolated: {
        summary:
          'Guests that are isolated do not reach each other over the bridge; they still reach all others on it.',
        values: '`yes` or `no` (default).',
      },
    },
  },
  {
    path: 'domain/devices/interface/filterref',
    summary:
      'A firewall of the host for this card: a filter defined with `virsh nwfilter-define`. `clean-traffic` stops a guest from forging its addresses.',
    example: "<filterref filter='clean-traffic'>\n  <parameter name='IP' value='10.0.0.5'/>\n</filterref>",
    chapter: 'traffic-filtering-with-nwfilter',
    since: '0.8.0',
    attributes: { filter: { summary: 'Name that `virsh nwfilter-list` prints.' } },
  },
  {
    path: 'domain/devices/interface/filterref/parameter',
    summary: 'A variable of the filter, such as the address that the guest may use. Repeated for a list.',
    chapter: 'traffic-filtering-with-nwfilter',
    since: '0.8.0',
    attributes: {
      name: { summary: 'Variable in the filter, without the dollar sign: `IP`, `MAC` or one of your own.' },
      value: { summary: 'What stands for the variable in the rules.' },
    },
  },
];
