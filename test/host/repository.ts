/** Where things stand in the checkout, seen from compiled tests in out/test. */

import path from 'node:path';

/** Root of the checkout. */
export const ROOT = path.resolve(__dirname, '..', '..', '..');

/** Cache that git ignores; VS Code lives there. */
export const CACHE = path.join(ROOT, '.cache');

/** The packaged extension, made by `npm run package`. */
export const VSIX = path.join(ROOT, 'libvirt-domain-xml.vsix');

/** Folder for screenshots, logs and reports of a run. */
export const RESULTS = process.env['DOMXML_TEST_RESULTS'] ?? path.join(ROOT, 'test-results');
