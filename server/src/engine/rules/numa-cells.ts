/** What the rules about the numbers of NUMA cells have in common. */

import { devicesNamed, settingsAt } from '../domain/cross-references';
import type { Domain, Piece } from '../domain/model';
import { decimalOf, freeNumber, numberSet } from '../domain/numbers';
import { replaceText } from '../edit/elements';
import { shifted, type Span } from '../text';
import { setAttributeFix } from './devices';
import type { Fix, FixScene } from './rule';

/** For `explain`: two cells as they should be. */
export const GOOD_CELLS = `Good:
\`\`\`xml
<cell id='0' cpus='0-1' memory='1048576'/>
<cell id='1' cpus='2-3' memory='1048576'/>
\`\`\``;

/** Gives the cell whose `id` stands at `at` the lowest number that no cell has, and those that name it the same one. */
export function renumberFix(
  scene: FixScene,
  at: number,
  taken: ReadonlySet<number>,
  named: readonly CellName[] = [],
): Fix[] {
  const free = String(freeNumber(taken, 0));
  const where = named.length === 0 ? '' : ', where it is named too';
  return setAttributeFix(scene, at, 'id', free, `Make it cell ${free}${where}`).map(fix => ({
    ...fix,
    edits: [...fix.edits, ...named.flatMap(({ span }) => replaceText(span, free))],
  }));
}

/** The same of a cell whose number no other has: all that name it follow. None where a list of cells names it. */
export function renumberWithNamesFix(
  scene: FixScene,
  at: number,
  id: number,
  taken: ReadonlySet<number>,
): Fix[] {
  const { domain } = scene;
  if (domain === undefined || cellLists(domain).some(({ ids }) => ids.has(id))) return [];
  const named = [...cellNames(domain), ...memoryNodes(domain)].filter(name => name.id === id);
  return renumberFix(scene, at, taken, named);
}

/** A number that names a cell. */
export interface CellName {
  readonly id: number;
  /** Absolute. */
  readonly span: Span;
}

/** Pins of memory and distances, in document order of each. */
export const cellNames = (domain: Domain): readonly CellName[] =>
  NUMBERS.flatMap(([path, name]) =>
    settingsAt(domain, path).flatMap(({ start, of }) => nameIn(of.attributes.get(name), start)),
  );

const NUMBERS = [
  ['numatune/memnode', 'cellid'],
  ['cpu/numa/cell/distances/sibling', 'id'],
] as const;

/** Of memory devices. */
export const memoryNodes = (domain: Domain): readonly CellName[] =>
  devicesNamed(domain, 'memory').flatMap(({ start, of }) => nameIn(of.memoryNode, start));

/** Of huge pages. */
export const cellLists = (
  domain: Domain,
): readonly { readonly ids: ReadonlySet<number>; readonly span: Span }[] =>
  settingsAt(domain, 'memoryBacking/hugepages/page').flatMap(({ start, of }) => {
    const piece = of.attributes.get('nodeset');
    const ids = piece === undefined ? undefined : numberSet(piece.value);
    return piece === undefined || ids === undefined ? [] : [{ ids, span: shifted(piece, start) }];
  });

function nameIn(piece: Piece | undefined, start: number): readonly CellName[] {
  const id = decimalOf(piece?.value);
  return piece === undefined || id === undefined ? [] : [{ id, span: shifted(piece, start) }];
}
