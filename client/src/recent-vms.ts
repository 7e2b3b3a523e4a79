import os from 'node:os';
import type * as vscode from 'vscode';
import { stringsOf, withRecent } from './addresses';

/** Addresses that were connected to from this machine: a socket's path means nothing on another one. */
export class RecentVms {
  private readonly key = `recentVms:${os.hostname()}`;

  constructor(private readonly memory: vscode.Memento) {}

  all(): readonly string[] {
    return stringsOf(this.memory.get(this.key));
  }

  async add(address: string): Promise<void> {
    await this.memory.update(this.key, withRecent(this.all(), address));
  }
}
