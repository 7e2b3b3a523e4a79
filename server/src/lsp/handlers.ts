/** The table of requests: each line ties one method of LSP to one feature. */

import {
  codeActions,
  codeLenses,
  completion,
  definition,
  documentSymbols,
  foldingRanges,
  hover,
  prepareRename,
  references,
  rename,
} from '../language';
import { feature, refusal } from './guard';
import type { Session } from './session';
import { flatSymbols } from './flat-symbols';

export function registerFeatures(session: Session): void {
  const { connection } = session;
  connection.onHover(
    feature(
      session,
      'textDocument/hover',
      (subject, { position }) => hover(subject, position, session.client) ?? null,
    ),
  );
  connection.onCompletion(
    feature(session, 'textDocument/completion', (subject, { position }) =>
      completion(subject, position, session.client),
    ),
  );
  connection.onDefinition(
    feature(session, 'textDocument/definition', (subject, { position }) =>
      definition(subject, position, session.client),
    ),
  );
  connection.onReferences(
    feature(session, 'textDocument/references', (subject, { position, context }) =>
      references(subject, position, { declaration: context.includeDeclaration }),
    ),
  );
  connection.onPrepareRename(
    feature(session, 'textDocument/prepareRename', (subject, { position }) =>
      orRefusal(prepareRename(subject, position)),
    ),
  );
  connection.onRenameRequest(
    feature(session, 'textDocument/rename', (subject, { position, newName }) =>
      orRefusal(rename(subject, position, newName, session.client)),
    ),
  );
  connection.onDocumentSymbol(
    feature(session, 'textDocument/documentSymbol', subject => {
      const tree = documentSymbols(subject);
      return session.client.symbolTree ? tree : flatSymbols(subject.uri, tree);
    }),
  );
  connection.onFoldingRanges(
    feature(session, 'textDocument/foldingRange', subject =>
      foldingRanges(subject, session.client.foldingLimit),
    ),
  );
  connection.onCodeAction(
    feature(session, 'textDocument/codeAction', (subject, { range, context }) =>
      codeActions(subject, range, context.only, session.settings, session.client),
    ),
  );
  connection.onCodeLens(
    feature(session, 'textDocument/codeLens', subject =>
      session.settings.codeLens ? codeLenses(subject, session.client) : [],
    ),
  );
}

/** A refusal becomes an error answer, whose message the editor shows. */
function orRefusal<T extends object>(answer: T | { readonly refused: string }): T {
  if ('refused' in answer) throw refusal(answer.refused);
  return answer;
}
