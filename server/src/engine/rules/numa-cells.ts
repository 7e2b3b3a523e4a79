/** What the rules about the numbers of NUMA cells have in common. */

import { freeNumber } from '../domain/numbers';
import { setAttributeFix } from './devices';
import type { Fix, FixScene } from './rule';

/** For `explain`: two cells as they should be. */
export const GOOD_CELLS = `Good:
\`\`\`xml
<cell id='0' cpus='0-1' memory='1048576'/>
<cell id='1' cpus='2-3' memory='1048576'/>
\`\`\``;

/** Gives the cell whose `id` stands at `at` the lowest number that no cell has. */
export function renumberFix(scene: FixScene, at: number, taken: ReadonlySet<number>): Fix[] {
  const free = String(freeNumber(taken, 0));
  return setAttributeFix(scene, at, 'id', free, `Make it cell ${free}`);
}
