/** Completion: groups in filters, limits in groups, values, whole blocks; and all that libvirt's schema knows. */

import { holdsElements } from '../../engine';
import type { Located, Position } from '../../engine';
import type { CompletionList } from 'vscode-languageserver-types';
import { schemaOf } from '../subject';
import type { EditorAbilities, Subject } from '../subject';
import { blockOffers } from './blocks';
import { closeTagOffers } from './close-tags';
import { MOST_GROUPS, groupElementOffers, groupNameOffers, groupValueOffers } from './groups';
import { limitElementOffers, limitValueOffers } from './limits';
import { itemOf } from './offer';
import type { Offer, OfferScene, WritingScene } from './offer';
import { completionPlace } from './place';
import type { CompletionPlace } from './place';
import { referenceOffers } from './references';
import { withSchema } from './schema-offers';
import { writingStyle } from './style';

/** Characters that the editor asks at by itself. */
export const COMPLETION_TRIGGERS = ['<', '/', "'", '"', '='] as const;

/** What can stand at the position. The first offer is the likeliest; the order is in `sortText`. */
export function completion(subject: Subject, position: Position, abilities: EditorAbilities): CompletionList {
  const { domain, document, source } = subject.analysis;
  const schema = schemaOf(subject);
  const offset = source.offsetAt(position);
  const place =
    domain === undefined && schema === undefined
      ? undefined
      : completionPlace(document, offset, located => writesElements(subject, located));
  if (place === undefined) return { isIncomplete: false, items: [] };
  const scene: WritingScene = {
    subject,
    typed: source.text.slice(place.replace.start, offset),
    style: writingStyle(source, place, abilities),
  };
  const own = domain === undefined ? [] : offersAt({ ...scene, domain }, place);
  const offers = schema === undefined ? own : withSchema(scene, place, schema, own);
  return {
    // A value's offers depend on the digits already there, those of many groups on the beginning of the name.
    isIncomplete: place.kind === 'text' || offers.length >= MOST_GROUPS,
    items: [...offers, ...closeTagOffers(place)].map((offer, index) =>
      itemOf(scene, place, offer, index, abilities),
    ),
  };
}

/** Whether child elements are written in an element that is empty still. */
function writesElements(subject: Subject, located: Located): boolean {
  if (HOLDS_ELEMENTS.has(located.node.name)) return true;
  const schema = schemaOf(subject);
  return schema !== undefined && holdsElements(schema, subject.analysis.document, located) === true;
}

/** Elements whose child elements are completed without a schema too: blanks in them are no text. */
const HOLDS_ELEMENTS: ReadonlySet<string> = new Set([
  'domain',
  'throttlegroups',
  'throttlegroup',
  'devices',
  'disk',
  'throttlefilters',
  'iotune',
]);

/** What is known of throttling. */
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
    case 'close-tag':
      return [];
  }
}

const hasGroup = (attributes: readonly { readonly name: string; readonly valueStart: number }[]): boolean =>
  attributes.some(attribute => attribute.name === 'group' && attribute.valueStart >= 0);
