/** The last change of a domain of a real libvirt is taken back, on the sides that it changed. */

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { domxml, type Ran } from '../cli/domxml';
import { onEachLibvirt } from '../support/libvirt-hosts';
import { startWithGroups } from '../support/libvirt-session';

const NAME = 'undo01';
const UUID = '5b6d7f2a-1c2d-4e3f-8a9b-0c1d2e3f4b99';

onEachLibvirt(host => {
  before(() =>
    startWithGroups(host(), NAME, UUID, [{ target: 'vda', filters: ['gold'] }, { target: 'sda' }]),
  );

  const run = (words: readonly string[], stdin?: string): Promise<Ran> =>
    domxml(
      [
        ...words.slice(0, 1),
        ...['--vm', `libvirt:${NAME}@qemu:///system`, '--yes'],
        ...host().command.flatMap(word => ['--virsh', word]),
        ...words.slice(1),
      ],
      stdin === undefined ? {} : { stdin },
    );

  const both = async (): Promise<readonly string[]> => [
    await host().virsh('dumpxml', UUID),
    await host().virsh('dumpxml', '--inactive', UUID),
  ];

  test('groups on both sides and filters of the definition go back; done again, they are as after it', async () => {
    const start = await both();
    const changed = (start[1] ?? '')
      .replace(
        "<throttlefilter group='gold'/>",
        "<throttlefilter group='tier'/><throttlefilter group='gold'/>",
      )
      .replace(
        '</throttlegroups>',
        '<throttlegroup><group_name>tier</group_name><total_iops_sec>40</total_iops_sec></throttlegroup></throttlegroups>',
      )
      .replace('<total_iops_sec>900<', '<total_iops_sec>901<');
    const applied = await run(['apply', '--live', '--config', '-'], changed);
    assert.equal(applied.code, 0, applied.stdout + applied.stderr);
    const after = await both();
    assert.match(after[1] ?? '', /<throttlefilter group='tier'\/>/);
    const undone = await run(['undo']);
    assert.equal(undone.code, 0, undone.stdout + undone.stderr);
    assert.deepEqual(await both(), start);
    const again = await run(['undo']);
    assert.equal(again.code, 0, again.stdout + again.stderr);
    assert.deepEqual(sorted(await both()), sorted(after));
    assert.equal((await run(['undo'])).code, 0);
    assert.deepEqual(await both(), start);
  });

  test('after a start anew only the definition is taken back', async () => {
    const start = await both();
    const changed = (start[1] ?? '').replace('<total_iops_sec>900<', '<total_iops_sec>902<');
    assert.equal((await run(['apply', '--live', '--config', '-'], changed)).code, 0);
    await host().virsh('destroy', UUID);
    await host().virsh('start', UUID);
    const undone = await run(['undo']);
    assert.equal(undone.code, 0, undone.stdout + undone.stderr);
    assert.match(
      undone.stderr,
      /The VM was started anew since: of its running state nothing is to be taken back/,
    );
    const [live = '', config = ''] = await both();
    assert.match(live, /<total_iops_sec>902</);
    assert.equal(config, start[1]);
  });
});

/** A group that was made anew stands behind the others. */
const sorted = (texts: readonly string[]): readonly string[][] => texts.map(text => text.split('\n').sort());
