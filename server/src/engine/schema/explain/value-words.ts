/**
 * Plain words for the datatypes of libvirt's schemas, keyed by the datatype's name and its facets as basictypes.rng,
 * domaincommon.rng and the others of libvirt 9.0 to 12.8 write them; each with a value that the type takes.
 */

import type { Datatype } from '../datatype';

/** What a datatype takes, as it stands behind "it takes ...", and one such value. */
export interface ValueWords {
  readonly words: string;
  readonly example: string;
  /** The greatest number, where it is so great that it need not be told otherwise. */
  readonly most?: string;
  /** Values that are mostly meant, where the type does not list them. */
  readonly usual?: readonly string[];
}

/** The words for a datatype; `holder` and `name` are the element and the attribute ('' for text) that hold the value. */
export function wordsForDatatype(datatype: Datatype, holder: string, name: string): ValueWords {
  const key = keyOf(datatype);
  return (
    IN_PLACE.get(`${holder}@${name} ${key}`) ??
    WORDS.get(key) ??
    rangeWords(datatype) ??
    BEGINNINGS.find(([beginning]) => key.startsWith(beginning))?.[1] ??
    (datatype.facets.length === 0 ? PLAIN.get(datatype.name) : undefined) ?? {
      words: `${UNWORDED}${patternText(datatype)}`,
      example: '',
    }
  );
}

/** How the words of a datatype begin that has none of its own: its pattern follows. */
export const UNWORDED = 'text of the form ';

/** Such as `unsignedLong [0-9]+ 1..`: patterns as they are, bounds with two dots, a length with a `#`. */
function keyOf({ name, facets }: Datatype): string {
  const parts = facets.map(facet => {
    switch (facet.name) {
      case 'minInclusive':
        return `${facet.value}..`;
      case 'maxInclusive':
        return `..${facet.value}`;
      case 'maxLength':
        return `#${facet.value}`;
      default:
        return facet.value;
    }
  });
  return [name, ...parts].join(' ');
}

const patternText = ({ facets, name }: Datatype): string =>
  facets.find(facet => facet.name === 'pattern')?.value ?? name;

/** Numbers with bounds. */
function rangeWords({ name, facets }: Datatype): ValueWords | undefined {
  if (!WHOLE_NUMBERS.has(name)) return undefined;
  const bound = (facet: string): string | undefined => facets.find(each => each.name === facet)?.value;
  const least = bound('minInclusive') ?? (name.startsWith('unsigned') ? '0' : undefined);
  const most = bound('maxInclusive');
  if (facets.length === 0 || (least === undefined && most === undefined)) return undefined;
  const from = least === undefined ? '' : ` from ${least}`;
  const to = most === undefined ? ' up' : least === undefined ? ` up to ${most}` : ` to ${most}`;
  return { words: `a whole number${from}${to}`, example: least ?? '0' };
}

const WHOLE_NUMBERS: ReadonlySet<string> = new Set([
  'int',
  'integer',
  'long',
  'short',
  'unsignedInt',
  'unsignedLong',
  'unsignedShort',
  'positiveInteger',
]);

const row = (
  key: string,
  words: string,
  example: string,
  more: Pick<ValueWords, 'most' | 'usual'> = {},
): readonly [string, ValueWords] => [key, { words, example, ...more }];

const LARGEST_INT = { most: '4294967295' };
const LARGEST_LONG = { most: '18446744073709551615' };
const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'KB', 'MB', 'GB', 'TB'];

/** Datatypes that mean more where they stand. */
const IN_PLACE: ReadonlyMap<string, ValueWords> = new Map([
  row('address@domain string (0x)?[0-9a-fA-F]{1,4}', 'a PCI domain number from 0x0000 to 0xffff', '0x0000'),
  row('address@bus string 0x[0-9a-fA-F]{1,2}', 'a PCI bus number from 0x00 to 0xff', '0x00'),
  row('address@bus int 0.. ..255', 'a PCI bus number from 0x00 to 0xff', '0'),
  row('vendor@id string (0x)?[0-9a-fA-F]{1,4}', "a vendor's number such as 0x1234", '0x1234'),
  row('product@id string (0x)?[0-9a-fA-F]{1,4}', "a product's number such as 0xbeef", '0xbeef'),
  row('target@port string [0-9]{1,2}', 'a port number such as 0', '0'),
]);

/** Datatypes without facets. */
const PLAIN: ReadonlyMap<string, ValueWords> = new Map([
  row('integer', 'a whole number', '0'),
  row('int', 'a whole number', '0'),
  row('long', 'a whole number', '0'),
  row('short', 'a whole number', '0'),
  row('unsignedInt', 'a whole number from 0 up', '0', LARGEST_INT),
  row('unsignedLong', 'a whole number from 0 up', '0', LARGEST_LONG),
  row('unsignedShort', 'a whole number from 0 to 65535', '0'),
  row('positiveInteger', 'a whole number from 1 up', '1'),
  row('double', 'a number such as 1.5', '1.5'),
  row('dateTime', 'a date and time like 2026-01-31T12:00:00', '2026-01-31T12:00:00'),
  row('NCName', 'a name of letters, digits, dots, dashes and underscores that begins with a letter', 'name'),
  row('anyURI', 'a path or URI', '/path/to/it'),
  row('string', 'text', ''),
  row('token', 'text', ''),
]);

const DUID_WORDS = 'a DUID like 00:03:00:01:52:54:00:12:34:56';

/** Datatypes whose patterns are too long to be written here a second time. */
const BEGINNINGS: readonly (readonly [string, ValueWords])[] = [
  row('string (((25[0-5])|', 'an IPv4 address like 192.168.122.1', '192.168.122.1'),
  row('string (([0-9A-Fa-f]{1,4}:){7}', 'an IPv6 address like fd00::1', 'fd00::1'),
  row('string [0]{1,2}:[0]{0,1}[1]', DUID_WORDS, '00:01:00:01:1c:39:e6:5c:52:54:00:12:34:56'),
  row('string [0]{1,2}:[0]{0,1}[2]', DUID_WORDS, '00:02:00:00:ab:11:01'),
  row('string [0]{1,2}:[0]{0,1}[3]', DUID_WORDS, '00:03:00:01:52:54:00:12:34:56'),
  row('string [0]{1,2}:[0]{0,1}[4]', DUID_WORDS, `00:04${':00'.repeat(16)}`),
  row('string [0-9a-zA-F -_', 'at most 255 letters, digits, blanks and signs', ''),
  row('string ([Rr]eply|', 'an ARP operation like Request or Reply', 'Request'),
  row('string ((SYN|ACK|', 'TCP flags like SYN/SYN,ACK, ALL or NONE', 'ALL/NONE'),
  row('string ((NEW|ESTABLISHED|', 'states like NEW,ESTABLISHED, or NONE', 'NONE'),
  row('string ([Ss][Rr][Cc]|', 'src or dst, up to six of them with commas', 'src'),
  row('string ([Ff][Aa][Ll][Ss][Ee]|0)', 'false or 0', 'false'),
  row('string vlan[', 'a chain whose name begins with vlan', 'vlan'),
  row('string mac[', 'a chain whose name begins with mac', 'mac'),
  row('string stp[', 'a chain whose name begins with stp', 'stp'),
  row('string arp[', 'a chain whose name begins with arp', 'arp'),
  row('string rarp[', 'a chain whose name begins with rarp', 'rarp'),
  row('string ipv4[', 'a chain whose name begins with ipv4', 'ipv4'),
  row('string ipv6[', 'a chain whose name begins with ipv6', 'ipv6'),
  row('string [!#$%&', 'a cookie: printable ASCII without blanks, quotes and commas', 'name'),
  row('string "?[!#$%&', "a cookie's value: printable ASCII without blanks and commas", 'value'),
];

const HEX_DIGITS = 'hexadecimal digits';
const UUID_EXAMPLE = '4dea22b3-1d52-d8f3-2516-782e98ab3fa0';
const UUID_WORDS = `a UUID like ${UUID_EXAMPLE}`;

const WORDS: ReadonlyMap<string, ValueWords> = new Map([
  // numbers
  row('unsignedInt [0-9]+', 'a whole number from 0 up', '0', LARGEST_INT),
  row('unsignedLong [0-9]+', 'a whole number from 0 up', '0', LARGEST_LONG),
  row('positiveInteger [0-9]+', 'a whole number from 1 up', '1'),
  row('unsignedShort [0-9]+', 'a whole number from 0 to 65535', '0'),
  row('unsignedShort [0-9]+ 1..', 'a whole number from 1 to 65535', '1'),
  row('short -1..', 'a whole number from -1 to 32767', '-1'),
  row('double 0..', 'a number from 0 up', '0'),
  row('unsignedInt [0-7]+', 'a mode of octal digits like 0755', '0755'),
  row('unsignedInt 0[0-7]{3}|[0-7]{1,3}', 'a mode of three octal digits like 0755', '0755'),
  row('string [0-9]{1,2}', 'a whole number from 0 to 99', '0'),
  row('string [0-9]{1,5}', 'a whole number of at most five digits', '0'),
  row('string [0-9]{1,10}', 'a whole number of at most ten digits', '0'),
  row('string [0-9]{1,20}', 'a whole number of at most twenty digits', '0'),
  row('string [0-9]+\\.[0-9]+', 'a version like 1.1', '1.1'),
  row('string [0-9]{1,2}.[0-9]{1,2}', 'a version like 1.1', '1.1'),
  row('string [0-9]+(.[0-9]+)?', 'a number such as 2.5', '2.5'),
  row('string (-|\\+)?[0-9]+', 'a whole number, which may have a sign', '0'),
  row('string -1', '-1', '-1'),
  // numbers that may be hexadecimal
  row('string (0x)?[0-9a-f]+', 'a hexadecimal number like 0x1f', '0x1f'),
  row('string 0x[0-9a-fA-F]{1,2}', 'a hexadecimal number from 0x0 to 0xff', '0x00'),
  row('string (0x)?[0-9a-fA-F]{1,2}', 'a hexadecimal number from 0x0 to 0xff', '0x00'),
  row('string (0x)?[0-9a-fA-F]{1,3}', 'a hexadecimal number from 0x0 to 0xfff', '0x001'),
  row('string 0x([0-9a-fA-F]{1,3})', 'a hexadecimal number from 0x0 to 0xfff', '0x001'),
  row('string 0x[0-9a-fA-F]{1,4}', 'a hexadecimal number from 0x0 to 0xffff', '0x0000'),
  row('string 0x[a-fA-F0-9]{1,4}', 'a hexadecimal number from 0x0 to 0xffff', '0x0000'),
  row('string (0x)?[0-9a-fA-F]{1,4}', 'a hexadecimal number from 0x0 to 0xffff', '0x0000'),
  row('string 0x[0-9a-fA-F]{1,6}', 'a hexadecimal number from 0x0 to 0xffffff', '0x000000'),
  row('string 0x[0-9a-fA-F]{6}', 'a hexadecimal number of six digits like 0x030000', '0x030000'),
  row('string 0x[0-9a-fA-F]{1,8}', 'a hexadecimal number from 0x0 to 0xffffffff', '0x0'),
  row('string (0x)?[0-9a-fA-F]{1,8}', 'a hexadecimal number from 0x0 to 0xffffffff', '0x0'),
  row('string 0x[a-fA-F0-9]', 'one hexadecimal digit like 0x4', '0x4'),
  row('string (0x)?[0-1]?[0-9a-fA-F]', 'a PCI slot number from 0x00 to 0x1f', '0x00'),
  row('int 0.. ..31', 'a PCI slot number from 0x00 to 0x1f', '0'),
  row('string (0x)?[0-7]', 'a PCI function number from 0x0 to 0x7', '0x0'),
  row('int 0.. ..7', 'a PCI function number from 0x0 to 0x7', '0'),
  row('string (0x)?[0-3]', 'a number from 0x0 to 0x3', '0x0'),
  row('string 0x[0-9a-eA-E][0-9a-fA-F]?', 'a CSS id from 0x00 to 0xfe', '0x00'),
  row('string 0x[fF][0-9a-eA-E]?', 'a CSS id from 0x00 to 0xfe', '0xfe'),
  row('int 0.. ..254', 'a CSS id from 0x00 to 0xfe', '254'),
  row('string 0x([0-3][0-9a-fA-F]|[0-9a-fA-F])', 'a hexadecimal number from 0x0 to 0x3f', '0x00'),
  row(
    'string 0x([6-9a-fA-F][0-9a-fA-F]{2}|[0-9a-fA-F]{4})',
    'a protocol number from 0x600 to 0xffff',
    '0x800',
  ),
  row('string ((0x)?[0-9a-fA-F]{1,3}\\.){0,3}(0x)?[0-9a-fA-F]{1,3}', 'a USB port like 1 or 1.2', '1'),
  // identities and addresses
  row('string [a-fA-F0-9]{32}', UUID_WORDS, UUID_EXAMPLE.replaceAll('-', '')),
  row('string [a-fA-F0-9]{8}\\-([a-fA-F0-9]{4}\\-){3}[a-fA-F0-9]{12}', UUID_WORDS, UUID_EXAMPLE),
  row(
    'string [a-fA-F0-9]{2}(:[a-fA-F0-9]{2}){5}',
    'a MAC address like 52:54:00:12:34:56',
    '52:54:00:12:34:56',
  ),
  row(
    'string ([a-fA-F0-9]{2}:){5}[a-fA-F0-9]{2}',
    'a MAC address like 52:54:00:12:34:56',
    '52:54:00:12:34:56',
  ),
  row(
    'string ([a-fA-F0-9]{1,2}:){5}[a-fA-F0-9]{1,2}',
    'a MAC address like 52:54:00:12:34:56',
    '52:54:00:12:34:56',
  ),
  row(
    'string [a-fA-F0-9][02468aAcCeE](:[a-fA-F0-9]{2}){5}',
    'a MAC address like 52:54:00:12:34:56 (the second digit is even, for the address of one card)',
    '52:54:00:12:34:56',
  ),
  row(
    'string [a-fA-F0-9][13579bBdDfF](:[a-fA-F0-9]{2}){5}',
    'a multicast MAC address like 01:00:5e:00:00:01 (the second digit is odd)',
    '01:00:5e:00:00:01',
  ),
  row(
    'string ([0-2]?[0-9]?[0-9]\\.){3}[0-2]?[0-9]?[0-9]',
    'an IPv4 address like 192.168.122.1',
    '192.168.122.1',
  ),
  row(
    'string ([a-fA-F0-9]{0,4}:){2,7}([a-fA-F0-9]*)(([0-2]?[0-9]?[0-9]\\.){3}[0-2]?[0-9]?[0-9])?',
    'an IPv6 address like fd00::1',
    'fd00::1',
  ),
  row('string [0-9]+(\\.[0-9]{0,9})?', 'seconds since 1970, like 1700000000.5', '0'),
  row('string [a-zA-Z0-9_\\.:\\-\\+ ]{1,31}', 'the name of an IP set of at most 31 characters', 'set'),
  row('string .{0,255}', 'at most 255 characters', ''),
  row('string [a-zA-Z\\-_]+', 'a name of letters, dash and underscore', 'name'),
  row('string [0-9A-Z]{1}', 'one digit or capital letter', '0'),
  row('string [0-9B-Z]{1}', 'one digit or capital letter but A', '0'),
  row('string ([a-fA-F0-9]{0,4}:){2,7}([a-fA-F0-9]*)', 'an IPv6 mask like ffff:ffff::', 'ffff:ffff::'),
  row('unsignedInt ..32', 'the length of a prefix from 0 to 32', '24'),
  row('unsignedInt ..128', 'the length of a prefix from 0 to 128', '64'),
  row('int 0.. ..32', 'a number of bits from 0 to 32', '24'),
  row('int 0.. ..128', 'a number of bits from 0 to 128', '64'),
  row('int -1.. ..65535', 'a port number from 1 to 65535, or -1 for any', '-1'),
  row('integer 1.. ..65535', 'a port number from 1 to 65535', '1024'),
  row('unsignedInt ..4095', 'a VLAN id from 0 to 4095', '42'),
  row('string (0x)?[0-9a-fA-F]{16}', `a world wide name of 16 ${HEX_DIGITS}`, '5000c50015ea71ad'),
  row('string (naa\\.)[0-9a-fA-F]{16}', `naa. and 16 ${HEX_DIGITS}`, 'naa.5000c50015ea71ad'),
  row('string [a-zA-Z0-9\\.\\-]+', "a host's name or address", 'host.example'),
  row(
    'string iqn\\.[0-9]{4}-(0[1-9]|1[0-2])\\.[a-zA-Z0-9\\.\\-]+(:.+)?',
    'an iSCSI name like iqn.2013-07.com.example:pool',
    'iqn.2013-07.com.example:pool',
  ),
  // paths and names
  row('string (/|[a-zA-Z]:\\\\).+', 'an absolute path', '/path/to/file'),
  row('string /.*', 'an absolute path', '/path/to/folder'),
  row('string /[a-zA-Z0-9_\\+\\-/%]+', 'an absolute path', '/path/to/it'),
  row('string .+', 'text that is not empty', 'text'),
  row(
    'string \\[[^\\]]+\\] .+',
    "a path in a VMware datastore like '[store] guest/disk.vmdk'",
    '[store] disk.vmdk',
  ),
  row('string [^/\\n]+', 'a name without slashes and line breaks', 'name'),
  row('string [^\\n]+', 'a name without line breaks', 'name'),
  row('string [^/]+', 'a name without slashes', 'name'),
  row('string [^/]*', 'a name without slashes', 'name'),
  row('string [a-zA-Z0-9_\\+\\-]+', 'a name of letters, digits, plus, dash and underscore', 'name'),
  row('string [a-zA-Z0-9_\\-]+', 'a name of letters, digits, dash and underscore', 'name'),
  row('string [a-zA-Z0-9\\-_]+', 'a name of letters, digits, dash and underscore', 'name'),
  row('string [a-zA-Z0-9_]+', 'a name of letters, digits and underscore', 'name'),
  row('string [a-zA-Z_]+[a-zA-Z0-9_]*', 'a name of letters, digits and underscore', 'name'),
  row('string [a-zA-Z0-9_\\-.]+', 'a name of letters, digits, dot, dash and underscore', 'name'),
  row('string [a-zA-Z0-9_\\.\\-]+', 'a name of letters, digits, dot, dash and underscore', 'name'),
  row('string [a-zA-Z0-9\\-_.]+', 'a name of letters, digits, dot, dash and underscore', 'name'),
  row('string nvme[0-9]+n[0-9]+(p[0-9]+)?', 'the name of an NVMe disk in the guest like nvme0n1', 'nvme0n1'),
  row('string [a-zA-Z0-9\\-_\\.]+', 'a name of letters, digits, dot, dash and underscore', 'name'),
  row(
    'string [a-zA-Z0-9_\\-][a-zA-Z0-9_\\-.]*',
    'a name of letters, digits, dot, dash and underscore',
    'name',
  ),
  row('string [a-zA-Z0-9_\\.\\-\\\\:/]+', 'the name of a device: letters, digits and _ . - \\ : /', 'name'),
  row(
    'string [a-zA-Z0-9_\\.\\-\\\\:/ ]*',
    'the name of a bridge: letters, digits, blanks and _ . - \\ : /',
    'br0',
  ),
  row('string [a-zA-Z0-9_\\.\\+\\-/]+', 'a time zone like Europe/Berlin', 'Europe/Berlin'),
  row('string [A-Za-z0-9_\\.\\+\\- ]+', 'a serial of letters, digits, blanks and _ . + -', 'SERIAL'),
  row('string [A-Za-z0-9.\\-:]+', 'a name of letters, digits, dot, dash and colon', 'name'),
  row('string [a-zA-Z0-9_\\.:]+', 'letters, digits, underscore, dot and colon', 'value'),
  row('string #39', 'text of at most 39 characters', 'profile'),
  row('string [^,]{12}', 'exactly 12 characters, none of them a comma', 'GenuineIntel'),
  row('string [^,]{0,12}', 'at most 12 characters, none of them a comma', 'KVMKVMKVM'),
  row('string [ -~]{0,8}', 'at most 8 printable ASCII characters', 'VENDOR'),
  row('string [ -~]{0,16}', 'at most 16 printable ASCII characters', 'PRODUCT'),
  row('string [ -~]{0,40}', 'at most 40 printable ASCII characters', 'PRODUCT'),
  row('string [ -~]{1,128}', 'at most 128 printable ASCII characters', 'app'),
  row('string [a-zA-Z0-9.\\s]{1,8}', 'at most 8 letters, digits, dots and blanks', '1'),
  row(
    'string (ioemu:)?(fd|hd|sd|vd|xvd|ubd)[a-zA-Z0-9_]+',
    'the name of a disk in the guest like vda, sda or hda',
    'vda',
  ),
  // lists, units, words
  row(
    'string ([0-9]+(-[0-9]+)?|\\^[0-9]+)(,([0-9]+(-[0-9]+)?|\\^[0-9]+))*',
    'a set of numbers like 0-3,8 or 0-7,^2',
    '0',
  ),
  row(
    'string ([bB]([yY][tT][eE][sS]?)?)|([kKmMgGtTpPeE]([iI]?[bB])?)',
    'a unit like KiB, MiB or GiB (or bytes)',
    'KiB',
    { usual: UNITS },
  ),
  row('string (vepa|bridge|private|passthrough)', 'vepa, bridge, private or passthrough', 'bridge'),
  row('string (sync_pt|share_pt)', 'sync_pt or share_pt', 'sync_pt'),
  row('string (tcp)|(udp)', 'tcp or udp', 'tcp'),
  row('string (ipv4)|(ipv6)', 'ipv4 or ipv6', 'ipv4'),
  row('string $[ ]*[a-zA-Z0-9_]+(\\[[ ]*[@]?[0-9]+[ ]*\\])?[ ]*', 'a variable like $IP', '$IP'),
  row('string (llc_|mbm_)[a-zA-Z0-9\\-_]+', 'a feature like llc_occupancy', 'llc_occupancy'),
]);
