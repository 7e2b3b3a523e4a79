/**
 * Every error that is said of a valid document of libvirt's own tests, each looked at, with what the real libvirt 11.3
 * said when the document was defined (`virsh define`, its type made qemu; the test driver for other hypervisors), or
 * what QEMU 10.0 said to a domain of ours with the same fault when it was started.
 */
export const CORPUS_ERRORS: readonly {
  readonly file: string;
  readonly said: string;
  readonly why: string;
}[] = [
  {
    file: 'bhyvexml2argvdata__bhyvexml2argv-bhyveload-bootorder5.xml',
    said: 'error boot-order-with-os-boot libvirt: boot',
    why: 'unsupported configuration: per-device boot elements cannot be used together with os/boot elements',
  },
  {
    file: 'bhyvexml2argvdata__bhyvexml2argv-bhyveload-bootorder5.xml',
    said: 'error target-repeated libvirt: hda',
    why: "libvirt's test driver to the same without <boot dev>: XML error: target 'hda' duplicated for disk sources",
  },
  {
    file: 'qemuxmlconfdata__cpu-numa-distance-nonexistent-sibling.xml',
    said: 'error numa-cell-unknown libvirt: 2',
    why: "XML error: 'sibling_id 2' does not refer to a valid cell within NUMA 'cell id 1'",
  },
  {
    file: 'qemuxmlconfdata__disk-blockio.x86_64-latest.xml',
    said: "error address-impossible qemu: <address type='drive' controller='0' bus='0' target='0' unit='2'/>",
    why: "QEMU 10.0 at start: Can't create IDE unit 2, bus supports only 2 units",
  },
  {
    file: 'qemuxmlconfdata__disk-blockio.xml',
    said: "error address-impossible qemu: <address type='drive' controller='0' bus='0' target='0' unit='2'/>",
    why: "QEMU 10.0 at start: Can't create IDE unit 2, bus supports only 2 units",
  },
  {
    file: 'qemuxmlconfdata__disk-cache.x86_64-latest.xml',
    said: 'error image-used-twice qemu: /dev/HostVG/QEMUGuest1',
    why: 'QEMU 10.0 at start: Is another process using the image [/data/cr/a.img]?',
  },
  {
    file: 'qemuxmlconfdata__disk-cache.x86_64-latest.xml',
    said: 'error image-used-twice qemu: /dev/HostVG/QEMUGuest1',
    why: 'QEMU 10.0 at start: Is another process using the image [/data/cr/a.img]?',
  },
  {
    file: 'qemuxmlconfdata__disk-cache.x86_64-latest.xml',
    said: 'error image-used-twice qemu: /dev/HostVG/QEMUGuest1',
    why: 'QEMU 10.0 at start: Is another process using the image [/data/cr/a.img]?',
  },
  {
    file: 'qemuxmlconfdata__disk-snapshot.x86_64-latest.xml',
    said: "error address-impossible qemu: <address type='drive' controller='0' bus='2' target='0' unit='0'/>",
    why: "QEMU 10.0 at start: Bus 'ide.2' not found",
  },
  {
    file: 'qemuxmlconfdata__disk-snapshot.xml',
    said: "error address-impossible qemu: <address type='drive' controller='0' bus='2' target='0' unit='0'/>",
    why: "QEMU 10.0 at start: Bus 'ide.2' not found",
  },
  {
    file: 'qemuxmlconfdata__disk-source-pool-mode.xml',
    said: "error address-impossible qemu: <address type='drive' controller='0' bus='0' target='0' unit='2'/>",
    why: "QEMU 10.0 at start: Can't create IDE unit 2, bus supports only 2 units",
  },
  {
    file: 'qemuxmlconfdata__disk-source-pool-mode.xml',
    said: "error address-impossible qemu: <address type='drive' controller='0' bus='0' target='0' unit='3'/>",
    why: "QEMU 10.0 at start: Can't create IDE unit 3, bus supports only 2 units",
  },
  {
    file: 'qemuxmlconfdata__disk-source-pool-mode.xml',
    said: "error address-impossible qemu: <address type='drive' controller='0' bus='0' target='0' unit='4'/>",
    why: "QEMU 10.0 at start: Can't create IDE unit 4, bus supports only 2 units",
  },
  {
    file: 'qemuxmlconfdata__disk-target-overflow.xml',
    said: 'error target-invalid libvirt: hdaxxxxxxxxxx',
    why: "XML error: Unknown disk name 'hdaxxxxxxxxxx' and no address specified",
  },
  {
    file: 'qemuxmlconfdata__hostdev-mdev-duplicate.xml',
    said: 'error host-device-repeated libvirt: source',
    why: 'XML error: Hostdev already exists in the domain configuration',
  },
  {
    file: 'qemuxmlconfdata__hostdev-pci-duplicate.xml',
    said: 'error host-device-repeated libvirt: source',
    why: 'XML error: Hostdev already exists in the domain configuration',
  },
  {
    file: 'qemuxmlconfdata__hostdev-subsys-mdev-vfio-ccw-duplicate-address.xml',
    said: "error address-taken libvirt: <address type='ccw' cssid='0xfe' ssid='0x0' devno='0x0001'/>",
    why: "XML error: The CCW devno 'fe.0.0001' is in use already",
  },
  {
    file: 'qemuxmlconfdata__hugepages-nodeset-nonexist.xml',
    said: 'error numa-cell-unknown libvirt: 1',
    why: 'hugepages: node 1 not found',
  },
  {
    file: 'qemuxmlconfdata__hugepages-numa-nodeset-nonexist.xml',
    said: 'error numa-cell-unknown libvirt: 1,4',
    why: 'hugepages: node 4 not found',
  },
  {
    file: 'qemuxmlconfdata__net-vhostuser-passt-no-shmem.xml',
    said: 'error shared-memory-missing libvirt: interface',
    why: "unsupported configuration: 'interface' requires shared memory",
  },
  {
    file: 'qemuxmlconfdata__net-vhostuser-passt-no-shmem.xml',
    said: 'error shared-memory-missing libvirt: interface',
    why: "unsupported configuration: 'interface' requires shared memory",
  },
  {
    file: 'qemuxmlconfdata__net-vhostuser-passt-no-shmem.xml',
    said: 'error shared-memory-missing libvirt: interface',
    why: "unsupported configuration: 'interface' requires shared memory",
  },
  {
    file: 'qemuxmlconfdata__numatune-memnode-nocpu.xml',
    said: 'error numa-cell-unknown libvirt: 0',
    why: "XML error: Element 'memnode' is invalid without any guest NUMA cells",
  },
  {
    file: 'qemuxmlconfdata__pseries-vio-address-clash.xml',
    said: 'error address-taken libvirt: <address type="spapr-vio" reg="0x4000"/>',
    why: 'XML error: spapr-vio address 0x4000 already in use',
  },
  {
    file: 'qemuxmlconfdata__usb-bus-missing.x86_64-latest.xml',
    said: "error address-impossible libvirt: <address type='usb' bus='1'/>",
    why: 'XML error: USB bus 1 requested but no controller with that index is present',
  },
  {
    file: 'qemuxmlconfdata__usb-bus-missing.xml',
    said: "error address-impossible libvirt: <address type='usb' bus='1'/>",
    why: 'XML error: USB bus 1 requested but no controller with that index is present',
  },
  {
    file: 'qemuxmlconfdata__usb-none-hub.xml',
    said: 'error usb-disabled libvirt: hub',
    why: "unsupported configuration: Can't add USB hub: USB is disabled for this domain",
  },
  {
    file: 'qemuxmlconfdata__usb-none-other.xml',
    said: 'error usb-disabled libvirt: controller',
    why: "Can't add another USB controller: USB is disabled for this domain",
  },
];
