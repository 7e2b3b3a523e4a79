/** Words that plans and outcomes have in common. */

import { LIMITS } from '../limits/table';
import { limitsText } from '../limits/units';
import type { LimitValues } from '../limits/values';
import type { ChainChange, GroupChange, IotuneChange } from './types';
import type { FilterNode, IotuneState } from './vm-state';

/** "a", "a and b", "a, b and c"; "" for none. */
export function listed(items: readonly string[]): string {
  if (items.length <= 1) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}

/** As `listed`, with "and 7 more" behind the first few. */
export function listedBriefly(items: readonly string[], most = 8): string {
  if (items.length <= most) return listed(items);
  return `${items.slice(0, most).join(', ')} and ${items.length - most} more`;
}

/** Foreign text on one line of a terminal: control characters and those that turn the direction of text are written out. */
export const shown = (text: string): string =>
  text.replace(
    /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** "Raise gold: 500 IOPS -> 800 IOPS", "Create gold: ...", "Delete gold (was 500 IOPS)". */
export function changeSummary({ name, before, after }: GroupChange): string {
  if (before === undefined)
    return after === undefined ? shown(name) : `Create ${shown(name)}: ${limitsText(after)}`;
  if (after === undefined) return `Delete ${shown(name)} (was ${limitsText(before)})`;
  return `${VERBS[changeDirection(before, after)]} ${shown(name)}: ${limitsText(before)} -> ${limitsText(after)}`;
}

/** "gold, then all"; "none". From the image up. */
export const chainWords = (filters: readonly FilterNode[], nameOf: (objectId: string) => string): string =>
  filters.length === 0 ? 'none' : filters.map(({ group }) => shown(nameOf(group))).join(', then ');

/** "Put filters on vda: gold, then all", "Change the filters of vda: gold -> gold, then all", "Take the filters off vda (were gold)". */
export function chainSummary(
  { title, before, after }: ChainChange,
  nameOf: (objectId: string) => string,
): string {
  const disk = shown(title);
  if (before.length === 0) return `Put filters on ${disk}: ${chainWords(after, nameOf)}`;
  if (after.length === 0) return `Take the filters off ${disk} (were ${chainWords(before, nameOf)})`;
  return `Change the filters of ${disk}: ${chainWords(before, nameOf)} -> ${chainWords(after, nameOf)}`;
}

/** "Set the iotune of vda: 500 IOPS (group backup)", "Take the iotune off vda (was 500 IOPS)". */
export function iotuneSummary({ title, before, after }: IotuneChange): string {
  const disk = shown(title);
  if (before === null) return `Set the iotune of ${disk}: ${iotuneWords(after)}`;
  if (after === null) return `Take the iotune off ${disk} (was ${iotuneWords(before)})`;
  return `Change the iotune of ${disk}: ${iotuneWords(before)} -> ${iotuneWords(after)}`;
}

/** "500 IOPS", "500 IOPS (group backup)", "none". */
export const iotuneWords = (iotune: IotuneState | null): string =>
  iotune === null
    ? 'none'
    : `${limitsText(iotune.limits)}${iotune.group === null ? '' : ` (group ${shown(iotune.group)})`}`;

export type ChangeDirection = 'up' | 'down' | 'mixed';

/** Whether a change lets more through, less, or cannot be said in one word. */
export function changeDirection(before: LimitValues, after: LimitValues): ChangeDirection {
  const steps = LIMITS.map(field => {
    const [was, is] = [before[field.xml], after[field.xml]];
    if (was === is) return 0;
    // Only a rate of 0 means "any"; a burst of 0 is none, and a request size of 0 counts every request once.
    if (field.kind !== 'rate') return field.kind === 'request-size' ? NaN : is > was ? 1 : -1;
    if (was === 0n) return -1;
    return is === 0n || is > was ? 1 : -1;
  });
  if (steps.every(step => step >= 0)) return 'up';
  if (steps.every(step => step <= 0)) return 'down';
  return 'mixed';
}

/** What a group held back and holds back no longer, such as "reads by IOPS". */
export const limitsGone = (before: LimitValues, after: LimitValues): readonly string[] =>
  limitsGoneOf([before], [after]);

/** As `limitsGone`, for all limits that a disk goes through. */
export function limitsGoneOf(
  before: readonly LimitValues[],
  after: readonly LimitValues[],
): readonly string[] {
  return (['bytes', 'iops'] as const).flatMap(resource =>
    (['read', 'write'] as const).flatMap(direction =>
      before.some(values => isHeldBack(values, resource, direction)) &&
      !after.some(values => isHeldBack(values, resource, direction))
        ? [`${direction}s by ${resource === 'iops' ? 'IOPS' : 'bytes per second'}`]
        : [],
    ),
  );
}

const isHeldBack = (values: LimitValues, resource: 'bytes' | 'iops', direction: 'read' | 'write'): boolean =>
  LIMITS.some(
    field =>
      field.kind === 'rate' &&
      field.resource === resource &&
      (field.direction === 'total' || field.direction === direction) &&
      values[field.xml] !== 0n,
  );

const VERBS: Readonly<Record<ChangeDirection, string>> = { up: 'Raise', down: 'Lower', mixed: 'Change' };
