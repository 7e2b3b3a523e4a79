/** Libvirt's own documents, which are not part of the project: `shared/data` beside the checkout. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const SHARED = process.env['LIBVIRT_DOMAIN_SHARED'] ?? join(__dirname, '../../../../shared');

/**
 * A test on that data; `LIBVIRT_DOMAIN_SHARED` names the folder where it lies elsewhere. Without the data the test is
 * skipped with the reason, and fails in CI. A CI that can't have it says so by LIBVIRT_DOMAIN_SHARED=none: there the
 * test does not exist, and a line says that it was left out.
 */
export function testWithShared(title: string, run: (data: string) => void | Promise<void>): void {
  if (SHARED === 'none') {
    console.log(`# left out, LIBVIRT_DOMAIN_SHARED=none: ${title}`);
    return;
  }
  const data = join(SHARED, 'data');
  const absent = !existsSync(join(data, 'corpus')) && process.env['CI'] !== 'true';
  const skip =
    absent && `no corpus in ${data}: set LIBVIRT_DOMAIN_SHARED to the folder that holds data/corpus`;
  test(title, { skip }, () => run(data));
}
