/**
 * What is used how often in libvirt's own documents: made by test/schema-tools/practice.ts, never by hand.
 * A line tells of a source in a disk as `disk/source`: its attributes, the most used first; behind `>` the child
 * elements; behind `|` the usual ones of these in the order in which they are written; behind each `;` the values of
 * an attribute, and those of the text behind `;=`. `+` marks attributes that four of five have, and child elements
 * that three of five have; at the beginning `@` marks elements of which most have attributes, `+` those of which most
 * have child elements.
 */

export const PRACTICE_TABLE = `
acpi/table @type+;type=raw slic msdm rawset
address/zpci @uid+ fid+
audio/input @+mixingEngine+ fixedSettings+ voices+ bufferLength dev name bufferCount streamName latency tryPoll serverName clientName connectPorts>settings+;mixingEngine=yes no
audio/output @+mixingEngine+ fixedSettings+ voices+ bufferLength dev bufferCount name streamName latency tryPoll serverName clientName connectPorts>settings+;mixingEngine=yes no
auth/secret @type+ usage+ uuid;type=iscsi ceph
backend/source @mode path type host service>reconnect;mode=connect bind;type=dir file unix
backingStore/format @type+>metadata_cache;type=qcow2 raw
backingStore/source @+file dev protocol name>dataStore encryption slices host cookies
bandwidth/outbound @average+ peak burst
baseBoard/entry @name+;name=location manufacturer product serial version asset
bhyve:commandline/bhyve:arg @value+
bios/entry @name+;name=vendor version date
blkiotune/device +>path+ weight+ read_iops_sec+ write_iops_sec+ read_bytes_sec+ write_bytes_sec+|path weight read_iops_sec write_iops_sec read_bytes_sec write_bytes_sec
cachetune/cache @id+ level+ type+ size+ unit+;type=both code data;unit=KiB MiB
cachetune/monitor @level+ vcpus+
capabilities/mknod @state+;state=off on
cell/distances +>sibling+
channel/address @type+ controller+ bus+ port+
channel/alias @name+
channel/log @file+ append+;append=off on
channel/protocol @type+;type=raw telnet
channel/source @mode host service path channel tls>reconnect clipboard mouse;mode=bind connect
channel/target @type+ name+ state address port;type=virtio guestfwd xen;state=connected disconnected
chassis/entry @name+;name=asset manufacturer serial sku version
clock/timer @name+ tickpolicy present mode frequency>catchup;name=hpet pit rtc kvmclock tsc;present=no yes;tickpolicy=catchup delay discard
console/address @type+ reg domain cssid bus iobase ssid slot devno function irq;type=spapr-vio ccw isa pci
console/protocol @type+;type=raw telnet telnets
console/source @mode path host service master slave channel>seclabel;mode=connect bind
console/target @port+ type+;type=serial virtio xen lxc sclp
controller/address @type+ slot+ bus+ function+ domain+ multifunction cssid ssid devno reg port>zpci;type=pci ccw spapr-vio usb virtio-mmio;multifunction=on off
controller/alias @name+;name=usb pci ide
controller/driver @ats packed queues iommu cmd_per_lun ioeventfd iothread max_sectors page_per_vq>iothreads;ats=on off;packed=on off
controller/master @startport+
controller/model @name+;name=pcie-root-port spapr-pci-host-bridge pci-bridge xio3130-downstream i82801b11-bridge x3130-upstream pxb ioh3420 pxb-pcie pcie-pci-bridge
controller/pcihole64 @unit+
controller/target @chassis port index chassisNr hotplug busNr memReserve>node;hotplug=off on
cookies/cookie @name+
cpu/cache @mode+ level;mode=emulate passthrough disable
cpu/feature @policy+ name+;policy=disable require optional force forbid;name=nx ds tm
cpu/maxphysaddr @mode+ bits limit;mode=emulate passthrough
cpu/model @fallback+ vendor_id;fallback=forbid allow;=qemu64 qemu POWER9 core2duo cortex-a15 cortex-a53 rv64 la464 Haswell arm926 zEC12
cpu/numa +>cell+ interconnects
cpu/topology @sockets+ cores+ threads+ dies+ clusters
cputune/cachetune @+vcpus+ id>cache+ monitor
cputune/emulatorpin @cpuset+
cputune/iothreadsched @iothreads+ scheduler+ priority;scheduler=batch rr
cputune/vcpupin @vcpu+ cpuset+
cputune/vcpusched @vcpus+ scheduler+ priority;scheduler=fifo rr batch idle
dataStore/format @type+
dataStore/source @file protocol dev name>host
devices/audio @id+ type+ timerPeriod driver runtimeDir tryMMap exclusive dspPolicy path serverName>input output;type=none spice pipewire sdl oss alsa pulseaudio coreaudio dbus file jack;driver=pulseaudio esd
devices/channel @+type+>target+ address source protocol log alias;type=unix pty tcp spicevmc udp qemu-vdagent pipe dbus dev file null spiceport
devices/console @+type+>target+ address source protocol;type=pty dev file nmdm tcp udp unix vc pipe spiceport
devices/controller @type+ index+ model ports vectors maxEventChannels maxGrantFrames>address model target alias master driver pcihole64;type=pci usb ide scsi virtio-serial sata xenbus fdc isa ccid;model=pci-root piix3-uhci pcie-root-port none pcie-root virtio-scsi pcie-switch-downstream-port qemu-xhci ich9-ehci1 ich9-uhci1 ich9-uhci2 ich9-uhci3
devices/disk @+type+ device+ snapshot model>target+ source+ address+ driver+ readonly backingStore alias boot shareable auth encryption wwn serial iotune transient mirror throttlefilters product vendor acpi blockio geometry|driver source target address;type=file block network nvme volume vhostuser dir;device=disk cdrom floppy lun;snapshot=no external internal;model=virtio-non-transitional virtio-transitional
devices/filesystem @+type+ accessmode+ multidevs fmode dmode model>source+ target+ address driver binary readonly boot|source target;type=mount ram bind;accessmode=passthrough mapped;multidevs=forbid remap warn;model=virtio-non-transitional virtio-transitional
devices/graphics @+type+ port autoport listen passwd tlsPort socket p2p defaultMode keymap powerControl display username websocket address xauth>listen+ channel image gl jpeg zlib playback streaming mouse clipboard audio filetransfer;type=vnc spice dbus egl-headless sdl rdp;autoport=yes no
devices/hostdev @+mode+ type+ managed+ model display ramfb rawio sgio>source+ address+ driver readonly alias boot ip rom teaming route shareable|source address;mode=subsystem capabilities;type=pci scsi mdev usb scsi_host net;managed=yes no;model=vfio-pci vfio-ccw virtio-non-transitional virtio-transitional;display=on off;ramfb=on off
devices/hub @+type+>address+
devices/input @type+ bus+ model>alias address driver source;type=mouse keyboard tablet passthrough;bus=ps2 usb xen virtio
devices/interface @+type+ managed trustGuestRxFilters>mac+ model+ address source script driver ip portForward virtualport backend target teaming alias vlan route boot rom bandwidth link guest acpi mtu tune port coalesce|mac model;type=user bridge network ethernet vhostuser hostdev direct server mcast vdpa client null;trustGuestRxFilters=no yes
devices/iommu @model+>driver address;model=virtio intel smmuv3
devices/memballoon @model+ autodeflate freePageReporting>address alias driver;model=virtio none xen virtio-non-transitional virtio-transitional;autodeflate=on off
devices/memory @+model+ access>target+ address+ source uuid|target address;model=nvdimm virtio-mem dimm;access=private shared
devices/panic @model+>address;model=s390 pseries isa pvpanic hyperv
devices/parallel @+type+>target+ source+|source target;type=dev pty file
devices/redirdev @+bus+ type+>address source boot protocol;type=spicevmc dbus tcp unix
devices/rng @+model+>backend+ address driver rate;model=virtio virtio-non-transitional virtio-transitional
devices/serial @+type+>target+ source address protocol;type=pty unix nmdm dev file tcp pipe udp vc null spiceport stdio
devices/shmem @+name+ role>model+ server address msi size;role=master peer
devices/smartcard @+mode+ type>address source certificate protocol database;mode=passthrough host host-certificates;type=unix spicevmc tcp
devices/sound @+model+>address+ audio;model=ich6 ac97 es1370 ich7 ich9 pcspk virtio
devices/tpm @+model>backend+ address;model=tpm-tis tpm-crb tpm-spapr
devices/video +>model+ address driver alias acpi
devices/vsock @+model+>cid+ address;model=virtio virtio-non-transitional virtio-transitional
devices/watchdog @model+ action+>alias address;model=itco i6300esb ib700 diag288;action=reset poweroff inject-nmi
disk/address @type+ bus+ controller unit target domain slot function cssid ssid devno port>zpci;type=drive pci ccw usb virtio-mmio
disk/alias @name+
disk/auth @+username+>secret+
disk/backingStore type index>format source backingStore;type=file block network
disk/boot @order+ loadparm
disk/driver @name+ type+ cache iommu packed error_policy discard ats io event_idx iothread copy_on_read detect_zeroes rerror_policy ioeventfd page_per_vq queues>iothreads metadata_cache;name=qemu file phy;type=raw qcow2 fat cow vmdk;cache=none default writethrough directsync unsafe writeback;io=io_uring native;discard=unmap ignore;error_policy=enospace report stop;iommu=on off;ats=on off;packed=on off
disk/encryption @+format+ engine+>secret+
disk/iotune +>total_bytes_sec+ total_iops_sec+ read_bytes_sec write_bytes_sec read_iops_sec write_iops_sec read_bytes_sec_max write_bytes_sec_max total_bytes_sec_max read_iops_sec_max write_iops_sec_max total_iops_sec_max size_iops_sec read_bytes_sec_max_length total_bytes_sec_max_length write_bytes_sec_max_length read_iops_sec_max_length total_iops_sec_max_length write_iops_sec_max_length|total_bytes_sec total_iops_sec
disk/mirror @file type format job ready>format source
disk/source @file dev protocol name type index managed namespace startupPolicy pool volume mode path query tls dir tlsHostname>host encryption seclabel cookies address slices auth knownHosts ssl identity dataStore snapshot readahead reconnect timeout initiator reservations config;protocol=rbd nbd https iscsi http ssh ftp ftps gluster sheepdog;type=pci unix;managed=no yes;mode=direct host
disk/target @dev+ bus+ rotation_rate tray removable;bus=ide virtio sata scsi fdc xen usb sd;tray=closed open
disk/throttlefilters +>throttlefilter+
disk/transient shareBacking
distances/sibling @id+ value+
domain @+type+ id>name+ memory+ os+ devices+ uuid+ vcpu+ currentMemory+ clock+ on_poweroff+ on_reboot+ on_crash+ cpu features seclabel memoryBacking numatune maxMemory metadata cputune bootloader description iothreads pm idmap launchSecurity resource memtune sysinfo qemu:commandline keywrap blkiotune bootloader_args ns0:commandline vcpus bhyve:commandline genid throttlegroups iothreadids qemu:capabilities perf qemu:override qemu:deprecation vmware:datacenterpath xen:commandline|name uuid memory currentMemory vcpu os clock on_poweroff on_reboot on_crash devices;type=qemu kvm bhyve vmware xen lxc hyperv hvf test vz
domain/blkiotune +>device+ weight+|weight device
domain/clock @offset+ adjustment basis timezone start>timer;offset=utc variable localtime timezone absolute;basis=utc localtime
domain/cpu @+mode+ check+ match+ migratable deprecated_features>model+ feature numa topology maxphysaddr cache vendor;mode=custom host-model host-passthrough;match=exact minimum strict;check=none partial full;migratable=on off
domain/cputune +>shares vcpupin cachetune vcpusched iothreadsched emulatorpin period quota global_period global_quota iothread_period iothread_quota iothreadpin emulatorsched memorytune
domain/currentMemory @unit+;unit=KiB
domain/devices +>controller+ input emulator+ disk memballoon+ audio interface video graphics channel console hostdev serial panic filesystem watchdog rng memory hub shmem redirdev smartcard parallel tpm sound iommu vsock redirfilter|emulator controller memballoon
domain/features +>acpi+ apic pae gic smm capabilities hyperv hap ps2 privnet async-teardown vmport msrs pvspinlock vmcoreinfo xen ioapic kvm pmu ras tcg
domain/idmap +>uid+ gid+|uid gid
domain/keywrap +>cipher+
domain/launchSecurity @+type+ authorKey kernelHashes vcek>policy+ dhCert session cbitpos reducedPhysBits guestVisibleWorkarounds idBlock idAuth hostData;type=sev s390-pv sev-snp
domain/maxMemory @unit+ slots+;unit=KiB
domain/memory @unit+;unit=KiB
domain/memoryBacking +>access hugepages source locked allocation nosharepages
domain/memtune +>hard_limit+ soft_limit swap_hard_limit
domain/metadata +>libosinfo:libosinfo+ app1:foo app2:bar
domain/name ;=guest bhyve test hotplug kvm smbios name
domain/ns0:commandline +>ns0:arg+ ns1:arg
domain/numatune +>memory+ memnode
domain/on_crash ;=destroy restart preserve
domain/on_poweroff ;=destroy preserve
domain/on_reboot ;=restart destroy
domain/os +firmware>type+ boot+ loader nvram bootmenu firmware init kernel initrd cmdline dtb acpi bios smbios inituser shim initdir initgroup|type boot;firmware=efi bios
domain/pm +>suspend-to-mem+ suspend-to-disk+|suspend-to-mem suspend-to-disk
domain/qemu:commandline +>qemu:arg+ qemu:env
domain/resource +>partition+
domain/seclabel @type+ model+ relabel>label imagelabel baselabel;type=none dynamic static;relabel=yes no
domain/sysinfo @+type+>bios+ system+ entry baseBoard chassis oemStrings|bios system;type=smbios fwcfg
domain/vcpu @placement+ cpuset current;placement=static auto
driver/iothreads +>iothread+
encryption/secret @type+ uuid+ usage
features/apic eoi;eoi=off on
features/async-teardown @enabled
features/capabilities @policy+>mknod mac_admin mac_override sys_module;policy=allow deny
features/gic @version+
features/hap @state
features/hyperv @+mode>vpindex+ synic+ stimer+ vapic frequencies tlbflush ipi relaxed spinlocks runtime reset vendor_id reenlightenment evmcs avic emsr_bitmap xmm_input|vpindex synic stimer;mode=passthrough custom
features/ps2 @state+;state=off on
features/smm @state+>tseg;state=on off
filesystem/address @type+ domain+ bus+ slot+ function+ cssid ssid devno;type=pci ccw
filesystem/binary @path+ xattr>cache lock
filesystem/boot @order+
filesystem/driver @type ats packed wrpolicy iommu page_per_vq queue;type=virtiofs mtp path handle loop;ats=on off;packed=on off
filesystem/source @dir+ usage units
filesystem/target @dir+
firmware/feature @enabled+ name+;enabled=no yes;name=secure-boot enrolled-keys
graphics/channel @name+ mode+;name=main inputs;mode=secure insecure
graphics/gl @enable rendernode
graphics/image @compression+;compression=auto_glz off
graphics/jpeg @compression+
graphics/listen @type+ address socket network;type=address none socket network
graphics/playback @compression+
graphics/streaming @mode+
graphics/zlib @compression+
hostdev/address @type+ bus+ controller domain slot target function unit port cssid ssid devno>zpci;type=pci drive usb ccw unassigned
hostdev/alias @name+
hostdev/boot @order+ loadparm
hostdev/driver @name model
hostdev/source +protocol name wwpn guestReset writeFiltering>address+ adapter host auth initiator interface;protocol=iscsi vhost
hub/address @type+ bus+ port+
hugepages/page @size+ unit+ nodeset;unit=KiB
hyperv/stimer @state+>direct
hyperv/synic @state+
hyperv/vpindex @state+
idmap/gid @start+ target+ count+
idmap/uid @start+ target+ count+
initiator/iqn @name+
input/address @type+ bus+ domain slot function port cssid ssid devno;type=usb pci ccw
input/alias @name+
input/driver @iommu+ ats packed page_per_vq;iommu=on off
input/settings @frequency+ channels+ format+
input/source @evdev+
interconnects/bandwidth @initiator+ target+ type+ value+ unit+ cache;unit=KiB
interconnects/latency @initiator+ target+ type+ value+ cache
interface/acpi @index+
interface/address @type+ bus+ domain+ slot+ function+ cssid ssid devno;type=pci ccw virtio-mmio
interface/alias @name+
interface/backend @type tap logFile vhost
interface/bandwidth +>outbound+ inbound
interface/boot @order+ loadparm
interface/driver @name queues iommu ioeventfd rx_queue_size txmode rss rss_hash_report ats packed event_idx page_per_vq tx_queue_size>host guest;name=vhost;ioeventfd=on off;iommu=on off
interface/guest @dev+
interface/ip @address+ family+ prefix peer;family=ipv4 ipv6
interface/link @state+;state=up down
interface/mac @address+ type check;type=generated static;check=no yes
interface/model @type+;type=e1000 virtio rtl8139 vmxnet3 netfront
interface/portForward @+proto+ address dev>range+;proto=tcp udp
interface/rom @file bar enabled
interface/route @family+ address+ gateway+ prefix;family=ipv4 ipv6
interface/script @path+
interface/source @bridge network dev mode port type path address portgroup portid>address reconnect ip route local;bridge=virbr0 xenbr1 br0;mode=client vepa server
interface/target @dev+ managed
interface/teaming @type+ persistent;type=persistent transient
interface/virtualport @+type+>parameters+;type=802.1Qbg openvswitch 802.1Qbh midonet
interface/vlan +trunk>tag+
iothread/queue @id+
iothreads/iothread @id+>queue
keywrap/cipher @name+ state+;name=aes dea;state=on off
label/size @unit+;unit=KiB
libosinfo:libosinfo/libosinfo:os @id+
memballoon/address @type+ domain+ bus+ slot+ function+ cssid ssid devno;type=pci ccw virtio-mmio
memballoon/alias @name+
memballoon/driver @ats+ iommu packed page_per_vq
memory/address @type+ slot+ domain bus function base>zpci;type=dimm pci
memory/source +>path+ nodemask pagesize alignsize pmem
memory/target +dynamicMemslots>size+ node+ block requested address label readonly|size node
memoryBacking/access @mode+;mode=shared private
memoryBacking/allocation @mode+ threads;mode=immediate ondemand
memoryBacking/hugepages +>page+
memoryBacking/source @type+;type=file memfd anonymous
memtune/hard_limit @unit+;unit=KiB
metadata/libosinfo:libosinfo +>libosinfo:os+
model/acceleration @accel3d+ rendernode accel2d;accel3d=yes no
numa/cell @memory+ unit+ cpus+ id+ memAccess discard>distances cache;unit=KiB;memAccess=shared private
numatune/memnode @cellid+ mode+ nodeset+;mode=strict preferred interleave restrictive
numatune/memory @mode+ nodeset placement;mode=strict interleave preferred restrictive;placement=auto static
nvram/source @+protocol file name>host+ auth;protocol=nbd iscsi
os/acpi +>table+
os/bios @rebootTimeout+
os/boot @dev+;dev=hd cdrom network fd
os/bootmenu @enable+ timeout;enable=yes no
os/firmware +>feature+
os/loader @type+ format readonly secure stateless;readonly=yes no;type=pflash rom;format=raw qcow2;stateless=yes no;secure=yes no
os/nvram @template format templateFormat type>source;templateFormat=raw qcow2;format=raw qcow2;type=network file
os/smbios @mode+
os/type @arch+ machine+;=hvm exe linux xenpvh;arch=x86_64 s390x i686 ppc64 aarch64 riscv64 armv7l loongarch64 ppc;machine=pc s390-ccw-virtio q35 pseries virt pc-q35-4.0 xenfv pc-i440fx-4.0 virt-4.0 xenpv mac99 pc-i440fx-2.12
output/settings @frequency+ channels+ format+
panic/address @type+ iobase domain bus slot function;type=isa pci
parallel/source @path+
parallel/target @port+
perf/event @name+ enabled+;name=alignment_faults branch_instructions branch_misses bus_cycles cache_misses cache_references cmt context_switches cpu_clock cpu_cycles cpu_migrations emulation_faults;enabled=yes no
pm/suspend-to-disk @enabled+;enabled=no yes
pm/suspend-to-mem @enabled+;enabled=no yes
portForward/range @start+ end exclude to
qemu:commandline/qemu:arg @value+
qemu:commandline/qemu:env @name+ value
qemu:frontend/qemu:property @name+ type+ value+;type=bool remove signed string unsigned;value=false true
redirdev/address @type+ bus+ port+
redirdev/boot @order+
redirdev/source @mode+ host service channel>reconnect
rng/address @type+ domain+ bus+ slot+ function+ cssid ssid devno;type=pci ccw virtio-mmio
rng/backend @model+ type>source protocol;model=random egd builtin;type=tcp unix pipe
rng/driver @iommu ats packed page_per_vq;ats=on off;iommu=on off;packed=on off
serial/address @type+ reg iobase domain bus slot function irq;type=spapr-vio isa pci
serial/protocol @type+;type=raw tls telnet
serial/source @path mode service host master slave append channel>seclabel;mode=connect bind
serial/target @+port+ type>model;type=isa-serial spapr-vio-serial system-serial sclp-serial pci-serial isa-debug usb-serial
shmem/address @type+ domain+ bus+ slot+ function+;type=pci isa
shmem/model @type+;type=ivshmem-doorbell ivshmem-plain
shmem/msi @ioeventfd+ vectors;ioeventfd=on off
shmem/server @path+
shmem/size @unit+;unit=M
slices/slice @type+ offset+ size+
smartcard/address @type+ controller+ slot+
smartcard/source @mode+ path host service>reconnect;mode=bind connect
smm/tseg @unit+;unit=MiB
sound/address @type+ domain+ bus+ slot+ function+
sound/audio @id+
source/adapter @name+
source/address @bus+ domain slot function target unit uuid type device
source/alignsize @unit+
source/auth @+username+>secret+
source/clipboard @copypaste+;copypaste=no yes
source/cookies +>cookie+
source/dataStore @+type+>format+ source+|format source;type=file block network
source/encryption @+format+ engine>secret+;format=luks luks-any luks2;engine=qemu librbd
source/host @name+ port+ transport socket
source/identity @username+ agentsock keyfile
source/initiator +>iqn+
source/ip @address+ family+ prefix+ peer
source/knownHosts @path+
source/mouse @mode+;mode=server client
source/pagesize @unit+;unit=KiB
source/readahead @size+
source/reconnect @enabled+ timeout+ delay;enabled=yes no
source/route @family+ address+ gateway+ prefix
source/seclabel @model+ relabel+ labelskip>label;relabel=no yes
source/slices +>slice+
source/snapshot @name+
source/ssl @verify+;verify=no yes
source/timeout @seconds+
sysinfo/bios +>entry+
sysinfo/system +>entry+
system/entry @name+;name=uuid family manufacturer product serial sku version
target/address @base+
target/block @unit+;unit=KiB
target/label +>size+
target/model @name+;name=isa-serial spapr-vty 16550a pl011 sclpconsole sclplmconsole isa-debugcon
target/requested @unit+;unit=KiB
target/size @unit+;unit=KiB
throttlefilters/throttlefilter @group+
throttlegroups/throttlegroup +>total_iops_sec+ group_name+ read_bytes_sec+ write_bytes_sec+ total_bytes_sec|read_bytes_sec write_bytes_sec total_iops_sec group_name
timer/catchup @limit slew threshold
tpm/backend @type+ version debug>source encryption device active_pcr_banks;type=emulator passthrough external;version=2.0 1.2
vcpus/vcpu @id+ enabled+ hotpluggable+ order;enabled=yes no;hotpluggable=yes no
video/address @type+ domain+ bus+ slot+ function+ cssid ssid devno;type=pci ccw
video/driver @name packed iommu ats vgaconf page_per_vq;vgaconf=off on;ats=on off;iommu=on off;packed=on off
video/model @type+ heads vram primary ram vgamem blob vram64>acceleration;type=cirrus qxl virtio vmvga vga gop none xen bochs ramfb;primary=yes no
virtualport/parameters @managerid typeid typeidversion instanceid interfaceid profileid
vlan/tag @id+
vsock/address @type+ domain cssid bus ssid slot devno function;type=ccw pci
vsock/cid @auto+ address;auto=no yes
xen:commandline/xen:arg @value+
`;
