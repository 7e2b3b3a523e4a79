/** What a tag declares: `xmlns` and `xmlns:prefix`. */

import type { XmlElement } from '../xml/tree';
import { declaresNamespace, type Namespaces } from './namespaces';

/** The namespaces inside of an element: those around it, and its own. `start` is absolute. */
export function scopeOf(text: string, node: XmlElement, start: number, around: Namespaces): Namespaces {
  let declared: [string, string][] | undefined;
  for (const attribute of node.attributes) {
    if (attribute.valueStart < 0 || !declaresNamespace(attribute.name)) continue;
    const value = text.slice(start + attribute.valueStart, start + attribute.valueEnd);
    (declared ??= []).push([attribute.name.slice(6), value]);
  }
  return declared === undefined ? around : around.with(declared);
}
