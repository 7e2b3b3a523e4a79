/** What was most likely meant by a name that is wrong. */

import { nearestName, slipsBetween } from '../../rules/nearest';

/** The only one of these that a single typing slip leads to; for short names none is sure. */
export function surelyMeant(wrong: string, names: readonly string[]): string | undefined {
  const nearest = nearestName(wrong, names);
  if (nearest === undefined || wrong.length < 4) return undefined;
  return slipsBetween(wrong.toLowerCase(), nearest.toLowerCase()) <= 1 ? nearest : undefined;
}

/** The nearest by typing slips, or else the only one of which the name is the beginning, or that begins it. */
export function likelyMeant(wrong: string, names: readonly string[]): string | undefined {
  const nearest = nearestName(wrong, names);
  if (nearest !== undefined) return nearest;
  const related = names.filter(name => begins(name, wrong) || begins(wrong, name));
  return related.length === 1 ? related[0] : undefined;
}

const begins = (beginning: string, whole: string): boolean =>
  beginning.length >= SHORTEST_BEGINNING && whole.toLowerCase().startsWith(beginning.toLowerCase());

const SHORTEST_BEGINNING = 3;
