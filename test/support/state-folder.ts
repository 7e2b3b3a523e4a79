/** Where programs under test keep the last changes of VMs: not among those of whoever runs the tests. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const TEST_STATE = mkdtempSync(join(tmpdir(), 'domxml-state-'));

process.once('exit', () => rmSync(TEST_STATE, { recursive: true, force: true }));
