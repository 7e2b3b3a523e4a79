/** Holds the verdicts of test/engine/schema/small-schemas.ts against jing: node out/test/schema-tools/small-schemas.js */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMALL_SCHEMAS, filesOf } from '../engine/schema/small-schemas';
import { refusedByJing } from './jing';

for (const small of SMALL_SCHEMAS) {
  const folder = mkdtempSync(join(tmpdir(), 'domxml-small-'));
  try {
    for (const [name, text] of filesOf(small)) writeFileSync(join(folder, name), text);
    const documents = [...small.valid, ...small.invalid];
    const refused = refusedByJing(join(folder, 'main.rng'), documents);
    for (const [index, text] of documents.entries()) {
      if (refused.has(index) === index >= small.valid.length) continue;
      console.log(`${small.title}: jing ${refused.has(index) ? 'refuses' : 'takes'} ${JSON.stringify(text)}`);
      process.exitCode = 1;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
