/** The list of all rules, in the order of DESIGN's table. A rule that is not in it does not exist. */

import { burstBelowRate } from './burst-below-rate';
import { burstLengthOutOfRange } from './burst-length-out-of-range';
import { burstLengthWithoutBurst } from './burst-length-without-burst';
import { burstLengthZero } from './burst-length-zero';
import { burstTooLong } from './burst-too-long';
import { burstWithoutRate } from './burst-without-rate';
import { groupNameInvalid } from './group-name-invalid';
import { groupNameMissing } from './group-name-missing';
import { groupNameTaken } from './group-name-taken';
import { groupUnused } from './group-unused';
import { groupWithoutLimits } from './group-without-limits';
import { iotuneGroupClash } from './iotune-group-clash';
import { iotuneGroupDiffers } from './iotune-group-differs';
import { iotuneGroupWithoutLimits } from './iotune-group-without-limits';
import { limitNotANumber } from './limit-not-a-number';
import { limitOutOfRange } from './limit-out-of-range';
import { limitRepeated } from './limit-repeated';
import { requestSizeWithoutIops } from './request-size-without-iops';
import { totalExcludesReadWrite } from './total-excludes-read-write';
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

// structure that only a schema knows
import { attributeMissing } from './attribute-missing';
import { valueNotAllowed } from './value-not-allowed';
import { elementMissing } from './element-missing';
import { elementsExclusive } from './elements-exclusive';

export const RULES: readonly Rule[] = [
  xmlSyntax,
  // limits, groups and iotune
  limitNotANumber,
  limitOutOfRange,
  limitRepeated,
  totalExcludesReadWrite,
  burstWithoutRate,
  burstBelowRate,
  burstLengthWithoutBurst,
  burstLengthZero,
  burstLengthOutOfRange,
  burstTooLong,
  requestSizeWithoutIops,
  groupNameMissing,
  groupNameInvalid,
  groupNameTaken,
  groupWithoutLimits,
  groupUnused,
  iotuneGroupClash,
  iotuneGroupDiffers,
  iotuneGroupWithoutLimits,
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
  // structure that only a schema knows
  attributeMissing,
  valueNotAllowed,
  elementMissing,
  elementsExclusive,
];

const byId: ReadonlyMap<string, Rule> = new Map(RULES.map(rule => [rule.id, rule]));

/** The rule of an id, or undefined. */
export const ruleNamed = (id: string): Rule | undefined => byId.get(id);
