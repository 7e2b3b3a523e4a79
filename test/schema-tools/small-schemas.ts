/**
 * Holds the verdicts of test/engine/schema/small-schemas.ts and other-documents.ts against jing:
 *   node out/test/schema-tools/small-schemas.js
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OTHER_DOCUMENTS } from '../engine/schema/other-documents';
import { RELEASES, schemasOf } from '../engine/schema/schemas';
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

const DATA = join(process.env['LIBVIRT_DOMAIN_SHARED'] ?? join(__dirname, '../../../../shared'), 'data');
for (const release of RELEASES) {
  for (const [root, text, wrong] of OTHER_DOCUMENTS) {
    const file = schemasOf(DATA, release).fileFor(root) ?? '';
    const refused = refusedByJing(join(DATA, 'schemas', release, file), [
      text,
      text.replaceAll(wrong, 'wrong'),
    ]);
    if (refused.has(1) && !refused.has(0)) continue;
    console.log(`${release} ${root}: jing refuses ${[...refused].join(' and ') || 'neither'}`);
    process.exitCode = 1;
  }
}
