/** A skeleton of an element as the text of a snippet, in the style of the document. */

import { encodeAttribute, encodeText } from '../../engine';
import type { Skeleton, SkeletonValue } from '../../engine';
import { literal } from './offer';
import type { WritingStyle } from './style';

/** The whole element; the cursor ends where one goes on writing. `declared` are attributes that declare namespaces. */
export function elementSnippet(skeleton: Skeleton, style: WritingStyle, declared = ''): string {
  const stops = new Stops(style.quote);
  const lines = elementLines(skeleton, style, stops, declared);
  const text = lines.join(style.newLine);
  if (text.includes('$0')) return text;
  // A lone value to be filled in is where the cursor stays.
  return stops.count === 1 && text.includes('$1') ? text.replace('$1', '$0') : `${text}$0`;
}

/** An attribute with its quotes: values to choose from, or a place for one. */
export function attributeSnippet(name: string, value: SkeletonValue, quote: '"' | "'"): string {
  const written = new Stops(quote).value(value);
  return `${name}=${quote}${written === '$1' ? '$0' : written}${quote}`;
}

/** Numbers the places that are to be filled in. */
class Stops {
  count = 0;

  constructor(private readonly quote: '"' | "'") {}

  value(value: SkeletonValue): string {
    switch (value.kind) {
      case 'fixed':
        return this.written(value.value);
      case 'open':
        return `$${++this.count}`;
      case 'choice': {
        const values = value.values.map(each => this.written(each));
        // A comma or a bar would end a choice.
        const plain = values.filter(each => !/[,|\\]/.test(each));
        const [only] = plain;
        if (plain.length === 1 && only !== undefined) return `\${${++this.count}:${only}}`;
        return `\${${++this.count}|${plain.join(',')}|}`;
      }
    }
  }

  private written(value: string): string {
    return literal(encodeAttribute(value, this.quote));
  }
}

function elementLines(
  { name, attributes, children, content }: Skeleton,
  style: WritingStyle,
  stops: Stops,
  declared: string,
): readonly string[] {
  const { quote, step } = style;
  const tag = attributes.map(
    attribute => ` ${attribute.name}=${quote}${stops.value(attribute.value)}${quote}`,
  );
  const open = `<${name}${declared}${tag.join('')}`;
  switch (content.kind) {
    case 'empty':
      return [`${open}/>`];
    case 'text':
      return [`${open}>${stops.value(content.value)}</${name}>`];
    case 'elements': {
      const inner = children.flatMap(child => elementLines(child, style, stops, ''));
      // Further in, nobody has said yet what stands there.
      const lines = inner.length > 0 ? inner : [stops.count === 0 ? '$0' : `$${++stops.count}`];
      return [`${open}>`, ...lines.map(line => `${step}${line}`), `</${name}>`];
    }
  }
}

/** A value in running text. */
export const textSnippet = (value: string): string => literal(encodeText(value));
