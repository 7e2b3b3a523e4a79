/** Documents in which the rules about limits, groups and iotune fire, with what they must say. Checked and mended. */

export interface Example {
  readonly says: string;
  readonly xml: string;
}

const example = (says: string, xml: string): Example => ({ says, xml });

export const LIMIT_EXAMPLES: readonly Example[] = [
  example(
    'a limit takes no unit, no blank behind it and no sign',
    `
<throttlegroup>
  <group_name>g</group_name>
  <total_bytes_sec>50MiB</total_bytes_sec>
                   ^^^^^ error limit-not-a-number: ...bytes per second...'50MiB'...
  <total_bytes_sec_max>100 </total_bytes_sec_max>
                       ^^^^ error limit-not-a-number: ...write it as 100.
  <total_iops_sec>+5</total_iops_sec>
                  ^^ error limit-not-a-number: ...plus sign...
  <total_iops_sec_max>-5</total_iops_sec_max>
                      ^^ error limit-not-a-number: ...can't be negative...
  <size_iops_sec>0x10</size_iops_sec>
                 ^^^^ error limit-not-a-number
</throttlegroup>`,
  ),
  example(
    'words, fractions and exponents are no numbers',
    `
<throttlegroup>
  <group_name>g</group_name>
  <read_bytes_sec>fast</read_bytes_sec>
                  ^^^^ error limit-not-a-number: ...libvirt refuses 'fast'...
  <write_bytes_sec>1.5</write_bytes_sec>
                   ^^^ error limit-not-a-number
  <read_iops_sec>1e6</read_iops_sec>
                 ^^^ error limit-not-a-number
  <write_iops_sec>5,000</write_iops_sec>
                  ^^^^^ error limit-not-a-number
</throttlegroup>`,
  ),
  example(
    'a number on a line of its own has a line break behind it',
    `
<throttlegroup>
  <group_name>g</group_name>
  <total_iops_sec>
                  ^ error limit-not-a-number: ...line break behind the number...
    500
  </total_iops_sec>
</throttlegroup>`,
  ),
  example(
    'an empty limit stands in the way of the schema, one of blanks in that of libvirt',
    `
<throttlegroup>
  <group_name>g</group_name>
  <total_iops_sec>5</total_iops_sec>
  <read_bytes_sec/>
   ^^^^^^^^^^^^^^ error limit-not-a-number: ...is empty...
  <write_bytes_sec>  </write_bytes_sec>
                   ^^ error limit-not-a-number: ...nothing but blanks...
</throttlegroup>`,
  ),
  example(
    'above 2^64-1 nothing is read, and it is not out of range besides',
    `
<throttlegroup>
  <group_name>g</group_name>
  <total_bytes_sec>18446744073709551616</total_bytes_sec>
                   ^^^^^^^^^^^^^^^^^^^^ error limit-not-a-number: ...above 18446744073709551615...
</throttlegroup>`,
  ),
  example(
    'a rate or burst above 10^15 is out of range, a request size is odd',
    `
<throttlegroup>
  <group_name>g</group_name>
  <total_bytes_sec>1000000000000001</total_bytes_sec>
                   ^^^^^^^^^^^^^^^^ error limit-out-of-range: ...the greatest that QEMU takes...
  <total_iops_sec>5</total_iops_sec>
  <total_iops_sec_max>18446744073709551615</total_iops_sec_max>
                      ^^^^^^^^^^^^^^^^^^^^ error limit-out-of-range
  <size_iops_sec>1000000000000001</size_iops_sec>
                 ^^^^^^^^^^^^^^^^ warning limit-out-of-range
</throttlegroup>`,
  ),
  example(
    'the value of a repeated limit is that of the first',
    `
<throttlegroup>
  <group_name>g</group_name>
  <total_iops_sec>100</total_iops_sec>
  <total_iops_sec_max>200</total_iops_sec_max>
  <total_iops_sec>nonsense</total_iops_sec>
   ^^^^^^^^^^^^^^ error limit-repeated: ...takes the first (100)...
  <total_iops_sec>150</total_iops_sec>
   ^^^^^^^^^^^^^^ error limit-repeated
</throttlegroup>`,
  ),
  example(
    'a total excludes read and write, for each kind one finding',
    `
<throttlegroup>
  <group_name>g</group_name>
  <total_bytes_sec>100</total_bytes_sec>
  <read_bytes_sec>100</read_bytes_sec>
   ^^^^^^^^^^^^^^ error total-excludes-read-write: <read_bytes_sec> can't be combined with <total_bytes_sec>...
  <write_bytes_sec>100</write_bytes_sec>
  <read_iops_sec>5</read_iops_sec>
  <total_iops_sec>5</total_iops_sec>
   ^^^^^^^^^^^^^^ error total-excludes-read-write
</throttlegroup>`,
  ),
  example(
    'a burst on the wrong side is one mistake',
    `
<throttlegroup>
  <group_name>g</group_name>
  <total_iops_sec>100</total_iops_sec>
  <total_iops_sec_max>200</total_iops_sec_max>
  <read_iops_sec_max>200</read_iops_sec_max>
   ^^^^^^^^^^^^^^^^^ error total-excludes-read-write
  <total_iops_sec_max_length>5</total_iops_sec_max_length>
  <read_iops_sec_max_length>5</read_iops_sec_max_length>
   ^^^^^^^^^^^^^^^^^^^^^^^^ error total-excludes-read-write
</throttlegroup>`,
  ),
  example(
    'a total beside a 0 is for the schema alone',
    `
<throttlegroup>
  <group_name>g</group_name>
  <total_bytes_sec>100</total_bytes_sec>
  <read_bytes_sec>0</read_bytes_sec>
   ^^^^^^^^^^^^^^ error total-excludes-read-write: ...not even a 0...
</throttlegroup>`,
  ),
  example(
    'a burst needs the rate of its own direction',
    `
<throttlegroup>
  <group_name>g</group_name>
  <total_bytes_sec>100</total_bytes_sec>
  <read_bytes_sec_max>200</read_bytes_sec_max>
   ^^^^^^^^^^^^^^^^^^ error burst-without-rate: ...needs <read_bytes_sec>...
  <write_iops_sec_max>5M</write_iops_sec_max>
   ^^^^^^^^^^^^^^^^^^ error burst-without-rate
                      ^^ error limit-not-a-number
</throttlegroup>`,
  ),
  example(
    'a burst alone gets its rate',
    `
<throttlegroup>
  <group_name>g</group_name>
  <total_iops_sec>0</total_iops_sec>
  <total_iops_sec_max>200</total_iops_sec_max>
   ^^^^^^^^^^^^^^^^^^ error burst-without-rate
  <total_iops_sec_max_length>20</total_iops_sec_max_length>
</throttlegroup>`,
  ),
  example(
    'a burst must not be lower than the rate',
    `
<throttlegroup>
  <group_name>g</group_name>
  <read_bytes_sec>900</read_bytes_sec>
  <read_bytes_sec_max>400</read_bytes_sec_max>
                      ^^^ error burst-below-rate: ...(400 B/s)...(900 B/s)...
</throttlegroup>`,
  ),
  example(
    'a length of more than a second needs its burst',
    `
<throttlegroup>
  <group_name>g</group_name>
  <read_bytes_sec>900</read_bytes_sec>
  <read_bytes_sec_max_length>2</read_bytes_sec_max_length>
   ^^^^^^^^^^^^^^^^^^^^^^^^^ error burst-length-without-burst
  <write_bytes_sec_max_length>1</write_bytes_sec_max_length>
</throttlegroup>`,
  ),
  example(
    'a length of 0 is dropped',
    `
<throttlegroup>
  <group_name>g</group_name>
  <read_bytes_sec>900</read_bytes_sec>
  <read_bytes_sec_max>900</read_bytes_sec_max>
  <read_bytes_sec_max_length>0</read_bytes_sec_max_length>
                             ^ information burst-length-zero
</throttlegroup>`,
  ),
  example(
    'a length above 32 bits is out of range, nothing more',
    `
<throttlegroup>
  <group_name>g</group_name>
  <read_bytes_sec>900</read_bytes_sec>
  <read_bytes_sec_max>900</read_bytes_sec_max>
  <read_bytes_sec_max_length>4294967296</read_bytes_sec_max_length>
                             ^^^^^^^^^^ error burst-length-out-of-range
  <write_bytes_sec_max_length>4294967296</write_bytes_sec_max_length>
                              ^^^^^^^^^^ error burst-length-out-of-range
</throttlegroup>`,
  ),
  example(
    'burst times length has a bound',
    `
<throttlegroup>
  <group_name>g</group_name>
  <total_iops_sec>1000</total_iops_sec>
  <total_iops_sec_max>1000000</total_iops_sec_max>
  <total_iops_sec_max_length>1000000001</total_iops_sec_max_length>
                             ^^^^^^^^^^ error burst-too-long: ...at most 1000000000 seconds...
</throttlegroup>`,
  ),
  example(
    'a request size needs a limit of operations',
    `
<throttlegroup>
  <group_name>g</group_name>
  <total_bytes_sec>1000</total_bytes_sec>
  <total_iops_sec>0</total_iops_sec>
  <size_iops_sec>4096</size_iops_sec>
   ^^^^^^^^^^^^^ error request-size-without-iops
</throttlegroup>`,
  ),
];

export const GROUP_EXAMPLES: readonly Example[] = [
  example(
    'every group needs a name',
    `
<domain type='kvm'>
  <throttlegroups>
    <throttlegroup>
     ^^^^^^^^^^^^^ error group-name-missing: ...no <group_name>...
      <total_iops_sec>5</total_iops_sec>
    </throttlegroup>
    <throttlegroup>
      <group_name/>
       ^^^^^^^^^^ error group-name-missing: ...is empty...
    </throttlegroup>
  </throttlegroups>
</domain>`,
  ),
  example(
    'names are letters, digits, dash, dot and underscore, used or not',
    `
<domain type='kvm'>
  <throttlegroups>
    <throttlegroup>
      <group_name>fast disks</group_name>
                  ^^^^^^^^^^ error group-name-invalid: ...a blank in it...
      <total_iops_sec>5</total_iops_sec>
    </throttlegroup>
    <throttlegroup>
      <group_name> fast-disks </group_name>
                  ^^^^^^^^^^^^ error group-name-invalid: ...around 'fast-disks'...
      <total_iops_sec>5</total_iops_sec>
    </throttlegroup>
    <throttlegroup>
      <group_name>日本</group_name>
                  ^^ error group-name-invalid: ...'日'...
      <total_iops_sec>5</total_iops_sec>
    </throttlegroup>
    <throttlegroup>
      <group_name>Größe</group_name>
                  ^^^^^ warning group-name-invalid: ...once the group has a limit...
                  ^^^^^ warning group-without-limits
    </throttlegroup>
  </throttlegroups>
  <devices>
    <disk>
      <throttlefilters>
        <throttlefilter group='fast disks'/>
        <throttlefilter group=" fast-disks "/>
      </throttlefilters>
    </disk>
  </devices>
</domain>`,
  ),
  example(
    'a name stands for one group',
    `
<domain type='kvm'>
  <throttlegroups>
    <throttlegroup>
      <group_name>gold</group_name>
      <total_iops_sec>5</total_iops_sec>
    </throttlegroup>
    <throttlegroup>
      <group_name>gold</group_name>
                  ^^^^ error group-name-taken: ...already a throttle group 'gold'...
      <total_iops_sec>6</total_iops_sec>
    </throttlegroup>
    <throttlegroup>
      <group_name>Gold</group_name>
                  ^^^^ hint group-unused
      <total_iops_sec>7</total_iops_sec>
    </throttlegroup>
  </throttlegroups>
  <devices>
    <disk>
      <throttlefilters>
        <throttlefilter group='gold'/>
      </throttlefilters>
    </disk>
  </devices>
</domain>`,
  ),
  example(
    'a group without limits is not created',
    `
<domain type='kvm'>
  <throttlegroups>
    <throttlegroup>
      <group_name>used</group_name>
                  ^^^^ error group-without-limits: ...the VM would not start...
      <read_bytes_sec>0</read_bytes_sec>
    </throttlegroup>
    <throttlegroup>
      <group_name>unused</group_name>
                  ^^^^^^ warning group-without-limits
    </throttlegroup>
  </throttlegroups>
  <devices>
    <disk>
      <target dev='vda'/>
      <throttlefilters>
        <throttlefilter group='used'/>
      </throttlefilters>
    </disk>
    <disk>
      <target dev='vdb'/>
      <throttlefilters>
        <throttlefilter group='used'/>
      </throttlefilters>
    </disk>
  </devices>
</domain>`,
  ),
];

export const IOTUNE_EXAMPLES: readonly Example[] = [
  example(
    'in an iotune libvirt bounds every value',
    `
<disk>
  <target dev='vda'/>
  <iotune>
    <total_iops_sec>5</total_iops_sec>
    <total_bytes_sec>1000000000000001</total_bytes_sec>
                     ^^^^^^^^^^^^^^^^ error limit-out-of-range: ...libvirt...
    <size_iops_sec>1000000000000001</size_iops_sec>
                   ^^^^^^^^^^^^^^^^ error limit-out-of-range
  </iotune>
</disk>`,
  ),
  example(
    'QEMU checks an iotune as it does a group',
    `
<disk>
  <target dev='vda'/>
  <iotune>
    <total_iops_sec_max>200</total_iops_sec_max>
     ^^^^^^^^^^^^^^^^^^ error burst-without-rate
  </iotune>
</disk>`,
  ),
  example(
    'an iotune must not be the object of a throttle group',
    `
<domain type='kvm'>
  <throttlegroups>
    <throttlegroup>
      <group_name>gold</group_name>
      <total_iops_sec>100</total_iops_sec>
    </throttlegroup>
  </throttlegroups>
  <devices>
    <disk>
      <target dev='vda'/>
      <throttlefilters>
        <throttlefilter group='gold'/>
      </throttlefilters>
    </disk>
    <disk>
      <target dev='vdb'/>
      <iotune>
        <total_iops_sec>5</total_iops_sec>
        <group_name>throttle-gold</group_name>
                    ^^^^^^^^^^^^^ warning iotune-group-clash: ...throttle group 'gold'...
      </iotune>
    </disk>
    <disk>
      <target dev='vdc'/>
      <iotune>
        <total_iops_sec>5</total_iops_sec>
        <group_name>gold</group_name>
      </iotune>
    </disk>
  </devices>
</domain>`,
  ),
  example(
    'disks of one iotune group have the same limits',
    `
<domain type='kvm'>
  <devices>
    <disk>
      <target dev='vda'/>
      <iotune>
        <total_iops_sec>5</total_iops_sec>
        <read_bytes_sec>0</read_bytes_sec>
        <group_name>shared</group_name>
      </iotune>
    </disk>
    <disk>
      <target dev='vdb'/>
      <iotune>
        <read_iops_sec>5</read_iops_sec>
        <group_name>shared</group_name>
                    ^^^^^^ error iotune-group-differs: Disk vda...<total_iops_sec>, <read_iops_sec>...
      </iotune>
    </disk>
    <disk>
      <target dev='vdc'/>
      <iotune>
        <group_name>shared</group_name>
        <total_iops_sec>5</total_iops_sec>
      </iotune>
    </disk>
  </devices>
</domain>`,
  ),
  example(
    'an iotune group needs a limit',
    `
<disk>
  <target dev='vda'/>
  <iotune>
    <total_iops_sec>0</total_iops_sec>
    <group_name>shared</group_name>
     ^^^^^^^^^^ error iotune-group-without-limits
  </iotune>
</disk>`,
  ),
];
