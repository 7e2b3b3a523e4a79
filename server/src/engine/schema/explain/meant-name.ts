/** What was most likely meant by a name that is wrong. */

import { nearestName, slipsBetween } from '../../rules/nearest';

/** The only one of these that a single typing slip leads to; for short names none is sure. */
export function surelyMeant(wrong: string, names: readonly string[]): string | undefined {
  const nearest = nearestName(wrong, names);
  if (nearest === undefined || wrong.length < 4) return undefined;
  return slipsBetween(wrong.toLowerCase(), nearest.toLowerCase()) <= 1 ? nearest : undefined;
}

/** The nearest by typing slips, or else the only one that is the beginning or end of the name, or it of that. */
export function likelyMeant(wrong: string, names: readonly string[]): string | undefined {
  const nearest = nearestName(wrong, names);
  if (nearest !== undefined) return nearest;
  const related = names.filter(name => isPartOf(name, wrong) || isPartOf(wrong, name));
  return related.length === 1 ? related[0] : undefined;
}

/** `dev` and `device`, `name` and `username`. */
const isPartOf = (part: string, whole: string): boolean =>
  (part.length >= 3 && whole.toLowerCase().startsWith(part.toLowerCase())) ||
  (part.length >= 4 && whole.toLowerCase().endsWith(part.toLowerCase()));
