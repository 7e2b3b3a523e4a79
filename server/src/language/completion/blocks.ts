/** Whole blocks: a group in `<throttlegroups>`, filters in a disk, groups in a domain. */

import { LIMITS, encodeAttribute, encodeText } from '../../engine';
import type { Domain } from '../../engine';
import { THROTTLE_ELEMENTS } from '../hover-element';
import { usersWords } from '../words';
import { namesWithoutGroup } from './groups';
import { literal } from './offer';
import type { Offer, OfferScene } from './offer';
import type { ElementPlace } from './place';

/** Blocks that the parent can hold and does not hold yet. */
export function blockOffers(scene: OfferScene, place: ElementPlace): readonly Offer[] {
  const parent = place.parent.node.name;
  const has = (name: string): boolean => place.siblings().some(sibling => sibling.node.name === name);
  if (parent === 'throttlegroups') {
    return place.nameOnly ? [nameOffer(scene, 'throttlegroup')] : groupBlocks(scene);
  }
  if (parent === 'disk' && !has('throttlefilters') && !has('iotune')) {
    return place.nameOnly
      ? [nameOffer(scene, 'throttlefilters'), nameOffer(scene, 'iotune')]
      : [filtersBlock(scene), iotuneBlock(scene)];
  }
  if (isDomain(scene.domain, place) && !has('throttlegroups')) {
    return place.nameOnly ? [nameOffer(scene, 'throttlegroups')] : [groupsBlock(scene)];
  }
  return [];
}

const isDomain = (domain: Domain, place: ElementPlace): boolean => place.parent.start === domain.start;

const nameOffer = (scene: OfferScene, name: string): Offer => ({
  label: name,
  kind: 'element',
  text: scene.typed.startsWith('<') ? `<${name}` : name,
  ...documented(name),
});

/** A group for each name that filters use and no group has, then one with a name to fill in. */
function groupBlocks(scene: OfferScene): readonly Offer[] {
  return [
    ...namesWithoutGroup(scene.domain).map((name): Offer => ({
      label: `throttlegroup ${name}`,
      kind: 'block',
      text: lines(scene, groupLines(scene, literal(encodeText(name)), '$0')),
      detail: `not defined yet; ${usersWords(scene.domain, name)}`,
      ...documented('throttlegroup'),
    })),
    {
      label: 'throttlegroup',
      kind: 'block',
      text: lines(scene, groupLines(scene, `\${1:${freeName(scene.domain)}}`, '${2:1000}')),
      detail: 'a group of limits with a name',
      ...documented('throttlegroup'),
    },
  ];
}

const groupsBlock = (scene: OfferScene): Offer => {
  const { step } = scene.style;
  const inner = groupLines(scene, `\${1:${freeName(scene.domain)}}`, '${2:1000}').map(
    line => `${step}${line}`,
  );
  return {
    label: 'throttlegroups',
    kind: 'block',
    text: lines(scene, ['<throttlegroups>', ...inner, '</throttlegroups>']),
    detail: 'throttle groups, the first with a limit',
    ...documented('throttlegroups'),
  };
};

function filtersBlock(scene: OfferScene): Offer {
  const { quote, step } = scene.style;
  const names = scene.domain.groups.flatMap(group =>
    group.of.name === undefined || group.of.name.value.trim() === '' ? [] : [group.of.name.value],
  );
  const encoded = names.map(name => literal(encodeAttribute(name, quote)));
  // A comma or a bar would end a choice.
  const choosable = encoded.length > 1 && encoded.every(name => !/[,|\\]/.test(name));
  const value = choosable ? `\${1|${encoded.join(',')}|}` : (encoded[0] ?? '$1');
  return {
    label: 'throttlefilters',
    kind: 'block',
    text: lines(scene, [
      '<throttlefilters>',
      `${step}<throttlefilter group=${quote}${value}${quote}/>$0`,
      '</throttlefilters>',
    ]),
    detail: names.length === 0 ? 'no throttle group is defined yet' : 'throttle groups that this disk passes',
    ...documented('throttlefilters'),
  };
}

const iotuneBlock = (scene: OfferScene): Offer => ({
  label: 'iotune',
  kind: 'block',
  text: lines(scene, ['<iotune>', `${scene.style.step}$0`, '</iotune>']),
  detail: 'limits of this disk alone',
  ...documented('iotune'),
});

const groupLines = (scene: OfferScene, name: string, value: string): readonly string[] => [
  '<throttlegroup>',
  `${scene.style.step}<group_name>${name}</group_name>`,
  `${scene.style.step}<${FIRST_LIMIT}>${value}</${FIRST_LIMIT}>`,
  '</throttlegroup>',
];

/** The limit that new groups begin with: operations per second, reads and writes together. */
const FIRST_LIMIT =
  LIMITS.find(
    ({ kind, resource, direction }) => `${kind} ${resource} ${direction ?? ''}` === 'rate iops total',
  )?.xml ?? LIMITS[0].xml;

const lines = (scene: OfferScene, each: readonly string[]): string => each.join(scene.style.newLine);

const documented = (element: string): { readonly documentation: string } => ({
  documentation: `\`<${element}>\`: ${THROTTLE_ELEMENTS.get(element) ?? ''}`,
});

/** A name that no group has. */
function freeName(domain: Domain): string {
  const taken = new Set(domain.groups.map(group => group.of.name?.value));
  let number = 1;
  while (taken.has(`group${number}`)) number++;
  return `group${number}`;
}
