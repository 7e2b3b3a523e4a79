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
import type { DiskRule, DocumentRule, DomainRule, LimitsRule, Rule } from './rule';
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

// cross references
import { iothreadUnknown } from './iothread-unknown';
import { iothreadRepeated } from './iothread-repeated';
import { iothreadUnsupported } from './iothread-unsupported';
import { iothreadMappingInvalid } from './iothread-mapping-invalid';
import { pinRepeated } from './pin-repeated';
import { vcpuUnknown } from './vcpu-unknown';
import { vcpuInTwoCells } from './vcpu-in-two-cells';
import { numaCellRepeated } from './numa-cell-repeated';
import { numaCellGap } from './numa-cell-gap';
import { numaCellUnknown } from './numa-cell-unknown';
import { hugepagesOverlap } from './hugepages-overlap';
import { cpuTopologyDiffers } from './cpu-topology-differs';
import { sharedMemoryMissing } from './shared-memory-missing';
import { targetRepeated } from './target-repeated';
import { targetInvalid } from './target-invalid';
import { bootOrderRepeated } from './boot-order-repeated';
import { bootOrderWithOsBoot } from './boot-order-with-os-boot';
import { aliasRepeated } from './alias-repeated';
import { aliasLost } from './alias-lost';
import { addressTaken } from './address-taken';
import { addressImpossible } from './address-impossible';
import { controllerRepeated } from './controller-repeated';
import { usbDisabled } from './usb-disabled';
import { serialPortRepeated } from './serial-port-repeated';
import { channelNameRepeated } from './channel-name-repeated';
import { hostDeviceRepeated } from './host-device-repeated';
import { imageUsedTwice } from './image-used-twice';

// structure that only a schema knows
import { attributeMissing } from './attribute-missing';
import { valueNotAllowed } from './value-not-allowed';
import { elementMissing } from './element-missing';
import { elementsExclusive } from './elements-exclusive';
import { refusedByLibxml2 } from './refused-by-libxml2';

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
  // cross references
  iothreadUnknown,
  iothreadRepeated,
  iothreadUnsupported,
  iothreadMappingInvalid,
  pinRepeated,
  vcpuUnknown,
  vcpuInTwoCells,
  numaCellRepeated,
  numaCellGap,
  numaCellUnknown,
  hugepagesOverlap,
  cpuTopologyDiffers,
  sharedMemoryMissing,
  targetRepeated,
  targetInvalid,
  bootOrderRepeated,
  bootOrderWithOsBoot,
  aliasRepeated,
  aliasLost,
  addressTaken,
  addressImpossible,
  controllerRepeated,
  usbDisabled,
  serialPortRepeated,
  channelNameRepeated,
  hostDeviceRepeated,
  imageUsedTwice,

  // structure that only a schema knows
  attributeMissing,
  valueNotAllowed,
  elementMissing,
  elementsExclusive,
  refusedByLibxml2,
];

const byId: ReadonlyMap<string, Rule> = new Map(RULES.map(rule => [rule.id, rule]));

/** The rules over a whole document or domain, in the order of the list. */
export const WHOLE_RULES = RULES.filter(
  (rule): rule is DocumentRule | DomainRule => rule.scope === 'document' || rule.scope === 'domain',
);

/** The rules over one subject, in the order of the list. */
export const LOCAL_RULES = RULES.filter(
  (rule): rule is LimitsRule | DiskRule => rule.scope === 'limits' || rule.scope === 'disk',
);

/** The rule of an id, or undefined. */
export const ruleNamed = (id: string): Rule | undefined => byId.get(id);
