/** New elements as data, printed in the layout of the place they go to. */

import { encodeAttribute, encodeText } from '../xml/entities';
import type { Layout } from './layout';

/** An element to be written: text or child elements inside, or nothing. */
export interface Markup {
  readonly name: string;
  readonly attributes?: readonly (readonly [name: string, value: string])[];
  readonly inner?: string | readonly Markup[];
}

export type Quote = '"' | "'";

/** Each element on a line of its own; the first line is not indented, those behind it are by `indent`. */
export function printLines(markup: Markup, layout: Layout, indent: string, quote: Quote): string {
  const { inner } = markup;
  if (inner === undefined || typeof inner === 'string' || inner.length === 0)
    return printInline(markup, quote);
  const deeper = indent + layout.step;
  const lines = inner.map(child => layout.lineBreak + deeper + printLines(child, layout, deeper, quote));
  return `<${markup.name}${attributesText(markup, quote)}>${lines.join('')}${layout.lineBreak}${indent}</${markup.name}>`;
}

/** All in one piece, for documents without line breaks. */
export function printInline(markup: Markup, quote: Quote): string {
  const { inner } = markup;
  const open = `<${markup.name}${attributesText(markup, quote)}`;
  if (inner === undefined || inner.length === 0) return `${open}/>`;
  const content =
    typeof inner === 'string' ? encodeText(inner) : inner.map(child => printInline(child, quote)).join('');
  return `${open}>${content}</${markup.name}>`;
}

const attributesText = (markup: Markup, quote: Quote): string =>
  (markup.attributes ?? [])
    .map(([name, value]) => ` ${name}=${quote}${encodeAttribute(value, quote)}${quote}`)
    .join('');
