/** Somebody who answers what our extension asks: VS Code shows no question to anybody inside the extension host. */

import { createRequire } from 'node:module';
import path from 'node:path';
import * as vscode from 'vscode';
import { when } from './editor';

export const EXTENSION = 'libvirt-domain-xml.libvirt-domain-xml';

/** A message or a box that was shown. */
export interface Asked {
  readonly kind: 'information' | 'warning' | 'error' | 'input' | 'pick';
  /** The message, or the title of a box. */
  readonly text: string;
  /** Of a modal message, and what an input box asks for. */
  readonly detail: string | undefined;
  /** Of a list: what can be picked. */
  readonly buttons: readonly string[];
}

/**
 * Takes the places of VS Code's messages, input box and lists in our extension, until `leave`. `answer` gives the button,
 * the text or what is picked; undefined is Escape.
 */
export class Person {
  readonly asked: Asked[] = [];
  private readonly heard = new vscode.EventEmitter<void>();
  private readonly window = ownVscode().window;
  private readonly before: object;

  constructor(private readonly answer: (asked: Asked) => string | undefined) {
    const message =
      (kind: Asked['kind']) =>
      (text: string, ...rest: readonly unknown[]): Promise<string | undefined> => {
        const buttons = rest.filter(button => typeof button === 'string');
        const detail = detailIn(rest[0]);
        return this.reply({ kind, text, detail, buttons });
      };
    const { showInformationMessage, showWarningMessage, showErrorMessage, showInputBox, showQuickPick } =
      this.window;
    this.before = {
      showInformationMessage,
      showWarningMessage,
      showErrorMessage,
      showInputBox,
      showQuickPick,
    };
    Object.assign(this.window, {
      showInformationMessage: message('information'),
      showWarningMessage: message('warning'),
      showErrorMessage: message('error'),
      showInputBox: (options?: vscode.InputBoxOptions) =>
        this.reply({ kind: 'input', text: options?.title ?? '', detail: options?.prompt, buttons: [] }),
      showQuickPick: async (items: readonly vscode.QuickPickItem[], options?: vscode.QuickPickOptions) => {
        const buttons = items.map(({ label }) => label);
        const label = await this.reply({
          kind: 'pick',
          text: options?.title ?? '',
          detail: undefined,
          buttons,
        });
        return items.find(item => item.label === label);
      },
    });
  }

  /** Waits until something of the kind whose text matches was shown, and gives it. */
  async hears(text: RegExp): Promise<Asked> {
    const find = (): Asked | undefined => this.asked.find(asked => text.test(asked.text));
    const heard = (): string => `heard ${this.asked.map(asked => asked.text).join(' | ')}`;
    await when(this.heard.event, () => find() !== undefined, heard);
    const found = find();
    if (found === undefined) throw new Error(`Nothing was shown that matches ${String(text)}.`);
    return found;
  }

  leave(): void {
    Object.assign(this.window, this.before);
  }

  private reply(asked: Asked): Promise<string | undefined> {
    this.asked.push(asked);
    this.heard.fire();
    return Promise.resolve(this.answer(asked));
  }
}

/** VS Code makes an API object for each extension, told apart by the file that asks for it: this is the one of ours. */
export function ownVscode(): typeof vscode {
  const extension = vscode.extensions.getExtension(EXTENSION);
  if (extension === undefined) throw new Error(`${EXTENSION} is not installed.`);
  const require = createRequire(path.join(extension.extensionPath, 'dist', 'client.js'));
  return require('vscode') as typeof vscode; // What VS Code gives for this name.
}

function detailIn(options: unknown): string | undefined {
  if (typeof options !== 'object' || options === null || !('detail' in options)) return undefined;
  return typeof options.detail === 'string' ? options.detail : undefined;
}
