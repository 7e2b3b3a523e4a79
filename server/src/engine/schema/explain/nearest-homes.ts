/** Which of the elements that may hold a misplaced one are told first. */

import type { ElementPattern } from '../pattern';
import type { CheckedElement } from '../validate';
import type { Inquiry } from './inquiry';

/**
 * Of `homes`, the elements that may hold what is named `key`: those around the place at `owner`; else those that stand near
 * it; else all.
 */
export function nearestHomes(
  inquiry: Inquiry,
  owner: CheckedElement,
  key: string,
  homes: readonly string[],
): readonly string[] {
  const { checker } = inquiry.schema;
  const takes = (pattern: ElementPattern): boolean =>
    checker.contentOf(pattern).elementsAnywhereNamed(key) !== undefined;
  const around = new Set<string>();
  const beside = new Set<string>();
  const wanted = new Set(homes);
  for (let at: CheckedElement | undefined = owner; at !== undefined; at = at.parent) {
    if (at !== owner && takes(at.pattern)) around.add(at.located.node.name);
    // The same name may stand for several things: a domain's <memory> and the device.
    const content = checker.contentOf(at.pattern);
    for (const child of at.located.node.children.slice(0, MOST_LOOKED_AT)) {
      if (child.kind !== 'element' || !wanted.has(child.name)) continue;
      if (content.elementsAnywhereNamed(child.name)?.members.some(takes) === true) beside.add(child.name);
    }
  }
  beside.delete(owner.located.node.name);
  if (around.size > 0) return [...around];
  if (beside.size > 0) return [...beside];
  const others = homes.filter(home => home !== owner.located.node.name);
  const usual = USUAL_HOMES.filter(home => others.includes(home));
  if (usual.length > 0) return [...usual, ...others.filter(home => !usual.includes(home))];
  return others.length > 0 ? others : homes;
}

/** Told first where many elements may hold it. */
const USUAL_HOMES = ['domain', 'devices', 'disk', 'interface', 'controller', 'source', 'video', 'memballoon'];

const MOST_LOOKED_AT = 200;
