import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SourceText, isGeneratedByLibvirt, parseXml } from '../../server/src/engine';

const generated = (text: string): boolean => isGeneratedByLibvirt(parseXml(SourceText.of(text)));

test("libvirt's own files are told by the comment that they begin with", () => {
  const warning =
    '<!--\nWARNING: THIS IS AN AUTO-GENERATED FILE. CHANGES TO IT ARE LIKELY TO BE\nOVERWRITTEN AND LOST.\n-->\n';
  assert.ok(generated(`${warning}<domain type='kvm'/>`));
  assert.ok(generated(`<?xml version='1.0'?>\n${warning}<domstatus><domain/></domstatus>`));
  assert.ok(!generated(`<!-- by hand -->\n<domain type='kvm'/>`));
  assert.ok(!generated(`<domain type='kvm'>${warning}</domain>`), 'only before the domain');
  assert.ok(!generated(''));
});
