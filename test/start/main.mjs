#!/usr/bin/env node
// `npm start`: a VM to try things on and VS Code with the extension, on samples/. Ctrl-C ends all of it.
// Plain Node, because it runs before anything is installed; out/test/start/start.js does the work.
//
//   npm start -- [--practice] [--served] [--built]

import { parseArgs } from 'node:util';
import { buildAndPackage, installPackages } from '../run/prepare.mjs';

const { practice, served, built } = readOptions();
try {
  if (!built) {
    await installPackages();
    await buildAndPackage();
  }
  const { start } = await import('../../out/test/start/start.js');
  process.exitCode = await start({ practice, served });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        practice: { type: 'boolean', default: false },
        served: { type: 'boolean', default: false },
        built: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    console.error(`${error.message}
usage: npm start -- [--practice] [--served] [--built]
  --practice  the practice VM, also where QEMU is installed
  --served    VS Code from npm in the browser, also where \`code\` is installed
  --built     what was built before is used as it is`);
    process.exit(2);
  }
}
