#!/usr/bin/env node
// `npm test`: every test of the house, from a fresh clone on. Plain Node, because it runs before anything is installed.
//
//   npm test -- [--yes] [--only unit,qemu,libvirt,load,vscode,ui] [--grep TEXT]
//
// It installs what is missing (system packages after a `y`, npm packages), begins to make the roots with a real libvirt,
// builds, packages the VSIX and hands over to the compiled out/test/run/run-suites.js. The last line is always `N passed, N failed`.

import { parseArgs } from 'node:util';
import { buildAndPackage, installPackages, ROOT } from './prepare.mjs';
import { offerRoots } from './roots.mjs';
import { offerMissingParts } from './system.mjs';

const SUITES = ['unit', 'qemu', 'libvirt', 'load', 'vscode', 'ui'];
/** Suites that run programs of the roots. */
const WITH_ROOTS = ['qemu', 'libvirt', 'ui', 'load'];

const options = readOptions();
try {
  const ci = process.env.CI === 'true';
  const agreed = options.yes || ci;
  const absent = await offerMissingParts({ agreed });
  const wanted = options.only.some(name => WITH_ROOTS.includes(name));
  const roots = wanted ? await offerRoots({ agreed }) : { ready: Promise.resolve(undefined) };
  await installPackages();
  await buildAndPackage();
  const { runSuites } = await import('../../out/test/run/run-suites.js');
  process.exitCode = await runSuites({ ...options, absent, noRoots: roots.ready, root: ROOT, ci });
} catch (error) {
  // Whatever stops the run before the suites is a failure of its own, with the same closing line for whoever reads it.
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        yes: { type: 'boolean', default: false },
        only: { type: 'string', default: SUITES.join(',') },
        grep: { type: 'string' },
      },
    });
    const only = values.only.split(',');
    const unknown = only.filter(name => !SUITES.includes(name));
    if (unknown.length > 0) throw new Error(`--only knows ${SUITES.join(', ')}, not ${unknown.join(', ')}`);
    return { yes: values.yes, only, grep: values.grep };
  } catch (error) {
    console.error(`${error.message}\nusage: npm test -- [--yes] [--only ${SUITES.join(',')}] [--grep TEXT]`);
    process.exit(2);
  }
}
