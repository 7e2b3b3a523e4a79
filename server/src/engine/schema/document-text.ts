/** Texts of a document as a schema sees them: decoded, or unknown where a template or an entity fills them in later. */

import { holdsTemplate } from '../domain/template';
import { decodeEntities } from '../xml/entities';
import type { XmlNode } from '../xml/tree';

/** A reference to an entity that only a DOCTYPE could explain. Decoded text has none left but these. */
const UNKNOWN_ENTITY = /&[A-Za-z_:][^;\s&<]*;/;

/** Whether nobody can know yet what the raw text stands for. Such text is never judged. */
export const isUnknownText = (raw: string): boolean =>
  holdsTemplate(raw) || (raw.includes('&') && UNKNOWN_ENTITY.test(withoutKnownEntities(raw)));

const withoutKnownEntities = (raw: string): string => raw.replace(/&(?:lt|gt|amp|quot|apos);/g, '');

/** The value of an attribute from what is written between its quotes: line breaks and tabs are blanks. */
export function decodedAttribute(raw: string): string {
  return decodeEntities(/[\t\n\r]/.test(raw) ? raw.replace(/\r\n|[\t\n\r]/g, ' ') : raw);
}

/** The text of a text or CDATA node from how it is written; '' of any other node. */
export function decodedNode(node: XmlNode, raw: string): string {
  switch (node.kind) {
    case 'text':
      return decodeEntities(raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw);
    case 'cdata':
      return raw.slice(9, node.closed ? -3 : undefined).replace(/\r\n?/g, '\n');
    case 'element':
    case 'comment':
    case 'processing-instruction':
    case 'doctype':
      return '';
  }
}
