/**
 * THE TABLE of the 19 limits: everything the product knows about one limit stands in its row.
 * Sources: libvirt docs/formatdomain.rst (iotune), libvirt 11.3 tools/virsh-domain.c, QEMU qapi/block-core.json
 * (ThrottleLimits, BlockIOThrottle), and the measurements in the project's fact sheets.
 */

export type LimitKind = 'rate' | 'burst' | 'burst-length' | 'request-size';
export type LimitUnit = 'bytes/s' | 'operations/s' | 'seconds' | 'bytes';
export type LimitResource = 'bytes' | 'iops';
export type LimitDirection = 'total' | 'read' | 'write';

/** Setting one member of a family resets the others: libvirt's reset rule. */
export type LimitFamily =
  'bytes' | 'bytes-burst' | 'iops' | 'iops-burst' | 'size' | 'bytes-burst-length' | 'iops-burst-length';

export interface LimitField {
  /** Element name in `<throttlegroup>` and `<iotune>`. */
  readonly xml: string;
  /** Key in QEMU's ThrottleLimits (`-object throttle-group`, `limits`). */
  readonly qmp: string;
  /** Argument of QMP's `block_set_io_throttle`. */
  readonly blockThrottle: string;
  /** Option of `virsh domthrottlegroupset` and `blkdeviotune`. */
  readonly virsh: string;
  /** Whether virsh takes suffixes such as 5M for it. */
  readonly virshSuffix: boolean;
  readonly kind: LimitKind;
  readonly family: LimitFamily;
  readonly resource: LimitResource;
  /** Absent for the request size, which has no direction. */
  readonly direction: LimitDirection | undefined;
  readonly unit: LimitUnit;
  /** What QEMU reports when nothing is set: 0, or 1 for a burst length. */
  readonly neutral: 0 | 1;
  /** Greatest value that QEMU takes. */
  readonly max: bigint;
  /** First libvirt release that knows it in `<iotune>`; in `<throttlegroup>` all came with 11.2.0. */
  readonly since: string;
  readonly summary: string;
}

const RATE_MAX = 1_000_000_000_000_000n; // QEMU: THROTTLE_VALUE_MAX, include/qemu/throttle.h
const LENGTH_MAX = 4_294_967_295n; // QEMU: UINT_MAX, util/throttle.c
const SIZE_MAX = 9_223_372_036_854_775_807n; // QMP: an int64 with no check of its own (measured)

/** In the order in which libvirt writes a group (virDomainThrottleGroupFormat, libvirt 11.3). */
export const LIMITS = [
  {
    xml: 'total_bytes_sec',
    qmp: 'bps-total',
    blockThrottle: 'bps',
    virsh: '--total-bytes-sec',
    virshSuffix: true,
    kind: 'rate',
    family: 'bytes',
    resource: 'bytes',
    direction: 'total',
    unit: 'bytes/s',
    neutral: 0,
    max: RATE_MAX,
    since: '0.9.8',
    summary:
      'Bytes per second allowed for reads and writes together in the long run; 0 or absent is unlimited.',
  },
  {
    xml: 'read_bytes_sec',
    qmp: 'bps-read',
    blockThrottle: 'bps_rd',
    virsh: '--read-bytes-sec',
    virshSuffix: true,
    kind: 'rate',
    family: 'bytes',
    resource: 'bytes',
    direction: 'read',
    unit: 'bytes/s',
    neutral: 0,
    max: RATE_MAX,
    since: '0.9.8',
    summary: 'Bytes per second allowed for reads in the long run; 0 or absent is unlimited.',
  },
  {
    xml: 'write_bytes_sec',
    qmp: 'bps-write',
    blockThrottle: 'bps_wr',
    virsh: '--write-bytes-sec',
    virshSuffix: true,
    kind: 'rate',
    family: 'bytes',
    resource: 'bytes',
    direction: 'write',
    unit: 'bytes/s',
    neutral: 0,
    max: RATE_MAX,
    since: '0.9.8',
    summary: 'Bytes per second allowed for writes in the long run; 0 or absent is unlimited.',
  },
  {
    xml: 'total_iops_sec',
    qmp: 'iops-total',
    blockThrottle: 'iops',
    virsh: '--total-iops-sec',
    virshSuffix: false,
    kind: 'rate',
    family: 'iops',
    resource: 'iops',
    direction: 'total',
    unit: 'operations/s',
    neutral: 0,
    max: RATE_MAX,
    since: '0.9.8',
    summary:
      'Operations per second allowed for reads and writes together in the long run; 0 or absent is unlimited.',
  },
  {
    xml: 'read_iops_sec',
    qmp: 'iops-read',
    blockThrottle: 'iops_rd',
    virsh: '--read-iops-sec',
    virshSuffix: false,
    kind: 'rate',
    family: 'iops',
    resource: 'iops',
    direction: 'read',
    unit: 'operations/s',
    neutral: 0,
    max: RATE_MAX,
    since: '0.9.8',
    summary: 'Operations per second allowed for reads in the long run; 0 or absent is unlimited.',
  },
  {
    xml: 'write_iops_sec',
    qmp: 'iops-write',
    blockThrottle: 'iops_wr',
    virsh: '--write-iops-sec',
    virshSuffix: false,
    kind: 'rate',
    family: 'iops',
    resource: 'iops',
    direction: 'write',
    unit: 'operations/s',
    neutral: 0,
    max: RATE_MAX,
    since: '0.9.8',
    summary: 'Operations per second allowed for writes in the long run; 0 or absent is unlimited.',
  },
  {
    xml: 'total_bytes_sec_max',
    qmp: 'bps-total-max',
    blockThrottle: 'bps_max',
    virsh: '--total-bytes-sec-max',
    virshSuffix: true,
    kind: 'burst',
    family: 'bytes-burst',
    resource: 'bytes',
    direction: 'total',
    unit: 'bytes/s',
    neutral: 0,
    max: RATE_MAX,
    since: '1.2.11',
    summary:
      'Bytes per second allowed for reads and writes together during a burst, as long as credit from quieter times lasts.',
  },
  {
    xml: 'read_bytes_sec_max',
    qmp: 'bps-read-max',
    blockThrottle: 'bps_rd_max',
    virsh: '--read-bytes-sec-max',
    virshSuffix: true,
    kind: 'burst',
    family: 'bytes-burst',
    resource: 'bytes',
    direction: 'read',
    unit: 'bytes/s',
    neutral: 0,
    max: RATE_MAX,
    since: '1.2.11',
    summary: 'Bytes per second allowed for reads during a burst, as long as credit from quieter times lasts.',
  },
  {
    xml: 'write_bytes_sec_max',
    qmp: 'bps-write-max',
    blockThrottle: 'bps_wr_max',
    virsh: '--write-bytes-sec-max',
    virshSuffix: true,
    kind: 'burst',
    family: 'bytes-burst',
    resource: 'bytes',
    direction: 'write',
    unit: 'bytes/s',
    neutral: 0,
    max: RATE_MAX,
    since: '1.2.11',
    summary:
      'Bytes per second allowed for writes during a burst, as long as credit from quieter times lasts.',
  },
  {
    xml: 'total_iops_sec_max',
    qmp: 'iops-total-max',
    blockThrottle: 'iops_max',
    virsh: '--total-iops-sec-max',
    virshSuffix: false,
    kind: 'burst',
    family: 'iops-burst',
    resource: 'iops',
    direction: 'total',
    unit: 'operations/s',
    neutral: 0,
    max: RATE_MAX,
    since: '1.2.11',
    summary:
      'Operations per second allowed for reads and writes together during a burst, as long as credit from quieter times lasts.',
  },
  {
    xml: 'read_iops_sec_max',
    qmp: 'iops-read-max',
    blockThrottle: 'iops_rd_max',
    virsh: '--read-iops-sec-max',
    virshSuffix: false,
    kind: 'burst',
    family: 'iops-burst',
    resource: 'iops',
    direction: 'read',
    unit: 'operations/s',
    neutral: 0,
    max: RATE_MAX,
    since: '1.2.11',
    summary:
      'Operations per second allowed for reads during a burst, as long as credit from quieter times lasts.',
  },
  {
    xml: 'write_iops_sec_max',
    qmp: 'iops-write-max',
    blockThrottle: 'iops_wr_max',
    virsh: '--write-iops-sec-max',
    virshSuffix: false,
    kind: 'burst',
    family: 'iops-burst',
    resource: 'iops',
    direction: 'write',
    unit: 'operations/s',
    neutral: 0,
    max: RATE_MAX,
    since: '1.2.11',
    summary:
      'Operations per second allowed for writes during a burst, as long as credit from quieter times lasts.',
  },
  {
    xml: 'size_iops_sec',
    qmp: 'iops-size',
    blockThrottle: 'iops_size',
    virsh: '--size-iops-sec',
    virshSuffix: false,
    kind: 'request-size',
    family: 'size',
    resource: 'iops',
    direction: undefined,
    unit: 'bytes',
    neutral: 0,
    max: SIZE_MAX,
    since: '1.2.11',
    summary:
      'Size of one accounted operation: a larger request counts as several, so many as this size goes into it.',
  },
  {
    xml: 'total_bytes_sec_max_length',
    qmp: 'bps-total-max-length',
    blockThrottle: 'bps_max_length',
    virsh: '--total-bytes-sec-max-length',
    virshSuffix: false,
    kind: 'burst-length',
    family: 'bytes-burst-length',
    resource: 'bytes',
    direction: 'total',
    unit: 'seconds',
    neutral: 1,
    max: LENGTH_MAX,
    since: '2.4.0',
    summary:
      "Seconds for which reads and writes together may go at total_bytes_sec_max before the burst's credit is used up; absent is 1.",
  },
  {
    xml: 'read_bytes_sec_max_length',
    qmp: 'bps-read-max-length',
    blockThrottle: 'bps_rd_max_length',
    virsh: '--read-bytes-sec-max-length',
    virshSuffix: false,
    kind: 'burst-length',
    family: 'bytes-burst-length',
    resource: 'bytes',
    direction: 'read',
    unit: 'seconds',
    neutral: 1,
    max: LENGTH_MAX,
    since: '2.4.0',
    summary:
      "Seconds for which reads may go at read_bytes_sec_max before the burst's credit is used up; absent is 1.",
  },
  {
    xml: 'write_bytes_sec_max_length',
    qmp: 'bps-write-max-length',
    blockThrottle: 'bps_wr_max_length',
    virsh: '--write-bytes-sec-max-length',
    virshSuffix: false,
    kind: 'burst-length',
    family: 'bytes-burst-length',
    resource: 'bytes',
    direction: 'write',
    unit: 'seconds',
    neutral: 1,
    max: LENGTH_MAX,
    since: '2.4.0',
    summary:
      "Seconds for which writes may go at write_bytes_sec_max before the burst's credit is used up; absent is 1.",
  },
  {
    xml: 'total_iops_sec_max_length',
    qmp: 'iops-total-max-length',
    blockThrottle: 'iops_max_length',
    virsh: '--total-iops-sec-max-length',
    virshSuffix: false,
    kind: 'burst-length',
    family: 'iops-burst-length',
    resource: 'iops',
    direction: 'total',
    unit: 'seconds',
    neutral: 1,
    max: LENGTH_MAX,
    since: '2.4.0',
    summary:
      "Seconds for which reads and writes together may go at total_iops_sec_max before the burst's credit is used up; absent is 1.",
  },
  {
    xml: 'read_iops_sec_max_length',
    qmp: 'iops-read-max-length',
    blockThrottle: 'iops_rd_max_length',
    virsh: '--read-iops-sec-max-length',
    virshSuffix: false,
    kind: 'burst-length',
    family: 'iops-burst-length',
    resource: 'iops',
    direction: 'read',
    unit: 'seconds',
    neutral: 1,
    max: LENGTH_MAX,
    since: '2.4.0',
    summary:
      "Seconds for which reads may go at read_iops_sec_max before the burst's credit is used up; absent is 1.",
  },
  {
    xml: 'write_iops_sec_max_length',
    qmp: 'iops-write-max-length',
    blockThrottle: 'iops_wr_max_length',
    virsh: '--write-iops-sec-max-length',
    virshSuffix: false,
    kind: 'burst-length',
    family: 'iops-burst-length',
    resource: 'iops',
    direction: 'write',
    unit: 'seconds',
    neutral: 1,
    max: LENGTH_MAX,
    since: '2.4.0',
    summary:
      "Seconds for which writes may go at write_iops_sec_max before the burst's credit is used up; absent is 1.",
  },
] as const satisfies readonly LimitField[];

export type LimitName = (typeof LIMITS)[number]['xml'];

const byXmlName: ReadonlyMap<string, LimitField & { readonly xml: LimitName }> = new Map(
  LIMITS.map(field => [field.xml, field]),
);
const byQmpName: ReadonlyMap<string, LimitField & { readonly xml: LimitName }> = new Map(
  LIMITS.map(field => [field.qmp, field]),
);

/** The row of an element name, or undefined where it names no limit. */
export const limitNamed = (xmlName: string): (LimitField & { readonly xml: LimitName }) | undefined =>
  byXmlName.get(xmlName);

/** The row of a key of QEMU's ThrottleLimits. */
export const limitOfQmp = (qmpName: string): (LimitField & { readonly xml: LimitName }) | undefined =>
  byQmpName.get(qmpName);
