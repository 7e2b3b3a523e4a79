/** Between the connection and the features: cancellation, and errors that end one request and not the server. */

import { LSPErrorCodes, ErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { CancellationToken } from 'vscode-languageserver/node';
import type { Subject } from '../language';
import { worldOfDocument, type Session } from './session';

/** A request about one document. */
interface DocumentParams {
  readonly textDocument: { readonly uri: string };
}

/**
 * A handler that gives the document as it is when the request arrives to `run`, and null where we are silent.
 * The token is looked at before each phase; between them waiting messages are let in, so that a cancellation is seen.
 */
export function feature<P extends DocumentParams, R>(
  session: Session,
  method: string,
  run: (subject: Subject, params: P) => R,
): (params: P, token: CancellationToken) => Promise<R | null> {
  return (params, token) =>
    guarded(session, method, async () => {
      stopIfCancelled(token);
      const subject = session.documents.subject(
        params.textDocument.uri,
        worldOfDocument(session, params.textDocument.uri),
      );
      if (subject === undefined) return null;
      await turn();
      stopIfCancelled(token);
      return run(subject, params);
    });
}

/** Runs a request; an error that is no answer is logged, and the answer says that this request failed. */
export async function guarded<R>(session: Session, method: string, run: () => Promise<R>): Promise<R> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof ResponseError) throw error;
    session.connection.console.error(`${method} failed: ${stackOf(error)}`);
    throw new ResponseError(ErrorCodes.InternalError, `${method} failed: ${messageOf(error)}`);
  }
}

/** Runs a notification, which has no answer: an error is logged. */
export function guardedNotification<P>(
  session: Session,
  method: string,
  run: (params: P) => void,
): (params: P) => void {
  return params => {
    try {
      run(params);
    } catch (error) {
      session.connection.console.error(`${method} failed: ${stackOf(error)}`);
    }
  };
}

export function stopIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested) {
    throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
  }
}

/** Says no with words that the editor shows. */
export const refusal = (message: string): ResponseError =>
  new ResponseError(LSPErrorCodes.RequestFailed, message);

/** Lets waiting messages in. */
export const turn = (): Promise<void> =>
  new Promise(resolve => {
    setImmediate(resolve);
  });

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const stackOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
