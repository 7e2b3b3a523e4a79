/** Documents that are no domains, for the schemas that stand beside; held against jing by schema-tools/small-schemas.ts. */

/** Root, a document that jing takes with all three releases, and what of it is then spelt wrong. */
export const OTHER_DOCUMENTS: readonly (readonly [string, string, string])[] = [
  [
    'network',
    "<network><name>n</name><bridge name='br0'/><ip address='10.0.0.1' netmask='255.255.255.0'/></network>",
    'bridge',
  ],
  ['pool', "<pool type='dir'><name>p</name><target><path>/x</path></target></pool>", 'path'],
  [
    'volume',
    "<volume><name>v</name><capacity unit='G'>1</capacity><target><format type='qcow2'/></target></volume>",
    'qcow2',
  ],
  [
    'secret',
    "<secret ephemeral='no' private='yes'><usage type='volume'><volume>/x</volume></usage></secret>",
    'ephemeral',
  ],
  [
    'filter',
    "<filter name='f' chain='ipv4'><rule action='drop' direction='in'><ip protocol='tcp'/></rule></filter>",
    'drop',
  ],
  [
    'device',
    "<device><name>pci_0000_00_00_0</name><capability type='pci'><domain>0</domain><bus>0</bus><slot>0</slot><function>0</function><product id=\'0x1\'>x</product><vendor id=\'0x2\'>y</vendor></capability></device>",
    'slot',
  ],
  [
    'domainsnapshot',
    "<domainsnapshot><name>s</name><domain type='kvm'><name>a</name></domain></domainsnapshot>",
    'kvm',
  ],
  [
    'domaincheckpoint',
    "<domaincheckpoint><name>c</name><disks><disk name='vda' checkpoint='bitmap'/></disks></domaincheckpoint>",
    'bitmap',
  ],
  [
    'domainbackup',
    "<domainbackup mode='push'><disks><disk name='vda' backup='yes' type='file'><target file='/x'/></disk></disks></domainbackup>",
    'push',
  ],
  ['interface', "<interface type='ethernet' name='eth0'><start mode='onboot'/></interface>", 'onboot'],
  [
    'storagepoolCapabilities',
    "<storagepoolCapabilities><pool type='dir' supported='yes'/></storagepoolCapabilities>",
    'supported',
  ],
];
