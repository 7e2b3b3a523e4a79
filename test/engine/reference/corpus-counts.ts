/** How often elements and attributes occur in documents, by path, and what of it the reference explains. */

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SourceText, childElements, parseXml, rootElement, type Located } from '../../../server/src/engine';
import { attributeEntry, elementEntry } from '../../../server/src/engine/reference';

/** Occurrences by `domain/devices/disk`, or `domain/devices/disk@type`. */
export interface Counts {
  readonly elements: Map<string, number>;
  readonly attributes: Map<string, number>;
}

export interface Coverage {
  readonly elementOccurrences: number;
  readonly attributeOccurrences: number;
  readonly distinctElements: number;
  readonly distinctAttributes: number;
  /** What has no entry, the most frequent first: `12 domain/devices/disk@type`. */
  readonly missing: readonly string[];
}

/** All documents of a folder. Declarations of namespaces are no attributes. */
export function countOccurrences(folder: string): Counts {
  const counts: Counts = { elements: new Map(), attributes: new Map() };
  for (const file of readdirSync(folder).filter(name => name.endsWith('.xml'))) {
    const root = rootElement(parseXml(SourceText.of(readFileSync(join(folder, file), 'utf8'))));
    if (root !== undefined) countIn(root, root.node.name, counts);
  }
  return counts;
}

export function coverageOf({ elements, attributes }: Counts): Coverage {
  const elementIsKnown = (path: string): boolean => elementEntry(path.split('/')) !== undefined;
  const attributeIsKnown = (key: string): boolean => {
    const [path = '', attribute = ''] = key.split('@');
    return attributeEntry(path.split('/'), attribute) !== undefined;
  };
  const missing = [
    ...[...elements].filter(([path]) => !elementIsKnown(path)),
    ...[...attributes].filter(([key]) => !attributeIsKnown(key)),
  ];
  return {
    elementOccurrences: shareOfOccurrences(elements, elementIsKnown),
    attributeOccurrences: shareOfOccurrences(attributes, attributeIsKnown),
    distinctElements: shareOf([...elements.keys()], elementIsKnown),
    distinctAttributes: shareOf([...attributes.keys()], attributeIsKnown),
    missing: missing.sort((a, b) => b[1] - a[1]).map(([key, count]) => `${String(count)} ${key}`),
  };
}

export const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;

function countIn(element: Located, path: string, counts: Counts): void {
  countOne(counts.elements, path);
  for (const { name } of element.node.attributes) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) countOne(counts.attributes, `${path}@${name}`);
  }
  for (const child of childElements(element)) countIn(child, `${path}/${child.node.name}`, counts);
}

function countOne(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function shareOfOccurrences(counts: Map<string, number>, isKnown: (key: string) => boolean): number {
  let all = 0;
  let known = 0;
  for (const [key, count] of counts) {
    all += count;
    if (isKnown(key)) known += count;
  }
  return known / all;
}

const shareOf = (keys: readonly string[], isKnown: (key: string) => boolean): number =>
  keys.filter(isKnown).length / keys.length;
