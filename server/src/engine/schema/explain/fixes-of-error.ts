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
import type { Fix } from '../../rules/rule';
import { encodeText } from '../../xml/entities';
import { attributeNamed, attributeNameSpan, childElements, rootElement } from '../../xml/navigate';
import type { SourceText, TextEdit } from '../../text';
import { reparse } from '../../xml/reparse';
import type { Located, XmlDocument } from '../../xml/tree';
import { splitName } from '../rng-file';
import type { Schema } from '../schema';
import { validate } from '../validate';
import type { OwnedError } from './explain';
import type { Explanation, Remedy } from './explanation';
import { strayTextSpan } from './explain-stray-text';
import { startOfChild } from './inquiry';

/** The analysed document and its schema. */
export interface MendScene {
  readonly schema: Schema;
  readonly document: XmlDocument;
  readonly source: SourceText;
}

/** More fixes of one finding make a menu that nobody reads. */
const MOST_FIXES = 6;

/** The fixes of an explained error, those that were found to help. */
export function fixesOfError(scene: MendScene, error: OwnedError, { remedies }: Explanation): Fix[] {
  const before = validate(scene.schema, scene.document).errorCount;
  const fixes: Fix[] = [];
  for (const remedy of remedies) {
    for (const { title, edits } of waysOf(scene, error, remedy)) {
      if (fixes.length >= MOST_FIXES) return fixes;
      if (fixes.some(fix => fix.title === title) || !helps(scene, edits, before)) continue;
      fixes.push({ title, safe: false, edits });
      // Of several places to move to, the first that will do is meant.
      if (remedy.kind === 'move-child') break;
    }
  }
  return fixes;
}

interface Way {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

function helps({ schema, document }: MendScene, edits: readonly TextEdit[], before: number): boolean {
  if (edits.length === 0) return false;
  let after = document;
  // From the end, so that the places before stay what they are.
  for (const edit of [...edits].sort((a, b) => b.span.start - a.span.start || b.span.end - a.span.end)) {
    after = reparse(after, edit);
  }
  return after.problemCount <= document.problemCount && validate(schema, after).errorCount < before;
}

function waysOf(scene: MendScene, error: OwnedError, remedy: Remedy): readonly Way[] {
  const { source } = scene;
  const owner = error.owner.located;
  const child = childOf(owner, error);
  const attribute = 'attribute' in error ? error.attribute : undefined;
  switch (remedy.kind) {
    case 'rename-child':
      return child === undefined
        ? []
        : [{ title: `Rename to <${remedy.to}>`, edits: renameElement(child, remedy.to) }];
    case 'remove-child': {
      const removed = childAt(owner, remedy.childIndex);
      return removed === undefined ? [] : [{ title: remedy.title, edits: removeElement(source, removed) }];
    }
    case 'move-child':
      return child === undefined ? [] : movesOf(source, child, remedy.homes);
    case 'move-child-before': {
      const before = childAt(owner, remedy.childIndex);
      if (child === undefined || before === undefined) return [];
      const edits = moveElement(source, child, owner, { before });
      return [{ title: `Move <${child.node.name}> before <${remedy.name}>`, edits }];
    }
    case 'rename-attribute':
      return attribute === undefined || attributeNamed(owner.node, remedy.to) !== undefined
        ? []
        : [
            {
              title: `Rename to ${remedy.to}`,
              edits: replaceText(attributeNameSpan(owner, attribute), remedy.to),
            },
          ];
    case 'remove-attribute': {
      const removed = attributeNamed(owner.node, remedy.name);
      return removed === undefined
        ? []
        : [{ title: `Remove attribute ${remedy.name}`, edits: removeAttribute(source, owner, removed) }];
    }
    case 'set-attribute': {
      const holder = above(owner, remedy.levels);
      if (holder === undefined) return [];
      const where = remedy.levels === 0 ? '' : ` on <${holder.node.name}>`;
      const title =
        remedy.value === '' ? `Empty ${remedy.name}` : `Set ${remedy.name} to '${remedy.value}'${where}`;
      return [{ title, edits: setAttribute(source, holder, remedy.name, remedy.value) }];
    }
    case 'add-attributes': {
      const names = remedy.attributes.map(([name]) => name).join(' and ');
      const edits = remedy.attributes.flatMap(([name, value]) => setAttribute(source, owner, name, value));
      return [{ title: `Add ${names}`, edits: joined(edits) }];
    }
    case 'add-children': {
      const names = remedy.children.map(({ name }) => `<${name}>`).join(' and ');
      const place: ChildPlace = remedy.children.some(({ name }) => name === 'name') ? FIRST : LAST;
      return [place, LAST].map(at => ({
        title: `Add ${names}`,
        edits: insertElements(source, owner, at, remedy.children),
      }));
    }
    case 'remove-text':
      return error.kind !== 'text-not-allowed' ? [] : [withoutText(scene, error)];
    case 'write-text':
      return [
        {
          title: remedy.text === '' ? 'Empty it' : `Write ${remedy.text}`,
          edits: replaceInner(source, owner, encodeText(remedy.text)),
        },
      ];
    case 'declare-prefix': {
      const root = rootElement(scene.document);
      const name = `xmlns:${remedy.prefix}`;
      return root === undefined
        ? []
        : [{ title: `Declare ${name}`, edits: setAttribute(source, root, name, remedy.namespace) }];
    }
  }
}

const childOf = (owner: Located, error: OwnedError): Located | undefined =>
  'childIndex' in error ? childAt(owner, error.childIndex) : undefined;

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
  const span = strayTextSpan(error.owner, error.childIndex, scene.source.text);
  const edits = removeSpan(scene.source, { start: start + span.start, end: start + span.end });
  return { title: 'Remove the text', edits };
}

/** Insertions at one place become one, for edits must not touch each other. */
function joined(edits: readonly TextEdit[]): TextEdit[] {
  const [first, ...others] = edits;
  if (first === undefined || others.some(({ span }) => span.start !== first.span.start)) return [...edits];
  return [{ span: first.span, newText: edits.map(({ newText }) => newText).join('') }];
}

/** More places are not tried. */
const MOST_PLACES = 40;

/** Where a misplaced element can go: into an element around it, or into one that stands right in one of those. */
function movesOf(source: SourceText, child: Located, homes: readonly string[]): Way[] {
  const ways: Way[] = [];
  const wanted = new Set(homes);
  const tried = new Set<number>();
  for (let around = child.parent; around !== undefined; around = around.parent) {
    const inner = childElements(around).filter(
      candidate => candidate.start !== child.start && wanted.has(localName(candidate)),
    );
    const near = inner.length === 1 ? inner : [];
    const own = around.start !== child.parent?.start && wanted.has(localName(around)) ? [around] : [];
    for (const home of [...own, ...near]) {
      if (tried.has(home.start) || ways.length >= MOST_PLACES) continue;
      tried.add(home.start);
      const title = `Move <${child.node.name}> into <${home.node.name}>`;
      for (const place of placesIn(home))
        ways.push({ title, edits: moveElement(source, child, home, place) });
    }
  }
  return ways;
}

const localName = ({ node }: Located): string => splitName(node.name)[1];

/** The end will do nearly everywhere; where the order counts, each place is tried. */
function placesIn(home: Located): ChildPlace[] {
  const children = childElements(home);
  const each = children.length > 12 ? [] : children.map((before): ChildPlace => ({ before }));
  return [LAST, ...each];
}
