/**
 * What is to be found in each document of throttle-cases.json, in document order:
 * severity, rule, who refuses (nothing where nobody does), and the text of the range.
 * Whether a document has an error at all is not taken from here but from what libvirt and QEMU said of it.
 */
export const THROTTLE_CASE_FINDINGS: ReadonlyMap<string, readonly string[]> = new Map<
  string,
  readonly string[]
>([
  // Good documents, and names of groups
  ['ok-basic', []],
  ['ok-two-disks-share', []],
  ['dup-group-name', ['error group-name-taken libvirt: g']],
  ['dup-group-name-ws', ['error group-name-invalid qemu:  g ']],
  [
    'missing-group_name-and-filter-empty',
    ['error group-name-missing libvirt: throttlegroup', 'error filter-group-missing libvirt: ""'],
  ],
  [
    'empty-group_name-filtered',
    ['error group-name-missing libvirt: group_name', 'error filter-group-missing libvirt: ""'],
  ],
  ['ws-group_name', ['error group-name-invalid qemu:   ']],
  ['group_name-padded-filter-exact', ['error group-name-invalid qemu:  g ']],
  [
    'group_name-newline',
    ['error group-name-invalid qemu: \n  g\n ', 'error filter-group-unknown libvirt: g'],
  ],
  ['group_name-twice', ['error element-repeated schema: group_name']],
  ['field-twice', ['error limit-repeated schema: total_iops_sec']],
  ['name:a b', ['error group-name-invalid qemu: a b']],
  ['name:a/b', ['error group-name-invalid qemu: a/b']],
  ['name:a,b', ['error group-name-invalid qemu: a,b']],
  ['name:a:b', ['error group-name-invalid qemu: a:b']],
  ['name:.x', []],
  ['name:日本', ['error group-name-invalid qemu: 日本']],
  ['name:a=b', ['error group-name-invalid qemu: a=b']],
  ['name:n*127', []],
  ['name:n*1000', []],
  ['name:throttle-x', []],
  ['name:A-Z_09.z', []],
  ['name:$a', ['error group-name-invalid qemu: $a']],
  ['name:a+b', ['error group-name-invalid qemu: a+b']],
  ['name:(a)', ['error group-name-invalid qemu: (a)']],
  ['name:a\\b', ['error group-name-invalid qemu: a\\b']],

  // Filters that name no group, and the structure
  ['filter-no-groups-at-all', ['error filter-group-unknown libvirt: g']],
  ['filter-case-mismatch', ['hint group-unused: Limit', 'error filter-group-unknown libvirt: limit']],
  ['filter-extra-attr', ['error attribute-unknown schema: foo']],
  ['filters-unknown-child', ['error element-unknown schema: foo']],
  ['filters-two-blocks', ['error element-repeated schema: throttlefilters']],
  ['groups-empty', []],
  ['groups-two-blocks', ['error element-repeated schema: throttlegroups']],
  [
    'group-direct-in-domain',
    ['error element-misplaced schema: throttlegroup', 'error filter-group-unknown libvirt: g'],
  ],
  ['groups-with-attr', ['error attribute-unknown schema: foo']],
  ['group-text', ['error text-not-allowed schema: hello']],
  ['field-order-odd', []],

  // Filters beside iotune, and kinds of disks
  ['filters+iotune', ['error filters-with-iotune libvirt: iotune']],
  [
    'filters+iotune-groupname-only',
    ['error filters-with-iotune libvirt: iotune', 'error iotune-group-without-limits libvirt: group_name'],
  ],
  ['iotune-groupname-throttle-prefix', ['warning iotune-group-clash: throttle-g']],
  ['floppy-empty', ['error filters-unsupported-device qemu: throttlefilters']],
  ['disk-block', []],
  ['scsi-disk', []],
  ['sd-disk', ['error filters-unsupported-device libvirt: throttlefilters']],
  ['vhostuser', ['error filters-unsupported-device libvirt: throttlefilters']],
  ['transient', []],
  ['discard+detect_zeroes', []],
  ['iothread', []],
  ['iothread-mixed-share', []],

  // Groups without limits, totals beside directions
  ['20-filters', []],
  ['zero-all-used', ['error group-without-limits qemu: g']],
  ['zero-all-unused', ['warning group-without-limits: g']],
  ['zero-explicit', ['error group-without-limits qemu: g']],
  ['bytes-total+read0', ['error total-excludes-read-write schema: read_bytes_sec']],

  // Bursts and their lengths
  ['bytes-total+readmax', ['error burst-without-rate qemu: read_bytes_sec_max']],
  ['bytes-max-no-base', ['error burst-without-rate qemu: total_bytes_sec_max']],
  ['bytes-max-lt-base', ['error burst-below-rate qemu: 10']],
  ['bytes-len-no-max', ['error burst-length-without-burst qemu: total_bytes_sec_max_length']],
  ['bytes-len-ok', []],
  ['bytes-len-only', ['error burst-length-without-burst qemu: total_bytes_sec_max_length']],
  ['iops-read+write', []],
  ['iops-totalmax+readmax', ['error total-excludes-read-write libvirt: read_iops_sec_max']],
  ['iops-total+readmax', ['error burst-without-rate qemu: read_iops_sec_max']],
  ['iops-max-no-base', ['error burst-without-rate qemu: total_iops_sec_max']],
  ['iops-max-lt-base', ['error burst-below-rate qemu: 10']],
  ['iops-len-no-max', ['error burst-length-without-burst qemu: total_iops_sec_max_length']],
  ['iops-len0', ['information burst-length-zero: 0']],

  // Lengths that are too great
  ['len-2^32-1', []],
  ['len-2^32', ['error burst-length-out-of-range qemu: 4294967296']],
  ['len*max=1e15', []],
  ['len*max>1e15', ['error burst-too-long qemu: 1000000001']],

  // Sizes of a request
  ['size-no-iops', ['error request-size-without-iops qemu: size_iops_sec']],
  ['size-read-iops', []],
  ['size-iops', []],
  ['size-1e15', []],
  ['size-1e15+1', ['warning limit-out-of-range: 1000000000000001']],

  // What is a number, and how great it may be
  ['val:neg', ['error limit-not-a-number libvirt: -1']],
  ['val:plus', ['error limit-not-a-number schema: +5']],
  ['val:frac', ['error limit-not-a-number libvirt: 1.5']],
  ['val:exp', ['error limit-not-a-number libvirt: 1e6']],
  ['val:hex', ['error limit-not-a-number libvirt: 0x10']],
  ['val:octal', []],
  ['val:lead0', []],
  ['val:ws', ['error limit-not-a-number libvirt:  5 ']],
  ['val:inner-ws', ['error limit-not-a-number libvirt: 5 000']],
  ['val:comma', ['error limit-not-a-number libvirt: 5,000']],
  ['val:suffix', ['error limit-not-a-number libvirt: 5M']],
  ['val:only-ws', ['error limit-not-a-number libvirt:   ']],
  ['val:text', ['error limit-not-a-number libvirt: unlimited']],
  ['val:1e15', []],
  ['val:1e15+1', ['error limit-out-of-range qemu: 1000000000000001']],
  ['val:2^63', ['error limit-out-of-range qemu: 9223372036854775808']],
  ['val:arabic-digits', ['error limit-not-a-number libvirt: ٥']],
  ['val:cdata', []],
  ['val:child', ['error limit-not-a-number schema: <b>5</b>']],

  // What crashes libvirtd
  [
    'filter-missing-group-attr-single',
    ['hint group-unused: g', 'error filter-group-missing libvirt: throttlefilter'],
  ],
  ['filter-missing-group-attr-nogroups', ['error filter-group-missing libvirt: throttlefilter']],
]);
