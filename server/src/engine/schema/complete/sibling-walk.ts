/**
 * Walks over the children of one element from several states at once. Ten thousand disks cost ten thousand look-ups,
 * however many states are asked: where a child moves none of them, neither does the next that matched as it did.
 */

import { isUnknownText, decodedNode } from '../document-text';
import { hasTemplateText } from '../check-element';
import { scopeOf } from '../scope-of';
import { isBlankText } from '../match-value';
import type { Namespaces } from '../namespaces';
import { textContent } from '../../xml/navigate';
import type { XmlDocument, XmlElement, XmlNode } from '../../xml/tree';
import type { Schema } from '../schema';
import type { ElementResult } from '../schema-error';
import { STRETCH, type TrailStep } from '../sibling-trail';
import { acceptsValue, type ElementSet, type State } from '../state';
import type { CheckedElement } from '../validate';

/** Where a walk led to, and how much of the children did not fit: what has no place at all counts more than mistakes in it. */
export interface Walked {
  readonly state: State;
  readonly refused: number;
}

const NO_PLACE = 2;
const MISTAKES_IN_IT = 1;

/** Which children are walked over. */
export interface Stretch {
  readonly first: number;
  readonly end: number;
  /** A child that is being written: it does not count. */
  readonly without?: XmlNode | undefined;
}

/** The end of the walk from each of the states, in their order. */
export function walkFrom(
  schema: Schema,
  document: XmlDocument,
  element: CheckedElement,
  states: readonly State[],
  { first, end, without }: Stretch,
): readonly Walked[] {
  // Which children a template will put among the others is unknown: nothing is refused, and no state moves.
  const { text } = document.source;
  const { node, start } = element.located;
  if (isOpen(schema, document, element)) return states.map(state => ({ state, refused: 0 }));
  const wholeText = first === 0 && end === node.children.length ? onlyText(document, element) : undefined;
  if (wholeText !== undefined) {
    return states.map(state => ({ state, refused: acceptsValue(state.pattern, wholeText) ? 0 : NO_PLACE }));
  }
  const trail = schema.checker.trailOf(node);
  const ways = new Ways(states);
  for (let index = first; index < end; index++) {
    const steps = index + STRETCH <= end ? trail?.from(index) : undefined;
    if (steps !== undefined && ways.stayAt(steps, element.namespaces)) {
      // The one that is being written would not be in a trail: it is no element yet, or one with errors.
      index += STRETCH - 1;
      continue;
    }
    const child = node.children[index];
    if (child === undefined || child === without) continue;
    const at = start + (node.childStarts[index] ?? 0);
    if (child.kind === 'element') {
      const namespaces = scopeOf(text, child, at, element.namespaces);
      const placed = { text, node: child, start: at, namespaces };
      ways.element(child.name, namespaces, candidates => resultOf(schema, placed, candidates));
    } else if (child.kind === 'text' || child.kind === 'cdata') {
      const raw = text.slice(at, at + child.length);
      if (!isUnknownText(raw) && !isBlankText(decodedNode(child, raw))) ways.text();
    }
  }
  return ways.ends();
}

/** The text of an element that holds nothing else; undefined where it holds elements, or blanks only. */
function onlyText(document: XmlDocument, { located }: CheckedElement): string | undefined {
  if (located.node.children.length === 0) return undefined;
  if (located.node.children.some(child => child.kind === 'element')) return undefined;
  const value = textContent(document.source.text, located);
  return isBlankText(value) || isUnknownText(value) ? undefined : value;
}

/** Whether template text stands among the children. */
export function isOpen(
  schema: Schema,
  document: XmlDocument,
  { located, namespaces }: CheckedElement,
): boolean {
  const { node, start } = located;
  if (schema.checker.trailOf(node) !== undefined) return false;
  return hasTemplateText({ text: document.source.text, node, start, namespaces });
}

/** States on their way, each once, with what was refused; and which of them each start has come to. */
class Ways {
  private readonly at: number[];
  private readonly states: State[];
  private readonly refused: number[];
  private last:
    { readonly name: string; readonly namespaces: Namespaces; readonly steps: Step[] } | undefined;

  constructor(starts: readonly State[]) {
    this.states = [...new Set(starts)];
    this.at = starts.map(state => this.states.indexOf(state));
    this.refused = this.states.map(() => 0);
  }

  element(name: string, namespaces: Namespaces, check: (candidates: ElementSet) => ElementResult): void {
    if (this.last?.name === name && this.last.namespaces === namespaces && staysAt(this.last.steps, check))
      return;
    const key = namespaces.elementKey(name);
    let steps: Step[] | undefined = [];
    for (let index = 0; index < this.states.length; index++) {
      const state = this.states[index];
      if (state === undefined) continue;
      const candidates = key === undefined ? undefined : state.elementsNamed(key);
      const result = candidates && check(candidates);
      if (candidates === undefined || result === undefined) {
        this.refuse(index, NO_PLACE);
        steps = undefined;
        continue;
      }
      if (result.errorCount > 0) this.refuse(index, MISTAKES_IN_IT);
      const next = state.withElements(result.taken);
      if (next !== state || result.errorCount > 0) steps = undefined;
      else steps?.push({ candidates, taken: result.taken });
      this.states[index] = next;
    }
    this.last = steps && { name, namespaces, steps };
  }

  /** Whether no state moves by children that matched so, and none refuses them. */
  stayAt(steps: readonly TrailStep[], namespaces: Namespaces): boolean {
    for (const { name, candidates, taken } of steps) {
      const key = namespaces.elementKey(name);
      if (key === undefined) return false;
      for (const state of this.states) {
        if (state.elementsNamed(key) !== candidates || state.withElements(taken) !== state) return false;
      }
    }
    this.last = undefined;
    return true;
  }

  text(): void {
    this.last = undefined;
    for (const [index, state] of this.states.entries()) {
      if (state.withText.dead) this.refuse(index, NO_PLACE);
      else this.states[index] = state.withText;
    }
  }

  ends(): readonly Walked[] {
    return this.at.map(index => {
      const state = this.states[index];
      if (state === undefined) throw new Error('each start has a way');
      return { state, refused: this.refused[index] ?? 0 };
    });
  }

  private refuse(index: number, much: number): void {
    this.refused[index] = (this.refused[index] ?? 0) + much;
  }
}

/** A child that was taken and left the state where it was. */
interface Step {
  readonly candidates: ElementSet;
  readonly taken: ElementSet;
}

function staysAt(steps: readonly Step[], check: (candidates: ElementSet) => ElementResult): boolean {
  let asked: ElementSet | undefined;
  for (const { candidates, taken } of steps) {
    if (candidates === asked) continue;
    asked = candidates;
    const result = check(candidates);
    if (result.errorCount > 0 || result.taken !== taken) return false;
  }
  return true;
}

/** Results of elements without child elements, which the checker makes anew each time it is asked. */
const leafResults = new WeakMap<
  XmlElement,
  { readonly candidates: ElementSet; readonly namespaces: Namespaces; readonly result: ElementResult }
>();

function resultOf(
  schema: Schema,
  element: {
    readonly text: string;
    readonly node: XmlElement;
    readonly start: number;
    readonly namespaces: Namespaces;
  },
  candidates: ElementSet,
): ElementResult {
  const kept = leafResults.get(element.node);
  if (kept !== undefined && kept.candidates === candidates && kept.namespaces === element.namespaces) {
    return kept.result;
  }
  const result = schema.checker.check(element, candidates);
  if (element.node.children.every(child => child.kind !== 'element')) {
    leafResults.set(element.node, { candidates, namespaces: element.namespaces, result });
  }
  return result;
}
