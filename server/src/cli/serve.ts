import type { Command } from './command';

/** `domxml serve --stdio`: the language server for any editor, until the editor says exit or its end is closed. */
export const serveCommand: Command = {
  syntax: {
    name: 'serve',
    summary: 'Run the language server for an editor.',
    options: [{ name: '--stdio', required: true, summary: 'Speak LSP on standard input and output.' }],
    usageExit: 2,
    details: ['Diagnostics, fixes, completion, hover, rename and more in any editor that speaks LSP.'],
  },
  async run() {
    // Loaded only here: it is larger than everything else together.
    const { serveStdio } = await import('../lsp/index.js');
    serveStdio();
    return new Promise<never>(() => undefined); // The server ends the process.
  },
};
