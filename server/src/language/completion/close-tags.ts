/** Close tags: of the element that is written in, at `</`, and where one is missing. */

import type { Offer } from './offer';
import type { CompletionPlace } from './place';

/** The close tag that `</` begins; among elements the one that the parent lacks. */
export function closeTagOffers(place: CompletionPlace): readonly Offer[] {
  switch (place.kind) {
    case 'close-tag':
      return [closeTag(place.element.node.name, `</${place.element.node.name}`)];
    case 'element': {
      const { node } = place.parent;
      const lacking = !node.selfClosing && node.closeStart < 0 && node.name !== '';
      return lacking && !place.nameOnly ? [closeTag(node.name, `/${node.name}`)] : [];
    }
    case 'attribute-name':
    case 'attribute-value':
    case 'text':
      return [];
  }
}

const closeTag = (name: string, filter: string): Offer => ({
  label: `/${name}`,
  kind: 'close-tag',
  text: `</${name}>`,
  filter,
});
