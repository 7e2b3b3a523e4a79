/**
 * The schema engine: RELAX NG as libvirt uses it. Schema texts in, a `SchemaFolder`; a document's tree in, errors as
 * data out, and the states to ask what would be allowed. Pure, and it cannot fail: any text gives a schema or none.
 */

export { Schema, SchemaFolder } from './schema';
export type { Completion } from './compile';
export {
  errorSpan,
  MOST_ERRORS,
  validate,
  type CheckedElement,
  type PlacedRefusal,
  type SchemaError,
  type Validation,
} from './validate';
export {
  checkedAs,
  fitsFrom,
  placeOf,
  stateBefore,
  stateInTag,
  type Change,
  type ElementPlace,
} from './replay';
export type { ElementError, ElementResult, Libxml2Refusal } from './schema-error';
export type { AttributeSet, ElementSet, State } from './state';
export * from './pattern';
export * from './name-class';
export type { Datatype, Facet } from './datatype';
export { Namespaces } from './namespaces';
export * from './complete';
export * from './explain';
