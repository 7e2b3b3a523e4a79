/** What is used how often. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { elementUsage, usedValues } from '../../../server/src/engine';
import { PRACTICE_FILE, practiceFile } from '../../schema-tools/practice';
import { testWithShared } from '../../support/shared';

test('names by use, what most have, and values', () => {
  const disk = elementUsage(['domain', 'devices', 'disk']);
  assert.ok(disk !== undefined);
  assert.deepEqual([...disk.attributes.ranks.keys()].slice(0, 2), ['type', 'device']);
  assert.deepEqual(disk.attributes.usual, ['type', 'device']);
  assert.ok(disk.children.usual.includes('target'));
  assert.ok(disk.children.usual.indexOf('driver') < disk.children.usual.indexOf('target'), 'as written');
  assert.ok(disk.holdsAttributes && disk.holdsChildren);
  assert.ok(usedValues(['domain', 'devices', 'disk'], 'device')[0] === 'disk');
  assert.ok(usedValues(['domain', 'on_crash']).includes('destroy'));
});

test('an element in a parent that was not met is known by nothing, a root by its name', () => {
  assert.equal(elementUsage(['nothing', 'disk']), undefined);
  assert.ok(elementUsage(['domainsnapshot', 'domain'])?.children.ranks.has('devices'));
  assert.deepEqual(usedValues(['nothing', 'disk'], 'device'), []);
});

testWithShared('the table is what the corpus gives', data => {
  const wanted = practiceFile(data);
  assert.equal(readFileSync(PRACTICE_FILE, 'utf8'), wanted, 'run node out/test/schema-tools/practice.js');
});
