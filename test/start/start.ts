/** A VM and a VS Code to try the extension on, until Ctrl-C. Nothing of it is left afterwards. */

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../host/repository';
import { endProcessesOfRun, RUN_MARK, whenParentIsGone } from '../run/process-group';
import { desktopCode, startDesktop } from './desktop';
import { startServed } from './served';
import { startVm } from './vm';

export interface StartOptions {
  /** The practice VM, also where QEMU is installed. */
  readonly practice: boolean;
  /** VS Code from npm in the browser, also where a desktop VS Code is installed. */
  readonly served: boolean;
}

/** Something that runs until it is stopped or ends by itself. */
export interface Running {
  /** What a person is told about it. */
  readonly words: string;
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts both, waits for a signal or for the editor's end, ends both. Answers the exit code. */
export async function start(options: StartOptions): Promise<number> {
  const mark = randomUUID();
  process.env[RUN_MARK] = mark;
  const folder = mkdtempSync(path.join(tmpdir(), 'domxml-')); // mkdtemp gives mode 0700
  // Every socket and disk goes below it, so that removing it leaves nothing, even after a broken start.
  process.env['TMPDIR'] = folder;
  const running: Running[] = [];
  let ending = false;
  const signalled = new Promise<'signal'>(resolve => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => resolve('signal'));
    whenParentIsGone(() => resolve('signal'));
  });
  try {
    const samples = path.join(ROOT, 'samples');
    const started = startBoth(options, { folder, samples, running });
    // A signal while things are still starting ends them too; what starts late is found by its mark.
    started.catch(() => undefined);
    if ((await Promise.race([started, signalled])) === 'signal') return 0;
    void running[0]?.ended.then(() => {
      if (!ending) console.log('The VM has ended; VS Code goes on without it.');
    });
    const editorEnded = running[1]?.ended.then(() => 'editor' as const);
    const first = await Promise.race([signalled, editorEnded ?? signalled]);
    if (first === 'editor') console.log('VS Code has ended.');
    return 0;
  } finally {
    ending = true;
    for (const one of running.reverse()) await one.stop();
    await endProcessesOfRun(mark);
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

interface Scene {
  readonly folder: string;
  readonly samples: string;
  readonly running: Running[];
}

async function startBoth(options: StartOptions, scene: Scene): Promise<'started'> {
  const vm = await startVm(path.join(scene.samples, 'db01.domain.xml'), scene.folder, options.practice);
  scene.running.push(vm);
  console.log(vm.words);
  const code = options.served ? undefined : desktopCode();
  const settings = { 'libvirtDomain.vms': [vm.address] };
  const editor =
    code === undefined
      ? await startServed(scene.samples, settings)
      : await startDesktop(code, scene.samples, scene.folder, settings);
  scene.running.push(editor);
  console.log(`${editor.words}\nCtrl-C ends VS Code and the VM.`);
  return 'started';
}
