/** Completion by the schema: what may be written at a place, and what an element needs at least. */

export {
  attributesAt,
  attributeValuesAt,
  elementsAt,
  holdsElements,
  knowsElement,
  textValuesAt,
  type AttributeOffer,
  type ElementOffer,
  type ElementSpot,
  type ValueOffers,
} from './offers';
export {
  mostUsedPattern,
  skeletonOf,
  type Skeleton,
  type SkeletonAttribute,
  type SkeletonContent,
  type SkeletonValue,
} from './skeleton';
