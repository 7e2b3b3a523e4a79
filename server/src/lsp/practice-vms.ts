/** Practice VMs: simulated QMP peers that play the domain of a document, on a socket of their own. */

import type { Analysis } from '../engine';
import { refuse } from './vm-arguments';

export class PracticeVms {
  constructor(private readonly log: { error(message: string): void }) {}

  /** The address of the practice VM of a document; started where there is none yet. */
  start(uri: string, analysis: Analysis): Promise<string> {
    this.log.error(`No practice VM for ${uri} (${analysis.kind ?? 'no domain'}).`);
    return Promise.reject(refuse('refused', 'There is no practice VM in this version.'));
  }

  stop(address: string): Promise<void> {
    return Promise.reject(refuse('refused', `There is no practice VM at ${address}.`));
  }

  stopAll(): Promise<void> {
    return Promise.resolve();
  }
}
