/**
 * What is used how often in libvirt's own documents: made by test/schema-tools/practice.ts, never by hand.
 * `disk/source` are the attributes and, behind `>`, the child elements of a source in a disk, the most used first,
 * and behind `|` the usual child elements in the order in which they are written. `+` marks attributes
 * that four of five have, and child elements that three of five have; * at the beginning `@` marks elements of which most have attributes, `+` those of which most have child elements.
 * `disk/source@protocol` are an attribute's values, `on_crash/` those of an element's text.
 */

export const PRACTICE_TABLE = `
acpi/table @type+
acpi/table@type raw slic msdm rawset
address/zpci @uid+ fid+
audio/input @+mixingEngine+ fixedSettings+ voices+ bufferLength dev name bufferCount streamName latency tryPoll serverName clientName connectPorts>settings+
audio/input@mixingEngine yes no
audio/output @+mixingEngine+ fixedSettings+ voices+ bufferLength dev bufferCount name streamName latency tryPoll serverName clientName connectPorts>settings+
audio/output@mixingEngine yes no
auth/secret @type+ usage+ uuid
auth/secret@type iscsi ceph
backend/active_pcr_banks +>sha256+ sha512+|sha256 sha512
backend/device @path+
backend/encryption @secret+
backend/protocol @type+
backend/source @mode path type host service>reconnect
backend/source@mode connect bind
backend/source@type dir file unix
backingStore/format @type+>metadata_cache
backingStore/format@type qcow2 raw
backingStore/source @+file dev protocol name>dataStore encryption slices host cookies
bandwidth/inbound @average+ peak burst
bandwidth/outbound @average+ peak burst
baseBoard/entry @name+
baseBoard/entry@name location manufacturer product serial version asset
bhyve:commandline/bhyve:arg @value+
binary/cache @mode+
binary/lock @posix+ flock+
bios/entry @name+
bios/entry@name vendor version date
blkiotune/device +>path+ weight+ read_iops_sec+ write_iops_sec+ read_bytes_sec+ write_bytes_sec+|path weight read_iops_sec write_iops_sec read_bytes_sec write_bytes_sec
cache/line @value+ unit+
cache/size @value+ unit+
cachetune/cache @id+ level+ type+ size+ unit+
cachetune/cache@type both code data
cachetune/cache@unit KiB MiB
cachetune/monitor @level+ vcpus+
capabilities/mac_admin @state+
capabilities/mac_override @state+
capabilities/mknod @state+
capabilities/mknod@state off on
capabilities/sys_module @state+
cell/cache @+level+ associativity+ policy+>size+ line+|size line
cell/distances +>sibling+
channel/address @type+ controller+ bus+ port+
channel/alias @name+
channel/log @file+ append+
channel/log@append off on
channel/protocol @type+
channel/protocol@type raw telnet
channel/source @mode host service path channel tls>reconnect clipboard mouse
channel/source@mode bind connect
channel/target @type+ name+ state address port
channel/target@type virtio guestfwd xen
channel/target@state connected disconnected
chassis/entry @name+
chassis/entry@name asset manufacturer serial sku version
clock/timer @name+ tickpolicy present mode frequency>catchup
clock/timer@name hpet pit rtc kvmclock tsc
clock/timer@present no yes
clock/timer@tickpolicy catchup delay discard
coalesce/rx +>frames+
console/address @type+ reg domain cssid bus iobase ssid slot devno function irq
console/address@type spapr-vio ccw isa pci
console/protocol @type+
console/protocol@type raw telnet telnets
console/source @mode path host service master slave channel>seclabel
console/source@mode connect bind
console/target @port+ type+
console/target@type serial virtio xen lxc sclp
controller/address @type+ slot+ bus+ function+ domain+ multifunction cssid ssid devno reg port>zpci
controller/address@type pci ccw spapr-vio usb virtio-mmio
controller/address@multifunction on off
controller/alias @name+
controller/alias@name usb pci ide
controller/driver @ats packed queues iommu cmd_per_lun ioeventfd iothread max_sectors page_per_vq>iothreads
controller/driver@ats on off
controller/driver@packed on off
controller/master @startport+
controller/model @name+
controller/model@name pcie-root-port spapr-pci-host-bridge pci-bridge xio3130-downstream i82801b11-bridge x3130-upstream pxb ioh3420 pxb-pcie pcie-pci-bridge
controller/pcihole64 @unit+
controller/target @chassis port index chassisNr hotplug busNr memReserve>node
controller/target@hotplug off on
cookies/cookie @name+
cpu/cache @mode+ level
cpu/cache@mode emulate passthrough disable
cpu/feature @policy+ name+
cpu/feature@policy disable require optional force forbid
cpu/feature@name nx ds tm
cpu/maxphysaddr @mode+ bits limit
cpu/maxphysaddr@mode emulate passthrough
cpu/model @fallback+ vendor_id
cpu/model@fallback forbid allow
cpu/model/ qemu64 qemu POWER9 core2duo cortex-a15 cortex-a53 rv64 la464 Haswell arm926 zEC12
cpu/numa +>cell+ interconnects
cpu/topology @sockets+ cores+ threads+ dies+ clusters
cputune/cachetune @+vcpus+ id>cache+ monitor
cputune/emulatorpin @cpuset+
cputune/emulatorsched @scheduler+ priority+
cputune/iothreadpin @iothread+ cpuset+
cputune/iothreadsched @iothreads+ scheduler+ priority
cputune/iothreadsched@scheduler batch rr
cputune/memorytune @+vcpus+>node+
cputune/vcpupin @vcpu+ cpuset+
cputune/vcpusched @vcpus+ scheduler+ priority
cputune/vcpusched@scheduler fifo rr batch idle
dataStore/format @type+
dataStore/source @file protocol dev name>host
devices/audio @id+ type+ timerPeriod driver runtimeDir tryMMap exclusive dspPolicy path serverName>input output
devices/audio@type none spice pipewire sdl oss alsa pulseaudio coreaudio dbus file jack
devices/audio@driver pulseaudio esd
devices/channel @+type+>target+ address source protocol log alias
devices/channel@type unix pty tcp spicevmc udp qemu-vdagent pipe dbus dev file null spiceport
devices/console @+type+>target+ address source protocol
devices/console@type pty dev file nmdm tcp udp unix vc pipe spiceport
devices/controller @type+ index+ model ports vectors maxEventChannels maxGrantFrames>address model target alias master driver pcihole64
devices/controller@type pci usb ide scsi virtio-serial sata xenbus fdc isa ccid
devices/controller@model pci-root piix3-uhci pcie-root-port none pcie-root virtio-scsi pcie-switch-downstream-port qemu-xhci ich9-ehci1 ich9-uhci1 ich9-uhci2 ich9-uhci3
devices/disk @+type+ device+ snapshot model>target+ source+ address+ driver+ readonly backingStore alias boot shareable auth encryption wwn serial iotune transient mirror throttlefilters product vendor acpi blockio geometry|driver source target address
devices/disk@type file block network nvme volume vhostuser dir
devices/disk@device disk cdrom floppy lun
devices/disk@snapshot no external internal
devices/disk@model virtio-non-transitional virtio-transitional
devices/filesystem @+type+ accessmode+ multidevs fmode dmode model>source+ target+ address driver binary readonly boot|source target
devices/filesystem@type mount ram bind
devices/filesystem@accessmode passthrough mapped
devices/filesystem@multidevs forbid remap warn
devices/filesystem@model virtio-non-transitional virtio-transitional
devices/graphics @+type+ port autoport listen passwd tlsPort socket p2p defaultMode keymap powerControl display username websocket address xauth>listen+ channel image gl jpeg zlib playback streaming mouse clipboard audio filetransfer
devices/graphics@type vnc spice dbus egl-headless sdl rdp
devices/graphics@autoport yes no
devices/hostdev @+mode+ type+ managed+ model display ramfb rawio sgio>source+ address+ driver readonly alias boot ip rom teaming route shareable|source address
devices/hostdev@mode subsystem capabilities
devices/hostdev@type pci scsi mdev usb scsi_host net
devices/hostdev@managed yes no
devices/hostdev@model vfio-pci vfio-ccw virtio-non-transitional virtio-transitional
devices/hostdev@display on off
devices/hostdev@ramfb on off
devices/hub @+type+>address+
devices/input @type+ bus+ model>alias address driver source
devices/input@type mouse keyboard tablet passthrough
devices/input@bus ps2 usb xen virtio
devices/interface @+type+ managed trustGuestRxFilters>mac+ model+ address source script driver ip portForward virtualport backend target teaming alias vlan route boot rom bandwidth link guest acpi mtu tune port coalesce|mac model
devices/interface@type user bridge network ethernet vhostuser hostdev direct server mcast vdpa client null
devices/interface@trustGuestRxFilters no yes
devices/iommu @model+>driver address
devices/iommu@model virtio intel smmuv3
devices/memballoon @model+ autodeflate freePageReporting>address alias driver
devices/memballoon@model virtio none xen virtio-non-transitional virtio-transitional
devices/memballoon@autodeflate on off
devices/memory @+model+ access>target+ address+ source uuid|target address
devices/memory@model nvdimm virtio-mem dimm
devices/memory@access private shared
devices/panic @model+>address
devices/panic@model s390 pseries isa pvpanic hyperv
devices/parallel @+type+>target+ source+|source target
devices/parallel@type dev pty file
devices/redirdev @+bus+ type+>address source boot protocol
devices/redirdev@type spicevmc dbus tcp unix
devices/redirfilter +>usbdev+
devices/rng @+model+>backend+ address driver rate
devices/rng@model virtio virtio-non-transitional virtio-transitional
devices/serial @+type+>target+ source address protocol
devices/serial@type pty unix nmdm dev file tcp pipe udp vc null spiceport stdio
devices/shmem @+name+ role>model+ server address msi size
devices/shmem@role master peer
devices/smartcard @+mode+ type>address source certificate protocol database
devices/smartcard@mode passthrough host host-certificates
devices/smartcard@type unix spicevmc tcp
devices/sound @+model+>address+ audio
devices/sound@model ich6 ac97 es1370 ich7 ich9 pcspk virtio
devices/tpm @+model>backend+ address
devices/tpm@model tpm-tis tpm-crb tpm-spapr
devices/video +>model+ address driver alias acpi
devices/vsock @+model+>cid+ address
devices/vsock@model virtio virtio-non-transitional virtio-transitional
devices/watchdog @model+ action+>alias address
devices/watchdog@model itco i6300esb ib700 diag288
devices/watchdog@action reset poweroff inject-nmi
disk/acpi @index+
disk/address @type+ bus+ controller unit target domain slot function cssid ssid devno port>zpci
disk/address@type drive pci ccw usb virtio-mmio
disk/alias @name+
disk/auth @+username+>secret+
disk/backingStore type index>format source backingStore
disk/backingStore@type file block network
disk/blockio @logical_block_size+ physical_block_size+ discard_granularity+
disk/boot @order+ loadparm
disk/driver @name+ type+ cache iommu packed error_policy discard ats io event_idx iothread copy_on_read detect_zeroes rerror_policy ioeventfd page_per_vq queues>iothreads metadata_cache
disk/driver@name qemu file phy
disk/driver@type raw qcow2 fat cow vmdk
disk/driver@cache none default writethrough directsync unsafe writeback
disk/driver@io io_uring native
disk/driver@discard unmap ignore
disk/driver@error_policy enospace report stop
disk/driver@iommu on off
disk/driver@ats on off
disk/driver@packed on off
disk/encryption @+format+ engine+>secret+
disk/geometry @cyls+ heads+ secs+ trans+
disk/iotune +>total_bytes_sec+ total_iops_sec+ read_bytes_sec write_bytes_sec read_iops_sec write_iops_sec read_bytes_sec_max write_bytes_sec_max total_bytes_sec_max read_iops_sec_max write_iops_sec_max total_iops_sec_max size_iops_sec read_bytes_sec_max_length total_bytes_sec_max_length write_bytes_sec_max_length read_iops_sec_max_length total_iops_sec_max_length write_iops_sec_max_length|total_bytes_sec total_iops_sec
disk/mirror @file type format job ready>format source
disk/source @file dev protocol name type index managed namespace startupPolicy pool volume mode path query tls dir tlsHostname>host encryption seclabel cookies address slices auth knownHosts ssl identity dataStore snapshot readahead reconnect timeout initiator reservations config
disk/source@protocol rbd nbd https iscsi http ssh ftp ftps gluster sheepdog
disk/source@type pci unix
disk/source@managed no yes
disk/source@mode direct host
disk/target @dev+ bus+ rotation_rate tray removable
disk/target@bus ide virtio sata scsi fdc xen usb sd
disk/target@tray closed open
disk/throttlefilters +>throttlefilter+
disk/transient shareBacking
distances/sibling @id+ value+
domain @+type+ id>name+ memory+ os+ devices+ uuid+ vcpu+ currentMemory+ clock+ on_poweroff+ on_reboot+ on_crash+ cpu features seclabel memoryBacking numatune maxMemory metadata cputune bootloader description iothreads pm idmap launchSecurity resource memtune sysinfo qemu:commandline keywrap blkiotune bootloader_args ns0:commandline vcpus bhyve:commandline genid throttlegroups iothreadids qemu:capabilities perf qemu:override qemu:deprecation vmware:datacenterpath xen:commandline|name uuid memory currentMemory vcpu os clock on_poweroff on_reboot on_crash devices
domain@type qemu kvm bhyve vmware xen lxc hyperv hvf test vz
domain/bhyve:commandline +>bhyve:arg+
domain/blkiotune +>device+ weight+|weight device
domain/clock @offset+ adjustment basis timezone start>timer
domain/clock@offset utc variable localtime timezone absolute
domain/clock@basis utc localtime
domain/cpu @+mode+ check+ match+ migratable deprecated_features>model+ feature numa topology maxphysaddr cache vendor
domain/cpu@mode custom host-model host-passthrough
domain/cpu@match exact minimum strict
domain/cpu@check none partial full
domain/cpu@migratable on off
domain/cputune +>shares vcpupin cachetune vcpusched iothreadsched emulatorpin period quota global_period global_quota iothread_period iothread_quota iothreadpin emulatorsched memorytune
domain/currentMemory @unit+
domain/currentMemory@unit KiB
domain/devices +>controller+ input emulator+ disk memballoon+ audio interface video graphics channel console hostdev serial panic filesystem watchdog rng memory hub shmem redirdev smartcard parallel tpm sound iommu vsock redirfilter|emulator controller memballoon
domain/features +>acpi+ apic pae gic smm capabilities hyperv hap ps2 privnet async-teardown vmport msrs pvspinlock vmcoreinfo xen ioapic kvm pmu ras tcg
domain/idmap +>uid+ gid+|uid gid
domain/iothreadids +>iothread+
domain/keywrap +>cipher+
domain/launchSecurity @+type+ authorKey kernelHashes vcek>policy+ dhCert session cbitpos reducedPhysBits guestVisibleWorkarounds idBlock idAuth hostData
domain/launchSecurity@type sev s390-pv sev-snp
domain/maxMemory @unit+ slots+
domain/maxMemory@unit KiB
domain/memory @unit+
domain/memory@unit KiB
domain/memoryBacking +>access hugepages source locked allocation nosharepages
domain/memtune +>hard_limit+ soft_limit swap_hard_limit
domain/metadata +>libosinfo:libosinfo+ app1:foo app2:bar
domain/name/ guest bhyve test hotplug kvm smbios name
domain/ns0:commandline +>ns0:arg+ ns1:arg
domain/numatune +>memory+ memnode
domain/on_crash/ destroy restart preserve
domain/on_poweroff/ destroy preserve
domain/on_reboot/ restart destroy
domain/os +firmware>type+ boot+ loader nvram bootmenu firmware init kernel initrd cmdline dtb acpi bios smbios inituser shim initdir initgroup|type boot
domain/os@firmware efi bios
domain/perf +>event+
domain/pm +>suspend-to-mem+ suspend-to-disk+|suspend-to-mem suspend-to-disk
domain/qemu:capabilities +>qemu:add+ qemu:del+|qemu:add qemu:del
domain/qemu:commandline +>qemu:arg+ qemu:env
domain/qemu:deprecation @behavior+
domain/qemu:override +>qemu:device+
domain/resource +>partition+
domain/seclabel @type+ model+ relabel>label imagelabel baselabel
domain/seclabel@type none dynamic static
domain/seclabel@relabel yes no
domain/sysinfo @+type+>bios+ system+ entry baseBoard chassis oemStrings|bios system
domain/sysinfo@type smbios fwcfg
domain/throttlegroups +>throttlegroup+
domain/vcpu @placement+ cpuset current
domain/vcpu@placement static auto
domain/vcpus +>vcpu+
domain/xen:commandline +>xen:arg+
driver/guest @csum+ tso4+ tso6+ ecn+ ufo+
driver/host @csum+ gso+ tso4+ tso6+ ecn+ ufo+ mrg_rxbuf+
driver/iothreads +>iothread+
driver/metadata_cache +>max_size+
encryption/secret @type+ uuid+ usage
features/apic eoi
features/apic@eoi off on
features/async-teardown @enabled
features/capabilities @policy+>mknod mac_admin mac_override sys_module
features/capabilities@policy allow deny
features/gic @version+
features/hap @state
features/hyperv @+mode>vpindex+ synic+ stimer+ vapic frequencies tlbflush ipi relaxed spinlocks runtime reset vendor_id reenlightenment evmcs avic emsr_bitmap xmm_input|vpindex synic stimer
features/hyperv@mode passthrough custom
features/ioapic @driver+
features/kvm +>hidden+ hint-dedicated+ poll-control+ pv-ipi+ dirty-ring+|hidden hint-dedicated poll-control pv-ipi dirty-ring
features/msrs @unknown+
features/pmu @state+
features/ps2 @state+
features/ps2@state off on
features/pvspinlock @state+
features/pvspinlock@state off on
features/ras @state+
features/smm @state+>tseg
features/smm@state on off
features/tcg +>tb-cache+
features/vmcoreinfo state
features/vmport @state+
features/vmport@state off on
features/xen +>passthrough+ e820_host
filesystem/address @type+ domain+ bus+ slot+ function+ cssid ssid devno
filesystem/address@type pci ccw
filesystem/binary @path+ xattr>cache lock
filesystem/boot @order+
filesystem/driver @type ats packed wrpolicy iommu page_per_vq queue
filesystem/driver@type virtiofs mtp path handle loop
filesystem/driver@ats on off
filesystem/driver@packed on off
filesystem/source @dir+ usage units
filesystem/target @dir+
firmware/feature @enabled+ name+
firmware/feature@enabled no yes
firmware/feature@name secure-boot enrolled-keys
format/metadata_cache +>max_size+
graphics/audio @id+
graphics/channel @name+ mode+
graphics/channel@name main inputs
graphics/channel@mode secure insecure
graphics/clipboard @copypaste+
graphics/filetransfer @enable+
graphics/gl @enable rendernode
graphics/image @compression+
graphics/image@compression auto_glz off
graphics/jpeg @compression+
graphics/listen @type+ address socket network
graphics/listen@type address none socket network
graphics/mouse @mode+
graphics/playback @compression+
graphics/streaming @mode+
graphics/zlib @compression+
hostdev/address @type+ bus+ controller domain slot target function unit port cssid ssid devno>zpci
hostdev/address@type pci drive usb ccw unassigned
hostdev/alias @name+
hostdev/boot @order+ loadparm
hostdev/driver @name model
hostdev/ip @address+ family+ prefix+
hostdev/ip@family ipv4 ipv6
hostdev/rom @bar+ file
hostdev/rom@bar off on
hostdev/route @family+ address+ gateway+
hostdev/route@family ipv4 ipv6
hostdev/source +protocol name wwpn guestReset writeFiltering>address+ adapter host auth initiator interface
hostdev/source@protocol iscsi vhost
hostdev/teaming @type+ persistent+
hub/address @type+ bus+ port+
hugepages/page @size+ unit+ nodeset
hugepages/page@unit KiB
hyperv/avic @state+
hyperv/emsr_bitmap @state+
hyperv/evmcs @state+
hyperv/frequencies @state+
hyperv/ipi @state+
hyperv/reenlightenment @state+
hyperv/relaxed @state+
hyperv/reset @state+
hyperv/runtime @state+
hyperv/spinlocks @state+ retries+
hyperv/stimer @state+>direct
hyperv/synic @state+
hyperv/tlbflush @state+>direct extended
hyperv/vapic @state+
hyperv/vendor_id @state+ value+
hyperv/vpindex @state+
hyperv/xmm_input @state+
idmap/gid @start+ target+ count+
idmap/uid @start+ target+ count+
initiator/iqn @name+
input/address @type+ bus+ domain slot function port cssid ssid devno
input/address@type usb pci ccw
input/alias @name+
input/driver @iommu+ ats packed page_per_vq
input/driver@iommu on off
input/settings @frequency+ channels+ format+
input/source @evdev+
interconnects/bandwidth @initiator+ target+ type+ value+ unit+ cache
interconnects/bandwidth@unit KiB
interconnects/latency @initiator+ target+ type+ value+ cache
interface/acpi @index+
interface/address @type+ bus+ domain+ slot+ function+ cssid ssid devno
interface/address@type pci ccw virtio-mmio
interface/alias @name+
interface/backend @type tap logFile vhost
interface/bandwidth +>outbound+ inbound
interface/boot @order+ loadparm
interface/coalesce +>rx+
interface/driver @name queues iommu ioeventfd rx_queue_size txmode rss rss_hash_report ats packed event_idx page_per_vq tx_queue_size>host guest
interface/driver@name vhost
interface/driver@ioeventfd on off
interface/driver@iommu on off
interface/guest @dev+
interface/ip @address+ family+ prefix peer
interface/ip@family ipv4 ipv6
interface/link @state+
interface/link@state up down
interface/mac @address+ type check
interface/mac@type generated static
interface/mac@check no yes
interface/model @type+
interface/model@type e1000 virtio rtl8139 vmxnet3 netfront
interface/mtu @size+
interface/port @isolated+
interface/portForward @+proto+ address dev>range+
interface/portForward@proto tcp udp
interface/rom @file bar enabled
interface/route @family+ address+ gateway+ prefix
interface/route@family ipv4 ipv6
interface/script @path+
interface/source @bridge network dev mode port type path address portgroup portid>address reconnect ip route local
interface/source@bridge virbr0 xenbr1 br0
interface/source@mode client vepa server
interface/target @dev+ managed
interface/teaming @type+ persistent
interface/teaming@type persistent transient
interface/tune +>sndbuf+
interface/virtualport @+type+>parameters+
interface/virtualport@type 802.1Qbg openvswitch 802.1Qbh midonet
interface/vlan +trunk>tag+
iommu/address @type+
iommu/driver @dma_translation+ intremap
iommu/driver@dma_translation off on
iothread/queue @id+
iothreadids/iothread @id+
iothreads/iothread @id+>queue
keywrap/cipher @name+ state+
keywrap/cipher@name aes dea
keywrap/cipher@state on off
kvm/dirty-ring @state+ size+
kvm/hidden @state+
kvm/hint-dedicated @state+
kvm/poll-control @state+
kvm/pv-ipi @state+
label/size @unit+
label/size@unit KiB
libosinfo:libosinfo/libosinfo:os @id+
memballoon/address @type+ domain+ bus+ slot+ function+ cssid ssid devno
memballoon/address@type pci ccw virtio-mmio
memballoon/alias @name+
memballoon/driver @ats+ iommu packed page_per_vq
memory/address @type+ slot+ domain bus function base>zpci
memory/address@type dimm pci
memory/source +>path+ nodemask pagesize alignsize pmem
memory/target +dynamicMemslots>size+ node+ block requested address label readonly|size node
memoryBacking/access @mode+
memoryBacking/access@mode shared private
memoryBacking/allocation @mode+ threads
memoryBacking/allocation@mode immediate ondemand
memoryBacking/hugepages +>page+
memoryBacking/source @type+
memoryBacking/source@type file memfd anonymous
memorytune/node @id+ bandwidth+
memtune/hard_limit @unit+
memtune/hard_limit@unit KiB
memtune/soft_limit @unit+
memtune/swap_hard_limit @unit+
metadata/app2:bar @maman+
metadata/libosinfo:libosinfo +>libosinfo:os+
metadata_cache/max_size @unit+
mirror/format @type+
mirror/source @dev+
model/acceleration @accel3d+ rendernode accel2d
model/acceleration@accel3d yes no
ns0:commandline/ns0:arg @value+
ns0:commandline/ns1:arg @value+
numa/cell @memory+ unit+ cpus+ id+ memAccess discard>distances cache
numa/cell@unit KiB
numa/cell@memAccess shared private
numa/interconnects +>latency+ bandwidth+|latency bandwidth
numatune/memnode @cellid+ mode+ nodeset+
numatune/memnode@mode strict preferred interleave restrictive
numatune/memory @mode+ nodeset placement
numatune/memory@mode strict interleave preferred restrictive
numatune/memory@placement auto static
nvram/source @+protocol file name>host+ auth
nvram/source@protocol nbd iscsi
os/acpi +>table+
os/bios @rebootTimeout+
os/boot @dev+
os/boot@dev hd cdrom network fd
os/bootmenu @enable+ timeout
os/bootmenu@enable yes no
os/firmware +>feature+
os/loader @type+ format readonly secure stateless
os/loader@readonly yes no
os/loader@type pflash rom
os/loader@format raw qcow2
os/loader@stateless yes no
os/loader@secure yes no
os/nvram @template format templateFormat type>source
os/nvram@templateFormat raw qcow2
os/nvram@format raw qcow2
os/nvram@type network file
os/smbios @mode+
os/type @arch+ machine+
os/type/ hvm exe linux xenpvh
os/type@arch x86_64 s390x i686 ppc64 aarch64 riscv64 armv7l loongarch64 ppc
os/type@machine pc s390-ccw-virtio q35 pseries virt pc-q35-4.0 xenfv pc-i440fx-4.0 virt-4.0 xenpv mac99 pc-i440fx-2.12
output/settings @frequency+ channels+ format+
panic/address @type+ iobase domain bus slot function
panic/address@type isa pci
parallel/source @path+
parallel/target @port+
perf/event @name+ enabled+
perf/event@name alignment_faults branch_instructions branch_misses bus_cycles cache_misses cache_references cmt context_switches cpu_clock cpu_cycles cpu_migrations emulation_faults
perf/event@enabled yes no
pm/suspend-to-disk @enabled+
pm/suspend-to-disk@enabled no yes
pm/suspend-to-mem @enabled+
pm/suspend-to-mem@enabled no yes
portForward/range @start+ end exclude to
qemu:capabilities/qemu:add @capability+
qemu:capabilities/qemu:del @capability+
qemu:commandline/qemu:arg @value+
qemu:commandline/qemu:env @name+ value
qemu:device/qemu:frontend +>qemu:property+
qemu:frontend/qemu:property @name+ type+ value+
qemu:frontend/qemu:property@type bool remove signed string unsigned
qemu:frontend/qemu:property@value false true
qemu:override/qemu:device @+alias+>qemu:frontend+
redirdev/address @type+ bus+ port+
redirdev/boot @order+
redirdev/protocol @type+
redirdev/source @mode+ host service channel>reconnect
redirfilter/usbdev @allow+ class vendor product version
redirfilter/usbdev@allow no yes
reservations/source @type+ path+ mode+
rng/address @type+ domain+ bus+ slot+ function+ cssid ssid devno
rng/address@type pci ccw virtio-mmio
rng/backend @model+ type>source protocol
rng/backend@model random egd builtin
rng/backend@type tcp unix pipe
rng/driver @iommu ats packed page_per_vq
rng/driver@ats on off
rng/driver@iommu on off
rng/driver@packed on off
rng/rate @bytes+ period+
rx/frames @max+
serial/address @type+ reg iobase domain bus slot function irq
serial/address@type spapr-vio isa pci
serial/protocol @type+
serial/protocol@type raw tls telnet
serial/source @path mode service host master slave append channel>seclabel
serial/source@mode connect bind
serial/target @+port+ type>model
serial/target@type isa-serial spapr-vio-serial system-serial sclp-serial pci-serial isa-debug usb-serial
shmem/address @type+ domain+ bus+ slot+ function+
shmem/address@type pci isa
shmem/model @type+
shmem/model@type ivshmem-doorbell ivshmem-plain
shmem/msi @ioeventfd+ vectors
shmem/msi@ioeventfd on off
shmem/server @path+
shmem/size @unit+
shmem/size@unit M
slices/slice @type+ offset+ size+
smartcard/address @type+ controller+ slot+
smartcard/protocol @type+
smartcard/source @mode+ path host service>reconnect
smartcard/source@mode bind connect
smm/tseg @unit+
smm/tseg@unit MiB
sound/address @type+ domain+ bus+ slot+ function+
sound/audio @id+
source/adapter @name+
source/address @bus+ domain slot function target unit uuid type device
source/alignsize @unit+
source/auth @+username+>secret+
source/clipboard @copypaste+
source/clipboard@copypaste no yes
source/config @file+
source/cookies +>cookie+
source/dataStore @+type+>format+ source+|format source
source/dataStore@type file block network
source/encryption @+format+ engine>secret+
source/encryption@format luks luks-any luks2
source/encryption@engine qemu librbd
source/host @name+ port+ transport socket
source/identity @username+ agentsock keyfile
source/initiator +>iqn+
source/ip @address+ family+ prefix+ peer
source/knownHosts @path+
source/local @address+ port+
source/mouse @mode+
source/mouse@mode server client
source/pagesize @unit+
source/pagesize@unit KiB
source/readahead @size+
source/reconnect @enabled+ timeout+ delay
source/reconnect@enabled yes no
source/reservations @managed+>source
source/reservations@managed no yes
source/route @family+ address+ gateway+ prefix
source/seclabel @model+ relabel+ labelskip>label
source/seclabel@relabel no yes
source/slices +>slice+
source/snapshot @name+
source/ssl @verify+
source/ssl@verify no yes
source/timeout @seconds+
stimer/direct @state+
sysinfo/baseBoard +>entry+
sysinfo/bios +>entry+
sysinfo/chassis +>entry+
sysinfo/entry @name+ file
sysinfo/oemStrings +>entry+
sysinfo/system +>entry+
system/entry @name+
system/entry@name uuid family manufacturer product serial sku version
target/address @base+
target/block @unit+
target/block@unit KiB
target/label +>size+
target/model @name+
target/model@name isa-serial spapr-vty 16550a pl011 sclpconsole sclplmconsole isa-debugcon
target/requested @unit+
target/requested@unit KiB
target/size @unit+
target/size@unit KiB
tcg/tb-cache @unit+
throttlefilters/throttlefilter @group+
throttlegroups/throttlegroup +>total_iops_sec+ group_name+ read_bytes_sec+ write_bytes_sec+ total_bytes_sec|read_bytes_sec write_bytes_sec total_iops_sec group_name
timer/catchup @limit slew threshold
tlbflush/direct @state+
tlbflush/extended @state+
tpm/address @type+ reg+
tpm/backend @type+ version debug>source encryption device active_pcr_banks
tpm/backend@type emulator passthrough external
tpm/backend@version 2.0 1.2
vcpus/vcpu @id+ enabled+ hotpluggable+ order
vcpus/vcpu@enabled yes no
vcpus/vcpu@hotpluggable yes no
video/acpi @index+
video/address @type+ domain+ bus+ slot+ function+ cssid ssid devno
video/address@type pci ccw
video/alias @name+
video/driver @name packed iommu ats vgaconf page_per_vq
video/driver@vgaconf off on
video/driver@ats on off
video/driver@iommu on off
video/driver@packed on off
video/model @type+ heads vram primary ram vgamem blob vram64>acceleration
video/model@type cirrus qxl virtio vmvga vga gop none xen bochs ramfb
video/model@primary yes no
virtualport/parameters @managerid typeid typeidversion instanceid interfaceid profileid
vlan/tag @id+
vsock/address @type+ domain cssid bus ssid slot devno function
vsock/address@type ccw pci
vsock/cid @auto+ address
vsock/cid@auto no yes
watchdog/address @type+ domain+ bus+ slot+ function+
watchdog/alias @name+
xen/e820_host @state+
xen/passthrough @state+ mode
xen:commandline/xen:arg @value+
`;
