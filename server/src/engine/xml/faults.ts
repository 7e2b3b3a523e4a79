/** Words for well-formedness problems, and what is told apart to find them. */

import { isNamedEntity, isXmlCharacter } from './entities';

/** What is wrong with the `&` at `at`, if anything. After a DOCTYPE, names that it may define are let pass. */
export function entityFault(
  text: string,
  at: number,
  end: number,
  doctype: boolean,
): { end: number; message: string } | undefined {
  const match = /^&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([A-Za-z_:][-.\w:]*));/.exec(
    text.slice(at, Math.min(end, at + 80)),
  );
  if (match === null) return { end: at + 1, message: "A bare '&' can't stand in XML: write &amp;." };
  const whole = match[0];
  const name = match[3];
  if (name !== undefined) {
    if (isNamedEntity(name) || doctype) return undefined;
    const message = `The entity ${whole} is not known: XML knows &lt; &gt; &amp; &quot; and &apos;.`;
    return { end: at + whole.length, message };
  }
  const code = match[1] !== undefined ? parseInt(match[1], 16) : Number(match[2]);
  if (isXmlCharacter(code)) return undefined;
  return { end: at + whole.length, message: `${whole} is no character that can stand in XML.` };
}

/** The one message for all elements that are open when the text ends, the innermost first. */
export function unclosedAtEnd([innermost = '', ...outer]: readonly string[]): string {
  const begin = `<${innermost}> is not closed: </${innermost}> is missing`;
  if (outer.length === 0) return `${begin}.`;
  const shown = outer.slice(0, 3).map(name => `</${name}>`);
  const rest = outer.length > shown.length ? ` and ${String(outer.length - shown.length)} more` : '';
  return `${begin}, and so ${outer.length === 1 ? 'is' : 'are'} ${shown.join(', ')}${rest}: the document ends too early.`;
}

/** Whether a close tag's name is a slip of the element's: another case, or one or two letters off. */
export function isMisspelt(name: string, meant: string): boolean {
  if (name.toLowerCase() === meant.toLowerCase()) return true;
  if (Math.abs(name.length - meant.length) > 2 || meant.length < 4) return false;
  let same = 0;
  while (same < Math.min(name.length, meant.length) && name[same] === meant[same]) same++;
  let tail = 0;
  while (
    tail < Math.min(name.length, meant.length) - same &&
    name[name.length - 1 - tail] === meant[meant.length - 1 - tail]
  ) {
    tail++;
  }
  return Math.max(name.length, meant.length) - same - tail <= 2;
}
