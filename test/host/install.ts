/**
 * VS Code from npm: the package code-server carries the complete VS Code server, and node-linux-* the Node that it wants.
 * Installed once into .cache/ (git-ignored), without post-install downloads; only the npm registry is used.
 */

import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

/** An installed VS Code server. */
export interface Editor {
  /** Node binary to run it with. */
  readonly node: string;
  /** The server's own entry; code-server's front with its password page is not used. */
  readonly serverMain: string;
}

const CODE_SERVER = 'code-server@4.139.1';
const NODE = `node-linux-${process.arch}@24.21.0`;

/** Raised when what is installed differs from before, so that old folders are not taken for current ones. */
const RECIPE = 1;

/**
 * Gives the VS Code of `cache`, installing it first where it is not there (about 200 MB, a minute).
 * `say` is told what goes on. Throws with npm's own words when a step fails; a broken install is never left behind.
 */
export async function installEditor(cache: string, say: (text: string) => void): Promise<Editor> {
  const name = `${CODE_SERVER}-${NODE}-${String(RECIPE)}`.replaceAll('@', '-');
  const folder = path.join(cache, name);
  if (!existsSync(path.join(folder, 'installed'))) {
    say(`Fetching VS Code (${CODE_SERVER}, ${NODE}) from npm into ${folder}, once; about 200 MB.`);
    const fresh = `${folder}.${String(process.pid)}`;
    try {
      await install(fresh);
      rmSync(folder, { recursive: true, force: true });
      renameSync(fresh, folder);
    } finally {
      rmSync(fresh, { recursive: true, force: true });
    }
  }
  return { node: nodeOf(folder), serverMain: path.join(vscodeOf(folder), 'out', 'server-main.js') };
}

async function install(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{ "name": "vscode-host", "private": true }\n');
  await npm(process.execPath, folder, ['install', '--ignore-scripts', '--no-save', NODE, CODE_SERVER], {});
  const vscode = vscodeOf(folder);
  // The server's own dependencies have lock files of their own inside the package.
  const dependencies = ['install', '--ignore-scripts', '--omit=dev', '--no-save'];
  const node = nodeOf(folder);
  await npm(node, vscode, dependencies, {});
  await npm(node, path.join(vscode, 'extensions'), dependencies, {});
  prune(vscode);
  // Without spdlog every Output channel stays empty. Built against the headers that came with the Node package.
  await npm(node, vscode, ['rebuild', '--foreground-scripts', '@vscode/spdlog', '@vscode/native-watchdog'], {
    npm_config_nodedir: path.resolve(path.dirname(node), '..'),
    npm_config_ignore_scripts: 'false',
  });
  writeFileSync(path.join(folder, 'installed'), `${CODE_SERVER} ${NODE}\n`);
}

function vscodeOf(folder: string): string {
  return path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
}

function nodeOf(folder: string): string {
  return path.join(folder, 'node_modules', NODE.slice(0, NODE.lastIndexOf('@')), 'bin', 'node');
}

/** Takes out what tests and samples never use: assistants, sign-in, the JavaScript debugger, other platforms' binaries. */
function prune(vscode: string): void {
  const extensions = [
    ...[
      'copilot',
      'mermaid-markdown-features',
      'microsoft-authentication',
      'github-authentication',
      'github',
    ],
    ...['ms-vscode.js-debug', 'ms-vscode.js-debug-companion', 'ms-vscode.vscode-js-profile-table'],
  ].map(name => path.join('extensions', name));
  const modules = ['@github', '@microsoft/mxc-sdk', 'node-pty/prebuilds', '@devcontainers'].map(name =>
    path.join('node_modules', name),
  );
  for (const name of [...extensions, ...modules])
    rmSync(path.join(vscode, name), { recursive: true, force: true });
  const ripgrep = path.join(vscode, 'node_modules', '@vscode', 'ripgrep-universal', 'bin');
  if (!existsSync(ripgrep)) return;
  for (const name of readdirSync(ripgrep)) {
    if (!name.includes(`linux-${process.arch}`)) rmSync(path.join(ripgrep, name), { recursive: true });
  }
}

/** Runs npm in `cwd` by the Node binary `node`, which is then also first on PATH for what npm starts. */
async function npm(
  node: string,
  cwd: string,
  args: readonly string[],
  extra: Record<string, string>,
): Promise<void> {
  const env: NodeJS.ProcessEnv = {
    ...withoutNpmScript(process.env),
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
    npm_config_legacy_peer_deps: 'true',
    npm_config_engine_strict: 'false',
    ...extra,
    PATH: `${path.dirname(node)}${path.delimiter}${process.env['PATH'] ?? ''}`,
  };
  let said = '';
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(node, [npmProgram(), ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.once('error', reject).once('exit', resolve);
  });
  if (code !== 0) throw new Error(`npm ${args.join(' ')} failed in ${cwd} (${String(code)}):\n${said}`);
}

/** What npm tells its scripts about this package must not reach an npm that works on another folder. */
function withoutNpmScript(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const foreign =
    /^npm_(package_|lifecycle_|config_(local_prefix|prefix|global)|command|node_execpath)|^INIT_CWD$/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !foreign.test(name)));
}

/** The npm that runs us, else the one on PATH. */
function npmProgram(): string {
  const own = process.env['npm_execpath'];
  if (own !== undefined && readable(own)) return own;
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter)) {
    const found = path.join(folder, 'npm');
    if (readable(found)) return realpathSync(found);
  }
  throw new Error('npm was not found on PATH.');
}

function readable(file: string): boolean {
  try {
    return readFileSync(file).length > 0;
  } catch {
    return false;
  }
}
