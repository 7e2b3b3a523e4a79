/**
 * Documents beyond throttle-cases.json, each with the verdict that follows from the facts about libvirt 11.3 and
 * QEMU 10.0, the reason for it in a line, and what is to be found (as in throttle-cases-findings.ts).
 */

export interface Judged {
  /** Why the verdict is what it is. */
  readonly why: string;
  readonly xml: string;
  /** Who refuses it first: nobody, the schema alone, libvirt on define, libvirt or QEMU on start. */
  readonly refusedAt: 'accepted' | 'schema' | 'define' | 'start';
  readonly finds: readonly string[];
}

/** A whole domain that the schema takes, but for what is put in. */
const domain = (groups: string, disks: string, type = 'kvm'): string =>
  `<domain type='${type}'><name>m</name><memory unit='MiB'>32</memory><vcpu>1</vcpu>${groups}` +
  `<os><type arch='x86_64' machine='pc'>hvm</type></os><devices>${disks}</devices></domain>`;

const group = (content: string, name = 'g'): string =>
  `<throttlegroup><group_name>${name}</group_name>${content}</throttlegroup>`;
const groups = (...all: readonly string[]): string => `<throttlegroups>${all.join('')}</throttlegroups>`;
const filters = (...names: readonly string[]): string =>
  `<throttlefilters>${names.map(name => `<throttlefilter group='${name}'/>`).join('')}</throttlefilters>`;
const disk = (content: string, dev = 'vda', attributes = `type='file' device='disk'`): string =>
  `<disk ${attributes}><driver name='qemu' type='raw'/><source file='/data/${dev}.raw'/><target dev='${dev}' bus='virtio'/>${content}</disk>`;

/** One group `g` with these limits, used by one disk. */
const limits = (content: string, type = 'kvm'): string =>
  domain(groups(group(content)), disk(filters('g')), type);
/** One disk with this iotune. */
const iotune = (content: string, type = 'kvm'): string =>
  domain('', disk(`<iotune>${content}</iotune>`), type);
/** A good group `g`, and a disk with filters of it and this beside. */
const G = group('<total_iops_sec>100</total_iops_sec>');
const filtered = (attributes: string, content: string, type = 'kvm'): string =>
  domain(groups(G), `<disk ${attributes}>${content}${filters('g')}</disk>`, type);
/** A good group `g`, and a disk with this in it. */
const withDisk = (content: string): string => domain(groups(G), disk(content));

const LIMITS_OF_GROUPS: Readonly<Record<string, Judged>> = {
  'length total+read': {
    why: 'section 4: the schema excludes total_max_length beside read_max_length, libvirt does not; QEMU misses the burst',
    xml: limits(
      '<total_iops_sec>5</total_iops_sec><total_iops_sec_max>9</total_iops_sec_max><total_iops_sec_max_length>2</total_iops_sec_max_length><read_iops_sec_max_length>2</read_iops_sec_max_length>',
    ),
    refusedAt: 'start',
    finds: [
      // The length alone would be refused too; the conflict says more.
      'error total-excludes-read-write qemu: read_iops_sec_max_length',
    ],
  },
  'length total+read, both 1': {
    why: 'a length of 1 is what QEMU takes for unset, so only the schema refuses the pair',
    xml: limits(
      '<total_iops_sec>5</total_iops_sec><total_iops_sec_max_length>1</total_iops_sec_max_length><read_iops_sec_max_length>1</read_iops_sec_max_length>',
    ),
    refusedAt: 'schema',
    finds: ['error total-excludes-read-write schema: read_iops_sec_max_length'],
  },
  'length of bytes beside length of operations': {
    why: 'totals and directions exclude each other only within a kind',
    xml: limits(
      '<total_bytes_sec>5</total_bytes_sec><total_bytes_sec_max>6</total_bytes_sec_max><total_bytes_sec_max_length>2</total_bytes_sec_max_length><read_iops_sec>5</read_iops_sec><read_iops_sec_max>5</read_iops_sec_max><read_iops_sec_max_length>3</read_iops_sec_max_length>',
    ),
    refusedAt: 'accepted',
    finds: [],
  },
  'total bytes, read and write operations': {
    why: 'another kind is no conflict',
    xml: limits(
      '<total_bytes_sec>100</total_bytes_sec><read_iops_sec>5</read_iops_sec><write_iops_sec>5</write_iops_sec>',
    ),
    refusedAt: 'accepted',
    finds: [],
  },
  'total and both directions': {
    why: 'libvirt refuses on define when both are not zero; one finding for the kind',
    xml: limits(
      '<total_iops_sec>10</total_iops_sec><read_iops_sec>5</read_iops_sec><write_iops_sec>5</write_iops_sec>',
    ),
    refusedAt: 'define',
    finds: ['error total-excludes-read-write libvirt: read_iops_sec'],
  },
  'total 0 beside a direction': {
    why: 'section 4: refused by the schema even if one is 0, and by nobody else',
    xml: limits('<total_iops_sec>0</total_iops_sec><read_iops_sec>5</read_iops_sec>'),
    refusedAt: 'schema',
    finds: ['error total-excludes-read-write schema: read_iops_sec'],
  },
  'burst equal to the rate': {
    why: 'qemu 1.1: max == avg is ok',
    xml: limits('<total_iops_sec>5</total_iops_sec><total_iops_sec_max>5</total_iops_sec_max>'),
    refusedAt: 'accepted',
    finds: [],
  },
  'burst with a rate of 0': {
    why: 'a 0 is no rate',
    xml: limits('<total_iops_sec>0</total_iops_sec><total_iops_sec_max>5</total_iops_sec_max>'),
    refusedAt: 'start',
    finds: ['error burst-without-rate qemu: total_iops_sec_max'],
  },
  'burst of 0': {
    why: 'a burst of 0 is none, so it needs no rate',
    xml: limits('<read_iops_sec>5</read_iops_sec><write_iops_sec_max>0</write_iops_sec_max>'),
    refusedAt: 'accepted',
    finds: [],
  },
  'length 1 without burst': {
    why: 'qemu 1.1: length 1 without max is ok',
    xml: limits('<total_iops_sec>5</total_iops_sec><total_iops_sec_max_length>1</total_iops_sec_max_length>'),
    refusedAt: 'accepted',
    finds: [],
  },
  'length 0 without burst': {
    why: 'libvirt drops a length of 0 (section 4)',
    xml: limits('<total_iops_sec>5</total_iops_sec><total_iops_sec_max_length>0</total_iops_sec_max_length>'),
    refusedAt: 'accepted',
    finds: ['information burst-length-zero: 0'],
  },
  'length 2^64-1': {
    why: 'section 4: it wraps around and QEMU refuses it',
    xml: limits(
      '<total_iops_sec>1</total_iops_sec><total_iops_sec_max>2</total_iops_sec_max><total_iops_sec_max_length>18446744073709551615</total_iops_sec_max_length>',
    ),
    refusedAt: 'start',
    finds: ['error burst-length-out-of-range qemu: 18446744073709551615'],
  },
  'size without a rate of operations but 0': {
    why: 'a size of 0 is none',
    xml: limits('<total_bytes_sec>5</total_bytes_sec><size_iops_sec>0</size_iops_sec>'),
    refusedAt: 'accepted',
    finds: [],
  },
  'size with a rate of writes': {
    why: 'any rate of operations will do: total, read or write',
    xml: limits('<write_iops_sec>5</write_iops_sec><size_iops_sec>4096</size_iops_sec>'),
    refusedAt: 'accepted',
    finds: [],
  },
  'the greatest number': {
    why: '2^64-1 can be read, and is above what QEMU takes',
    xml: limits('<total_bytes_sec>18446744073709551615</total_bytes_sec>'),
    refusedAt: 'start',
    finds: ['error limit-out-of-range qemu: 18446744073709551615'],
  },
  'above the greatest number': {
    why: '2^64 cannot be read any more',
    xml: limits('<total_bytes_sec>18446744073709551616</total_bytes_sec>'),
    refusedAt: 'define',
    finds: ['error limit-not-a-number libvirt: 18446744073709551616'],
  },
  'many zeros before': {
    why: 'base 10, zeros before do not make a number greater',
    xml: limits(`<total_bytes_sec>${'0'.repeat(40)}5</total_bytes_sec>`),
    refusedAt: 'accepted',
    finds: [],
  },
  'an empty limit': {
    why: 'libvirt takes it for not set, the schema wants a number (xmllint)',
    xml: limits('<total_bytes_sec/><total_iops_sec>5</total_iops_sec>'),
    refusedAt: 'schema',
    finds: ['error limit-not-a-number schema: total_bytes_sec'],
  },
  'the only limit is empty': {
    why: 'then the used group limits nothing and is not created',
    xml: limits('<total_bytes_sec></total_bytes_sec>'),
    refusedAt: 'start',
    finds: ['error group-without-limits qemu: g', 'error limit-not-a-number schema: total_bytes_sec'],
  },
  'blanks before': {
    why: 'leading blanks are skipped by libvirt and by the schema',
    xml: limits('<total_bytes_sec> \t5</total_bytes_sec>'),
    refusedAt: 'accepted',
    finds: [],
  },
  'a value on a line of its own': {
    why: 'the line break behind is a trailing blank, which libvirt refuses',
    xml: limits('<total_bytes_sec>\n  5\n</total_bytes_sec>'),
    refusedAt: 'define',
    finds: ['error limit-not-a-number libvirt: \n  5\n'],
  },
  'a character entity as a digit': {
    why: '&#53; is 5 to every XML reader',
    xml: limits('<total_bytes_sec>&#53;00</total_bytes_sec>'),
    refusedAt: 'accepted',
    finds: [],
  },
  'a CDATA section among the digits': {
    why: 'the text of an element is joined: 50',
    xml: limits('<total_bytes_sec>5<![CDATA[0]]></total_bytes_sec>'),
    refusedAt: 'accepted',
    finds: [],
  },
  'a CDATA section with a blank behind the digits': {
    why: 'a blank in CDATA is a trailing blank all the same',
    xml: limits('<total_bytes_sec>5<![CDATA[ ]]></total_bytes_sec>'),
    refusedAt: 'define',
    finds: ['error limit-not-a-number libvirt: 5<![CDATA[ ]]>'],
  },
  'a comment among the digits': {
    why: 'comments are no text: 50',
    xml: limits('<total_bytes_sec>5<!-- five, oh -->0</total_bytes_sec>'),
    refusedAt: 'accepted',
    finds: [],
  },
  'comments everywhere': {
    why: 'comments and processing instructions mean nothing',
    xml: domain(
      `<!--a--><throttlegroups><!--b--><throttlegroup><!--c--><group_name>g</group_name><?d e?><total_iops_sec>5</total_iops_sec></throttlegroup></throttlegroups>`,
      disk(`<throttlefilters><!--f--><throttlefilter group='g'><!--h--></throttlefilter></throttlefilters>`),
    ),
    refusedAt: 'accepted',
    finds: [],
  },
  'a no-break space before': {
    why: 'it is no blank to XML nor to C',
    xml: limits('<total_bytes_sec>&#160;5</total_bytes_sec>'),
    refusedAt: 'define',
    finds: ['error limit-not-a-number libvirt: &#160;5'],
  },
  'the same limit twice, one kind as 0': {
    why: 'the schema takes one; libvirt reads the first',
    xml: limits('<total_iops_sec>5</total_iops_sec><total_iops_sec>0</total_iops_sec>'),
    refusedAt: 'schema',
    finds: ['error limit-repeated schema: total_iops_sec'],
  },
  'the first of two limits is 0': {
    why: 'libvirt reads the first, so the used group limits nothing',
    xml: limits('<total_iops_sec>0</total_iops_sec><total_iops_sec>5</total_iops_sec>'),
    refusedAt: 'start',
    finds: ['error group-without-limits qemu: g', 'error limit-repeated schema: total_iops_sec'],
  },
};

const NAMES: Readonly<Record<string, Judged>> = {
  'a name as an entity': {
    why: 'g&amp;h is refused by QEMU as g&h',
    xml: domain(groups(group('<total_iops_sec>5</total_iops_sec>', 'g&amp;h')), disk(filters('g&amp;h'))),
    refusedAt: 'start',
    finds: ['error group-name-invalid qemu: g&amp;h'],
  },
  'a name in CDATA, named by an entity': {
    why: 'both decode to g',
    xml: domain(
      groups(group('<total_iops_sec>5</total_iops_sec>', '<![CDATA[g]]>')),
      disk(filters('&#103;')),
    ),
    refusedAt: 'accepted',
    finds: [],
  },
  'an apostrophe in a name': {
    why: 'section 5: passes define and fails at start',
    xml: domain(
      groups(group('<total_iops_sec>5</total_iops_sec>', "a'b")),
      disk('<throttlefilters><throttlefilter group="a\'b"/></throttlefilters>'),
    ),
    refusedAt: 'start',
    finds: ["error group-name-invalid qemu: a'b"],
  },
  'a bad name that nobody uses': {
    why: 'section 5 (name-unused:a b): unused groups are created too',
    xml: domain(groups(group('<total_iops_sec>5</total_iops_sec>', 'a b')), disk('')),
    refusedAt: 'start',
    finds: ['error group-name-invalid qemu: a b'],
  },
  'a name that begins with a dash': {
    why: 'the object is throttle--x, which is a good id',
    xml: domain(groups(group('<total_iops_sec>5</total_iops_sec>', '-x')), disk(filters('-x'))),
    refusedAt: 'accepted',
    finds: [],
  },
  'a name of a JavaScript prototype': {
    why: 'underscores are good in an id',
    xml: domain(groups(group('<total_iops_sec>5</total_iops_sec>', '__proto__')), disk(filters('__proto__'))),
    refusedAt: 'accepted',
    finds: [],
  },
  'a filter of constructor': {
    why: 'no group has this name, whatever the language of the checker',
    xml: domain(groups(G), disk(filters('g', 'constructor'))),
    refusedAt: 'define',
    finds: ['error filter-group-unknown libvirt: constructor'],
  },
  'a line break in the attribute': {
    why: 'it is a blank to XML, and blanks count: "g " is not "g"',
    xml: domain(groups(G), disk(filters('g\n'))),
    refusedAt: 'define',
    finds: ['hint group-unused: g', 'error filter-group-unknown libvirt: g\n'],
  },
  'three groups of one name': {
    why: 'each after the first is a duplicate',
    xml: domain(groups(G, G, G), disk(filters('g'))),
    refusedAt: 'define',
    finds: ['error group-name-taken libvirt: g', 'error group-name-taken libvirt: g'],
  },
  'the same name in two blocks': {
    why: 'libvirt merges the blocks and then meets the duplicate',
    xml: domain(groups(G) + groups(G), disk(filters('g'))),
    refusedAt: 'define',
    finds: ['error element-repeated schema: throttlegroups', 'error group-name-taken libvirt: g'],
  },
  'an element in a name': {
    why: 'libvirt joins the text of all of it, the schema takes text only (xmllint)',
    xml: domain(groups(group('<total_iops_sec>5</total_iops_sec>', '<b>g</b>')), disk(filters('g'))),
    refusedAt: 'schema',
    finds: ['error element-unknown schema: b'],
  },
  'a group without name and limits': {
    why: 'the missing name is met first',
    xml: domain(groups('<throttlegroup/>'), disk('')),
    refusedAt: 'define',
    finds: ['error group-name-missing libvirt: throttlegroup'],
  },
};

const IOTUNE: Readonly<Record<string, Judged>> = {
  'iotune with limits': {
    why: 'the plain way',
    xml: iotune('<total_bytes_sec>5000</total_bytes_sec><total_iops_sec>6000</total_iops_sec>'),
    refusedAt: 'accepted',
    finds: [],
  },
  'empty iotune': {
    why: 'nothing in it is required (xmllint)',
    xml: iotune(''),
    refusedAt: 'accepted',
    finds: [],
  },
  'two disks share an iotune group': {
    why: 'with the same limits that is what the group is for',
    xml: domain(
      '',
      disk('<iotune><total_iops_sec>5</total_iops_sec><group_name>q</group_name></iotune>') +
        disk('<iotune><total_iops_sec>5</total_iops_sec><group_name>q</group_name></iotune>', 'vdb'),
    ),
    refusedAt: 'accepted',
    finds: [],
  },
  'two disks, one iotune group, other limits': {
    why: 'section 9: different iotunes for disks vda and vdb',
    xml: domain(
      '',
      disk('<iotune><total_iops_sec>5</total_iops_sec><group_name>q</group_name></iotune>') +
        disk('<iotune><total_iops_sec>6</total_iops_sec><group_name>q</group_name></iotune>', 'vdb'),
    ),
    refusedAt: 'define',
    finds: ['error iotune-group-differs libvirt: q'],
  },
  'iotune with only a group name': {
    why: 'section 9: group_name can be configured only together with settings',
    xml: iotune('<group_name>q</group_name>'),
    refusedAt: 'define',
    finds: ['error iotune-group-without-limits libvirt: group_name'],
  },
  'iotune above 1e15': {
    why: 'section 9: libvirt refuses it for QEMU on define',
    xml: iotune('<total_bytes_sec>1000000000000001</total_bytes_sec>'),
    refusedAt: 'define',
    finds: ['error limit-out-of-range libvirt: 1000000000000001'],
  },
  'iotune size above 1e15': {
    why: 'section 9: size_iops_sec too',
    xml: iotune('<total_iops_sec>5</total_iops_sec><size_iops_sec>1000000000000001</size_iops_sec>'),
    refusedAt: 'define',
    finds: ['error limit-out-of-range libvirt: 1000000000000001'],
  },
  'iotune group name with a blank': {
    why: 'section 9: the rule for names of groups does not hold for it',
    xml: iotune('<total_iops_sec>5</total_iops_sec><group_name>a b</group_name>'),
    refusedAt: 'accepted',
    finds: [],
  },
  'iotune group name of a throttle group without prefix': {
    why: 'section 6.6: X is another group than throttle-X',
    xml: domain(
      groups(G),
      disk(filters('g')) +
        disk('<iotune><total_iops_sec>5</total_iops_sec><group_name>g</group_name></iotune>', 'vdb'),
    ),
    refusedAt: 'accepted',
    finds: [],
  },
  'iotune total and read': {
    why: 'as in a group',
    xml: iotune('<total_iops_sec>5</total_iops_sec><read_iops_sec>5</read_iops_sec>'),
    refusedAt: 'define',
    finds: ['error total-excludes-read-write libvirt: read_iops_sec'],
  },
  'iotune not a number': {
    why: 'as in a group',
    xml: iotune('<total_iops_sec>5k</total_iops_sec>'),
    refusedAt: 'define',
    finds: ['error limit-not-a-number libvirt: 5k'],
  },
  'a slip in iotune': {
    why: 'libvirt drops what it does not know',
    xml: iotune('<total_iop_sec>5</total_iop_sec><write_iops_sec>5</write_iops_sec>'),
    refusedAt: 'schema',
    finds: ['error element-unknown schema: total_iop_sec'],
  },
  'two iotunes': {
    why: 'libvirt reads the first, the schema takes one',
    xml: domain('', disk('<iotune><total_iops_sec>5</total_iops_sec></iotune><iotune/>')),
    refusedAt: 'schema',
    finds: ['error element-repeated schema: iotune'],
  },
  'filters beside an iotune of 0': {
    why: 'section 4: libvirt minds only a value that is not 0, or a name',
    xml: withDisk(`${filters('g')}<iotune><total_iops_sec>0</total_iops_sec></iotune>`),
    refusedAt: 'schema',
    finds: ['error filters-with-iotune schema: iotune'],
  },
  'empty filters beside an iotune': {
    why: 'the schema refuses even an empty block',
    xml: domain('', disk('<throttlefilters/><iotune><total_iops_sec>5</total_iops_sec></iotune>')),
    refusedAt: 'schema',
    finds: ['error filters-with-iotune schema: iotune'],
  },
};

const DISKS: Readonly<Record<string, Judged>> = {
  'cdrom with an image': {
    why: 'section 4: refused on define, with or without an image',
    xml: filtered(
      `type='file' device='cdrom'`,
      `<source file='/a.iso'/><target dev='sda' bus='sata'/><readonly/>`,
    ),
    refusedAt: 'define',
    finds: ['error filters-unsupported-device libvirt: throttlefilters'],
  },
  'cdrom with an empty block': {
    why: 'an empty <throttlefilters/> disappears',
    xml: domain(
      '',
      `<disk type='file' device='cdrom'><target dev='sda' bus='sata'/><throttlefilters/></disk>`,
    ),
    refusedAt: 'accepted',
    finds: [],
  },
  'cdrom with iotune': {
    why: 'only filters are refused there',
    xml: domain(
      '',
      `<disk type='file' device='cdrom'><target dev='sda' bus='sata'/><iotune><total_iops_sec>5</total_iops_sec></iotune></disk>`,
    ),
    refusedAt: 'accepted',
    finds: [],
  },
  'floppy with an image': {
    why: 'starts, but a change of the medium is broken (section 6.4)',
    xml: filtered(`type='file' device='floppy'`, `<source file='/a.img'/><target dev='fda' bus='fdc'/>`),
    refusedAt: 'accepted',
    finds: ['warning filters-unsupported-device: throttlefilters'],
  },
  'floppy whose source names no file': {
    why: 'an empty name is an empty drive',
    xml: filtered(`type='file' device='floppy'`, `<source/><target dev='fda' bus='fdc'/>`),
    refusedAt: 'start',
    finds: ['error filters-unsupported-device qemu: throttlefilters'],
  },
  lun: {
    why: 'section 4: the filter does not pass SG_IO through',
    xml: filtered(`type='block' device='lun'`, `<source dev='/dev/sdb'/><target dev='sda' bus='scsi'/>`),
    refusedAt: 'start',
    finds: ['error filters-unsupported-device qemu: throttlefilters'],
  },
  'read-only disk': {
    why: 'section 4: Block node is read-only',
    xml: filtered(
      `type='file' device='disk'`,
      `<source file='/a'/><target dev='vda' bus='virtio'/><readonly/>`,
    ),
    refusedAt: 'start',
    finds: ['error filters-unsupported-device qemu: throttlefilters'],
  },
  'read-only disk without filters': {
    why: 'the same disk without a filter starts',
    xml: domain(
      '',
      `<disk type='file' device='disk'><source file='/a'/><target dev='vda' bus='virtio'/><readonly/></disk>`,
    ),
    refusedAt: 'accepted',
    finds: [],
  },
  'a network disk': {
    why: 'section 4: no error that comes from throttling',
    xml: filtered(
      `type='network' device='disk'`,
      `<source protocol='nbd' name='x'><host name='h' port='10809'/></source><target dev='vda' bus='virtio'/>`,
    ),
    refusedAt: 'accepted',
    finds: [],
  },
  'a disk on usb, shareable': {
    why: 'section 4: usb and shareable are ok',
    xml: filtered(
      `type='file' device='disk'`,
      `<source file='/a'/><target dev='sda' bus='usb'/><shareable/>`,
    ),
    refusedAt: 'accepted',
    finds: [],
  },
  'no device and no type': {
    why: "libvirt's defaults are device disk and type file",
    xml: domain(groups(G), `<disk><source file='/a'/><target dev='vda' bus='virtio'/>${filters('g')}</disk>`),
    refusedAt: 'accepted',
    finds: [],
  },
  'a chain with the tightest below': {
    why: 'accepted; F3: QEMU 10 can freeze on stop, so it is pointed out',
    xml: domain(
      groups(G, group('<total_iops_sec>1000</total_iops_sec>', 'wide')),
      disk(filters('g', 'wide')),
    ),
    refusedAt: 'accepted',
    finds: ['information filter-order: g'],
  },
  'a chain with the tightest on top': {
    why: 'the order that does not freeze',
    xml: domain(
      groups(G, group('<total_iops_sec>1000</total_iops_sec>', 'wide')),
      disk(filters('wide', 'g')),
    ),
    refusedAt: 'accepted',
    finds: [],
  },
};

const STRUCTURE: Readonly<Record<string, Judged>> = {
  'groups in a disk': {
    why: 'libvirt passes over them, so the group is not found',
    xml: domain('', disk(groups(G) + filters('g'))),
    refusedAt: 'define',
    finds: ['error element-misplaced schema: throttlegroups', 'error filter-group-unknown libvirt: g'],
  },
  'a group in a group': {
    why: 'the inner one is dropped',
    xml: domain(groups(group(`<total_iops_sec>5</total_iops_sec>${group('', 'h')}`)), disk(filters('g'))),
    refusedAt: 'schema',
    finds: ['error element-misplaced schema: throttlegroup'],
  },
  'a filter right in a disk': {
    why: 'dropped: the disk runs without a limit, and the group is unused',
    xml: withDisk(`<throttlefilter group='g'/>`),
    refusedAt: 'schema',
    finds: ['hint group-unused: g', 'error element-misplaced schema: throttlefilter'],
  },
  'filters in the domain': {
    why: 'dropped as well',
    xml: domain(groups(G) + filters('g'), disk('')),
    refusedAt: 'schema',
    finds: ['hint group-unused: g', 'error element-misplaced schema: throttlefilters'],
  },
  'limits right in a disk': {
    why: 'dropped: they belong into iotune',
    xml: domain('', disk('<total_iops_sec>5</total_iops_sec>')),
    refusedAt: 'schema',
    finds: ['error element-misplaced schema: total_iops_sec'],
  },
  'limits beside the groups': {
    why: 'dropped',
    xml: domain(groups(G, '<total_iops_sec>5</total_iops_sec>'), disk(filters('g'))),
    refusedAt: 'schema',
    finds: ['error element-misplaced schema: total_iops_sec'],
  },
  'a slip takes the only limit': {
    why: 'section 4: a typo such as total_iops drops the limit, then the group does not exist at start',
    xml: limits('<total_iops>100</total_iops>'),
    refusedAt: 'start',
    finds: ['error group-without-limits qemu: g', 'error element-unknown schema: total_iops'],
  },
  'attributes of limits and names': {
    why: 'none of them is known; libvirt drops them',
    xml: domain(
      groups(
        `<throttlegroup><group_name a='1'>g</group_name><total_bytes_sec unit='KiB'>5</total_bytes_sec></throttlegroup>`,
      ),
      disk(filters('g')),
    ),
    refusedAt: 'schema',
    finds: ['error attribute-unknown schema: a', 'error attribute-unknown schema: unit'],
  },
  'a namespace declared on the groups': {
    why: 'a declaration is no attribute to RELAX NG (xmllint)',
    xml: domain(
      groups(G).replace('<throttlegroups', `<throttlegroups xmlns:x='u' xmlns=''`),
      disk(filters('g')),
    ),
    refusedAt: 'accepted',
    finds: [],
  },
  'an attribute of another namespace': {
    why: 'the schema allows none (xmllint)',
    xml: domain(
      groups(G).replace('<throttlegroups', `<throttlegroups xmlns:x='u' x:a='1'`),
      disk(filters('g')),
    ),
    refusedAt: 'schema',
    finds: ['error attribute-unknown schema: x:a'],
  },
  'an element of another namespace in a group': {
    why: 'the schema allows none (xmllint)',
    xml: limits(`<total_iops_sec>5</total_iops_sec><x:note xmlns:x='u'/>`),
    refusedAt: 'schema',
    finds: ['error element-unknown schema: x:note'],
  },
  'throttle elements in metadata': {
    why: 'metadata holds what it likes',
    xml: domain(
      `<metadata><x:a xmlns:x='u'><throttlegroups id='1'><b/></throttlegroups></x:a></metadata>`,
      disk(''),
    ),
    refusedAt: 'accepted',
    finds: [],
  },
  'text in filters': {
    why: 'dropped by libvirt, refused by the schema',
    xml: withDisk(`<throttlefilters>slow<throttlefilter group='g'>down</throttlefilter></throttlefilters>`),
    refusedAt: 'schema',
    finds: ['error text-not-allowed schema: slow', 'error text-not-allowed schema: down'],
  },
  'blanks as entities and CDATA': {
    why: 'blanks are ignorable however they are written (xmllint)',
    xml: domain(groups('&#32;', '<![CDATA[ ]]>', G), disk(filters('g'))),
    refusedAt: 'accepted',
    finds: [],
  },
  'a slip in the name of the attribute': {
    why: 'section 6.1: without its group libvirtd crashes',
    xml: withDisk(`<throttlefilters><throttlefilter gruop='g'/></throttlefilters>`),
    refusedAt: 'define',
    finds: [
      'hint group-unused: g',
      'error filter-group-missing libvirt: throttlefilter',
      'error attribute-unknown schema: gruop',
    ],
  },
  'another case of the element': {
    why: 'XML tells case apart: an unknown element, which libvirt drops',
    xml: withDisk(`<throttleFilters><throttlefilter group='g'/></throttleFilters>`),
    refusedAt: 'schema',
    finds: ['hint group-unused: g', 'error element-unknown schema: throttleFilters'],
  },
};

const SETTINGS: Readonly<Record<string, Judged>> = {
  'a mistake of QEMU in a test domain': {
    why: 'nobody starts QEMU for it; libvirt and the schema take it',
    xml: limits('<total_iops_sec_max>5</total_iops_sec_max>', 'test'),
    refusedAt: 'accepted',
    finds: [],
  },
  'a bad name in a xen domain': {
    why: "the charset is QEMU's",
    xml: domain(groups(group('<total_iops_sec>5</total_iops_sec>', 'a b')), disk(filters('a b')), 'xen'),
    refusedAt: 'accepted',
    finds: [],
  },
  'a mistake of libvirt in a test domain': {
    why: 'the XML is parsed by every driver (section 7)',
    xml: limits('<total_iops_sec>5M</total_iops_sec>', 'test'),
    refusedAt: 'define',
    finds: ['error limit-not-a-number libvirt: 5M'],
  },
  'a read-only disk in a bhyve domain': {
    why: 'what fails is the start of QEMU',
    xml: filtered(
      `type='file' device='disk'`,
      `<source file='/a'/><target dev='vda' bus='virtio'/><readonly/>`,
      'bhyve',
    ),
    refusedAt: 'accepted',
    finds: [],
  },
  'the domain of a snapshot': {
    why: 'a snapshot holds the domain as it was',
    xml: `<domainsnapshot><name>s</name><disks><disk name='vda'/></disks>${domain(groups(G), disk(filters('h')))}</domainsnapshot>`,
    refusedAt: 'define',
    finds: ['hint group-unused: g', 'error filter-group-unknown libvirt: h'],
  },
  'the domain of a running one': {
    why: 'domstatus holds the domain, and names of nodes that are none of ours',
    xml: `<domstatus state='running'>${domain(groups(G), disk(`${filters('g')}<privateData><nodenames><nodename type='throttle-filter' name='libvirt-8-filter' group='g'/></nodenames></privateData>`))}</domstatus>`,
    refusedAt: 'accepted',
    finds: [],
  },
  'a template': {
    why: 'text of templates is an unknown value: never judged',
    xml: domain(
      groups(
        group(
          '<total_iops_sec>{{ iops }}</total_iops_sec><total_bytes_sec>${BYTES}</total_bytes_sec>',
          '{{ name }}',
        ),
      ),
      disk(filters('{{ name }}', '@OTHER@')),
    ),
    refusedAt: 'accepted',
    finds: [],
  },
  'a template with a mistake beside': {
    why: 'what is written out is judged all the same',
    xml: limits('<total_iops_sec>{{ iops }}</total_iops_sec><read_bytes_sec>5 MB</read_bytes_sec>'),
    refusedAt: 'define',
    finds: ['error limit-not-a-number libvirt: 5 MB'],
  },
  'a domain of another product': {
    why: "WildFly's domain has a namespace: not libvirt's",
    xml: `<domain xmlns='urn:jboss:domain:20.0'><throttlegroups><foo/></throttlegroups></domain>`,
    refusedAt: 'accepted',
    finds: [],
  },
  'a DOCTYPE with entities': {
    why: 'nothing is expanded or loaded; an unknown entity is left to xml-syntax',
    xml: `<!DOCTYPE domain [<!ENTITY n "g">]>${domain(groups(G), disk(filters('g')))}`,
    refusedAt: 'accepted',
    finds: [],
  },
};

export const MORE_DOCUMENTS: ReadonlyMap<string, Judged> = new Map(
  [LIMITS_OF_GROUPS, NAMES, IOTUNE, DISKS, STRUCTURE, SETTINGS].flatMap(part => Object.entries(part)),
);
