/** Examples of the reference are XML that the reference itself explains. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SourceText, childElements, parseXml, rootElement, type Located } from '../../../server/src/engine';
import { attributeEntry, elementEntry } from '../../../server/src/engine/reference';
import { ENTRIES } from '../../../server/src/engine/reference/entries';

/** An example may hold several elements, so it is read inside one of these. */
const AROUND = 'example';

/** Each example with the path of the first element that it is for; it may begin with an ancestor of it. */
const PLACES: ReadonlyMap<string, readonly string[]> = new Map(
  [...ENTRIES]
    .reverse()
    .flatMap(({ path, example }) => (example === undefined ? [] : [[example, path.split('/')]])),
);

test('examples are well-formed', () => {
  const faulty = ENTRIES.filter(({ example }) => example !== undefined && problemCount(example) > 0);
  assert.deepEqual(
    faulty.map(({ path }) => path),
    [],
  );
});

test('a faulty example would be found', () => assert.ok(problemCount("<disk><source file='a'></disk>") > 0));

test('examples hold nothing that is not explained', () => {
  const unexplained = [...PLACES].flatMap(([example, path]) => {
    const top = read(example);
    const first = top === undefined ? undefined : childElements(top)[0];
    const above = path.slice(0, path.lastIndexOf(first?.node.name ?? ''));
    return unexplainedIn(top, above).map(key => `${path.join('/')}: ${key}`);
  });
  assert.deepEqual(unexplained, []);
});

test('an unexplained name in an example would be found', () => {
  assert.deepEqual(
    unexplainedIn(read("<target dev='vda' buss='scsi'/><targget/>"), ['domain', 'devices', 'disk']),
    ['domain/devices/disk/target@buss', 'domain/devices/disk/targget'],
  );
});

const read = (example: string): Located | undefined =>
  rootElement(parseXml(SourceText.of(`<${AROUND}>${example}</${AROUND}>`)));

const problemCount = (example: string): number => read(example)?.node.problemCount ?? 0;

/** Elements and attributes below `parent` without an entry. */
function unexplainedIn(parent: Located | undefined, above: readonly string[]): readonly string[] {
  if (parent === undefined) return [];
  return childElements(parent).flatMap(child => {
    const path = [...above, child.node.name];
    if (elementEntry(path) === undefined) return [path.join('/')];
    const attributes = child.node.attributes
      .map(({ name }) => name)
      .filter(name => !name.startsWith('xmlns') && attributeEntry(path, name) === undefined);
    return [...attributes.map(name => `${path.join('/')}@${name}`), ...unexplainedIn(child, path)];
  });
}
