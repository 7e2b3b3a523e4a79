import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { answerTrust, openFile } from '../host/workbench';
import { openBrowser } from '../host/browser';
import { ROOT } from '../host/repository';
import { processesOfRun, RUN_MARK } from '../run/process-group';

/** `npm start` as it runs after the build; `said` grows with its output. */
async function started(args: readonly string[]): Promise<{
  readonly said: () => string;
  readonly interrupt: () => Promise<number | null>;
  readonly address: string;
  readonly pid: number;
}> {
  const script = path.join(ROOT, 'test', 'start', 'main.mjs');
  const child = spawn(process.execPath, [script, '--built', '--served', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let heard: (address: string) => void = () => undefined;
  const address = new Promise<string>(resolve => (heard = resolve));
  const output = (text: string): void => {
    said += text;
    const found = /^VS Code: (http:\S+)$/m.exec(said)?.[1];
    if (found !== undefined && said.includes('Ctrl-C')) heard(found);
  };
  child.stdout.setEncoding('utf8').on('data', output);
  child.stderr.setEncoding('utf8').on('data', output);
  const exited = new Promise<number | null>(resolve => child.once('exit', resolve));
  const early = exited.then(code => {
    throw new Error(`npm start ended early with code ${String(code)}:\n${said}`);
  });
  early.catch(() => undefined);
  const interrupt = (): Promise<number | null> => {
    child.kill('SIGINT');
    return exited;
  };
  return { said: () => said, interrupt, address: await Promise.race([address, early]), pid: child.pid ?? 0 };
}

/** Every process that carries the mark of the `npm start` with process id `pid`. */
function familyOf(pid: number, before: ReadonlySet<number>): readonly number[] {
  const mark = process.env[RUN_MARK];
  void mark;
  return processesOfRun(String(pid))
    .map(found => found.pid)
    .filter(found => !before.has(found));
}

for (const [vm, args] of [
  ['real QEMU', []],
  ['the practice VM', ['--practice']],
] as const) {
  test(`npm start with ${vm}: the page opens with the token only, and Ctrl-C leaves nothing`, async () => {
    const before = readdirSync(tmpdir());
    const run = await started(args);
    try {
      assert.match(run.said(), new RegExp(`^VM: .*${vm}.* at unix:`, 'm'));
      const page = await fetch(run.address);
      assert.equal(page.status, 200);
      assert.equal((await fetch(new URL(run.address).origin)).status, 403);
    } finally {
      assert.equal(await run.interrupt(), 0);
    }
    const socket = /at unix:(\S+)$/m.exec(run.said())?.[1] ?? '';
    assert.equal(existsSync(path.dirname(socket)), false);
    assert.deepEqual(readdirSync(tmpdir()), before);
    await assert.rejects(fetch(run.address));
  });
}
