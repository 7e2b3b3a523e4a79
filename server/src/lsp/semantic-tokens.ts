/** Semantic tokens: whole, of a range, or what has changed since the last answer. */

import { semanticTokens } from '../language';
import type { SemanticTokens, SemanticTokensDelta } from 'vscode-languageserver/node';
import { feature } from './guard';
import type { Session } from './session';

export function serveSemanticTokens(session: Session): void {
  const answers = new TokenAnswers();
  const requests = session.connection.languages.semanticTokens;
  requests.on(
    feature(session, 'textDocument/semanticTokens/full', subject =>
      answers.whole(subject.uri, semanticTokens(subject)),
    ),
  );
  requests.onDelta(
    feature(session, 'textDocument/semanticTokens/full/delta', (subject, { previousResultId }) =>
      answers.since(subject.uri, previousResultId, semanticTokens(subject)),
    ),
  );
  requests.onRange(
    feature(session, 'textDocument/semanticTokens/range', (subject, { range }) => ({
      data: semanticTokens(subject, range),
    })),
  );
}

/** The last answer about each of the documents that were asked about last: what a delta is counted from. */
class TokenAnswers {
  private readonly last = new Map<string, { readonly resultId: string; readonly data: number[] }>();
  private count = 0;

  whole(uri: string, data: number[]): SemanticTokens {
    const resultId = String(++this.count);
    this.last.delete(uri);
    this.last.set(uri, { resultId, data });
    const [oldest] = this.last.keys();
    if (this.last.size > MOST_KEPT && oldest !== undefined) this.last.delete(oldest);
    return { resultId, data };
  }

  since(uri: string, resultId: string, data: number[]): SemanticTokens | SemanticTokensDelta {
    const before = this.last.get(uri);
    const now = this.whole(uri, data);
    if (before?.resultId !== resultId) return now;
    return { resultId: String(this.count), edits: editsBetween(before.data, data) };
  }
}

/** More documents than anybody has on the screen. */
const MOST_KEPT = 16;

/** One edit, of the numbers between what both have at their beginning and at their end. */
function editsBetween(before: readonly number[], now: readonly number[]): SemanticTokensDelta['edits'] {
  const shorter = Math.min(before.length, now.length);
  let head = 0;
  while (head < shorter && before[head] === now[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  if (head === before.length && head === now.length) return [];
  return [
    { start: head, deleteCount: before.length - head - tail, data: now.slice(head, now.length - tail) },
  ];
}
