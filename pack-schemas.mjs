#!/usr/bin/env node
// Puts the schemas of an installed libvirt of 11.2 or later into dist/schemas/, with their licence, for the VSIX. They
// are no part of this repository. Where there is no such libvirt, or its licence is not at hand, the VSIX goes without
// them, and a line says why. LIBVIRT_ROOT=DIR takes those of another root, such as a container's.

import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);
const { findSchemas } = require('./out/server/src/files/index.js');
const { compareVersions, versionText } = require('./out/server/src/engine/index.js');

const ROOT = process.env.LIBVIRT_ROOT ?? '/';
const TARGET = path.join(import.meta.dirname, 'dist', 'schemas');
const OLDEST = { major: 11, minor: 2, micro: 0 };

/** Where distributions keep the text of the GNU Lesser General Public License 2.1. */
const LICENCES = [
  'usr/share/common-licenses/LGPL-2.1',
  'usr/share/licenses/libvirt-libs/COPYING.LESSER',
  'usr/share/licenses/libvirt/COPYING.LESSER',
  'usr/share/doc/libvirt/COPYING.LESSER',
];

const without = await pack();
console.log(
  without === undefined ? `Schemas are packed: ${TARGET}` : `The VSIX goes without schemas: ${without}.`,
);

/** Why there is nothing to pack; undefined where it is packed. */
async function pack() {
  const found = await findSchemas(undefined, [
    path.join(ROOT, 'usr/share/libvirt/schemas'),
    path.join(ROOT, 'usr/local/share/libvirt/schemas'),
  ]);
  if (found.kind !== 'found') return 'no libvirt is installed';
  if (found.version === undefined) return `nothing tells the release of ${found.folder}`;
  const { version, told } = found.version;
  const libvirt = versionText(version);
  if (compareVersions(version, OLDEST) < 0) return `libvirt ${libvirt} is older than 11.2`;
  const licence = LICENCES.map(file => path.join(ROOT, file)).find(existsSync);
  if (licence === undefined) return 'the text of the LGPL 2.1 is not at hand';
  await mkdir(TARGET, { recursive: true });
  for (const [name, text] of found.files) await writeFile(path.join(TARGET, name), text);
  await copyFile(licence, path.join(TARGET, 'COPYING.LESSER.txt'));
  await writeFile(
    path.join(TARGET, 'origin.json'),
    `${JSON.stringify({ libvirt, from: told }, undefined, 2)}\n`,
  );
  await writeFile(path.join(TARGET, 'NOTICE.txt'), notice(libvirt, told));
  return undefined;
}

function notice(libvirt, told) {
  return `The *.rng files in this folder are the RELAX NG schemas of libvirt ${libvirt} (${told}), unchanged.
They belong to their authors and are licensed under the GNU Lesser General Public License, version 2.1 or later: see
COPYING.LESSER.txt. Libvirt's sources: https://libvirt.org. The rest of this package is under its own licence.
`;
}
