/** Reads text with the product's grammars through the tokenizer that VS Code itself uses. */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadWASM, OnigScanner, OnigString } from 'vscode-oniguruma';
import { INITIAL, parseRawGrammar, Registry, type IGrammar, type IRawGrammar } from 'vscode-textmate';

/** The folder of package.json: compiled tests lie in out/test/grammar. */
export const ROOT = path.resolve(__dirname, '../../..');

export const DOMAIN_GRAMMAR = 'syntaxes/libvirt-domain.tmLanguage.json';
export const INJECTION_GRAMMAR = 'syntaxes/libvirt-domain.injection.tmLanguage.json';

/** A piece of the text with the most special of its scopes. */
export interface Token {
  readonly text: string;
  readonly scopes: readonly string[];
}

/** Stands in for VS Code's own XML grammar: enough of it to show what the injection leaves alone. */
const PLAIN_XML = JSON.stringify({
  scopeName: 'text.xml',
  patterns: [
    { begin: '<!--', end: '-->', name: 'comment.block.xml' },
    {
      begin: '(</?)([-\\w:.]+)',
      end: '(/?>)',
      name: 'meta.tag.xml',
      captures: { '2': { name: 'entity.name.tag.xml' } },
    },
  ],
});

/** All tokens of a text; `scope` is `source.libvirt-domain`, or `text.xml` with the injection. */
export async function tokens(
  text: string,
  scope: 'source.libvirt-domain' | 'text.xml',
): Promise<readonly Token[]> {
  const grammar = await grammarOf(scope);
  const result: Token[] = [];
  let state = INITIAL;
  for (const line of text.split('\n')) {
    const read = grammar.tokenizeLine(line, state);
    state = read.ruleStack;
    for (const token of read.tokens) {
      result.push({ text: line.slice(token.startIndex, token.endIndex), scopes: token.scopes });
    }
  }
  return result;
}

/** The texts that carry a scope, in order: what a person would see in that colour. */
export async function textsWith(
  wanted: string,
  text: string,
  scope: 'source.libvirt-domain' | 'text.xml' = 'source.libvirt-domain',
): Promise<readonly string[]> {
  const found = await tokens(text, scope);
  return found
    .filter(token => token.scopes.some(name => name === wanted || name.startsWith(`${wanted}.`)))
    .map(token => token.text);
}

let registry: Registry | undefined;

async function grammarOf(scope: string): Promise<IGrammar> {
  registry ??= await newRegistry();
  const grammar = await registry.loadGrammar(scope);
  if (grammar === null) throw new Error(`There is no grammar of scope ${scope}.`);
  return grammar;
}

async function newRegistry(): Promise<Registry> {
  const wasm = readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'));
  await loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  return new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: patterns => new OnigScanner(patterns),
      createOnigString: text => new OnigString(text),
    }),
    loadGrammar: scope => Promise.resolve(rawGrammar(scope)),
    getInjections: scope => (scope === 'text.xml' ? ['injection.libvirt-domain'] : []),
  });
}

function rawGrammar(scope: string): IRawGrammar | null {
  switch (scope) {
    case 'source.libvirt-domain':
      return fileGrammar(DOMAIN_GRAMMAR);
    case 'injection.libvirt-domain':
      return fileGrammar(INJECTION_GRAMMAR);
    case 'text.xml':
      return parseRawGrammar(PLAIN_XML, 'xml.json');
    default:
      return null;
  }
}

const fileGrammar = (file: string): IRawGrammar =>
  parseRawGrammar(readFileSync(path.join(ROOT, file), 'utf8'), file);
