import type * as vscode from 'vscode';
import type { Planes } from '../../server/src/protocol';
import { planesOf } from './words';

/** What of its libvirt domain each document is to change, as the user chose; kept with the workspace. */
export class ChosenPlanes {
  constructor(private readonly memory: vscode.Memento) {}

  of(document: vscode.Uri): Planes | undefined {
    return planesOf(this.memory.get(keyOf(document)));
  }

  async choose(document: vscode.Uri, planes: Planes): Promise<void> {
    await this.memory.update(keyOf(document), planes);
  }
}

const keyOf = (document: vscode.Uri): string => `planes:${document.toString()}`;
