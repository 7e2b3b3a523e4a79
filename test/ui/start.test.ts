import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { openBrowser } from '../host/browser';
import { ROOT } from '../host/repository';
import { answerTrust, openFile, pick, pressDialogButton, runCommand, statusBarItem } from '../host/workbench';
import { carriedOut, PATIENCE_MS, planSays } from './window';

for (const [vm, args, button] of [
  // The three groups of the sample, and the filters of its two disks.
  ['real QEMU', [], 'Apply 5 changes to db01'],
  // It plays the sample, so it has them all.
  ['the practice VM', ['--practice'], 'There is nothing to apply'],
] as const) {
  test(`npm start with ${vm}: opens with the token only, the VM can be used, and Ctrl-C leaves nothing`, async () => {
    const before = readdirSync(tmpdir());
    const run = await npmStart(args);
    let family: readonly number[] = [];
    try {
      assert.match(run.said(), new RegExp(`^VM: .*${vm}.* at unix:`, 'm'));
      const answer = await fetch(new URL(run.address).origin);
      assert.equal(answer.status, 403, 'the page without the token');
      await usesTheVm(run.address, run.socket(), button);
      family = descendantsOf(run.pid);
      assert.ok(family.length > 2, 'VM, server and extension host are its descendants');
    } finally {
      assert.equal(await run.interrupt(), 0);
    }
    assert.deepEqual(
      family.filter(pid => existsSync(`/proc/${String(pid)}`)),
      [],
    );
    assert.equal(existsSync(path.dirname(run.socket())), false);
    assert.deepEqual(readdirSync(tmpdir()), before);
    await assert.rejects(fetch(run.address));
  });
}

test('npm start ends when the npm that called it is gone', async () => {
  const before = readdirSync(tmpdir());
  // A shell in between, as npm has it; it is ended alone.
  const run = await npmStart(['--practice'], ['sh', '-c', '"$0" "$@" & wait']);
  const family = descendantsOf(run.pid);
  process.kill(run.pid, 'SIGKILL');
  await Promise.all(family.map(pid => gone(pid)));
  assert.deepEqual(readdirSync(tmpdir()), before);
});

/** Waits until the process is gone; the runner's deadline ends it. */
async function gone(pid: number): Promise<void> {
  while (parentOf(String(pid)) !== undefined) await delay(50);
}

/**
 * Opens the printed address as a new user does: trust the folder, open the sample, connect to the VM that is offered, look
 * at the plan, whose first line has `button`, and apply it where it is one.
 */
async function usesTheVm(address: string, socket: string, button: string): Promise<void> {
  const { browser, page } = await openBrowser();
  page.setDefaultTimeout(PATIENCE_MS);
  try {
    await page.goto(address);
    await answerTrust(page, 'trust');
    await openFile(page, 'db01.domain.xml');
    await runCommand(page, 'libvirt Domain: Connect to VM');
    await pick(page, socket);
    await statusBarItem(page, 'db01').waitFor();
    await runCommand(page, 'libvirt Domain: Show Plan');
    const lens = planSays(page, button);
    await lens.waitFor();
    if (!button.startsWith('Apply')) return;
    await lens.locator('a').filter({ hasText: button }).click();
    await pressDialogButton(page, button);
    await carriedOut(page).waitFor();
  } finally {
    await browser.close();
  }
}

interface StartedByHand {
  /** All that was printed so far. */
  readonly said: () => string;
  readonly address: string;
  readonly pid: number;
  /** Path of the VM's socket as printed. */
  readonly socket: () => string;
  /** Sends what Ctrl-C sends; gives the exit code. */
  readonly interrupt: () => Promise<number | null>;
}

/** `npm start` as it runs after the build, below `shell` where one is given. */
async function npmStart(args: readonly string[], shell: readonly string[] = []): Promise<StartedByHand> {
  const script = path.join(ROOT, 'test', 'start', 'main.mjs');
  const [program, ...all] = [...shell, process.execPath, script, '--built', '--served', ...args];
  const child = spawn(program ?? '', all, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, npm_lifecycle_event: 'start' },
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
  return {
    said: () => said,
    address: await Promise.race([address, early]),
    pid: child.pid ?? 0,
    socket: () => /at unix:(\S+)$/m.exec(said)?.[1] ?? '',
    interrupt: () => {
      child.kill('SIGINT');
      return exited;
    },
  };
}

/** Processes below `pid`, at any depth. */
function descendantsOf(pid: number): readonly number[] {
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc')) {
    const parent = parentOf(entry);
    if (parent !== undefined) parents.set(Number(entry), parent);
  }
  const found = new Set([pid]);
  for (let size = 0; size < found.size;) {
    size = found.size;
    for (const [child, parent] of parents) if (found.has(parent)) found.add(child);
  }
  found.delete(pid);
  return [...found];
}

function parentOf(entry: string): number | undefined {
  if (!/^\d+$/.test(entry)) return undefined;
  try {
    // The name in brackets may hold anything; the parent is the second word behind it.
    const status = readFileSync(`/proc/${entry}/stat`, 'utf8');
    return Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined; // It ended while we looked.
  }
}
