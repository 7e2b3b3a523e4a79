/**
 * What is valid and refused by libvirt's own validation: libvirt itself is asked, before and after our fixes. Its test
 * driver validates as the others do, and needs no daemon.
 */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { SourceText, analyze, applyEdits, fixesOf, type SchemaFolder } from '../../server/src/engine';
import { loadSchemas } from '../../server/src/files';
import { libvirtSuites } from '../support/libvirt-root';
import { REAL_PARTS, ROOT_TOOL, type RootSuite } from '../support/qemu-version';

interface Case {
  readonly title: string;
  readonly text: string;
  /** What `virsh define` says of it without validating. */
  readonly plain: 'defined' | RegExp;
  /** Where libxml2 takes it by now. */
  readonly takenBy?: RootSuite;
}

const domain = (content: string): string => `<domain type='test'>
  <name>valid-but</name>
  <memory unit='MiB'>64</memory>
  ${content}
  <os><type arch='x86_64'>hvm</type></os>
</domain>`;

const controller = (attributes: string, inside = ''): string =>
  domain(`<devices><controller type='usb' ${attributes}>${inside}</controller></devices>`);

const CASES: readonly Case[] = [
  {
    title: 'elements that belong together stand apart',
    text: `<domain type='test'>
  <name>valid-but</name>
  <on_poweroff>destroy</on_poweroff>
  <memory unit='MiB'>64</memory>
  <on_reboot>restart</on_reboot>
  <vcpu>1</vcpu>
  <on_crash>destroy</on_crash>
  <os><type arch='x86_64'>hvm</type></os>
</domain>`,
    plain: 'defined',
  },
  { title: 'a blank before a number', text: controller("index=' 0'"), plain: 'defined' },
  { title: 'a blank behind a number', text: controller("index='0 '"), plain: /Expected integer value/ },
  {
    title: 'a number on a line of its own',
    text: domain('<vcpu>\n    2\n  </vcpu>'),
    plain: /maximum vcpus count must be an integer/,
  },
  {
    title: 'a sign before a number',
    text: controller('', "<address type='pci' domain='+0' bus='0' slot='5' function='0'/>"),
    plain: 'defined',
    takenBy: 'forky',
  },
];

for (const suite of libvirtSuites()) {
  describe(`libvirt of ${suite}`, () => {
    for (const { title, text, plain, takenBy } of CASES) {
      test(`${title}: refused with --validate, and taken once it is mended`, async () => {
        const analysis = analyze(SourceText.of(text), { schema: await schemasOf(suite) });
        assert.deepEqual([...new Set(analysis.findings.map(({ rule }) => rule))], ['refused-by-libxml2']);
        const validated = await defined(suite, text, '--validate');
        if (takenBy === suite) assert.equal(validated, 'defined');
        else assert.match(validated, /failed to validate against schema/);
        const without = await defined(suite, text);
        if (plain === 'defined') assert.equal(without, 'defined');
        else assert.match(without, plain);
        const mended = applyEdits(
          text,
          analysis.findings.flatMap(finding => fixesOf(analysis, finding)).flatMap(({ edits }) => edits),
        );
        assert.equal(await defined(suite, mended, '--validate'), 'defined');
      });
    }
  });
}

async function schemasOf(suite: RootSuite): Promise<SchemaFolder> {
  const loaded = await loadSchemas(join(REAL_PARTS, suite, 'usr/share/libvirt/schemas'), undefined);
  assert.ok(loaded.kind === 'loaded', loaded.kind);
  return loaded.schemas;
}

/** What virsh says where it refuses; the domain is gone with the process that defined it. */
async function defined(suite: RootSuite, text: string, ...flags: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'domxml-validation-'));
  const file = join(folder, 'valid-but.xml');
  await writeFile(file, text);
  const virsh = ['exec', join(REAL_PARTS, suite), 'virsh', '-c', 'test:///default'];
  try {
    await promisify(execFile)(ROOT_TOOL, [...virsh, 'define', file, ...flags]);
    return 'defined';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
