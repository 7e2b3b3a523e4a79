import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import type { LanguageClient, ServerCapabilities } from 'vscode-languageclient/node';
import { patternOfPath } from './xml-pattern';
import type { XmlNeighbour } from './xml-neighbour';

/**
 * Gives the server single XML documents. The client's own selector names only the language `libvirt-domain`; an
 * `xml` document that holds a domain is registered by its path, so that for a pom.xml beside it no provider is there.
 */
export class XmlRegistrations {
  private readonly registered = new Map<string, readonly { unregister(): void }[]>();

  constructor(
    private readonly client: LanguageClient,
    private readonly neighbour: XmlNeighbour,
  ) {}

  add(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    const capabilities = this.client.initializeResult?.capabilities;
    if (capabilities === undefined || this.registered.has(key)) return;
    const documentSelector = [
      { language: 'xml', scheme: document.uri.scheme, pattern: patternOfPath(document.uri.fsPath) },
    ];
    this.registered.set(
      key,
      registrations(rowsFor(this.client, capabilities, this.neighbour), documentSelector),
    );
  }

  remove(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    for (const registration of this.registered.get(key) ?? []) registration.unregister();
    this.registered.delete(key);
  }

  /** The client has dropped all registrations: its server stopped. */
  forgetAll(): void {
    this.registered.clear();
  }
}

type Selector = { language: string; scheme: string; pattern: string }[];

/** As much of a feature of the language client as is needed to register it for some documents. */
interface Registrable {
  register(data: { id: string; registerOptions: { documentSelector: Selector } }): void;
  unregister(id: string): void;
}

const registrations = (rows: readonly Row[], documentSelector: Selector): readonly { unregister(): void }[] =>
  rows.map(({ feature, options }) => {
    const id = randomUUID();
    feature.register({ id, registerOptions: { ...options, documentSelector } });
    return { unregister: () => feature.unregister(id) };
  });

const rowsFor = (
  client: LanguageClient,
  capabilities: ServerCapabilities,
  neighbour: XmlNeighbour,
): readonly Row[] => [
  ...synchronization(client, capabilities),
  ...features(client, capabilities),
  ...(neighbour.present ? [] : featuresOfXmlEditors(client, capabilities)),
];

interface Row {
  readonly feature: Registrable;
  readonly options: object;
}

/** Open, change and close, as the server wants them. The order matters: a document is open before it is asked about. */
function synchronization(client: LanguageClient, capabilities: ServerCapabilities): readonly Row[] {
  const sync = capabilities.textDocumentSync;
  const syncKind = typeof sync === 'number' ? sync : (sync?.change ?? 0);
  const change = client.getFeature('textDocument/didChange');
  return [
    { feature: client.getFeature('textDocument/didOpen'), options: {} },
    {
      feature: {
        register: ({ id, registerOptions }) =>
          change.register({ id, registerOptions: { ...registerOptions, syncKind } }),
        unregister: id => change.unregister(id),
      },
      options: {},
    },
    { feature: client.getFeature('textDocument/didClose'), options: {} },
  ];
}

/** What the server can do for a document, whoever else serves XML. */
function features(client: LanguageClient, can: ServerCapabilities): readonly Row[] {
  const rows: readonly (readonly [Registrable, boolean | object | undefined])[] = [
    [client.getFeature('textDocument/diagnostic'), can.diagnosticProvider],
    [client.getFeature('textDocument/completion'), can.completionProvider],
    [client.getFeature('textDocument/hover'), can.hoverProvider],
    [client.getFeature('textDocument/definition'), can.definitionProvider],
    [client.getFeature('textDocument/references'), can.referencesProvider],
    [client.getFeature('textDocument/documentHighlight'), can.documentHighlightProvider],
    [client.getFeature('textDocument/documentSymbol'), can.documentSymbolProvider],
    [client.getFeature('textDocument/codeAction'), can.codeActionProvider],
    [client.getFeature('textDocument/codeLens'), can.codeLensProvider],
    [client.getFeature('textDocument/rename'), can.renameProvider],
    [client.getFeature('textDocument/foldingRange'), can.foldingRangeProvider],
    [client.getFeature('textDocument/inlayHint'), can.inlayHintProvider],
    [client.getFeature('textDocument/selectionRange'), can.selectionRangeProvider],
    [client.getFeature('textDocument/documentLink'), can.documentLinkProvider],
    [client.getFeature('textDocument/semanticTokens'), can.semanticTokensProvider],
  ];
  return offered(rows);
}

/** What every XML extension does, and two at a time would do twice. */
const featuresOfXmlEditors = (client: LanguageClient, can: ServerCapabilities): readonly Row[] =>
  offered([
    [client.getFeature('textDocument/formatting'), can.documentFormattingProvider],
    [client.getFeature('textDocument/rangeFormatting'), can.documentRangeFormattingProvider],
    [client.getFeature('textDocument/onTypeFormatting'), can.documentOnTypeFormattingProvider],
    [client.getFeature('textDocument/linkedEditingRange'), can.linkedEditingRangeProvider],
  ]);

function offered(rows: readonly (readonly [Registrable, boolean | object | undefined])[]): readonly Row[] {
  const wanted: Row[] = [];
  for (const [feature, options] of rows) {
    if (options === undefined || options === false) continue;
    wanted.push({ feature, options: options === true ? {} : options });
  }
  return wanted;
}
