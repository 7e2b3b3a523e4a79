/** The samples against what they announce. Fails: look into samples/, and into the rule that changed. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { SourceText, analyze, applyEdits, fixesOf } from '../../server/src/engine';
import { SAMPLES, domxml } from './domxml';

const read = (name: string): string => readFileSync(join(SAMPLES, name), 'utf8');

for (const name of ['db01.domain.xml', 'iotune.domain.xml']) {
  test(`${name} is good: not even a hint`, () => {
    assert.deepEqual(
      analyze(SourceText.of(read(name))).findings.map(({ rule, message }) => ({ rule, message })),
      [],
    );
  });
}

test('db01-with-mistakes.domain.xml has the mistakes that its first lines announce, in that order', () => {
  const text = read('db01-with-mistakes.domain.xml');
  const comment = text.slice(0, text.indexOf('-->'));
  const announced = [...comment.matchAll(/^ {4}([a-z-]+): /gm)].map(([, rule]) => rule);
  assert.equal(announced.length, 8);
  assert.deepEqual(
    analyze(SourceText.of(text))
      .findings.filter(({ severity }) => severity !== 'hint')
      .map(({ rule }) => rule),
    announced,
  );
});

test('the fixes mend db01-with-mistakes.domain.xml, one after the other', () => {
  let text = read('db01-with-mistakes.domain.xml');
  for (let step = 0; step < 20; step++) {
    const analysis = analyze(SourceText.of(text));
    const finding = analysis.findings.find(({ severity }) => severity !== 'hint');
    if (finding === undefined) return;
    const [fix] = fixesOf(analysis, finding);
    assert.ok(fix, `${finding.rule} has a fix`);
    text = applyEdits(text, fix.edits);
  }
  assert.fail(`still with mistakes:\n${text}`);
});

test('check of the folder of samples tells the good from the bad', async () => {
  const { code, stdout } = await domxml(['check', 'samples'], { cwd: join(SAMPLES, '..') });
  assert.equal(code, 1);
  assert.match(stdout, /^samples\/db01-with-mistakes\.domain\.xml:/m);
  assert.doesNotMatch(stdout, /^samples\/(db01|iotune)\.domain\.xml:/m);
});
