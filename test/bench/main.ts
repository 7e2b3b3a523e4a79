/** `npm run bench`: what a user waits for, beside what a user would use instead. Nothing here is a test. */

import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { benchChains } from './chains';
import { benchEditing } from './editing';
import { benchEngine } from './engine';
import { benchLibvirt } from './libvirt';
import { benchSchema } from './schema';
import { benchServer } from './server';
import { benchVm } from './vm';

async function main(): Promise<void> {
  await benchEngine();
  await benchSchema();
  await benchServer();
  await benchEditing();
  await benchVm();
  await benchChains();
  await benchLibvirt();
  const root = join(__dirname, '../../..');
  const vsix = readdirSync(root).find(name => name.endsWith('.vsix'));
  if (vsix !== undefined && existsSync(join(root, vsix))) {
    console.log(`VSIX: ${(statSync(join(root, vsix)).size / 1000).toFixed(0)} KB`);
  } else console.log('VSIX: not packaged yet (npm run package).');
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
