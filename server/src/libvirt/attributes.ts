/** Attributes of an element by name, decoded. */

import type { Located } from '../engine';
import { attributeValue } from '../engine';

export const attributesOf = (text: string, element: Located): ReadonlyMap<string, string> =>
  new Map(
    element.node.attributes.map(attribute => [attribute.name, attributeValue(text, element, attribute)]),
  );
