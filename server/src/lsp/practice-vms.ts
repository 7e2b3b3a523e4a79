/** Practice VMs: simulated QMP peers that play the domain of a document, each on a socket of its own. */

import { soundPart, type Analysis } from '../engine';
import { PracticeStartError, practiceDomain, startPrivatePracticeVm, type PracticeVm } from '../practice';
import { formatVmAddress } from '../vm';
import { messageOf } from './guard';
import { refuse } from './vm-arguments';

export class PracticeVms {
  /** By the document that is played. A second request for a document gets the VM that runs. */
  private readonly byDocument = new Map<string, Promise<PracticeVm>>();

  constructor(private readonly log: { error(message: string): void }) {}

  /** The address of the practice VM of a document; started where there is none yet. */
  async start(uri: string, analysis: Analysis): Promise<string> {
    const running = this.byDocument.get(uri) ?? this.launch(uri, analysis);
    return formatVmAddress((await running).address);
  }

  async stop(address: string): Promise<void> {
    for (const [uri, starting] of this.byDocument) {
      const running = await starting;
      if (formatVmAddress(running.address) !== address) continue;
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

  private launch(uri: string, analysis: Analysis): Promise<PracticeVm> {
    const starting = startFor(analysis);
    this.byDocument.set(uri, starting);
    starting.catch(() => this.byDocument.delete(uri));
    return starting;
  }

  private async end(vm: PracticeVm): Promise<void> {
    try {
      await vm.stop();
    } catch (error) {
      this.log.error(`A practice VM did not end cleanly: ${messageOf(error)}`);
    }
  }
}

/** What is faulty in the document is left out, so that practising may begin before everything is mended. */
async function startFor(analysis: Analysis): Promise<PracticeVm> {
  if (analysis.domain === undefined) {
    throw refuse('document', 'This document is not a libvirt domain, so there is nothing to play.');
  }
  try {
    return await startPrivatePracticeVm(practiceDomain(soundPart(analysis.domain)));
  } catch (error) {
    throw error instanceof PracticeStartError ? refuse('refused', error.message) : error;
  }
}
