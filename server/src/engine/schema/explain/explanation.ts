/** What is said about one error of the schema, and what could mend it, as data. */

import type { Markup } from '../../edit/markup';
import type { Report } from '../../rules/rule';
import type { Span } from '../../text';
import type { CheckedElement, SchemaError } from '../validate';

/** An error of an element, as all are but those of the root itself. */
export type OwnedError = Extract<SchemaError, { readonly owner: CheckedElement }>;

/** The rules that speak of structure; each of their ids is one of `rules/index.ts`. */
export type StructureRuleId =
  | 'element-unknown'
  | 'element-misplaced'
  | 'element-repeated'
  | 'element-missing'
  | 'elements-exclusive'
  | 'attribute-unknown'
  | 'attribute-missing'
  | 'value-not-allowed'
  | 'text-not-allowed';

/** A report with absolute spans, of the rule that it belongs to. */
export interface SchemaReport {
  readonly rule: StructureRuleId | 'refused-by-libxml2';
  readonly report: Report;
}

/** A place in the element at fault, or in one around it: so many levels up, relative to that element's start. */
export interface NearPlace {
  readonly levels: number;
  readonly span: Span;
}

export interface Explanation {
  readonly rule: StructureRuleId;
  readonly message: string;
  /** Relative to the start of the element at fault. */
  readonly span: Span;
  /** The other side of a conflict. */
  readonly related: readonly (NearPlace & { readonly message: string })[];
  /** In the order in which they are offered. None is tried yet: see `fixesOfError`. */
  readonly remedies: readonly Remedy[];
  /** What was most likely meant by a wrong name: where that is missing too, it is the same mistake. */
  readonly meant?: string;
  /** The name of a misplaced element: where that is missing, it is the same mistake. */
  readonly misplaced?: string;
  /** Names that are missing. */
  readonly lacks?: readonly string[];
  /** It is only a consequence where a child is wrong too. */
  readonly follows?: true;
  /** With this mended, all other errors of the element at fault are gone. */
  readonly settles?: true;
}

/** A way to mend. Places are those of the error: its child, its attribute, the element at fault. */
export type Remedy =
  | { readonly kind: 'rename-child'; readonly to: string }
  | { readonly kind: 'remove-child'; readonly childIndex: number; readonly title: string }
  /** To an element of one of these names, the nearest first. */
  | { readonly kind: 'move-child'; readonly homes: readonly string[] }
  | { readonly kind: 'move-child-before'; readonly childIndex: number; readonly name: string }
  /** Without a namespace of its own. */
  | { readonly kind: 'bare-child' }
  | { readonly kind: 'rename-attribute'; readonly to: string }
  | { readonly kind: 'remove-attribute'; readonly name: string }
  | {
      readonly kind: 'set-attribute';
      readonly levels: number;
      readonly name: string;
      readonly value: string;
    }
  /** To those of many values that go with everything else around; where most do, none of them is likelier meant. */
  | { readonly kind: 'set-attribute-to-fitting'; readonly name: string; readonly values: readonly string[] }
  | { readonly kind: 'add-attributes'; readonly attributes: readonly (readonly [string, string])[] }
  | { readonly kind: 'add-children'; readonly children: readonly Markup[] }
  /** The element at fault itself. */
  | { readonly kind: 'remove-element' }
  | { readonly kind: 'remove-text' }
  /** With a unit: it goes to the attribute. */
  | { readonly kind: 'write-text'; readonly text: string; readonly unit?: string }
  /** The undeclared prefix of a name, bound at the root. */
  | { readonly kind: 'declare-prefix'; readonly prefix: string; readonly namespace: string };

/** Offsets moved by so much. */
export const movedBy = (by: number, { start, end }: Span): Span => ({ start: start + by, end: end + by });
