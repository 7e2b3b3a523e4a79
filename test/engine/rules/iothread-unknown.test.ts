import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, findingsIn, fixed } from '../../support/check';
import { domainWith } from './domain-text';

const disk = (iothread: string): string => `
    <disk type='file' device='disk'>
      <driver name='qemu' type='raw' iothread='${iothread}'/>
      <target dev='vda' bus='virtio'/>
    </disk>
`;

test('a disk must name an iothread that is there', () =>
  check(
    domainWith({
      settings: `  <iothreads>1</iothreads>\n`,
      devices: disk('2').replace(
        /(.*iothread.*\n)/,
        `$1                                               ^ error iothread-unknown: There is no iothread 2...It has 1. Add iothread 2, or name one that is there.\n`,
      ),
    }),
  ));

test('so must a controller, a mapping of queues, a pin and a scheduler', () =>
  check(`
<domain type='qemu'>
  <iothreadids>
    <iothread id='4'/>
  </iothreadids>
  <cputune>
    <iothreadpin iothread='1' cpuset='0'/>
                           ^ error iothread-unknown: There is no iothread 1...It has 4...
    <iothreadsched iothreads='4-5' scheduler='batch'/>
                              ^^^ error iothread-unknown: There is no iothread 5...
  </cputune>
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu' type='raw' queues='2'>
        <iothreads>
          <iothread id='4'/>
          <iothread id='7'/>
                        ^ error iothread-unknown
        </iothreads>
      </driver>
      <target dev='vda' bus='virtio'/>
    </disk>
    <controller type='scsi' index='0' model='virtio-scsi'>
      <driver iothread='3'/>
                        ^ error iothread-unknown
    </controller>
  </devices>
</domain>`));

test('threads come from the count, from the ids, and from both: lowest free numbers first', () => {
  const unknown = (settings: string, id: string): number =>
    findingsIn(domainWith({ settings, devices: disk(id) })).length;
  const both = `<iothreads>4</iothreads><iothreadids><iothread id='2'/><iothread id='9'/></iothreadids>`;
  for (const id of ['1', '2', '3', '9']) assert.equal(unknown(both, id), 0, id);
  for (const id of ['4', '5']) assert.equal(unknown(both, id), 1, id);
  const more = `<iothreads>1</iothreads><iothreadids><iothread id='1'/><iothread id='2'/></iothreadids>`;
  assert.equal(unknown(more, '2'), 0);
  assert.equal(unknown('', '1'), 1);
});

test('what a template hides, and what QEMU does not run, is not judged', () => {
  for (const settings of [
    '<iothreads>{{ threads }}</iothreads>',
    "<iothreads>1</iothreads>{% include 'ids.xml' %}",
    "<iothreadids>{% for t in threads %}<iothread id='{{ t }}'/>{% endfor %}</iothreadids>",
  ]) {
    assert.deepEqual(findingsIn(domainWith({ settings, devices: disk('2') })), [], settings);
  }
  assert.deepEqual(findingsIn(domainWith({ devices: disk('{{ thread }}') })), []);
  assert.deepEqual(findingsIn(domainWith({ devices: disk('2'), type: 'xen' })), []);
});

test('the thread is added by the count, by name, or in a block of its own', () => {
  const devices = disk('2');
  const add = (settings: string, id = '2'): string =>
    fixed(domainWith({ settings, devices: disk(id) }), `Add iothread ${id}`);
  assert.equal(
    add('  <iothreads>1</iothreads>\n'),
    domainWith({ settings: '  <iothreads>2</iothreads>\n', devices }),
  );
  assert.equal(
    add(`  <vcpu>4</vcpu>\n`),
    domainWith({
      settings: `  <vcpu>4</vcpu>\n  <iothreadids>\n    <iothread id='2'/>\n  </iothreadids>\n`,
      devices,
    }),
  );
  assert.equal(
    add(`  <vcpu>4</vcpu>\n`, '1'),
    domainWith({ settings: `  <vcpu>4</vcpu>\n  <iothreads>1</iothreads>\n`, devices: disk('1') }),
  );
  assert.equal(
    add(`  <iothreads>1</iothreads>\n  <iothreadids>\n    <iothread id='1'/>\n  </iothreadids>\n`),
    domainWith({
      settings: `  <iothreads>1</iothreads>\n  <iothreadids>\n    <iothread id='1'/>\n    <iothread id='2'/>\n  </iothreadids>\n`,
      devices,
    }),
  );
  // A thread that comes from the count alone stays, also where a number is given twice.
  const twice = "    <iothread id='3'/>\n    <iothread id='3'/>\n";
  assert.equal(
    add(`  <iothreads>2</iothreads>\n  <iothreadids>\n${twice}  </iothreadids>\n`),
    domainWith({
      settings: `  <iothreads>3</iothreads>\n  <iothreadids>\n${twice}    <iothread id='2'/>\n  </iothreadids>\n`,
      devices,
    }),
  );
});

test('or the nearest one is named', () =>
  assert.equal(
    fixed(domainWith({ settings: '  <iothreads>3</iothreads>\n', devices: disk('9') }), 'Use iothread 3'),
    domainWith({ settings: '  <iothreads>3</iothreads>\n', devices: disk('3') }),
  ));
