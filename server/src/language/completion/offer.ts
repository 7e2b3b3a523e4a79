/** One offer of a completion, before it is an item of LSP. */

import type { Domain } from '../../engine';
import type { CompletionItem, CompletionItemKind } from 'vscode-languageserver-types';
import { lspRange } from '../subject';
import type { EditorAbilities, Subject } from '../subject';
import { plainText } from '../words';
import type { CompletionPlace } from './place';
import type { WritingStyle } from './style';

export interface Offer {
  readonly label: string;
  readonly kind: 'element' | 'attribute' | 'group' | 'value' | 'block' | 'close-tag';
  /** What is put in, as a snippet: `$0` the cursor, `${1:name}` a stop, `\$` a dollar. Foreign text goes through `literal`. */
  readonly text: string;
  /** Beside the label: limits in human units. */
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  /** What typing is compared with; the label where absent. */
  readonly filter?: string;
}

export interface WritingScene {
  readonly subject: Subject;
  /** What is already there in front of the cursor and will be replaced. */
  readonly typed: string;
  readonly style: WritingStyle;
}

/** In a document with a domain, whose groups and disks are known. */
export interface OfferScene extends WritingScene {
  readonly domain: Domain;
}

/** Foreign text inside a snippet: nothing of it is a stop or a variable. */
export const literal = (text: string): string => text.replace(/[\\$}]/g, '\\$&');

export function itemOf(
  scene: WritingScene,
  place: CompletionPlace,
  offer: Offer,
  index: number,
  abilities: EditorAbilities,
): CompletionItem {
  const range = lspRange(scene.subject, place.replace);
  const bracket = place.kind === 'element' && scene.typed.startsWith('<') ? '<' : '';
  const filter = `${bracket}${offer.filter ?? offer.label}`;
  const item: CompletionItem = {
    label: offer.label,
    kind: KINDS[offer.kind],
    sortText: String(index).padStart(5, '0'),
    filterText: filter,
    insertTextFormat: abilities.snippets ? SNIPPET : PLAIN_TEXT,
    textEdit: { range, newText: abilities.snippets ? offer.text : withoutStops(offer.text) },
  };
  if (abilities.keepsIndentation) item.insertTextMode = AS_IS;
  if (offer.detail !== undefined) item.detail = offer.detail;
  if (offer.documentation !== undefined) {
    item.documentation = abilities.markdown
      ? { kind: 'markdown', value: offer.documentation }
      : plainText(offer.documentation);
  }
  return item;
}

/** The text of a snippet for editors without snippets: stops give way to what they hold, choices to the first. */
export function withoutStops(snippet: string): string {
  return snippet.replace(
    /\\([\\$}])|\$\d+|\$\{\d+(?::([^}]*)|\|([^,|]*)[^}]*\|)?\}/g,
    (_whole, escaped: string | undefined, held: string | undefined, choice: string | undefined) =>
      escaped ?? held ?? choice ?? '',
  );
}

/** LSP's CompletionItemKind: Property, Reference and so on; editors show an icon for each. */
const KINDS: Readonly<Record<Offer['kind'], CompletionItemKind>> = {
  element: 10,
  attribute: 5,
  group: 18,
  value: 12,
  block: 15,
  'close-tag': 10,
};

/** LSP's InsertTextFormat and InsertTextMode. */
const PLAIN_TEXT = 1;
const SNIPPET = 2;
const AS_IS = 1;
