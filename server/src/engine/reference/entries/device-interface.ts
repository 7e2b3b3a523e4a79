/** A network interface: what it is connected to on the host and what the guest sees of it. */

import type { ElementEntry } from '../entry';

const chapter = 'network-interfaces';

export const INTERFACE_ENTRIES: readonly ElementEntry[] = [
  {
    path: 'domain/devices/interface',
    summary:
      'A network card of the guest: `<source>` says what it is connected to, `<model>` what card it is.',
    example:
      "<interface type='bridge'>\n  <source bridge='br0'/>\n  <mac address='52:54:00:12:34:56'/>\n  <model type='virtio'/>\n</interface>",
    chapter,
    attributes: {
      type: {
        summary: 'What the card is connected to.',
        values:
          '`network` (a virtual network of libvirt), `bridge` (a bridge of the host), `direct` (macvtap on a card of the host), `ethernet` (a tap device, yours to connect), `user` (no rights needed; slirp or passt), `vhostuser` (a switch in user space such as OVS-DPDK), `hostdev` (an SR-IOV function), `vdpa`, `mcast`, `server`, `client` and `udp` (tunnels between guests), `internal`, `null` (unplugged), `vds` (VMware).',
      },
      managed: {
        summary:
          'Of type `hostdev`: whether libvirt takes the function from its host driver at start and gives it back at the end.',
        values: '`yes` or `no` (default).',
      },
      trustGuestRxFilters: {
        summary:
          'Lets the guest change MAC address, multicast and VLAN filters of its macvtap device. Needed for bridges and VRRP in the guest; it lets the guest pose as others.',
        values: '`yes` or `no` (default); virtio cards on `direct` only.',
        since: '1.2.10',
      },
    },
  },
  {
    path: 'domain/devices/interface/mac',
    summary:
      'Hardware address of the card. Libvirt makes one that begins with `52:54:00` when the domain is defined without; keep it, since guests know their cards by it.',
    example: "<mac address='52:54:00:12:34:56'/>",
    chapter,
    attributes: {
      address: {
        summary: 'Six bytes that no other card on the same network has.',
        values: 'Hexadecimal with colons; the first byte must be even, odd ones are multicast.',
      },
      type: {
        summary: "With `static` an address in VMware's own range is kept as it stands.",
        values: '`generated` or `static`.',
        since: '6.6.0',
      },
      check: {
        summary: 'ESX: with `no` the server does not check that the address lies in its own range.',
        values: '`yes` or `no`.',
      },
      currentAddress: {
        summary:
          'The address that the guest has given itself, as libvirt reports it. Ignored in what you write.',
        since: '11.2.0',
      },
    },
  },
  {
    path: 'domain/devices/interface/model',
    summary:
      'The card that is emulated. `virtio` is by far the fastest and needs a driver in the guest, which Linux has and Windows takes from a driver disk.',
    example: "<model type='virtio'/>",
    chapter: 'setting-the-nic-model',
    attributes: {
      type: {
        summary:
          'Name of the card; ones that libvirt does not know are handed to the hypervisor as they are.',
        values:
          '`virtio`, `virtio-transitional`, `virtio-non-transitional` (since 5.2.0), `e1000e`, `e1000`, `igb` (since 9.3.0), `rtl8139`, `usb-net` (since 10.3.0), `vmxnet3`, `spapr-vlan`, `netfront` (Xen) and older ones. QEMU on x86 takes `rtl8139` or `e1000` without it.',
      },
    },
  },
  {
    path: 'domain/devices/interface/target',
    summary: 'The tap or macvtap device on the host end of the cable.',
    example: "<target dev='tap-web1'/>",
    chapter: 'overriding-the-target-element',
    attributes: {
      dev: {
        summary:
          'Its name, at most 15 characters. Without it, or with one that begins with `vnet`, `vif`, `macvtap` or `macvlan`, libvirt makes a new one at each start.',
      },
      managed: {
        summary:
          'Type `ethernet`: with `no` an existing device is used as it is, without setting address or state, so that a libvirt without root rights can use it.',
        values: '`yes` (default) or `no`.',
        since: '5.7.0',
      },
    },
  },
  {
    path: 'domain/devices/interface/link',
    summary: 'The cable: pulled and plugged in on a running guest with `virsh domif-setlink`.',
    chapter: 'modifying-virtual-link-state',
    since: '0.9.5',
    attributes: {
      state: { summary: 'Whether the guest sees a carrier.', values: '`up` (default) or `down`.' },
    },
  },
  {
    path: 'domain/devices/interface/mtu',
    summary:
      'Largest packet of the link; a virtio card tells it to the guest. Raised to 9000 for jumbo frames, which the bridge and all behind it must carry too.',
    chapter: 'mtu-configuration',
    since: '3.1.0',
    attributes: {
      size: { summary: 'Payload of one frame.', unit: 'bytes', values: '1500 on most networks.' },
    },
  },
  {
    path: 'domain/devices/interface/alias',
    summary: 'A name of your own for the card, needed where a `<teaming>` partner refers to it.',
    example: "<alias name='ua-net0'/>",
    chapter: 'devices',
    since: '3.9.0',
  },
  {
    path: 'domain/devices/interface/script',
    summary:
      'Program that libvirt runs once the tap device is open, to connect it: types `ethernet` and, on Xen, `bridge`.',
    example: "<script path='/etc/qemu-ifup-mynet'/>",
    chapter: 'generic-ethernet-connection',
    since: '0.2.1',
    attributes: {
      path: {
        summary: 'The program with its full path; it gets the name of the tap device as its argument.',
      },
    },
  },
  {
    path: 'domain/devices/interface/downscript',
    summary: 'Program that libvirt runs once the tap device is closed, to undo what `<script>` did.',
    chapter: 'generic-ethernet-connection',
    since: '6.4.0',
    attributes: {
      path: {
        summary: 'The program with its full path; it gets the name of the tap device as its argument.',
      },
    },
  },
  {
    path: 'domain/devices/interface/backenddomain',
    summary: 'Xen: the driver domain that the other end of the cable is in, when it is not the host itself.',
    chapter: 'setting-up-a-network-backend-in-a-driver-domain',
    since: '1.2.13',
    attributes: { name: { summary: 'What `xl list` calls it; it must run before this guest starts.' } },
  },
  {
    path: 'domain/devices/interface/guest',
    summary: 'What the interface is called inside a container (LXC).',
    chapter: 'overriding-the-target-element',
    since: '1.2.7',
    attributes: {
      dev: { summary: 'Name inside the container, such as `eth0`.' },
      actual: { summary: 'The name that it got, as libvirt reports it. Ignored in what you write.' },
    },
  },
  {
    path: 'domain/devices/interface/ip',
    summary:
      "An address for the guest's end: set in containers, and given out by DHCP on type `user`. QEMU guests with other types ignore it. Slirp uses only its network part, passt the whole address.",
    example: "<ip family='ipv4' address='192.168.122.5' prefix='24'/>",
    chapter: 'ip-configuration',
    since: '1.2.12',
    attributes: {
      family: { summary: 'Which protocol the address is of.', values: '`ipv4` or `ipv6`.' },
      address: { summary: 'What the guest shall be reached by; slirp uses the network part alone.' },
      prefix: {
        summary: 'How many leading bits of the address name its network.',
        values: '64 for IPv6 when left out; for IPv4 the old class of the address decides.',
      },
      peer: { summary: 'The address at the other end of a point-to-point link.', since: '2.1.0' },
    },
  },
  {
    path: 'domain/devices/interface/route',
    summary: 'A route that is set inside a container; with passt a default gateway only (since 12.2.0).',
    example: "<route family='ipv4' address='10.0.0.0' prefix='8' gateway='192.168.122.1'/>",
    chapter: 'ip-configuration',
    since: '1.2.12',
    attributes: {
      family: { summary: 'Which protocol the network is of.', values: '`ipv4` or `ipv6`.' },
      address: { summary: 'Where the packets are bound for: a network, its host bits 0.' },
      prefix: { summary: 'How many leading bits of the address name the network; excludes `netmask`.' },
      netmask: { summary: 'The same as `prefix` in the old spelling, such as `255.255.255.0`.' },
      gateway: { summary: 'The router, on a network that the guest reaches directly.' },
      metric: { summary: 'Of several routes that fit, the one with the lowest number is taken.' },
    },
  },
  {
    path: 'domain/devices/interface/teaming',
    summary:
      'Pairs a virtio card with an assigned one to one link in the guest: fast through the assigned card, and able to migrate, as QEMU unplugs that one for the move. Both have the same MAC address.',
    example: "<teaming type='transient' persistent='ua-net0'/>",
    chapter: 'teaming-a-virtio-hostdev-nic-pair',
    since: '6.1.0',
    attributes: {
      type: {
        summary: 'Which of the two this is.',
        values: '`persistent` (the virtio card, always there) or `transient` (the assigned one).',
      },
      persistent: { summary: 'Of the transient one: alias of its partner, which must begin with `ua-`.' },
    },
  },
];
