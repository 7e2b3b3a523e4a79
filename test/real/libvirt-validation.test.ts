/** What is valid and refused by libvirt's own validation: libvirt itself is asked, before and after our fixes. */

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { SourceText, analyze, applyEdits, fixesOf, type SchemaFolder } from '../../server/src/engine';
import { loadSchemas } from '../../server/src/files';
import { onEachLibvirt } from '../support/libvirt-hosts';
import { REAL_PARTS } from '../support/qemu-version';

/** `plain` is what `virsh define` says of it without validating. */
interface Case {
  readonly title: string;
  readonly text: string;
  readonly plain: 'defined' | RegExp;
}

const domain = (content: string): string => `<domain type='qemu'>
  <name>valid-but</name>
  <memory unit='MiB'>64</memory>
  ${content}
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
</domain>`;

const controller = (attributes: string, inside = ''): string =>
  domain(`<devices><controller type='usb' model='qemu-xhci' ${attributes}>${inside}</controller></devices>`);

const CASES: readonly Case[] = [
  {
    title: 'elements that belong together stand apart',
    text: `<domain type='qemu'>
  <name>valid-but</name>
  <on_poweroff>destroy</on_poweroff>
  <memory unit='MiB'>64</memory>
  <on_crash>destroy</on_crash>
  <vcpu>1</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
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
  },
];

onEachLibvirt(host => {
  const defined = async (text: string, ...flags: readonly string[]): Promise<string> => {
    const file = join(host().folder, 'valid-but.xml');
    await writeFile(file, text);
    try {
      await host().virsh('define', file, ...flags);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
    await host().virsh('undefine', 'valid-but');
    return 'defined';
  };

  for (const { title, text, plain } of CASES) {
    test(`${title}: refused with --validate, and taken once it is mended`, async () => {
      const analysis = analyze(SourceText.of(text), { schema: await schemasHere(host().suite) });
      const said = analysis.findings.filter(({ rule }) => rule === 'refused-by-libxml2');
      assert.deepEqual(
        analysis.findings.map(({ rule }) => rule),
        said.map(({ rule }) => rule),
      );
      assert.ok(said.length > 0, 'nothing is said');
      assert.match(await defined(text, '--validate'), /failed to validate against schema/);
      const without = await defined(text);
      if (plain === 'defined') assert.equal(without, 'defined');
      else assert.match(without, plain);
      const fixes = said.flatMap(finding => fixesOf(analysis, finding));
      const mended = applyEdits(
        text,
        fixes.flatMap(({ edits }) => edits),
      );
      assert.equal(await defined(mended, '--validate'), 'defined');
    });
  }
});

async function schemasHere(suite: string): Promise<SchemaFolder> {
  const loaded = await loadSchemas(join(REAL_PARTS, suite, 'usr/share/libvirt/schemas'), undefined);
  assert.ok(loaded.kind === 'loaded', loaded.kind);
  return loaded.schemas;
}
