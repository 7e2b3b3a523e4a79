/** Starts the VS Code server on loopback, behind a random connection token, with its state in a folder of mode 0700. */

import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startGroup, type Ending } from '../run/process-group';
import type { Editor } from './install';

export interface EditorServerOptions {
  /** Settings beside the quiet ones; written as settings of the user and of the machine. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Packaged extensions to install first. */
  readonly vsix?: readonly string[];
  /** `ask`: VS Code asks whether the folder is trusted, as for every user. `off`: everything is trusted unasked. */
  readonly trust?: 'ask' | 'off';
  /** Makes the page accept `extensionTestsPath`; it also suppresses notifications, so never for tests of the UI. */
  readonly smokeTestDriver?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly log?: (text: string) => void;
}

export interface EditorServer {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  /** `127.0.0.1:PORT`, the authority of `vscode-remote:` addresses. */
  readonly authority: string;
  /** The page of a folder, with the token in it: whoever has it can do what the person who started it can. */
  pageOf(folder: string, payload?: readonly (readonly [string, string])[]): string;
  /** Settles when the server process is gone. */
  readonly ended: Promise<Ending>;
  /** Ends the server with its extension hosts and removes its state. Can be called again. */
  stop(): Promise<void>;
}

/** Settings without which a fresh VS Code shows chat, welcome pages and questions that no test asked for. */
const QUIET: Readonly<Record<string, unknown>> = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'editor.accessibilitySupport': 'off',
  'git.openRepositoryInParentFolders': 'never',
};

const START_DEADLINE_MS = 60_000;

/** Starts the server and waits until it listens. Throws with its own words when it does not, leaving nothing behind. */
export async function startEditorServer(
  editor: Editor,
  options: EditorServerOptions = {},
): Promise<EditorServer> {
  // Short names: the path of a unix socket may have 107 bytes at most.
  const state = mkdtempSync(path.join(tmpdir(), 'vs-'));
  const env = environment(state, options.env ?? {});
  const extensions = path.join(state, 'ext');
  try {
    writeState(state, { ...QUIET, ...options.settings });
    for (const vsix of options.vsix ?? []) await installVsix(editor, vsix, state, env);
    const token = randomBytes(24).toString('hex');
    // In a file, because arguments can be read by every user of the machine.
    writeFileSync(path.join(state, 'token'), token, { mode: 0o600 });
    const args = [
      ...[editor.serverMain, '--host', '127.0.0.1', '--port', '0', '--accept-server-license-terms'],
      ...['--connection-token-file', path.join(state, 'token'), '--telemetry-level', 'off'],
      ...['--server-data-dir', state, '--extensions-dir', extensions],
      ...(options.trust === 'ask' ? [] : ['--disable-workspace-trust']),
      ...(options.smokeTestDriver === true ? ['--enable-smoke-test-driver'] : []),
    ];
    const { port, group } = await listen(editor.node, args, env, options.log ?? (() => undefined));
    const authority = `127.0.0.1:${port}`;
    return {
      origin: `http://${authority}`,
      authority,
      pageOf: (folder, payload) => pageOf(authority, token, folder, payload),
      ended: group.ended,
      stop: async () => {
        await group.stop();
        removeState(state);
      },
    };
  } catch (error) {
    removeState(state);
    throw error;
  }
}

function writeState(state: string, settings: Readonly<Record<string, unknown>>): void {
  // VS Code reads the user's settings from User (a patch of code-server's) and those of machine scope from Machine.
  for (const scope of ['User', 'Machine']) {
    mkdirSync(path.join(state, 'data', scope), { recursive: true });
    writeFileSync(path.join(state, 'data', scope, 'settings.json'), JSON.stringify(settings, null, 2));
  }
  mkdirSync(path.join(state, 't'), { mode: 0o700 });
  mkdirSync(path.join(state, 'ext'));
}

/** The caller's environment without what an outer VS Code left in it, and with all sockets kept inside `state`. */
function environment(state: string, extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(VSCODE|ELECTRON)_/.test(name));
  const own = path.join(state, 't');
  return {
    ...Object.fromEntries(inherited),
    TMPDIR: own,
    XDG_RUNTIME_DIR: own,
    XDG_CONFIG_HOME: path.join(state, 'xdg'),
    XDG_DATA_HOME: path.join(state, 'xdg'),
    // No marketplace: nothing is asked over the network.
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    ...extra,
  };
}

async function installVsix(
  editor: Editor,
  vsix: string,
  state: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  let said = '';
  const args = [
    '--install-extension',
    vsix,
    '--extensions-dir',
    path.join(state, 'ext'),
    '--server-data-dir',
    state,
  ];
  const group = startGroup(editor.node, [editor.serverMain, ...args, '--accept-server-license-terms'], {
    env,
    output: text => (said += text),
  });
  const { code } = await group.ended;
  await group.stop();
  if (code !== 0 || !said.includes('was successfully installed')) {
    throw new Error(`VS Code did not install ${vsix} (${String(code)}):\n${said}`);
  }
}

async function listen(
  node: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  log: (text: string) => void,
): Promise<{ readonly port: string; readonly group: ReturnType<typeof startGroup> }> {
  let said = '';
  let heard: (port: string) => void = () => undefined;
  const listening = new Promise<string>(resolve => (heard = resolve));
  const group = startGroup(node, args, {
    env,
    output: text => {
      said += text;
      log(text);
      const port = /Extension host agent listening on (\d+)/.exec(said)?.[1];
      if (port !== undefined) heard(port);
    },
  });
  let timer: NodeJS.Timeout | undefined;
  const failed = new Promise<string>((_, reject) => {
    const fail = (why: string): void => reject(new Error(`VS Code's server ${why}:\n${said}`));
    timer = setTimeout(() => fail('did not listen in time'), START_DEADLINE_MS);
    void group.ended.then(({ code }) => fail(`ended with code ${String(code)}`));
  });
  try {
    return { port: await Promise.race([listening, failed]), group };
  } catch (error) {
    await group.stop();
    throw error;
  } finally {
    clearTimeout(timer);
    failed.catch(() => undefined);
  }
}

function pageOf(
  authority: string,
  token: string,
  folder: string,
  payload: readonly (readonly [string, string])[] = [],
): string {
  const query = new URLSearchParams({ tkn: token, folder });
  if (payload.length > 0) query.set('payload', JSON.stringify(payload));
  return `http://${authority}/?${query.toString()}`;
}

function removeState(state: string): void {
  rmSync(state, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
