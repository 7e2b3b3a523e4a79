/** The list of all rules, in the order of DESIGN's table. A rule that is not in it does not exist. */

import type { Rule } from './rule';
import { xmlSyntax } from './xml-syntax';

// filters and structure
import { filterGroupMissing } from './filter-group-missing';
import { filterGroupUnknown } from './filter-group-unknown';
import { filterRepeated } from './filter-repeated';
import { filtersWithIotune } from './filters-with-iotune';
import { filtersUnsupportedDevice } from './filters-unsupported-device';
import { filterOrder } from './filter-order';
import { discardLost } from './discard-lost';
import { needsNewerLibvirt } from './needs-newer-libvirt';
import { elementUnknown } from './element-unknown';
import { elementMisplaced } from './element-misplaced';
import { elementRepeated } from './element-repeated';
import { attributeUnknown } from './attribute-unknown';
import { textNotAllowed } from './text-not-allowed';

export const RULES: readonly Rule[] = [
  xmlSyntax,
  // limits, groups and iotune
  // filters and structure
  filterGroupMissing,
  filterGroupUnknown,
  filterRepeated,
  filtersWithIotune,
  filtersUnsupportedDevice,
  filterOrder,
  discardLost,
  needsNewerLibvirt,
  elementUnknown,
  elementMisplaced,
  elementRepeated,
  attributeUnknown,
  textNotAllowed,
];

const byId: ReadonlyMap<string, Rule> = new Map(RULES.map(rule => [rule.id, rule]));

/** The rule of an id, or undefined. */
export const ruleNamed = (id: string): Rule | undefined => byId.get(id);
