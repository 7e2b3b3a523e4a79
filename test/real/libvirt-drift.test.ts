/** `domxml drift` over a folder of documents and the domains of a real libvirt. */

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test, type TestContext } from 'node:test';
import { domxml, type Ran } from '../cli/domxml';
import { onEachLibvirt } from '../support/libvirt-hosts';
import { startWithGroups } from '../support/libvirt-session';

const NAME = 'drift01';
const UUID = '5b6d7f2a-1c2d-4e3f-8a9b-0c1d2e3f4b88';
const URI = 'qemu:///system';

onEachLibvirt(host => {
  before(() =>
    startWithGroups(host(), NAME, UUID, [
      { target: 'vda', filters: ['gold'] },
      { target: 'sda', filters: ['gold', 'silver'] },
    ]),
  );

  /** The domain's own definition, and beside it what is no domain, in a folder. */
  async function folderWith(t: TestContext, change: (xml: string) => string): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'domxml-drift-'));
    t.after(() => rm(folder, { recursive: true, force: true }));
    await writeFile(join(folder, 'a.xml'), change(await host().virsh('dumpxml', '--inactive', UUID)));
    await writeFile(join(folder, 'net.xml'), '<network><name>n</name></network>');
    return folder;
  }

  const drift = (folder: string, ...more: readonly string[]): Promise<Ran> =>
    domxml([
      ...['drift', '--connect', URI, ...more],
      ...host().command.flatMap(word => ['--virsh', word]),
      folder,
    ]);

  test('what libvirt wrote itself does not differ, and nothing is marked', async t => {
    const { code, stdout, stderr } = await drift(await folderWith(t, xml => xml));
    assert.equal(code, 0, stdout + stderr);
    assert.match(
      stdout,
      /^.*a\.xml: drift01 \(qemu:\/\/\/system\)\n {2}running VM: as the document\n {2}persistent definition: as the document\n$/,
    );
    assert.equal(stderr, 'domxml: 1 of 1 as their documents say\n');
    assert.doesNotMatch(await host().virsh('dominfo', UUID), /tainted: custom monitor/);
  });

  test('each side is told for itself', async t => {
    const folder = await folderWith(t, xml => xml);
    await host().virsh('domthrottlegroupset', UUID, 'gold', '--total-iops-sec', '501', '--live');
    t.after(() => host().virsh('domthrottlegroupset', UUID, 'gold', '--total-iops-sec', '500', '--live'));
    const { code, stdout } = await drift(folder);
    assert.equal(code, 1);
    assert.match(
      stdout,
      /running VM: 1 difference\n {4}group gold: total_iops_sec 501 IOPS; document: total_iops_sec 500 IOPS\n {2}persistent definition: as the document\n/,
    );
  });

  test('filters, disks and groups that differ are in the JSON, for each domain of each connection', async t => {
    const folder = await folderWith(t, xml =>
      xml
        .replace(/<throttlefilter group='silver'\/>/, '')
        .replace(/<disk [^>]*>(?:(?!<\/disk>)[\s\S])*dev='vda'[\s\S]*?<\/disk>/, ''),
    );
    const { code, stdout } = await drift(folder, '--format', 'json');
    assert.equal(code, 1);
    const differs = [
      { object: 'disk sda', vm: 'filters gold, then silver', document: 'filters gold' },
      { object: 'disk vda', vm: 'filters gold', document: 'not there' },
    ];
    assert.deepEqual(JSON.parse(stdout), {
      connections: [{ uri: URI, problem: null }],
      documents: [
        {
          path: join(folder, 'a.xml'),
          status: 'differs',
          message: '',
          domains: [{ uri: URI, name: NAME, uuid: UUID, live: differs, config: differs, problem: null }],
        },
      ],
    });
  });

  test('a domain that is not there, an unfit document and a connection that fails are told, and nothing is hidden', async t => {
    const folder = await folderWith(t, xml => xml.replace(UUID, UUID.replace('5b', '6b')));
    const other = await drift(folder);
    assert.equal(other.code, 1);
    assert.match(other.stdout, /a\.xml: not-found: No domain of uuid 6b6d7f2a-[^ ]* on the connections\.\n/);
    await writeFile(
      join(folder, 'a.xml'),
      '<domain><name>x</name><throttlegroups><throttlegroup/></throttlegroups></domain>',
    );
    const unfit = await drift(folder);
    assert.equal(unfit.code, 1);
    assert.match(unfit.stdout, /a\.xml: unfit: The document has an error in what would be sent, in line 1/);
    const same = await folderWith(t, xml => xml);
    const failed = await drift(same, '--connect', 'qemu+unix:///system?socket=/nonexistent');
    assert.equal(failed.code, 1);
    assert.match(failed.stdout, /running VM: as the document/);
    assert.match(failed.stderr, /^domxml: qemu\+unix:.*\n/);
  });
});
