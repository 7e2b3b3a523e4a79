/**
 * Makes edits of remedies, and tries them: a fix is offered only where the document then has fewer errors than before
 * and is as well-formed. Made when fixes are asked for.
 */

import { removeAttribute, setAttribute } from '../../edit/attributes';
import {
  FIRST,
  insertElements,
  LAST,
  moveElement,
  removeElement,
  removeSpan,
  renameElement,
  replaceInner,
  replaceText,
  type ChildPlace,
} from '../../edit/elements';
import type { Markup } from '../../edit/markup';
import type { Fix } from '../../rules/rule';
import { encodeText } from '../../xml/entities';
import { attributeNamed, attributeNameSpan, rootElement } from '../../xml/navigate';
import { shifted, type SourceText, type TextEdit } from '../../text';
import type { Located } from '../../xml/tree';
import type { Explanation, OwnedError, Remedy } from './explanation';
import { startOfChild, type Inquiry } from './inquiry';
import { movesOf, type Way } from './move-child';
import { errorsMended } from './trial';

/** The analysed document, its text and its schema. */
export interface MendScene extends Inquiry {
  readonly source: SourceText;
}

/** More fixes of one finding make a menu that nobody reads. */
const MOST_FIXES = 6;

/** The fixes of an explained error, those that were found to help. */
export function fixesOfError(
  scene: MendScene,
  error: OwnedError,
  { remedies, settles }: Explanation,
): readonly Fix[] {
  const found: Tried[] = [];
  for (const remedy of remedies) {
    if (found.length >= MOST_FIXES) break;
    found.push(...triedWays(scene, error, remedy, found));
  }
  // Where one mistake made many errors, what takes one of them away is no mending.
  const least = settles === true ? Math.max(...found.map(({ mended }) => mended)) : 1;
  return found
    .filter(({ mended }) => mended >= least)
    .map(({ fix }) => fix)
    .slice(0, MOST_FIXES);
}

/** A fix that helps, and how many errors it takes away. */
interface Tried {
  readonly fix: Fix;
  readonly mended: number;
}

/** The ways of a remedy that help, but for those whose title is there already. */
function triedWays(
  scene: MendScene,
  error: OwnedError,
  remedy: Remedy,
  found: readonly Tried[],
): readonly Tried[] {
  const tried: Tried[] = [];
  for (const { title, edits, noWorseThan } of waysOf(scene, error, remedy)) {
    if ([...found, ...tried].some(({ fix }) => fix.title === title)) continue;
    const mended = errorsMended(scene, error.owner, edits);
    if (mended === 0) continue;
    if (noWorseThan !== undefined && mended < errorsMended(scene, error.owner, noWorseThan)) continue;
    tried.push({ fix: { title, safe: false, edits }, mended });
    // Of several places to move to, the first that will do is meant.
    if (remedy.kind === 'move-child') break;
    if (remedy.kind === 'set-attribute-to-fitting' && tried.length > MOST_FITTING) return [];
  }
  return tried;
}

/** More values that fit are as good as each other. */
const MOST_FITTING = 3;

type ChildRemedy = Extract<
  Remedy,
  { kind: 'rename-child' | 'remove-child' | 'move-child' | 'move-child-before' | 'bare-child' }
>;
type AttributeRemedy = Extract<
  Remedy,
  {
    kind:
      | 'rename-attribute'
      | 'remove-attribute'
      | 'set-attribute'
      | 'set-attribute-to-fitting'
      | 'add-attributes';
  }
>;

function waysOf(scene: MendScene, error: OwnedError, remedy: Remedy): readonly Way[] {
  switch (remedy.kind) {
    case 'rename-child':
    case 'remove-child':
    case 'move-child':
    case 'move-child-before':
    case 'bare-child':
      return waysOfChild(scene, error, remedy);
    case 'rename-attribute':
    case 'remove-attribute':
    case 'set-attribute':
    case 'set-attribute-to-fitting':
    case 'add-attributes':
      return waysOfAttribute(scene, error, remedy);
    case 'add-children':
      return additionsOf(scene, error.owner.located, remedy.children);
    case 'remove-element': {
      const { located } = error.owner;
      return [{ title: `Remove <${located.node.name}>`, edits: removeElement(scene.source, located) }];
    }
    case 'remove-text':
      return error.kind === 'text-not-allowed' ? [withoutText(scene, error)] : [];
    case 'write-text':
      return [otherText(scene, error.owner.located, remedy)];
    case 'declare-prefix':
      return declarationOf(scene, remedy);
  }
}

function waysOfChild({ source }: MendScene, error: OwnedError, remedy: ChildRemedy): readonly Way[] {
  const owner = error.owner.located;
  if (remedy.kind === 'remove-child') {
    const removed = childAt(owner, remedy.childIndex);
    return removed === undefined ? [] : [{ title: remedy.title, edits: removeElement(source, removed) }];
  }
  const child = 'childIndex' in error ? childAt(owner, error.childIndex) : undefined;
  if (child === undefined) return [];
  switch (remedy.kind) {
    case 'rename-child':
      return [{ title: `Rename to <${remedy.to}>`, edits: renameElement(child, remedy.to) }];
    case 'move-child':
      return movesOf(source, child, remedy.homes);
    case 'move-child-before': {
      const before = childAt(owner, remedy.childIndex);
      if (before === undefined) return [];
      const edits = moveElement(source, child, owner, { before });
      return [{ title: `Move <${child.node.name}> before <${remedy.name}>`, edits }];
    }
    case 'bare-child': {
      const xmlns = attributeNamed(child.node, 'xmlns');
      if (xmlns === undefined) return [];
      return [{ title: 'Remove its xmlns', edits: removeAttribute(source, child, xmlns) }];
    }
  }
}

function waysOfAttribute({ source }: MendScene, error: OwnedError, remedy: AttributeRemedy): readonly Way[] {
  const owner = error.owner.located;
  switch (remedy.kind) {
    case 'rename-attribute': {
      if (!('attribute' in error) || attributeNamed(owner.node, remedy.to) !== undefined) return [];
      const edits = replaceText(attributeNameSpan(owner, error.attribute), remedy.to);
      return [{ title: `Rename to ${remedy.to}`, edits }];
    }
    case 'remove-attribute': {
      const removed = attributeNamed(owner.node, remedy.name);
      if (removed === undefined) return [];
      return [{ title: `Remove attribute ${remedy.name}`, edits: removeAttribute(source, owner, removed) }];
    }
    case 'set-attribute': {
      const holder = above(owner, remedy.levels);
      if (holder === undefined) return [];
      const where = remedy.levels === 0 ? '' : ` on <${holder.node.name}>`;
      const title =
        remedy.value === '' ? `Empty ${remedy.name}` : `Set ${remedy.name} to '${remedy.value}'${where}`;
      return [{ title, edits: setAttribute(source, holder, remedy.name, remedy.value) }];
    }
    case 'set-attribute-to-fitting':
      return remedy.values.map(value => ({
        title: `Set ${remedy.name} to '${value}'`,
        edits: setAttribute(source, owner, remedy.name, value),
      }));
    case 'add-attributes': {
      const names = remedy.attributes.map(([name]) => name).join(' and ');
      const edits = remedy.attributes.flatMap(([name, value]) => setAttribute(source, owner, name, value));
      return [{ title: `Add ${names}`, edits: joined(edits) }];
    }
  }
}

/** A name goes first, as libvirt writes it; everything else, and it too where that will not do, goes last. */
function additionsOf({ source }: MendScene, owner: Located, children: readonly Markup[]): readonly Way[] {
  const title = `Add ${children.map(({ name }) => `<${name}>`).join(' and ')}`;
  const place: ChildPlace = children.some(({ name }) => name === 'name') ? FIRST : LAST;
  return [place, LAST].map(at => ({ title, edits: insertElements(source, owner, at, children) }));
}

function otherText(
  { source }: MendScene,
  owner: Located,
  { text, unit }: Extract<Remedy, { kind: 'write-text' }>,
): Way {
  const written = replaceInner(source, owner, encodeText(text));
  if (unit === undefined) return { title: text === '' ? 'Empty it' : `Write ${text}`, edits: written };
  return {
    title: `Write ${text} with unit='${unit}'`,
    edits: [...written, ...setAttribute(source, owner, 'unit', unit)],
  };
}

function declarationOf(
  { source, document }: MendScene,
  { prefix, namespace }: Extract<Remedy, { kind: 'declare-prefix' }>,
): readonly Way[] {
  const root = rootElement(document);
  if (root === undefined) return [];
  const name = `xmlns:${prefix}`;
  return [{ title: `Declare ${name}`, edits: setAttribute(source, root, name, namespace) }];
}

function childAt(owner: Located, childIndex: number): Located | undefined {
  const node = owner.node.children[childIndex];
  if (node?.kind !== 'element') return undefined;
  return { node, start: owner.start + startOfChild(owner.node, childIndex), parent: owner };
}

function above(owner: Located, levels: number): Located | undefined {
  let at: Located | undefined = owner;
  for (let level = 0; level < levels; level++) at = at?.parent;
  return at;
}

function withoutText(scene: MendScene, error: Extract<OwnedError, { kind: 'text-not-allowed' }>): Way {
  const { start } = error.owner.located;
  const edits = removeSpan(scene.source, shifted(error.span, start));
  return { title: 'Remove the text', edits };
}

/** Insertions at one place become one, for edits must not touch each other. */
function joined(edits: readonly TextEdit[]): TextEdit[] {
  const [first, ...others] = edits;
  if (first === undefined || others.some(({ span }) => span.start !== first.span.start)) return [...edits];
  return [{ span: first.span, newText: edits.map(({ newText }) => newText).join('') }];
}
