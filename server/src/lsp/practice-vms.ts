/** Practice VMs: simulated QMP peers that play the domain of a document, each on a socket of its own. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { desiredGroups, type Analysis } from '../engine';
import { PracticeStartError, practiceDomain, startPracticeVm, type PracticeVm } from '../practice';
import { formatVmAddress } from '../vm';
import { messageOf } from './guard';
import { refuse } from './vm-arguments';

interface RunningVm {
  readonly vm: PracticeVm;
  /** Of mode 0700: nobody else may speak to the socket in it. */
  readonly folder: string;
}

export class PracticeVms {
  /** By the document that is played. A second request for a document gets the VM that runs. */
  private readonly byDocument = new Map<string, Promise<RunningVm>>();

  constructor(private readonly log: { error(message: string): void }) {}

  /** The address of the practice VM of a document; started where there is none yet. */
  async start(uri: string, analysis: Analysis): Promise<string> {
    const running = this.byDocument.get(uri) ?? this.launch(uri, analysis);
    return formatVmAddress((await running).vm.address);
  }

  async stop(address: string): Promise<void> {
    for (const [uri, starting] of this.byDocument) {
      const running = await starting;
      if (formatVmAddress(running.vm.address) !== address) continue;
      this.byDocument.delete(uri);
      await this.end(running);
      return;
    }
    throw refuse('refused', `There is no practice VM at ${address}.`);
  }

  async stopAll(): Promise<void> {
    const all = [...this.byDocument.values()];
    this.byDocument.clear();
    for (const settled of await Promise.allSettled(all)) {
      if (settled.status === 'fulfilled') await this.end(settled.value);
    }
  }

  private launch(uri: string, analysis: Analysis): Promise<RunningVm> {
    const starting = startFor(analysis);
    this.byDocument.set(uri, starting);
    starting.catch(() => this.byDocument.delete(uri));
    return starting;
  }

  private async end({ vm, folder }: RunningVm): Promise<void> {
    try {
      await vm.stop();
      await rm(folder, { recursive: true, force: true });
    } catch (error) {
      this.log.error(`A practice VM did not end cleanly: ${messageOf(error)}`);
    }
  }
}

async function startFor(analysis: Analysis): Promise<RunningVm> {
  const result = desiredGroups(analysis);
  if (result.kind === 'refusal') throw refuse('document', result.refusal.message);
  const folder = await mkdtemp(join(tmpdir(), 'domxml-practice-'));
  try {
    const vm = await startPracticeVm(practiceDomain(result.desired), {
      kind: 'unix',
      path: join(folder, 'qmp.sock'),
    });
    return { vm, folder };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error instanceof PracticeStartError ? refuse('refused', error.message) : error;
  }
}
