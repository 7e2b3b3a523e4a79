/** The unit attribute that amounts of memory have in many places. */

import type { AttributeEntry } from '../entry';

const UNITS =
  'b or bytes; KB, MB, GB, TB (powers of 1000); k or KiB, M or MiB, G or GiB, T or TiB (powers of 1024).';

/** For numbers that are KiB when nothing is said. */
export const SIZE_UNIT: AttributeEntry = {
  summary: 'What the number counts. Libvirt converts to KiB, and dumps are in KiB whatever was written.',
  values: `${UNITS} Without it the number is KiB.`,
};

/** For numbers that are bytes when nothing is said. */
export const BYTES_UNIT: AttributeEntry = {
  summary: 'What the number counts; write it out, since here a bare number is not KiB as for memory.',
  values: `${UNITS} Without it the number is bytes.`,
};
