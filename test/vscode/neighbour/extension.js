'use strict';

const vscode = require('vscode');

/** Formats every XML document by one comment at its beginning, so that a test sees whose edits it was given. */
exports.activate = context => {
  const top = new vscode.Position(0, 0);
  const provideDocumentFormattingEdits = () => [vscode.TextEdit.insert(top, '<!-- neighbour -->')];
  context.subscriptions.push(
    vscode.languages.registerDocumentFormattingEditProvider(
      { language: 'xml' },
      { provideDocumentFormattingEdits },
    ),
  );
};
