/** Where broken or odd pieces of markup are taken to end. */

import { GREATER_THAN, LESS_THAN, LINE_FEED, isBlank } from './characters';

/** The end without the blanks before it, not before `from`. */
export function trimmedEnd(text: string, from: number, end: number): number {
  while (end > from && isBlank(text.charCodeAt(end - 1))) end--;
  return end;
}

/** A broken `<!` or `<?` ends behind its `>`, else before the next `<` or line. */
export function brokenEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === GREATER_THAN) return at + 1;
    if (code === LESS_THAN || code === LINE_FEED) return at;
    at++;
  }
  return at;
}

/** Behind the DOCTYPE's `>`: quotes, comments and the internal subset's brackets are stepped over, nothing is read. */
export function doctypeEnd(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start + 9; at < text.length; at++) {
    const character = text[at];
    if (character === '"' || character === "'") {
      const close = text.indexOf(character, at + 1);
      if (close < 0) return undefined;
      at = close;
    } else if (character === '<' && text.startsWith('<!--', at)) {
      const close = text.indexOf('-->', at + 4);
      if (close < 0) return undefined;
      at = close + 2;
    } else if (character === '[') depth++;
    else if (character === ']') depth--;
    else if (character === '>' && depth <= 0) return at + 1;
  }
  return undefined;
}
