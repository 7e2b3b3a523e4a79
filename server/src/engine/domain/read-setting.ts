/** Reads a child of `<domain>` into a flat list of its elements; all spans relative to its start. */

import { childElements, nameSpan, spanOf } from '../xml/navigate';
import type { Located } from '../xml/tree';
import type { Piece } from './model';
import { attributeText, contentOf, relative } from './pieces';
import type { Setting, SettingBlock } from './setting';

/** More elements in one block than that are none of a domain that anybody runs. */
const MOST_SETTINGS = 50_000;

export function readSettings(text: string, top: Located): SettingBlock {
  const settings: Setting[] = [];
  const pending = [{ located: top, path: top.node.name }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { located, path } = next;
    const children = childElements(located);
    settings.push({
      path,
      span: relative(spanOf(located), top.start),
      nameSpan: relative(nameSpan(located), top.start),
      attributes: attributesOf(text, located, top.start),
      text: children.length === 0 ? contentOf(text, located, top.start) : undefined,
    });
    if (settings.length >= MOST_SETTINGS) break;
    // Last in, first out: pushed backwards they come in document order.
    for (const child of children.reverse()) {
      pending.push({ located: child, path: `${path}/${child.node.name}` });
    }
  }
  return { element: top.node, settings };
}

function attributesOf(text: string, located: Located, base: number): ReadonlyMap<string, Piece> {
  const found = new Map<string, Piece>();
  for (const { name } of located.node.attributes) {
    const piece = attributeText(text, located, name, base);
    if (piece !== undefined && !found.has(name)) found.set(name, piece);
  }
  return found;
}
