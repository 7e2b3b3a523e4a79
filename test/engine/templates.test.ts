/** Template text is unknown: nobody judges what it may put in or leave out. */

import { test } from 'node:test';
import { check } from '../support/check';

test('two branches with a filter of one group are not twice the same filter', () =>
  check(`
<disk type='file'>
  <target dev='vda'/>
  <throttlefilters>
    {% if fast %}
    <throttlefilter group='gold'/>
    {% else %}
    <throttlefilter group='bulk'/>
    <throttlefilter group='gold'/>
    {% endif %}
  </throttlefilters>
</disk>`));

test('a total in one branch does not exclude read and write in the other', () =>
  check(`
<throttlegroup>
  <group_name>gold</group_name>
  {% if total %}
  <total_bytes_sec>1000</total_bytes_sec>
  {% else %}
  <read_bytes_sec>1000</read_bytes_sec>
  {% endif %}
  <write_iops_sec_max>500</write_iops_sec_max>
</throttlegroup>`));

test('two branches may define one group', () =>
  check(`
<throttlegroups>
  {% if fast %}
  <throttlegroup><group_name>gold</group_name><total_iops_sec>900</total_iops_sec></throttlegroup>
  {% else %}
  <throttlegroup><group_name>gold</group_name><total_iops_sec>100</total_iops_sec></throttlegroup>
  {% endif %}
</throttlegroups>`));

test('what is wrong with one element alone is told beside template text too', () =>
  check(`
<throttlegroup>
  <group_name>gold</group_name>
  {{ more }}
  <total_bytes_sec>5M</total_bytes_sec>
                   ^^ error limit-not-a-number
</throttlegroup>`));

test('template text elsewhere changes nothing', () =>
  check(`
<domain type='kvm'>
  <name>a</name>
  <throttlegroups>
    <throttlegroup>
      <group_name>gold</group_name>
      <total_iops_sec>900</total_iops_sec>
      <total_iops_sec_max>100</total_iops_sec_max>
                          ^^^ error burst-below-rate
    </throttlegroup>
  </throttlegroups>
  <devices>
    {% for disk in disks %}
    <disk type='file'>
      <target dev='{{ disk.target }}'/>
      <throttlefilters>
        <throttlefilter group='gold'/>
        <throttlefilter group='gold'/>
                               ^^^^ error filter-repeated
      </throttlefilters>
    </disk>
    {% endfor %}
  </devices>
</domain>`));

test('statements of a template around the root and inside a tag are no faults of the XML', () =>
  check(`
{# made by the role vm #}
{% set tuned = true %}
<domain type='kvm'>
  <devices>
    <disk type='file'>
      <driver name='qemu' discard='unmap'{% if tuned %} iothread='1'{% endif %}/>
      <target dev='vda' bus='virtio'/>
    </disk>
  </devices>
</domain>`));

test('other text around the root, and a quote that is missing, are', () =>
  check(`
hello
^^^^^ error xml-syntax
<domain type='kvm'>
  <devices>
    <disk type='{{ type }}>
               ^^^^^^^^^^^ error xml-syntax
      <target dev='vda' bus='virtio'/>
    </disk>
  </devices>
</domain>`));

test('the directives of Terraform are template text', () =>
  check(`
<domain type='kvm'>
  <devices>
%{ if fast }
    <disk type='file'>
      <target dev='vda' bus='virtio'/>
    </disk>
%{ else }
    <disk type='file'>
      <target dev='vda' bus='scsi'/>
    </disk>
%{ endif }
  </devices>
</domain>`));
