/**
 * Exchanges about disks that are attached and detached, for the practice VM and real QEMU, as in exchanges.ts. FOLDER
 * stands for a folder with the images a.raw, b.raw, c.raw (10 GiB of nothing) and d.qcow2 (10 GiB, empty).
 * After a line `unplug ID` the guest is made to release the device.
 */
export const HOTPLUG_SCRIPT = String.raw`
raw {"execute":"qmp_capabilities"}
= ok
raw {"execute":"query-pci"}
raw {"execute":"query-block"}
raw {"execute":"query-blockstats"}
raw {"execute":"qom-list","arguments":{"path":"/machine/peripheral"}}
raw {"execute":"qom-list","arguments":{"path":"/machine/peripheral-anon"}}
raw {"execute":"qom-get","arguments":{"path":"/machine/peripheral/scsi0","property":"iothread"}}
raw {"execute":"qom-get","arguments":{"path":"/machine/peripheral/scsi0","property":"parent_bus"}}
raw {"execute":"qom-get","arguments":{"path":"/machine/peripheral/virtio-disk0","property":"parent_bus"}}
raw {"execute":"qom-get","arguments":{"path":"/machine/peripheral/virtio-disk0/virtio-backend","property":"parent_bus"}}
raw {"execute":"qom-get","arguments":{"path":"/machine/i440fx/pci.0","property":"type"}}
raw {"execute":"qom-get","arguments":{"path":"/machine/peripheral/scsi0-0-0-0","property":"parent_bus"}}
raw {"execute":"qom-get","arguments":{"path":"/machine/peripheral/scsi0-0-0-0","property":"iothread"}}
= GenericError: Property 'scsi-hd.iothread' not found

raw {"execute":"blockdev-add","arguments":{"driver":"file"}}
= GenericError: Parameter 'filename' is missing
raw {"execute":"blockdev-add","arguments":{"driver":"file","filename":"FOLDER/b.raw"}}
= GenericError: 'node-name' must be specified for the root node
raw {"execute":"blockdev-add","arguments":{"driver":"nosuch","node-name":5}}
= GenericError: Parameter 'driver' does not accept value 'nosuch'
raw {"execute":"blockdev-add","arguments":{"driver":"file","node-name":5,"discard":5}}
= GenericError: Invalid parameter type for 'node-name', expected: string
raw {"execute":"blockdev-add","arguments":{"driver":"file","node-name":"s","filename":5,"discard":5}}
= GenericError: Invalid parameter type for 'discard', expected: string
raw {"execute":"blockdev-add","arguments":{"driver":"file","node-name":"s","filename":5,"aio":5}}
= GenericError: Invalid parameter type for 'filename', expected: string
raw {"execute":"blockdev-add","arguments":{"driver":"file","node-name":"s","filename":"FOLDER/b.raw","zoo":1}}
= GenericError: Parameter 'zoo' is unexpected
raw {"execute":"blockdev-add","arguments":{"driver":"file","node-name":"s","filename":"FOLDER/b.raw","aio":"nosuch"}}
= GenericError: Parameter 'aio' does not accept value 'nosuch'
raw {"execute":"blockdev-add","arguments":{"driver":"file","node-name":"s","filename":"FOLDER/b.raw","locking":"x","aio":"x"}}
raw {"execute":"blockdev-add","arguments":{"driver":"file","node-name":"s","filename":"FOLDER/b.raw","discard":"nosuch"}}
raw {"execute":"blockdev-add","arguments":{"driver":"file","node-name":"s","filename":"FOLDER/b.raw","detect-zeroes":"nosuch"}}
raw {"execute":"blockdev-add","arguments":{"driver":"file","node-name":"s","filename":"FOLDER/b.raw","cache":5}}
raw {"execute":"blockdev-add","arguments":{"driver":"file","node-name":"s","filename":"FOLDER/b.raw","cache":{"x":1}}}
= GenericError: Parameter 'cache.x' is unexpected
raw {"execute":"blockdev-add","arguments":{"driver":"file","node-name":"s","filename":"FOLDER/b.raw","cache":{"direct":"on"}}}
raw {"execute":"blockdev-add","arguments":{"driver":"file","node-name":"s","filename":"FOLDER/b.raw","cache":{"no-flush":1}}}
raw {"execute":"blockdev-add","arguments":{"driver":"file","node-name":"s","filename":"FOLDER/b.raw","read-only":"x"}}
raw {"execute":"blockdev-add","arguments":{"driver":"file","node-name":"s","filename":"FOLDER/b.raw","auto-read-only":"x"}}
raw {"execute":"blockdev-add","arguments":{"driver":"file","node-name":"s","filename":"FOLDER/b.raw","force-share":true,"detect-zeroes":"unmap"}}
= GenericError: force-share=on can only be used with read-only images
raw {"execute":"blockdev-add","arguments":{"driver":"file","node-name":"1s","filename":""}}
= GenericError: The 'file' block driver requires a file name
raw {"execute":"blockdev-add","arguments":{"driver":"host_device","node-name":"1s","filename":""}}
raw {"execute":"blockdev-add","arguments":{"driver":"file","node-name":"1s","filename":"FOLDER/b.raw","detect-zeroes":"unmap"}}
= GenericError: setting detect-zeroes to unmap is not allowed without setting discard operation to unmap
raw {"execute":"blockdev-add","arguments":{"driver":"file","node-name":"1s","filename":"FOLDER/b.raw","aio":"native"}}
= GenericError: Invalid node-name: '1s'
raw {"execute":"blockdev-add","arguments":{"driver":"file","node-name":"","filename":"FOLDER/b.raw"}}
= GenericError: Invalid node-name: ''
raw {"execute":"blockdev-add","arguments":{"driver":"file","node-name":"libvirt-1-format","filename":"FOLDER/b.raw"}}
= GenericError: Duplicate nodes with node-name='libvirt-1-format'
raw {"execute":"blockdev-add","arguments":{"driver":"file","node-name":"${'x'.repeat(32)}","filename":"FOLDER/b.raw"}}
= GenericError: Node name too long
raw {"execute":"blockdev-add","arguments":{"driver":"file","node-name":"s","filename":"FOLDER/b.raw","aio":"native","cache":{"direct":false}}}
= GenericError: aio=native was specified, but it requires cache.direct=on, which was not specified.
raw {"execute":"blockdev-add","arguments":{"driver":"file","node-name":"domxml-1-storage","filename":"FOLDER/b.raw","auto-read-only":true,"discard":"unmap","read-only":false,"aio":"threads","cache":{"direct":false,"no-flush":false},"detect-zeroes":"off"}}
= ok

raw {"execute":"blockdev-add","arguments":{"driver":"raw"}}
= GenericError: Parameter 'file' is missing
raw {"execute":"blockdev-add","arguments":{"driver":"raw","file":5}}
= GenericError: Invalid parameter type for 'file', expected: BlockdevRef
raw {"execute":"blockdev-add","arguments":{"driver":"raw","node-name":"1r","file":null}}
raw {"execute":"blockdev-add","arguments":{"driver":"raw","node-name":"1r","file":"nosuch","detect-zeroes":"unmap"}}
= GenericError: Cannot find device='nosuch' nor node-name='nosuch'
raw {"execute":"blockdev-add","arguments":{"driver":"raw","node-name":"1r","file":"domxml-1-storage","detect-zeroes":"unmap"}}
raw {"execute":"blockdev-add","arguments":{"driver":"raw","node-name":"r","file":"domxml-1-storage","backing":null}}
= GenericError: Parameter 'backing' is unexpected
raw {"execute":"blockdev-add","arguments":{"driver":"throttle","node-name":"1q","file":"domxml-1-storage","throttle-group":"nosuch"}}
= GenericError: Invalid node-name: '1q'
raw {"execute":"blockdev-add","arguments":{"driver":"raw","node-name":"domxml-1-format","read-only":false,"file":"domxml-1-storage","cache":{"direct":false,"no-flush":true},"discard":"unmap","detect-zeroes":"unmap"}}
= ok
raw {"execute":"blockdev-add","arguments":{"driver":"file","node-name":"domxml-2-storage","filename":"FOLDER/d.qcow2","auto-read-only":true,"discard":"unmap","read-only":false}}
= ok
raw {"execute":"blockdev-add","arguments":{"driver":"qcow2"}}
= GenericError: Parameter 'file' is missing
raw {"execute":"blockdev-add","arguments":{"driver":"qcow2","node-name":"q","file":"domxml-2-storage","backing":5}}
= GenericError: Invalid parameter type for 'backing', expected: BlockdevRefOrNull
raw {"execute":"blockdev-add","arguments":{"driver":"qcow2","node-name":"q","file":"domxml-2-storage","backing":"nosuch"}}
= GenericError: Could not open backing file: Cannot find device='nosuch' nor node-name='nosuch'
raw {"execute":"blockdev-add","arguments":{"driver":"qcow2","node-name":"domxml-2-format","read-only":false,"file":"domxml-2-storage","backing":null,"discard":"unmap","detect-zeroes":"unmap"}}
= ok
raw {"execute":"blockdev-add","arguments":{"driver":"qcow2","node-name":"q2","file":"domxml-2-storage","backing":null}}
= GenericError: Permission conflict on node 'domxml-2-storage': permissions 'write, resize' are both required by node 'domxml-2-format' (uses node 'domxml-2-storage' as 'file' child) and unshared by node 'q2' (uses node 'domxml-2-storage' as 'file' child).
raw {"execute":"blockdev-add","arguments":{"driver":"qcow2","node-name":"q2","file":"domxml-2-storage","backing":null,"read-only":true}}
raw {"execute":"blockdev-add","arguments":{"driver":"throttle","node-name":"domxml-3-filter","throttle-group":"throttle-gold","file":"domxml-2-format","discard":"unmap","read-only":false}}
= ok
raw {"execute":"blockdev-add","arguments":{"driver":"file","node-name":"ro-storage","filename":"FOLDER/c.raw","read-only":true}}
raw {"execute":"blockdev-add","arguments":{"driver":"raw","node-name":"ro-written","file":"ro-storage"}}
raw {"execute":"blockdev-add","arguments":{"driver":"raw","node-name":"ro-format","file":"ro-storage","read-only":true}}
= ok
raw {"execute":"query-named-block-nodes","arguments":{"flat":true}}
raw {"execute":"query-blockstats","arguments":{"query-nodes":true}}
raw {"execute":"blockdev-reopen","arguments":{"options":[{"driver":"file","node-name":"ro-storage","filename":"FOLDER/b.raw","read-only":true}]}}
= GenericError: Cannot change the option 'filename'
raw {"execute":"blockdev-reopen","arguments":{"options":[{"driver":"qcow2","node-name":"domxml-2-format","file":"nosuch"}]}}
= GenericError: Cannot find device='' nor node-name='nosuch'
raw {"execute":"blockdev-reopen","arguments":{"options":[{"driver":"qcow2","node-name":"domxml-2-format","file":"domxml-2-storage","backing":"nosuch"}]}}
raw {"execute":"blockdev-reopen","arguments":{"options":[{"driver":"qcow2","node-name":"domxml-2-format","file":"domxml-2-storage","backing":"domxml-3-filter"}]}}
= GenericError: Making 'domxml-3-filter' a backing child of 'domxml-2-format' would create a cycle
raw {"execute":"blockdev-reopen","arguments":{"options":[{"driver":"qcow2","node-name":"domxml-2-format","file":"domxml-3-filter"}]}}
raw {"execute":"blockdev-reopen","arguments":{"options":[{"driver":"raw","node-name":"domxml-2-format","file":"domxml-2-storage"}]}}
= GenericError: Cannot change the option 'driver'
raw {"execute":"blockdev-reopen","arguments":{"options":[{"driver":"qcow2","node-name":"domxml-2-format","file":"domxml-2-storage","backing":null,"discard":"unmap","detect-zeroes":"unmap"}]}}
= ok
raw {"execute":"blockdev-del","arguments":{"node-name":"domxml-2-format"}}
= GenericError: Block device domxml-2-format is in use

raw {"execute":"device_add"}
= GenericError: Parameter 'driver' is missing
raw {"execute":"device_add","arguments":{"driver":null}}
raw {"execute":"device_add","arguments":{"driver":{}}}
raw {"execute":"device_add","arguments":{"id":"1x"}}
= GenericError: Parameter 'id' expects an identifier
raw {"execute":"device_add","arguments":{"driver":"nosuch","bus":"nosuch","id":"virtio-disk0"}}
= GenericError: 'nosuch' is not a valid device model name
raw {"execute":"device_add","arguments":{"driver":5}}
raw {"execute":"device_add","arguments":{"driver":true}}
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"virtio-disk0","drive":"domxml-1-format","bus":"nosuch"}}
= GenericError: Bus 'nosuch' not found
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"v","drive":"domxml-1-format","bus":""}}
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"v","drive":"domxml-1-format","bus":5}}
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"virtio-disk0","bus":"scsi0.0"}}
= GenericError: Device 'virtio-blk-pci' can't go on SCSI bus
raw {"execute":"device_add","arguments":{"driver":"scsi-hd","id":"v","drive":"domxml-1-format","bus":"pci.0"}}
= GenericError: Device 'scsi-hd' can't go on PCI bus
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"virtio-disk0","drive":"nosuch","zoo":1}}
= GenericError: Duplicate device ID 'virtio-disk0'
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"scsi0","drive":"domxml-1-format"}}
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"scsi0-0-0-0","drive":"domxml-1-format"}}
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"type","drive":"domxml-1-format"}}
= GenericError: Duplicate device ID 'type'
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"v","drive":"nosuch","zoo":1}}
= GenericError: Property 'virtio-blk-pci.zoo' not found
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"v","drive":"domxml-1-format","lun":1}}
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"v","drive":"nosuch"}}
= GenericError: Property 'virtio-blk-device.drive' can't find value 'nosuch'
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"v","drive":5}}
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"v"}}
= GenericError: drive property not set
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"v","drive":""}}
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"v","drive":"domxml-1-format","share-rw":"maybe"}}
= GenericError: Parameter 'share-rw' expects 'on' or 'off'
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"v","drive":"domxml-1-format","share-rw":5}}
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"v","drive":"domxml-1-format","write-cache":"maybe"}}
= GenericError: Parameter 'write-cache' does not accept value 'maybe'
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"v","drive":"domxml-1-format","num-queues":"x"}}
= GenericError: Parameter 'num-queues' expects integer
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"v","drive":"domxml-1-format","num-queues":true}}
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"v","drive":"domxml-1-format","num-queues":70000}}
= GenericError: Parameter 'num-queues' expects uint16_t
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"v","drive":"domxml-1-format","num-queues":-1}}
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"v","drive":"libvirt-2-filter","num-queues":0}}
= GenericError: num-queues property must be larger than 0
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"v","num-queues":0}}
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"v","drive":"domxml-1-format","iothread":"nosuch"}}
= DeviceNotFound: Device 'nosuch' not found
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"v","drive":"domxml-1-format","iothread":5}}
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"v","drive":"domxml-1-format","iothread":"throttle-gold"}}
= GenericError: Invalid parameter type for 'iothread', expected: iothread
raw {"execute":"device_add","arguments":{"driver":"scsi-hd","id":"v","drive":"domxml-1-format","iothread":"nosuch","bus":"scsi0.0"}}
= GenericError: Property 'scsi-hd.iothread' not found
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"v","drive":"libvirt-2-filter"}}
= GenericError: Permission conflict on node 'libvirt-2-filter': permissions 'write' are both required by block device '/machine/peripheral/virtio-disk0/virtio-backend' (uses node 'libvirt-2-filter' as 'root' child) and unshared by block device '/machine/peripheral/v/virtio-backend' (uses node 'libvirt-2-filter' as 'root' child).
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"v","drive":"libvirt-2-filter","share-rw":true}}
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"v","drive":"libvirt-1-format"}}
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"v","drive":"libvirt-1-storage"}}
raw {"execute":"device_add","arguments":{"driver":"scsi-hd","id":"v","bus":"scsi0.0","drive":"libvirt-1-format"}}
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"v","drive":"domxml-2-storage"}}
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"v","drive":"ro-written"}}
= GenericError: Block node is read-only

raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"virtio-disk1","drive":"domxml-1-format","bus":"pci.0","serial":"S","share-rw":true,"write-cache":"on"}}
= ok
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"virtio-disk1","drive":"domxml-1-format"}}
= GenericError: Duplicate device ID 'virtio-disk1'
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"v","drive":"domxml-1-format"}}
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"shared","drive":"domxml-1-format","share-rw":"yes","write-cache":false,"num-queues":"0x2"}}
= ok
raw {"execute":"qom-get","arguments":{"path":"/machine/peripheral/virtio-disk1","property":"serial"}}
raw {"execute":"qom-get","arguments":{"path":"/machine/peripheral/virtio-disk1/virtio-backend","property":"serial"}}
raw {"execute":"qom-get","arguments":{"path":"/machine/peripheral/virtio-disk1","property":"share-rw"}}
raw {"execute":"qom-get","arguments":{"path":"/machine/peripheral/virtio-disk1","property":"write-cache"}}
raw {"execute":"qom-get","arguments":{"path":"/machine/peripheral/shared","property":"write-cache"}}
raw {"execute":"qom-get","arguments":{"path":"/machine/peripheral/shared","property":"num-queues"}}
raw {"execute":"qom-get","arguments":{"path":"/machine/peripheral/virtio-disk1","property":"num-queues"}}
raw {"execute":"qom-get","arguments":{"path":"/machine/peripheral/virtio-disk1","property":"iothread"}}
raw {"execute":"qom-get","arguments":{"path":"/machine/peripheral/virtio-disk1/virtio-backend","property":"iothread"}}
raw {"execute":"qom-get","arguments":{"path":"/machine/peripheral/virtio-disk1","property":"drive"}}
raw {"execute":"qom-set","arguments":{"path":"/machine/peripheral/virtio-disk1","property":"drive","value":"libvirt-1-format"}}
raw {"execute":"qom-set","arguments":{"path":"/machine/peripheral/virtio-disk1","property":"serial","value":"x"}}
= GenericError: Attempt to set property 'serial' on anonymous device (type 'virtio-blk-device') after it was realized
raw {"execute":"qom-set","arguments":{"path":"/machine/peripheral/virtio-disk1/virtio-backend","property":"share-rw","value":"x"}}
raw {"execute":"qom-set","arguments":{"path":"/machine/peripheral/scsi0-0-0-0","property":"lun","value":3}}
= GenericError: Attempt to set property 'lun' on device 'scsi0-0-0-0' (type 'scsi-hd') after it was realized
raw {"execute":"qom-set","arguments":{"path":"/machine/peripheral/scsi0-0-0-0","property":"type","value":3}}
raw {"execute":"qom-set","arguments":{"path":"/machine/peripheral/virtio-disk1","property":"parent_bus","value":"x"}}
raw {"execute":"qom-set","arguments":{"path":"/machine/peripheral/virtio-disk1","property":"virtio-backend","value":"x"}}
raw {"execute":"qom-set","arguments":{"path":"/machine/peripheral/virtio-disk1","property":"drive","value":"ro-written"}}
= GenericError: Block node is read-only
raw {"execute":"query-pci"}
raw {"execute":"query-block"}

raw {"execute":"device_add","arguments":{"driver":"scsi-hd","id":"scsi0-0-0-0","bus":"scsi0.0","channel":0,"scsi-id":0,"lun":0,"drive":"domxml-3-filter"}}
= GenericError: Duplicate device ID 'scsi0-0-0-0'
raw {"execute":"device_add","arguments":{"driver":"scsi-hd","id":"d","bus":"scsi0.0","channel":0,"scsi-id":0,"lun":0,"drive":"domxml-3-filter"}}
= GenericError: lun already used by 'scsi0-0-0-0'
raw {"execute":"device_add","arguments":{"driver":"scsi-hd","id":"d","bus":"scsi0.0","scsi-id":0,"lun":0}}
raw {"execute":"device_add","arguments":{"driver":"scsi-hd","id":"d","bus":"scsi0.0","lun":1}}
= GenericError: drive property not set
raw {"execute":"device_add","arguments":{"driver":"scsi-hd","id":"d","bus":"scsi0.0","lun":"x","drive":"domxml-3-filter"}}
= GenericError: Parameter 'lun' expects integer
raw {"execute":"device_add","arguments":{"driver":"scsi-hd","id":"d","bus":"scsi0.0","lun":-1,"drive":"domxml-3-filter"}}
= GenericError: Parameter 'lun' expects uint32_t
raw {"execute":"device_add","arguments":{"driver":"scsi-hd","id":"d","bus":"scsi0.0","lun":4294967296,"drive":"domxml-3-filter"}}
raw {"execute":"device_add","arguments":{"driver":"scsi-hd","id":"d","bus":"scsi0.0","channel":1,"scsi-id":300,"lun":20000}}
= GenericError: bad scsi channel id: 1
raw {"execute":"device_add","arguments":{"driver":"scsi-hd","id":"d","bus":"scsi0.0","scsi-id":300,"lun":20000}}
= GenericError: bad scsi device id: 300
raw {"execute":"device_add","arguments":{"driver":"scsi-hd","id":"d","bus":"scsi0.0","lun":20000}}
= GenericError: bad scsi device lun: 20000
raw {"execute":"device_add","arguments":{"driver":"scsi-hd","id":"d","bus":"scsi0.0","drive":"nosuch"}}
= GenericError: Property 'scsi-hd.drive' can't find value 'nosuch'
raw {"execute":"device_add","arguments":{"driver":"scsi-hd","id":"d","bus":"scsi0.0","drive":"libvirt-1-format"}}
raw {"execute":"device_add","arguments":{"driver":"scsi-hd","id":"scsi0-0-0-1","bus":"scsi0.0","channel":0,"scsi-id":0,"lun":1,"drive":"domxml-3-filter","serial":"T"}}
= ok
raw {"execute":"device_add","arguments":{"driver":"scsi-hd","id":"ro1","bus":"scsi0.0","scsi-id":0,"drive":"ro-format"}}
= ok
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"ro2","drive":"ro-format"}}
= ok
raw {"execute":"qom-get","arguments":{"path":"/machine/peripheral/ro1","property":"lun"}}
raw {"execute":"device_add","arguments":{"driver":"scsi-hd","id":"ro3","lun":1,"drive":"ro-format"}}
= ok
raw {"execute":"qom-get","arguments":{"path":"/machine/peripheral/ro3","property":"scsi-id"}}
raw {"execute":"qom-get","arguments":{"path":"/machine/peripheral/ro3","property":"channel"}}
raw {"execute":"qom-get","arguments":{"path":"/machine/peripheral/ro3","property":"share-rw"}}
raw {"execute":"qom-get","arguments":{"path":"/machine/peripheral/scsi0-0-0-1","property":"serial"}}
raw {"execute":"qom-get","arguments":{"path":"/machine/peripheral/scsi0-0-0-1","property":"parent_bus"}}
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"v","drive":"ro-written"}}
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"v","drive":"domxml-2-format"}}
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"v","drive":"domxml-2-format","share-rw":true}}
raw {"execute":"query-block"}
raw {"execute":"query-blockstats"}
raw {"execute":"qom-list","arguments":{"path":"/machine/peripheral"}}
raw {"execute":"blockdev-del","arguments":{"node-name":"domxml-3-filter"}}
= GenericError: Node domxml-3-filter is in use

raw {"execute":"block_set_io_throttle","arguments":{"bps":0,"bps_rd":0,"bps_wr":0,"iops":5,"iops_rd":0,"iops_wr":0}}
= GenericError: Need exactly one of 'device' and 'id'
raw {"execute":"block_set_io_throttle","arguments":{"device":"x","id":"scsi0-0-0-1","bps":0,"bps_rd":0,"bps_wr":0,"iops":5,"iops_rd":0,"iops_wr":0}}
raw {"execute":"block_set_io_throttle","arguments":{"device":"x","bps":0,"bps_rd":0,"bps_wr":0,"iops":5,"iops_rd":0,"iops_wr":0}}
raw {"execute":"block_set_io_throttle","arguments":{"id":"virtio-disk1","bps":0,"bps_rd":0,"bps_wr":0,"iops":5,"iops_rd":0,"iops_wr":0}}
= GenericError: Device does not have a block device backend
raw {"execute":"block_set_io_throttle","arguments":{"id":"scsi0","bps":0,"bps_rd":0,"bps_wr":0,"iops":5,"iops_rd":0,"iops_wr":0}}
raw {"execute":"block_set_io_throttle","arguments":{"id":"/machine/peripheral/scsi0-0-0-1","bps":0,"bps_rd":0,"bps_wr":0,"iops":5,"iops_rd":0,"iops_wr":0}}
= ok
raw {"execute":"block_set_io_throttle","arguments":{"id":"scsi0-0-0-1","bps":0,"bps_rd":0,"bps_wr":0,"iops":5,"iops_rd":0,"iops_wr":0,"group":"legacy"}}
= ok
raw {"execute":"query-block"}
raw {"execute":"object-add","arguments":{"qom-type":"throttle-group","id":"legacy"}}
= GenericError: A group with this name already exists

raw {"execute":"device_del"}
= GenericError: Parameter 'id' is missing
raw {"execute":"device_del","arguments":{"id":5}}
raw {"execute":"device_del","arguments":{"id":"nosuch","x":1}}
= GenericError: Parameter 'x' is unexpected
raw {"execute":"device_del","arguments":{"id":"nosuch"}}
= DeviceNotFound: Device 'nosuch' not found
raw {"execute":"device_del","arguments":{"id":"/machine/peripheral/nosuch"}}
raw {"execute":"device_del","arguments":{"id":"type"}}
raw {"execute":"device_del","arguments":{"id":""}}
= GenericError:  is not a hotpluggable device
raw {"execute":"device_del","arguments":{"id":"/machine/peripheral"}}
raw {"execute":"device_del","arguments":{"id":"/objects/throttle-gold"}}
raw {"execute":"device_del","arguments":{"id":"virtio-disk0/virtio-backend"}}
= GenericError: Bus 'virtio-bus' does not support hotplugging
raw {"execute":"device_del","arguments":{"id":"scsi0/virtio-backend"}}
unplug virtio-disk1
= ok
unplug scsi0-0-0-1
= ok
raw {"execute":"device_del","arguments":{"id":"virtio-disk1"}}
= DeviceNotFound: Device 'virtio-disk1' not found
raw {"execute":"object-add","arguments":{"qom-type":"throttle-group","id":"legacy"}}
= ok
raw {"execute":"blockdev-del","arguments":{"node-name":"domxml-1-format"}}
= GenericError: Node domxml-1-format is in use
unplug /machine/peripheral/shared
= ok
raw {"execute":"query-block"}
raw {"execute":"qom-list","arguments":{"path":"/machine/peripheral"}}
raw {"execute":"blockdev-del","arguments":{"node-name":"domxml-1-storage"}}
= GenericError: Block device domxml-1-storage is in use
raw {"execute":"blockdev-del","arguments":{"node-name":"domxml-1-format"}}
raw {"execute":"blockdev-del","arguments":{"node-name":"domxml-1-storage"}}
= ok
raw {"execute":"blockdev-del","arguments":{"node-name":"domxml-3-filter"}}
raw {"execute":"blockdev-add","arguments":{"driver":"raw","node-name":"below","file":"domxml-2-storage"}}
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"v","drive":"below"}}
raw {"execute":"blockdev-del","arguments":{"node-name":"below"}}
raw {"execute":"blockdev-del","arguments":{"node-name":"domxml-2-format"}}
= ok
raw {"execute":"blockdev-add","arguments":{"driver":"qcow2","node-name":"on-top","file":"domxml-2-storage","backing":"ro-format"}}
= ok
raw {"execute":"blockdev-del","arguments":{"node-name":"ro-format"}}
raw {"execute":"blockdev-del","arguments":{"node-name":"on-top"}}
raw {"execute":"blockdev-del","arguments":{"node-name":"domxml-2-storage"}}
= ok
raw {"execute":"blockdev-add","arguments":{"driver":"file","node-name":"domxml-1-storage","filename":"FOLDER/b.raw","aio":"io_uring"}}
= ok
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","id":"virtio-disk1","drive":"domxml-1-storage"}}
= ok
raw {"execute":"device_add","arguments":{"driver":"virtio-blk-pci","drive":"ro-format","id":5,"serial":null}}
= ok
raw {"execute":"qom-list","arguments":{"path":"/machine/peripheral-anon"}}
raw {"execute":"query-pci"}
raw {"execute":"query-block"}
unplug virtio-disk1
unplug /machine/peripheral-anon/device[0]
unplug scsi0
= ok
raw {"execute":"query-block"}
raw {"execute":"query-pci"}
raw {"execute":"device_add","arguments":{"driver":"scsi-hd","id":"d","drive":"ro-format"}}
= GenericError: No 'SCSI' bus found for device 'scsi-hd'
raw {"execute":"device_add","arguments":{"driver":"scsi-hd","id":"d","drive":"ro-format","bus":"scsi0.0"}}
= GenericError: Bus 'scsi0.0' not found
`;
