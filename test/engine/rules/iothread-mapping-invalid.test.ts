import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, fixed } from '../../support/check';
import { domainWith } from './domain-text';

const settings = '  <iothreads>2</iothreads>\n';
const disk = (threads: string, more = ''): string => `
    <disk type='file' device='disk'>
      <driver name='qemu' queues='2'${more}>
        <iothreads>
${threads}        </iothreads>
      </driver>
      <target dev='vda' bus='virtio'/>
    </disk>
`;

test('a thread is mapped once', () =>
  check(
    domainWith({
      settings,
      devices: disk(`          <iothread id='1'/>
          <iothread id='1'/>
                        ^ error iothread-mapping-invalid: Iothread 1 already serves this device...
`),
    }),
  ));

test('each queue is there and has one thread', () =>
  check(
    domainWith({
      settings,
      devices: `
    <disk type='file' device='disk'>
      <driver name='qemu' queues='3'>
        <iothreads>
         ^^^^^^^^^ error iothread-mapping-invalid: Queue 1 of this device has no iothread...each of the 3...
          <iothread id='1'>
            <queue id='0'/>
            <queue id='0'/>
                       ^ error iothread-mapping-invalid: Queue 0 already has an iothread...
          </iothread>
          <iothread id='2'>
            <queue id='2'/>
            <queue id='3'/>
                       ^ error iothread-mapping-invalid: There is no queue 3: this device has 3...
          </iothread>
        </iothreads>
      </driver>
      <target dev='vda' bus='virtio'/>
    </disk>
`,
    }),
  ));

test('the attribute does not go with the elements', () =>
  check(
    domainWith({
      settings,
      devices: disk(`          <iothread id='2'/>\n`, ` iothread='1'`).replace(
        /(.*queues.*\n)/,
        `$1                                               ^ error iothread-mapping-invalid: ...not by both...\n`,
      ),
    }),
  ));

test('threads without queues, and all queues named once, are fine', () => {
  check(
    domainWith({ settings, devices: disk(`          <iothread id='1'/>\n          <iothread id='2'/>\n`) }),
  );
  check(
    domainWith({
      settings,
      devices: disk(
        `          <iothread id='1'><queue id='1'/></iothread>\n          <iothread id='2'><queue id='0'/></iothread>\n`,
      ),
    }),
  );
});

test('the second mapping goes', () => {
  const one = `          <iothread id='1'/>\n`;
  assert.equal(
    fixed(domainWith({ settings, devices: disk(one + one) }), 'Remove this mapping'),
    domainWith({ settings, devices: disk(one) }),
  );
});
