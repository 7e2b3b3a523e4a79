/**
 * What is wrong with an element, as data: enough for whoever puts it in words. States are those before the culprit, so
 * that what would be allowed can be asked of them.
 */

import type { Span } from '../text';
import type { XmlAttribute, XmlElement } from '../xml/tree';
import type { ElementPattern } from './pattern';
import type { AttributeSet, ElementSet, State } from './state';

export type ElementError =
  /** The child can't stand here; `state` is what was left before it. Nothing in it was checked. */
  | {
      readonly kind: 'element-not-allowed';
      readonly child: XmlElement;
      readonly childIndex: number;
      readonly state: State;
    }
  /** A prefix such as `qemu:` that no `xmlns:qemu` declares; the child was not checked. */
  | { readonly kind: 'element-prefix-undeclared'; readonly child: XmlElement; readonly childIndex: number }
  | { readonly kind: 'attribute-prefix-undeclared'; readonly attribute: XmlAttribute }
  /** `state` is what was left when the attribute came. */
  | { readonly kind: 'attribute-not-allowed'; readonly attribute: XmlAttribute; readonly state: State }
  /** `candidates` are the attributes of that name that were possible; none takes the value. */
  | {
      readonly kind: 'attribute-value';
      readonly attribute: XmlAttribute;
      readonly candidates: AttributeSet;
      readonly state: State;
    }
  /** `state` is what is left behind all attributes that are there. */
  | { readonly kind: 'attribute-missing'; readonly state: State }
  /** Text among child elements, or in an element that holds none; `span` is relative to the element, without blanks. */
  | { readonly kind: 'text-not-allowed'; readonly span: Span; readonly state: State }
  /** The text of an element is no value that `state` takes; it may be empty. */
  | { readonly kind: 'text-value'; readonly state: State }
  /** `state` is what is left behind all children. */
  | { readonly kind: 'element-missing'; readonly state: State };

/** What libxml2, and so libvirt's own validation, refuses although the schema allows it. */
export type Libxml2Refusal =
  /**
   * Children that must stand next to each other in their order, by their places among all children; empty where no
   * such move helps.
   */
  | { readonly kind: 'order'; readonly together: readonly number[] }
  /**
   * A number with blanks around it, or a sign before a number that has none; of an attribute, or of the element's
   * text. `wanted` is what libxml2 takes in its place, decoded.
   */
  | {
      readonly kind: 'value';
      readonly attribute: XmlAttribute | undefined;
      readonly wanted: string | undefined;
    };

/** What the check of one element gave; the same for the same element and candidates, wherever it stands. */
export interface ElementResult {
  /** The patterns that matched; where none did, the one that came nearest: the parent goes on as if it had matched. */
  readonly taken: ElementSet;
  /** The pattern whose errors these are; undefined where there are none. */
  readonly spoke: ElementPattern | undefined;
  readonly own: readonly ElementError[];
  /** Child elements with errors, by their place among the children. */
  readonly inner: readonly { readonly childIndex: number; readonly result: ElementResult }[];
  /** Of `own` and `inner` together. */
  readonly errorCount: number;
  /** Of an element without errors. */
  readonly refusals: readonly Libxml2Refusal[];
  /** Child elements with refusals, by their place among the children. */
  readonly refusedInner: ElementResult['inner'];
}
