/**
 * Quiet on the domains of tuned hosts: test/data/tuned holds domains that we wrote, defined with the real libvirt 11.3
 * (some started too) and dumped as it gives them back, and templates as Ansible and Terraform users keep them.
 */

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { SourceText, analyze, type World } from '../../server/src/engine';
import { ROOT } from '../host/repository';

const TUNED = path.join(ROOT, 'test/data/tuned');
const files = readdirSync(TUNED).filter(name => /\.xml(\.j2|\.tftpl)?$/.test(name));

test('there are 30 of them, with templates of both kinds', () => {
  assert.ok(files.length >= 30, `only ${String(files.length)}`);
  for (const end of ['.xml.j2', '.xml.tftpl']) {
    assert.ok(files.filter(name => name.endsWith(end)).length >= 2, end);
  }
});

/** Without knowing a version, as most users check; with the libvirt that they were made with, and with later ones. */
const WORLDS: readonly World[] = [
  {},
  { libvirt: { major: 11, minor: 3, micro: 0 }, qemu: { major: 10, minor: 0, micro: 0 } },
  { libvirt: { major: 11, minor: 8, micro: 0 }, qemu: { major: 10, minor: 0, micro: 0 } },
  { libvirt: { major: 12, minor: 8, micro: 0 }, qemu: { major: 11, minor: 1, micro: 0 } },
];

/** Errors and warnings of all domains. */
function saidIn(
  world: World,
): readonly { readonly severity: string; readonly rule: string; readonly words: string }[] {
  return files.flatMap(name => {
    const text = readFileSync(path.join(TUNED, name), 'utf8');
    const { findings, faults, domain } = analyze(SourceText.of(text), world);
    assert.deepEqual(faults, [], `a rule threw on ${name}`);
    assert.ok((domain?.disks.length ?? 0) > 0, `${name} was not read as a domain with disks`);
    return findings
      .filter(({ severity }) => severity === 'error' || severity === 'warning')
      .map(({ severity, rule, span, message }) => ({
        severity,
        rule,
        words: `${severity} ${rule} in ${name}: ${text.slice(span.start, span.end)}: ${message}`,
      }));
  });
}

test('none has an error, and all of them at most two warnings', () => {
  for (const world of WORLDS) {
    const said = saidIn(world);
    const errors = said.filter(({ severity }) => severity === 'error');
    assert.deepEqual(
      errors.map(({ words }) => words),
      [],
    );
    assert.ok(said.length <= 2, said.map(({ words }) => words).join('\n'));
  }
});

test('the discard that libvirt 11.3 loses is told once in each document that it concerns', () => {
  const told = files.filter(name => {
    const text = readFileSync(path.join(TUNED, name), 'utf8');
    const { findings } = analyze(SourceText.of(text), { libvirt: { major: 11, minor: 3, micro: 0 } });
    const lost = findings.filter(({ rule }) => rule === 'discard-lost');
    assert.ok(lost.length <= 1, name);
    return lost.length === 1;
  });
  assert.deepEqual(told.sort(), [
    'ansible-database.xml.j2',
    'ceph-rbd.xml',
    'groups-scsi.xml',
    'snapshot-chain.xml',
    'terraform-node.xml.tftpl',
  ]);
});

test('a mistake put into any of the dumped ones is still seen', () => {
  for (const name of files.filter(file => file.endsWith('.xml'))) {
    const text = readFileSync(path.join(TUNED, name), 'utf8');
    const wrong = text.replace(/<target dev='[a-z]+'/, "<target dev='nvme0n1'");
    assert.notEqual(wrong, text, name);
    const { findings } = analyze(SourceText.of(wrong));
    assert.deepEqual(
      findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule),
      ['target-invalid'],
      name,
    );
  }
});
