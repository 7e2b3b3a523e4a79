// Brings a checkout to the state in which compiled code can run: npm packages, then the build.
// Shared by `npm test` and `npm start`; plain Node, because it runs before anything is installed.

import { existsSync, lstatSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn } from 'node:child_process';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Runs `npm ci` where node_modules is not what package-lock.json says. */
export async function installPackages(root = ROOT) {
  const reason = whyInstall(root);
  if (!reason) return;
  console.log(`npm ci: ${reason}`);
  await npm(root, ['ci', '--no-audit', '--no-fund']);
}

/** Why the packages must be installed, in words; undefined when node_modules agrees with the lock file. */
export function whyInstall(root) {
  const modules = path.join(root, 'node_modules');
  if (!existsSync(modules)) return 'node_modules is missing.';
  // A linked folder belongs to another checkout; `npm ci` would empty it under that checkout's feet.
  if (lstatSync(modules).isSymbolicLink()) return undefined;
  const wanted = packagesOf(path.join(root, 'package-lock.json'));
  const installed = packagesOf(path.join(modules, '.package-lock.json'));
  for (const [name, entry] of wanted) {
    const found = installed.get(name);
    if (found ? found.version !== entry.version : !entry.optional) {
      return `${name} is ${found?.version ?? 'missing'}, package-lock.json wants ${entry.version}.`;
    }
  }
  return undefined;
}

function packagesOf(lockFile) {
  if (!existsSync(lockFile)) return new Map();
  const packages = Object.entries(JSON.parse(readFileSync(lockFile, 'utf8')).packages ?? {});
  return new Map(packages.filter(([name]) => name !== ''));
}

/** `npm run build`: type check, bundles. */
export async function build(root = ROOT) {
  await npm(root, ['run', '--silent', 'build']);
}

/** `npm run package`: the build, and the VSIX of it. What they print is shown where they fail. */
export async function buildAndPackage(root = ROOT) {
  console.log('Building the extension; the first time takes a minute.');
  await npm(root, ['run', '--silent', 'package'], 'pipe');
}

/**
 * The npm that called us where there is one, so that the version is the user's own. Throws with the output's place;
 * `output` is `inherit`, or `pipe` to print it after a failure only.
 */
async function npm(root, args, output = 'inherit') {
  const own = process.env.npm_execpath;
  const [command, all] = own ? [process.execPath, [own, ...args]] : ['npm', args];
  // Windows knows npm only as a command script, which needs a shell; the arguments are fixed words.
  const shell = !own && process.platform === 'win32';
  const said = [];
  const code = await new Promise((resolve, reject) => {
    const child = spawn(command, all, { cwd: root, stdio: ['ignore', output, output], shell });
    child.stdout?.on('data', piece => said.push(piece));
    child.stderr?.on('data', piece => said.push(piece));
    child.on('error', reject).on('close', (status, signal) => resolve(signal ?? status));
  });
  if (code !== 0) process.stderr.write(Buffer.concat(said));
  if (code !== 0) throw new Error(`npm ${args.join(' ')} failed (${code}); the reason stands above.`);
}
