/**
 * What a folder of documents has and the reference does not explain yet, the most frequent first:
 * node out/test/engine/reference/missing.js FOLDER [START OF PATH]
 */

import { countOccurrences, coverageOf } from './corpus-counts';

const [folder = '../shared/data/corpus', start = ''] = process.argv.slice(2);
for (const line of coverageOf(countOccurrences(folder)).missing) {
  if (line.slice(line.indexOf(' ') + 1).startsWith(start)) console.log(line);
}
