/** `domxml check` of what an earlier run has checked: the same words, and nothing remembered that is not true any more. */

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { smallSchema } from '../support/small-schema';
import { BUNDLE, GOOD, domxml, temporaryFolder, type Ran } from './domxml';

const WITH_FINDINGS = GOOD.replaceAll('memory', 'memroy').replace(
  '</domain>',
  '  <throttlegroups>\n    <throttlegroup><group_name>unused</group_name></throttlegroup>\n  </throttlegroups>\n</domain>',
);

test('a second run says the same in every format, and with the same exit code', async t => {
  const { check } = await house(t);
  for (const format of ['text', 'json', 'sarif', 'github']) {
    const [first, again, anew] = [
      await check('--format', format),
      await check('--format', format),
      await check('--format', format, '--no-cache'),
    ];
    assert.equal(first.code, 1, first.stderr);
    assert.match(first.stdout, /memroy/);
    assert.deepEqual(again, first, format);
    assert.deepEqual(anew, first, format);
  }
});

test('what is remembered is used, by its owner alone, and severities are those of the second run', async t => {
  const { check, forge } = await house(t);
  await check();
  await forge();
  assert.match((await check()).stdout, /error: FORGED/);
  const hinted = await check('--rule', 'element-unknown=hint');
  assert.match(hinted.stdout, /hint: FORGED/);
  assert.doesNotMatch((await check('--rule', 'element-unknown=off')).stdout, /FORGED/);
});

test('a document that has changed is checked anew, the others are not', async t => {
  const { check, forge, documents } = await house(t);
  await check();
  await forge();
  await appendFile(join(documents, 'wrong.xml'), '<!-- later -->\n');
  const { stdout } = await check();
  assert.match(stdout, /memroy/);
  assert.doesNotMatch(stdout, /FORGED/);
});

test('nothing is remembered over other schemas, for another libvirt, or where that is not wanted', async t => {
  const { check, forge, schema } = await house(t);
  await check();
  await forge();
  const truth = /^(?!.*FORGED)/s;
  assert.match((await check('--no-cache')).stdout, truth);
  assert.match((await check('--libvirt', '11.3.0')).stdout, truth);
  await appendFile(join(schema, 'domain.rng'), '<!-- another release -->\n');
  assert.match((await check()).stdout, truth);
});

test('a file of answers that is not whole is as good as none', async t => {
  const { check, answerFiles } = await house(t);
  const first = await check();
  const [path = ''] = await answerFiles();
  const whole = await readFile(path, 'utf8');
  for (const broken of [
    '',
    whole.slice(0, -20),
    whole.replace('element-unknown', 'element-unknowm'),
    '\0'.repeat(9),
  ]) {
    await writeFile(path, broken);
    assert.deepEqual(await check(), first);
    assert.equal(await readFile(path, 'utf8'), whole, 'and the next run finds good ones again');
  }
});

test('where the cache folder cannot be made, documents are checked all the same', async t => {
  const { check, documents, schema } = await house(t);
  const first = await check();
  const blocked = join(documents, 'good.xml');
  assert.deepEqual(await domxmlIn(blocked, documents, ['--schema', schema]), first);
});

test('answers of builds and schemas of before do not pile up', async t => {
  const { check, schema, answerFiles } = await house(t);
  for (let release = 0; release < 10; release++) {
    await appendFile(join(schema, 'domain.rng'), '<!-- another release -->\n');
    await check();
  }
  assert.equal((await answerFiles()).length, 8);
});

interface House {
  readonly documents: string;
  readonly schema: string;
  readonly check: (...words: string[]) => Promise<Ran>;
  /** Puts words of ours into what is remembered, to see where they come out. */
  readonly forge: () => Promise<void>;
  readonly answerFiles: () => Promise<string[]>;
}

/** A folder with a good document, one with findings and a stranger, a schema, and a cache folder of their own. */
async function house(t: TestContext): Promise<House> {
  const { folder: schema } = await smallSchema(t);
  const folder = await temporaryFolder(t);
  const [documents, caches] = [join(folder, 'documents'), join(folder, 'caches')];
  await mkdir(documents);
  await writeFile(join(documents, 'good.xml'), GOOD);
  await writeFile(join(documents, 'pom.xml'), '<project/>\n');
  await writeFile(join(documents, 'wrong.xml'), WITH_FINDINGS);
  const answers = join(caches, 'libvirt-domain-xml');
  const answerFiles = async (): Promise<string[]> =>
    (await readdir(answers)).map(name => join(answers, name));
  return {
    documents,
    schema,
    answerFiles,
    check: (...words) => domxmlIn(caches, documents, ['--schema', schema, ...words]),
    forge: async () => {
      for (const path of await answerFiles()) {
        const [, text = ''] = (await readFile(path, 'utf8')).split('\n');
        const forged = text.replace(
          /(\\"rule\\":\\"element-unknown\\".*?\\"message\\":\\").*?(\\",)/,
          '$1FORGED$2',
        );
        assert.notEqual(forged, text);
        const head = createHash('sha256').update(forged).digest('base64url');
        await writeFile(path, `${head}\n${forged}`);
      }
    },
  };
}

const domxmlIn = (caches: string, documents: string, words: readonly string[]): Promise<Ran> =>
  domxml(['check', ...words, documents], { program: BUNDLE, env: { XDG_CACHE_HOME: caches } });
