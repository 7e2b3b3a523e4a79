/** What a network interface is connected to on the host, and what belongs to the connection. */

import type { ElementEntry } from '../entry';

export const INTERFACE_SOURCE_ENTRIES: readonly ElementEntry[] = [
  {
    path: 'domain/devices/interface/source',
    summary: "The host's end; which attributes count is decided by the type of the interface.",
    example: "<source network='default'/>",
    chapter: 'network-interfaces',
    attributes: {
      network: {
        summary:
          'Type `network`: name of a virtual network of libvirt, which must be active at start (`virsh net-list`).',
      },
      portgroup: {
        summary:
          'Type `network`: class of connection that the network defines, with its own bandwidth or VLAN.',
        since: '0.9.4',
      },
      portid: {
        summary:
          'Type `network`: the port that libvirt made for the running guest. Ignored in what you write.',
        since: '5.1.0',
      },
      bridge: { summary: 'Type `bridge`: name of a Linux or Open vSwitch bridge that exists on the host.' },
      dev: {
        summary:
          'Type `direct`: card of the host that macvtap sits on; the host itself cannot reach the guest over it. Type `vdpa`: the character device. Type `user` with passt: card whose routes are used.',
      },
      mode: {
        summary:
          'Type `direct`: how frames between guests on the same card travel. Type `vhostuser`: who opens the socket.',
        values:
          '`vepa` (default; over the switch outside, which must send them back), `bridge` (straight), `private` (not at all), `passthrough` (one guest owns the card). `client` (QEMU connects, survives restarts of the switch) or `server` (QEMU waits at start).',
      },
      type: {
        summary: 'Type `vhostuser`: kind of the socket.',
        values: '`unix`, the default since 11.1.0.',
      },
      path: {
        summary: 'Type `vhostuser`: the socket shared with the switch. QEMU needs shared memory for it.',
      },
      address: {
        summary:
          'Of the tunnels `mcast`, `server`, `client` and `udp`: the multicast group, the address to listen on or the one to send to.',
      },
      port: {
        summary: 'Of the tunnels: port that belongs to the address, the same on all guests of a tunnel.',
      },
      name: { summary: 'Type `internal`: name of the network inside the hypervisor.' },
      macTableManager: {
        summary: 'Who keeps the table of MAC addresses of the bridge, as libvirt reports it.',
        values: '`kernel` or `libvirt`.',
      },
      switchid: { summary: 'Type `vds`: the distributed switch of VMware by its UUID.', since: '8.7.0' },
      portgroupid: { summary: 'Type `vds`: the port group on that switch.', since: '8.7.0' },
      connectionid: { summary: 'Type `vds`: number that ESX gave to the connection.', since: '8.7.0' },
    },
  },
  {
    path: 'domain/devices/interface/source/address',
    summary: 'Type `hostdev`: PCI address of the SR-IOV function on the host, as lspci shows it.',
    example: "<address type='pci' domain='0x0000' bus='0x03' slot='0x10' function='0x2'/>",
    chapter: 'pci-passthrough',
    since: '0.9.11',
    attributes: {
      type: { summary: 'Kind of the device on the host.', values: '`pci`; `usb` for adapters on USB.' },
      domain: { summary: 'First part of the PCI address, mostly `0x0000`.' },
      bus: { summary: 'Second part of the PCI address, before the slot; for USB the number of the bus.' },
      slot: { summary: 'Third part of the PCI address, before the dot.' },
      function: { summary: 'Part of the PCI address after the dot.' },
      multifunction: {
        summary: "Says nothing here: it matters in the guest's own addresses only.",
        values: '`on` or `off`.',
      },
      device: { summary: 'For USB: number on the bus, as lsusb shows it.' },
    },
  },
  {
    path: 'domain/devices/interface/source/vendor',
    summary: 'Type `hostdev` with a USB adapter: finds it by who made it, together with `<product>`.',
    chapter: 'pci-passthrough',
    attributes: { id: { summary: 'First number that lsusb shows after ID.' } },
  },
  {
    path: 'domain/devices/interface/source/product',
    summary: 'Type `hostdev` with a USB adapter: finds it by its kind, together with `<vendor>`.',
    chapter: 'pci-passthrough',
    attributes: { id: { summary: 'Second number that lsusb shows after ID.' } },
  },
  {
    path: 'domain/devices/interface/source/reconnect',
    summary: 'Type `vhostuser` as a client: whether QEMU connects again when the switch was restarted.',
    example: "<reconnect enabled='yes' timeout='10'/>",
    chapter: 'vhost-user-connection',
    since: '4.1.0',
    attributes: {
      enabled: {
        summary: 'Without it the link stays dead after the switch went away.',
        values: '`yes` or `no`.',
      },
      timeout: { summary: 'Pause between two tries.', unit: 'seconds' },
      delay: { summary: 'For `nbd` disks; says nothing here.', unit: 'seconds' },
    },
  },
  {
    path: 'domain/devices/interface/source/ip',
    summary: "Type `ethernet`: an address that libvirt sets on the host's end of the link.",
    chapter: 'ip-configuration',
    since: '2.1.0',
    attributes: {
      family: { summary: 'Which protocol the address is of.', values: '`ipv4` or `ipv6`.' },
      address: { summary: "What the host's end shall be reached by." },
      prefix: { summary: 'How many leading bits of the address name its network.' },
      peer: { summary: "The guest's address on a point-to-point link." },
    },
  },
  {
    path: 'domain/devices/interface/source/route',
    summary: 'Type `ethernet`: a route that libvirt sets on the host, over this link.',
    chapter: 'ip-configuration',
    since: '2.1.0',
    attributes: {
      family: { summary: 'Which protocol the network is of.', values: '`ipv4` or `ipv6`.' },
      address: { summary: 'The network that lies behind the guest.' },
      prefix: { summary: 'How many leading bits of the address name the network.' },
      netmask: { summary: 'The same as `prefix` in the old spelling, such as `255.255.255.0`.' },
      gateway: { summary: "The guest's address that packets are handed to." },
      metric: { summary: 'Of several routes that fit, the one with the lowest number is taken.' },
    },
  },
  {
    path: 'domain/devices/interface/source/local',
    summary: 'Type `udp`: where the host sends its packets from, and takes the answers.',
    chapter: 'udp-unicast-tunnel',
    since: '1.2.20',
    attributes: {
      address: { summary: "One of the host's own addresses." },
      port: { summary: 'UDP number that the other side sends to.' },
    },
  },
  {
    path: 'domain/devices/interface/virtualport',
    summary:
      'What a switch wants to know of the connection. With type `openvswitch` a `bridge` interface is plugged into an Open vSwitch bridge.',
    example: "<virtualport type='openvswitch'>\n  <parameters profileid='menial'/>\n</virtualport>",
    chapter: 'virtual-network',
    since: '0.8.2',
    attributes: {
      type: {
        summary: 'Kind of the switch. Left out on type `network`, the network supplies it.',
        values:
          '`openvswitch` (since 0.9.11), `802.1Qbg` (VEPA), `802.1Qbh` (VN-Link), `midonet` (since 1.2.13).',
      },
    },
  },
  {
    path: 'domain/devices/interface/virtualport/parameters',
    summary: 'The values that the switch asks for; those missing are taken from port group and network.',
    chapter: 'direct-attachment-to-physical-interface',
    since: '0.8.2',
    attributes: {
      interfaceid: {
        summary:
          'Open vSwitch and MidoNet: UUID of the port, by which controllers such as OVN find it. Libvirt makes one for Open vSwitch.',
        since: '0.9.11',
      },
      profileid: { summary: '802.1Qbh and Open vSwitch: name of the port profile that holds the settings.' },
      managerid: {
        summary: '802.1Qbg: number of the database that knows the types below.',
        values: '1 to 255.',
      },
      typeid: { summary: "802.1Qbg: number of the type of access, given by the network's administrator." },
      typeidversion: { summary: '802.1Qbg: which edition of that type.', values: '0 to 255.' },
      instanceid: { summary: '802.1Qbg: UUID of this very connection; made by libvirt when left out.' },
    },
  },
];
