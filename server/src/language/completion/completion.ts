/** Completion: groups in filters, limits in groups, values, and whole blocks. */

import type { Position } from '../../engine';
import type { CompletionList } from 'vscode-languageserver-types';
import type { EditorAbilities, Subject } from '../subject';
import { blockOffers } from './blocks';
import { MOST_GROUPS, groupElementOffers, groupNameOffers, groupValueOffers } from './groups';
import { limitElementOffers, limitValueOffers } from './limits';
import { itemOf } from './offer';
import type { Offer, OfferScene } from './offer';
import { completionPlace } from './place';
import type { CompletionPlace } from './place';
import { referenceOffers } from './references';
import { writingStyle } from './style';

/** Characters that the editor asks at by itself. */
export const COMPLETION_TRIGGERS = ['<', "'", '"', '='] as const;

/** What can stand at the position. The first offer is the likeliest; the order is in `sortText`. */
export function completion(subject: Subject, position: Position, abilities: EditorAbilities): CompletionList {
  const { domain, document, source } = subject.analysis;
  const offset = source.offsetAt(position);
  const place = domain === undefined ? undefined : completionPlace(document, offset);
  if (domain === undefined || place === undefined) return { isIncomplete: false, items: [] };
  const scene: OfferScene = {
    subject,
    domain,
    typed: source.text.slice(place.replace.start, offset),
    style: writingStyle(source, place, abilities),
  };
  const offers = offersAt(scene, place);
  return {
    // A value's offers depend on the digits already there, those of many groups on the beginning of the name.
    isIncomplete: place.kind === 'text' || offers.length >= MOST_GROUPS,
    items: offers.map((offer, index) => itemOf(scene, place, offer, index, abilities)),
  };
}

function offersAt(scene: OfferScene, place: CompletionPlace): readonly Offer[] {
  switch (place.kind) {
    case 'attribute-value':
      return place.element.node.name === 'throttlefilter' && place.attribute === 'group'
        ? groupValueOffers(scene, place)
        : referenceOffers(scene, place);
    case 'attribute-name':
      return place.element.node.name === 'throttlefilter' && !hasGroup(place.element.node.attributes)
        ? [{ label: 'group', kind: 'attribute', text: `group=${scene.style.quote}$0${scene.style.quote}` }]
        : [];
    case 'text':
      return place.element.node.name === 'group_name'
        ? groupNameOffers(scene, place)
        : limitValueOffers(scene, place);
    case 'element':
      return [
        ...groupElementOffers(scene, place),
        ...limitElementOffers(scene, place),
        ...blockOffers(scene, place),
      ];
  }
}

const hasGroup = (attributes: readonly { readonly name: string; readonly valueStart: number }[]): boolean =>
  attributes.some(attribute => attribute.name === 'group' && attribute.valueStart >= 0);
