/** All entries: one line for each topic. */

import type { ElementEntry } from '../entry';
import { LIMIT_ENTRIES } from './limits';

export const ENTRIES: readonly ElementEntry[] = [LIMIT_ENTRIES].flat();
