/** Completion by the schema: what may be written at a place, and what an element needs at least. */

export {
  attributesAt,
  attributeValuesAt,
  textValuesAt,
  type AttributeOffer,
  type ValueOffers,
} from './attribute-offers';
export {
  elementsAt,
  holdsElements,
  knowsElement,
  type ElementOffer,
  type ElementSpot,
} from './element-offers';
export {
  mostUsedPattern,
  skeletonOf,
  type Skeleton,
  type SkeletonAttribute,
  type SkeletonContent,
  type SkeletonValue,
} from './skeleton';
