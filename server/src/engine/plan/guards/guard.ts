/** What a guard is. */

import type { QmpCommand } from '../types';
import type { Model } from './model';

/** Looks at one command before it is sent. */
export interface Guard {
  /** As in facts/qemu.md 0, where it stands there; the file's name otherwise. */
  readonly id: string;
  /** What it prevents, in one sentence. */
  readonly prevents: string;
  /**
   * Why the command must not be sent to a VM that is as the model says: a clause that ends a sentence. Undefined where
   * nothing speaks against it.
   */
  check(command: QmpCommand, model: Model): string | undefined;
}
