import * as vscode from 'vscode';
import type { ConsequenceKind, OutcomeKind } from '../../server/src/engine';
import type { CommandAnswer } from '../../server/src/protocol';
import { BUTTON_COMMANDS, COMMANDS, CONTEXT_KEYS } from './command-names';
import { READ_SCHEME, type ReadDocuments } from './read-documents';
import { doneWords, type Weight } from './words';

/** A change that is shown to the user and can be carried out once. */
export interface Proposal {
  /** Title of the plan's document, without an ending. */
  readonly title: string;
  /** The document that the VM belongs to. */
  readonly source: vscode.Uri;
  readonly address: string;
  readonly vm: string;
  /** Names what will be done and to whom; undefined where there is nothing to do. */
  readonly button: string | undefined;
  readonly text: string;
  /** The groups before and after, as XML, and the title of their diff. */
  readonly diff: { readonly before: string; readonly after: string; readonly title: string } | undefined;
  readonly weight: Omit<Weight, 'firstToVm'>;
  carryOut(allow: readonly ConsequenceKind[], run: Run): Promise<CommandAnswer<Result>>;
  /** Makes the plan anew from a fresh read. */
  again(): Promise<void>;
}

/** How a change is watched while it is made. */
export interface Run {
  readonly token: vscode.CancellationToken;
  readonly onProgress: (message: string) => void;
}

export interface Result {
  readonly outcome: OutcomeKind;
  readonly message: string;
  /** Steps and transcript as a document to read; undefined where there is none. */
  readonly record: string | undefined;
}

/** The plans that are shown: the document, the diff, and the button that confirms. */
export class PlanView implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly shown = new Map<string, { readonly proposal: Proposal; done: string | undefined }>();
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: readonly vscode.Disposable[];
  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(private readonly documents: ReadDocuments) {
    this.subscriptions = [
      vscode.languages.registerCodeLensProvider({ scheme: READ_SCHEME }, this),
      vscode.window.onDidChangeActiveTextEditor(() => this.setContext()),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.shown.delete(uri.toString());
      }),
    ];
  }

  /** Shows a plan beside its source, and gives its URI. */
  async show(proposal: Proposal): Promise<vscode.Uri> {
    const uri = this.documents.put(`${proposal.title}.md`, ownerOf(proposal), proposal.text);
    this.shown.set(uri.toString(), { proposal, done: undefined });
    await this.documents.show(uri);
    this.refresh();
    return uri;
  }

  /** The plan in a document that can still be carried out. */
  open(uri: vscode.Uri | undefined): Proposal | undefined {
    const plan = uri === undefined ? undefined : this.shown.get(uri.toString());
    return plan?.done === undefined && plan?.proposal.button !== undefined ? plan.proposal : undefined;
  }

  /** The plan in a document, carried out or not. */
  any(uri: vscode.Uri | undefined): Proposal | undefined {
    return uri === undefined ? undefined : this.shown.get(uri.toString())?.proposal;
  }

  /** A plan is used once: says in its place what became of it. */
  finish(proposal: Proposal, outcome: OutcomeKind): void {
    for (const plan of this.shown.values()) {
      if (plan.proposal === proposal) plan.done = doneWords(outcome);
    }
    this.refresh();
  }

  async showDiff(proposal: Proposal): Promise<void> {
    const { diff } = proposal;
    if (diff === undefined) return;
    const owner = ownerOf(proposal);
    const before = this.documents.put(`${proposal.vm} has.domain.xml`, owner, diff.before);
    const after = this.documents.put(`${proposal.vm} will have.domain.xml`, owner, diff.after);
    await vscode.commands.executeCommand('vscode.diff', before, after, diff.title, {
      viewColumn: vscode.ViewColumn.Active,
      preview: false,
    });
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const plan = this.shown.get(document.uri.toString());
    if (plan === undefined) return [];
    const { proposal, done } = plan;
    const range = new vscode.Range(0, 0, 0, 0);
    const lens = (title: string, command: string): vscode.CodeLens =>
      new vscode.CodeLens(range, { title, command, arguments: [document.uri] });
    return [
      done === undefined && proposal.button !== undefined
        ? lens(proposal.button, COMMANDS.apply)
        : lens(done ?? 'There is nothing to apply', ''),
      ...(proposal.diff === undefined ? [] : [lens('Show Diff', BUTTON_COMMANDS.showDiff)]),
      lens('Plan Again', BUTTON_COMMANDS.planAgain),
    ];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  private refresh(): void {
    this.changed.fire();
    this.setContext();
  }

  private setContext(): void {
    const isPlan = this.open(vscode.window.activeTextEditor?.document.uri) !== undefined;
    void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.isPlan, isPlan);
  }
}

const ownerOf = (proposal: Proposal): string =>
  encodeURIComponent(`${proposal.source.toString()} ${proposal.address}`);
