import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { suiteOf, type SuiteName } from './run-suites';

test('the place of a test file tells its suite', () => {
  const suites: Readonly<Record<string, SuiteName>> = {
    'engine/rules/burst.test.js': 'unit',
    'libvirt/quote.test.js': 'unit',
    'real/apply.test.js': 'qemu',
    'qmp/real.test.js': 'qemu',
    'real/libvirt-operations.test.js': 'libvirt',
    'real/guest.test.js': 'load',
    'real/random-chains/blk.test.js': 'load',
    'libvirt/real.test.js': 'libvirt',
    'vscode/check.test.js': 'vscode',
    'ui/plan.test.js': 'ui',
  };
  for (const [file, suite] of Object.entries(suites)) {
    assert.equal(suiteOf(path.join('out', 'test', ...file.split('/'))), suite, file);
  }
});
