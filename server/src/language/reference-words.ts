/** Entries of the reference in words, for hover and completion. */

import {
  attributeEntry,
  attributeNamed,
  chapterUrl,
  elementEntry,
  rootElement,
  type AttributeEntry,
  type Located,
} from '../engine';
import type { Subject } from './subject';

export interface ReferenceWords {
  /** Since when, and which unit: a few words. */
  readonly detail?: string;
  /** Markdown. */
  readonly documentation: string;
}

/** The names of the elements from the root down to the element. */
export function pathOf(located: Located): readonly string[] {
  const path: string[] = [];
  for (let at: Located | undefined = located; at !== undefined; at = at.parent) path.unshift(at.node.name);
  return path;
}

/**
 * The path of an element for the reference, which knows the domain format and devices that stand alone; undefined in
 * other documents. A lone `<interface>` is left out: it may be a host's interface as well as a guest's.
 */
export function referencePath({ analysis }: Subject, located: Located): readonly string[] | undefined {
  if (analysis.kind !== undefined) return pathOf(located);
  const root = rootElement(analysis.document);
  if (root === undefined || NOT_DEVICES.has(root.node.name)) return undefined;
  return attributeNamed(root.node, 'xmlns') === undefined ? pathOf(located) : undefined;
}

/** Roots that the reference would take for something else: another product's domain, a host's interface. */
const NOT_DEVICES: ReadonlySet<string> = new Set([
  'domain',
  'domainsnapshot',
  'domaincheckpoint',
  'domstatus',
  'interface',
]);

/** What an element is; undefined where the reference does not know it. */
export function elementWords(path: readonly string[]): ReferenceWords | undefined {
  const entry = elementEntry(path);
  if (entry === undefined) return undefined;
  const example = entry.example === undefined ? '' : `\`\`\`xml\n${entry.example.trim()}\n\`\`\``;
  return words(entry, [example, manualLink(path)]);
}

/** What an attribute of the element at the path is. */
export function attributeWords(path: readonly string[], attribute: string): ReferenceWords | undefined {
  const entry = attributeEntry(path, attribute);
  return entry && words(entry, [manualLink(path)]);
}

function manualLink(path: readonly string[]): string {
  const entry = elementEntry(path);
  return entry === undefined ? '' : `[libvirt's manual](${chapterUrl(entry.chapter)})`;
}

function words({ summary, since, unit, values }: AttributeEntry, more: readonly string[]): ReferenceWords {
  const facts = [
    values === undefined ? '' : `- Values: ${values}`,
    unit === undefined ? '' : `- Unit: ${unit}`,
    since === undefined ? '' : `- Since libvirt ${since}`,
  ].filter(fact => fact !== '');
  const parts = [summary, facts.join('\n'), ...more].filter(part => part !== '');
  const detail = [unit ?? '', since === undefined ? '' : `since ${since}`]
    .filter(each => each !== '')
    .join('; ');
  return { documentation: parts.join('\n\n'), ...(detail !== '' && { detail }) };
}
