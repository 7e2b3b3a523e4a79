/**
 * Checks elements: each against the set of element patterns that its parent offers, giving back those that matched.
 * Results of elements that hold others are kept (`kept-results.ts`), those of leaves are cheaper made again. There is no
 * recursion: depth costs memory, never the stack.
 */

import { holdsTemplate } from '../domain/template';
import type { XmlElement } from '../xml/tree';
import { checkTag, type PlacedElement } from './check-tag';
import { checkOnlyText, isClosed, spanWithin } from './check-text';
import { decodedNode, isUnknownText } from './document-text';
import { KeptResults } from './kept-results';
import { isBlankText } from './match-value';
import { declaresNamespace, type Namespaces } from './namespaces';
import type { ElementPattern } from './pattern';
import type { SiblingOrders } from './libxml2-order';
import type { ElementResult } from './schema-error';
import { scopeOf } from './scope-of';
import { LONG, SiblingTrail } from './sibling-trail';
import type { ElementSet, State, States } from './state';
import { Verdicts } from './verdicts';

/** An element under way. */
interface Frame extends PlacedElement {
  readonly candidates: ElementSet;
  /** Template text stands among the children: which of them will be there is unknown. */
  readonly open: boolean;
  readonly verdicts: Verdicts;
  /** For the candidate under way: what each child element matched, where their order can matter to libxml2. */
  taken: { readonly sets: ElementSet[]; readonly places: number[] } | undefined;
  /** Of the candidate that was checked last, where there are very many children. */
  trail: SiblingTrail | undefined;
  candidate: number;
  state: State;
  childIndex: number;
  delivered: ElementResult | undefined;
}

export class ElementChecker {
  private readonly kept = new KeptResults();
  /** Results without errors and refusals, by the id of the set that matched. */
  private readonly accepted: (ElementResult | undefined)[] = [];
  private readonly contents = new Map<ElementPattern, State>();
  private readonly trails = new WeakMap<XmlElement, SiblingTrail>();
  /** Leaves are checked one after the other, so they share one. */
  private ofLeaf: Verdicts | undefined;
  /** How many elements have been checked, not looked up, since the checker was made. */
  checkedElements = 0;

  constructor(
    private readonly states: States,
    private readonly orders: SiblingOrders,
  ) {}

  /** The result of the element against the candidates. `namespaces` are those inside of it: see `scopeOf`. */
  check(element: PlacedElement, candidates: ElementSet): ElementResult {
    const known = this.known(element, candidates);
    if (known !== undefined) return known;
    const frames = [this.frame(element, candidates)];
    for (;;) {
      const frame = frames.at(-1);
      if (frame === undefined) throw new Error('the loop ends with the first frame');
      const inner = this.advance(frame);
      if (inner !== undefined) {
        frames.push(inner);
        continue;
      }
      const result = this.finished(frame);
      frames.pop();
      const outer = frames.at(-1);
      if (outer === undefined) return result;
      outer.delivered = result;
    }
  }

  /** The state before anything of an element that is checked against this pattern. */
  contentOf(pattern: ElementPattern): State {
    let state = this.contents.get(pattern);
    if (state === undefined) this.contents.set(pattern, (state = this.states.of(pattern.content())));
    return state;
  }

  /** How the children of an element matched that was checked, where it has very many and no template text. */
  trailOf(node: XmlElement): SiblingTrail | undefined {
    return this.trails.get(node);
  }

  /** A result that is at hand, or cheap enough to be made at once. */
  private known(element: PlacedElement, candidates: ElementSet): ElementResult | undefined {
    return holdsElements(element.node)
      ? this.kept.of(element, candidates)
      : this.checkLeaf(element, candidates);
  }

  private frame(element: PlacedElement, candidates: ElementSet): Frame {
    const verdicts = new Verdicts(candidates);
    this.checkedElements++;
    const frame: Frame = {
      text: element.text,
      node: element.node,
      start: element.start,
      namespaces: element.namespaces,
      candidates,
      open: hasTemplateText(element),
      verdicts,
      taken: undefined,
      trail: undefined,
      candidate: 0,
      state: this.states.of(this.states.table.empty),
      childIndex: 0,
      delivered: undefined,
    };
    this.begin(frame);
    return frame;
  }

  private begin(frame: Frame): void {
    const pattern = frame.candidates.members[frame.candidate];
    if (pattern === undefined) return;
    frame.childIndex = 0;
    frame.taken = !frame.open && this.orders.isFragile(pattern) ? { sets: [], places: [] } : undefined;
    frame.trail = frame.node.children.length < LONG || frame.open ? undefined : new SiblingTrail();
    frame.state = checkTag(frame, this.contentOf(pattern), frame.verdicts);
  }

  /** Goes on with an element, until a child must be checked first: its frame is returned. */
  private advance(frame: Frame): Frame | undefined {
    for (;;) {
      const inner = this.advanceCandidate(frame);
      if (inner !== undefined) return inner;
      if (!frame.open && !frame.state.complete && isClosed(frame.node)) {
        frame.verdicts.report({ kind: 'element-missing', state: frame.state });
      }
      this.checkOrder(frame);
      frame.verdicts.close();
      frame.candidate++;
      if (frame.candidate >= frame.candidates.members.length) return undefined;
      this.begin(frame);
    }
  }

  private advanceCandidate(frame: Frame): Frame | undefined {
    const { node, verdicts } = frame;
    for (; frame.childIndex < node.children.length; frame.childIndex++) {
      const { childIndex } = frame;
      const child = node.children[childIndex];
      if (child === undefined) break;
      if (child.kind !== 'element') {
        if (child.kind !== 'comment') frame.trail?.break(childIndex);
        this.takeText(frame);
        continue;
      }
      let result = frame.delivered;
      frame.delivered = undefined;
      if (result === undefined) {
        const namespaces = scopeOf(frame.text, child, this.startOf(frame), frame.namespaces);
        const candidates = this.candidatesFor(frame, child, namespaces);
        if (candidates === undefined) {
          frame.trail?.break(childIndex);
          continue;
        }
        const element = { text: frame.text, node: child, start: this.startOf(frame), namespaces };
        result = this.known(element, candidates);
        if (result === undefined) return this.frame(element, candidates);
      }
      if (frame.trail !== undefined) this.leaveTrail(frame.trail, frame, child, result);
      if (result.errorCount > 0) verdicts.reportInner(childIndex, result);
      else if (isRefused(result)) verdicts.reportRefusedInner(childIndex, result);
      frame.taken?.sets.push(result.taken);
      frame.taken?.places.push(childIndex);
      if (!frame.open) frame.state = frame.state.withElements(result.taken);
    }
    return undefined;
  }

  private checkOrder({ taken, candidates, candidate, verdicts }: Frame): void {
    const pattern = candidates.members[candidate];
    if (taken === undefined || pattern === undefined || verdicts.hasErrors) return;
    const refusal = this.orders.refusal(pattern, taken.sets);
    if (refusal === undefined) return;
    const together = refusal.together.map(place => taken.places[place] ?? 0);
    verdicts.reportRefusal({ kind: 'order', together });
  }

  /** Before the state moves on. */
  private leaveTrail(trail: SiblingTrail, frame: Frame, child: XmlElement, result: ElementResult): void {
    const plain = result.errorCount === 0 && !child.attributes.some(({ name }) => declaresNamespace(name));
    const key = plain ? frame.namespaces.elementKey(child.name) : undefined;
    const candidates = key === undefined ? undefined : frame.state.elementsNamed(key);
    if (candidates === undefined) trail.break(frame.childIndex);
    else trail.add(frame.childIndex, child.name, candidates, result.taken);
  }

  private candidatesFor(frame: Frame, child: XmlElement, namespaces: Namespaces): ElementSet | undefined {
    // A lone '<' is being typed: the tree says so.
    if (child.name === '') return undefined;
    const { childIndex, state } = frame;
    const key = namespaces.elementKey(child.name);
    if (key === undefined) {
      frame.verdicts.report({ kind: 'element-prefix-undeclared', child, childIndex });
      return undefined;
    }
    const candidates = frame.open ? state.elementsAnywhereNamed(key) : state.elementsNamed(key);
    if (candidates === undefined) {
      frame.verdicts.report({ kind: 'element-not-allowed', child, childIndex, state });
    }
    return candidates;
  }

  private takeText(frame: Frame): void {
    const child = frame.node.children[frame.childIndex];
    if (frame.open || (child?.kind !== 'text' && child?.kind !== 'cdata')) return;
    const start = this.startOf(frame);
    const raw = frame.text.slice(start, start + child.length);
    if (isUnknownText(raw) || isBlankText(decodedNode(child, raw))) return;
    const next = frame.state.withText;
    if (next.dead) {
      frame.verdicts.report({
        kind: 'text-not-allowed',
        span: spanWithin(frame.node, frame.childIndex, raw),
        state: frame.state,
      });
    } else frame.state = next;
  }

  private startOf(frame: Frame): number {
    return frame.start + (frame.node.childStarts[frame.childIndex] ?? 0);
  }

  private finished(frame: Frame): ElementResult {
    const result = this.resultOf(frame.verdicts);
    if (frame.trail !== undefined) this.trails.set(frame.node, frame.trail);
    this.kept.keep(frame, frame.candidates, result);
    return result;
  }

  private resultOf(verdicts: Verdicts): ElementResult {
    const { nearest, refused } = verdicts;
    const taken = verdicts.taken(this.states);
    if (taken !== undefined) {
      if (refused !== undefined) {
        const { refusals, refusedInner } = refused;
        return { ...NO_ERRORS, taken, refusals, refusedInner };
      }
      return (this.accepted[taken.id] ??= { ...NO_ERRORS, taken });
    }
    if (nearest === undefined) throw new Error('an element is checked against one pattern at least');
    const { pattern, own, inner, errorCount } = nearest;
    return {
      ...NO_ERRORS,
      taken: this.states.elementSets.of([pattern]),
      spoke: pattern,
      own,
      inner,
      errorCount,
    };
  }

  /** An element without child elements. */
  private checkLeaf(element: PlacedElement, candidates: ElementSet): ElementResult {
    const verdicts = (this.ofLeaf ??= new Verdicts(candidates));
    verdicts.reset(candidates);
    this.checkedElements++;
    for (const pattern of candidates.members) {
      const state = checkTag(element, this.contentOf(pattern), verdicts);
      checkOnlyText(element, state, verdicts);
      verdicts.close();
    }
    return this.resultOf(verdicts);
  }
}

const NO_ERRORS = {
  spoke: undefined,
  own: [],
  inner: [],
  errorCount: 0,
  refusals: [],
  refusedInner: [],
} as const;

const isRefused = (result: ElementResult): boolean =>
  result.refusals.length > 0 || result.refusedInner.length > 0;

function holdsElements(node: XmlElement): boolean {
  for (const child of node.children) if (child.kind === 'element') return true;
  return false;
}

/** Whether template text stands among the children: which of them there will be is unknown. */
export function hasTemplateText({ text, node, start }: PlacedElement): boolean {
  for (let index = 0; index < node.children.length; index++) {
    const child = node.children[index];
    if (child?.kind !== 'text') continue;
    const at = start + (node.childStarts[index] ?? 0);
    if (holdsTemplate(text.slice(at, at + child.length))) return true;
  }
  return false;
}
