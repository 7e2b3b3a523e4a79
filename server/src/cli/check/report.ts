import type { Severity, SourceText } from '../../engine';
import type { KnownFinding, Outcome } from './outcomes';

/** A document whose findings are known. */
export interface CheckedDocument {
  readonly path: string;
  readonly status: 'checked';
  readonly message: string;
  readonly source: SourceText;
  /** With the severities that the user wants. */
  readonly findings: readonly KnownFinding[];
  readonly faults: Extract<Outcome, { status: 'checked' }>['faults'];
}

/** An input that was not checked, and in words why. */
export interface UncheckedInput {
  readonly path: string;
  readonly status: 'not-libvirt' | 'unreadable';
  readonly message: string;
}

export type CheckedInput = CheckedDocument | UncheckedInput;

/** Writes the results in one format: each input as soon as it is known, then the end. */
export interface Reporter {
  input(checked: CheckedInput): void;
  end(): void;
}

/** How an input is called where people read it. */
export const shownPath = (path: string): string => (path === '-' ? '<stdin>' : path);

/** "1 error, 2 warnings"; "nothing found" where there is nothing. */
export function countsText(severities: readonly Severity[]): string {
  const texts = SEVERITIES.map(({ severity, one, many }) => {
    const count = severities.filter(given => given === severity).length;
    return count === 0 ? '' : `${count} ${count === 1 ? one : many}`;
  });
  return texts.filter(text => text !== '').join(', ') || 'nothing found';
}

const SEVERITIES = [
  { severity: 'error', one: 'error', many: 'errors' },
  { severity: 'warning', one: 'warning', many: 'warnings' },
  { severity: 'information', one: 'piece of information', many: 'pieces of information' },
  { severity: 'hint', one: 'hint', many: 'hints' },
] as const satisfies readonly { severity: Severity; one: string; many: string }[];
