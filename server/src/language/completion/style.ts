/** How the document is written around the cursor, so that what is put in looks as if its author had typed it. */

import type { SourceText } from '../../engine';
import type { EditorAbilities } from '../subject';
import type { CompletionPlace } from './place';

export interface WritingStyle {
  readonly quote: '"' | "'";
  /** One step of indentation. */
  readonly step: string;
  /** Between lines of a block: a line end and the indentation of the line that the block begins in. */
  readonly newLine: string;
}

/**
 * Quotes as in the nearest tag around the cursor that has attributes, else libvirt's own single ones.
 * Further lines of a block carry the indentation themselves only where the editor inserts them as given.
 */
export function writingStyle(
  source: SourceText,
  place: CompletionPlace,
  abilities: EditorAbilities,
): WritingStyle {
  const { text } = source;
  const start = place.replace.start;
  const indent = /^[ \t]*/.exec(text.slice(source.lineStartAt(start), start))?.[0] ?? '';
  const end = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  return {
    quote: quoteAround(place),
    step: /\n(\t+| +)\S/.exec(text)?.[1] ?? '  ',
    newLine: abilities.keepsIndentation ? `${end}${indent}` : '\n',
  };
}

function quoteAround(place: CompletionPlace): '"' | "'" {
  if (place.kind === 'attribute-value' && place.quote !== '') return place.quote;
  for (
    let located = place.kind === 'element' ? place.parent : place.element.parent;
    located !== undefined;
    located = located.parent
  ) {
    const nodes = [located.node, ...located.node.children.slice(0, 20)];
    for (const node of nodes) {
      if (node.kind !== 'element') continue;
      const quote = node.attributes.find(attribute => attribute.quote !== '')?.quote;
      if (quote === '"' || quote === "'") return quote;
    }
  }
  return "'";
}
