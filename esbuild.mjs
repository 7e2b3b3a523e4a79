#!/usr/bin/env node
// Bundles the three programs into dist/: client.js (the extension), server.js (the language server), cli.js (domxml).
// What they are made of is written to out/bundles.json for the tests, the licences of the packages inside to
// dist/THIRD-PARTY-LICENSES.txt.

import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';

const ROOT = import.meta.dirname;
const ENTRIES = {
  client: 'client/src/extension.ts',
  server: 'server/src/lsp/main.ts',
  cli: 'server/src/cli/main.ts',
};

const absent = Object.values(ENTRIES).filter(entry => !existsSync(path.join(ROOT, entry)));
if (absent.length > 0) {
  console.error(`Nothing to bundle: ${absent.join(', ')} not found. esbuild.mjs lists the entry files.`);
  process.exit(1);
}

await rm(path.join(ROOT, 'dist'), { recursive: true, force: true });
const { metafile } = await esbuild.build({
  absWorkingDir: ROOT,
  entryPoints: Object.entries(ENTRIES).map(([out, entry]) => ({ in: entry, out })),
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node18',
  external: ['vscode'],
  // Some packages carry a UMD build as `main`, whose inner require() esbuild cannot follow.
  mainFields: ['module', 'main'],
  minify: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
});
await makeExecutable('dist/cli.js');
await mkdir(path.join(ROOT, 'out'), { recursive: true });
await writeFile(path.join(ROOT, 'out', 'bundles.json'), JSON.stringify(metafile));
await writeFile(path.join(ROOT, 'dist', 'THIRD-PARTY-LICENSES.txt'), await licences(packagesIn(metafile)));
await writeFile(
  path.join(ROOT, 'dist', 'README.md'),
  withoutFiles(await readFile(path.join(ROOT, 'README.md'), 'utf8')),
);

/** The README as it goes into the VSIX: without the pictures and documents that do not go with it. */
function withoutFiles(readme) {
  const text = readme.replace(/^!\[[^\]]*\]\((?!https:)[^)]*\)\n\n/gm, '');
  return text.replace(/\[([^\]]*)\]\((?!https:)[^)]*\)/g, '$1');
}

/** esbuild keeps a `#!` line only where the entry has one; the command must have it either way. */
async function makeExecutable(file) {
  const target = path.join(ROOT, file);
  const text = await readFile(target, 'utf8');
  if (!text.startsWith('#!')) await writeFile(target, `#!/usr/bin/env node\n${text}`);
  await chmod(target, 0o755);
}

/** Folders of the packages that stand in the bundles, by the inputs that esbuild names. */
function packagesIn({ outputs }) {
  const folders = new Set();
  for (const output of Object.values(outputs)) {
    for (const input of Object.keys(output.inputs)) {
      const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
      if (found) folders.add(found[1]);
    }
  }
  return [...folders].sort();
}

async function licences(folders) {
  const parts = new Map();
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(
      await readFile(path.join(ROOT, folder, 'package.json'), 'utf8'),
    );
    const file = (await readdir(path.join(ROOT, folder))).find(entry => /^licen[cs]e(\.|$)/i.test(entry));
    const text = file ? await readFile(path.join(ROOT, folder, file), 'utf8') : `Licence: ${license}\n`;
    parts.set(`${name} ${version}`, text.trim());
  }
  const head = 'Packages that are part of client.js, server.js or cli.js, and their licences.\n';
  return [head, ...[...parts].map(([title, text]) => `${'-'.repeat(72)}\n${title}\n\n${text}\n`)].join('\n');
}
