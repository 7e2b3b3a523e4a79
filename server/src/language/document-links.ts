/** What a document names that can be opened: images and other files of the host, included documents, its schema. */

import { attributeNamed, attributeValue, attributeValueSpan, childNodes, holdsTemplate } from '../engine';
import { innerSpan, isElement, textContent, topNodes } from '../engine';
import type { Located, Span, XmlNode } from '../engine';
import type { DocumentLink } from 'vscode-languageserver-types';
import { lspRange } from './subject';
import type { Subject } from './subject';

/**
 * Links in document order. Whether a file is there is not looked up: the path may be one of another host. Only
 * absolute paths of files, and `file`, `http` and `https` addresses become links; templates do not.
 */
export function documentLinks(subject: Subject): DocumentLink[] {
  const links: DocumentLink[] = [];
  const pending: Located<XmlNode>[] = topNodes(subject.analysis.document).reverse();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (isElement(next)) {
      links.push(...linksOfElement(subject, next));
      for (const child of childNodes(next).reverse()) if (child.node.kind === 'element') pending.push(child);
    } else if (next.node.kind === 'processing-instruction') links.push(...linksOfModel(subject, next));
  }
  return links;
}

/** Attributes that hold the path of a file on the host, by the element's name. */
const PATH_ATTRIBUTES: ReadonlyMap<string, readonly string[]> = new Map([
  ['source', ['file']],
  ['log', ['file']],
  ['nvram', ['template']],
  ['rom', ['file']],
  ['dataStore', ['file']],
]);

/** Elements whose text is the path of a file on the host. */
const PATH_ELEMENTS: ReadonlySet<string> = new Set(['kernel', 'initrd', 'dtb', 'loader', 'nvram', 'table']);

function linksOfElement(subject: Subject, element: Located): readonly DocumentLink[] {
  const { source } = subject.analysis;
  const { name } = element.node;
  const links: (DocumentLink | undefined)[] = [];
  for (const attribute of PATH_ATTRIBUTES.get(name) ?? []) {
    links.push(attributeLink(subject, element, attribute, fileUri, 'Open the file on this machine'));
  }
  if (PATH_ELEMENTS.has(name)) {
    const uri = fileUri(textContent(source.text, element));
    links.push(link(subject, innerSpan(element), uri, 'Open the file on this machine'));
  }
  const resolve = (href: string): string | undefined => addressOf(subject.uri, href);
  if (name.endsWith(':include'))
    links.push(attributeLink(subject, element, 'href', resolve, 'Open what is included'));
  for (const each of element.node.attributes) {
    if (!each.name.endsWith(':noNamespaceSchemaLocation')) continue;
    links.push(attributeLink(subject, element, each.name, resolve, 'Open the schema'));
  }
  return links.filter(each => each !== undefined);
}

function attributeLink(
  subject: Subject,
  element: Located,
  name: string,
  target: (value: string) => string | undefined,
  tooltip: string,
): DocumentLink | undefined {
  const attribute = attributeNamed(element.node, name);
  if (attribute === undefined) return undefined;
  const value = attributeValue(subject.analysis.source.text, element, attribute);
  return link(subject, attributeValueSpan(element, attribute), target(value), tooltip);
}

/** `<?xml-model href="domain.rng"?>`. */
function linksOfModel(subject: Subject, { node, start }: Located<XmlNode>): readonly DocumentLink[] {
  if (node.kind !== 'processing-instruction' || node.target !== 'xml-model') return [];
  const written = subject.analysis.source.text.slice(start, start + node.length);
  const match = /\shref\s*=\s*(["'])(.*?)\1/s.exec(written);
  const href = match?.[2];
  if (match === null || href === undefined) return [];
  const from = start + match.index + match[0].length - 1 - href.length;
  const found = link(
    subject,
    { start: from, end: from + href.length },
    addressOf(subject.uri, href),
    'Open the schema',
  );
  return found === undefined ? [] : [found];
}

const link = (
  subject: Subject,
  span: Span,
  target: string | undefined,
  tooltip: string,
): DocumentLink | undefined =>
  target === undefined ? undefined : { range: lspRange(subject, span), target, tooltip };

/** The URI of a file by its absolute path. */
function fileUri(path: string): string | undefined {
  // Half a surrogate pair is in no URI; a line break or NUL in no path that anybody means.
  if (!path.startsWith('/') || path.startsWith('//') || /[\r\n\0\p{Surrogate}]/u.test(path)) return undefined;
  return holdsTemplate(path) ? undefined : `file://${path.split('/').map(encodeURIComponent).join('/')}`;
}

/** What a reference in a document leads to; other schemes than these may make an editor do things, and are no links. */
function addressOf(documentUri: string, href: string): string | undefined {
  if (href === '' || href.startsWith('#') || /[\s\0]/.test(href) || holdsTemplate(href)) return undefined;
  if (/^(?:https?|file):\/\//i.test(href)) return href;
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(href)) return undefined;
  const base = /^([a-z][a-z0-9+.-]*:\/\/[^/]*)(\/[^?#]*)/i.exec(documentUri);
  if (base === null) return undefined;
  const [, authority = '', path = ''] = base;
  const fragmentless = href.replace(/[?#].*$/, '');
  if (fragmentless.startsWith('/'))
    return fragmentless.startsWith('//') ? undefined : authority + fragmentless;
  return authority + withoutDots(path.slice(0, path.lastIndexOf('/') + 1) + fragmentless);
}

function withoutDots(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.length > 1) parts.pop();
    } else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}
