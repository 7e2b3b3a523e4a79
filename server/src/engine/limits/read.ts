/** Reads the text of a limit as libvirt does, before any number is made of it. */

import { holdsTemplate } from '../domain/template';
import type { LimitReading } from '../domain/model';

const UNSIGNED_MAX = 18_446_744_073_709_551_615n; // 2^64-1: virStrToLong_ullp

/**
 * What libvirt makes of the text (virXPathULongLong: base 10, blanks before are skipped, nothing may stand behind),
 * joined with the schema's word where that is stricter (a plus sign). Values stay exact.
 */
export function readLimit(text: string): LimitReading {
  if (text === '') return { kind: 'empty' };
  if (holdsTemplate(text)) return { kind: 'template' };
  const digits = /^[ \t\n\r\v\f]*([0-9]+)$/.exec(text)?.[1];
  if (digits === undefined) return { kind: 'unreadable', why: whyUnreadable(text) };
  // A long row of zeros is no large number; a long row of other digits need not be converted to be refused.
  const significant = digits.replace(/^0+(?=.)/, '');
  if (significant.length > 20) return { kind: 'unreadable', why: 'too-big' };
  const value = BigInt(significant);
  return value > UNSIGNED_MAX ? { kind: 'unreadable', why: 'too-big' } : { kind: 'number', value };
}

type Unreadable = Extract<LimitReading, { kind: 'unreadable' }>['why'];

function whyUnreadable(text: string): Unreadable {
  const trimmed = text.trim();
  if (trimmed === '') return 'blank';
  if (/^[0-9]+$/.test(trimmed)) return 'blank-behind';
  if (/^-[0-9]+$/.test(trimmed)) return 'negative';
  if (/^\+[0-9]+$/.test(trimmed)) return 'plus';
  if (/^[0-9]+(?:\.[0-9]+)?\s*(?:[kmgtpe]i?b?|b|bytes?)(?:\/s)?$/i.test(trimmed)) return 'suffix';
  return 'text';
}
