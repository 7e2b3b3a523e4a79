/**
 * Makes mutants: a document with one to three small faults, or harmless changes, that look like what people and tools
 * do to domains. The same seed and text give the same mutant for ever; a change here makes `freeze` necessary.
 */

import {
  SourceText,
  applyEdits,
  attributeSpan,
  attributeValueSpan,
  childElements,
  innerSpan,
  parseXml,
  rootElement,
  spanOf,
  type Located,
  type TextEdit,
  type XmlAttribute,
} from '../../server/src/engine';
import { seeded } from '../support/seeded';

/** A well-formed mutant of a well-formed text; `donor` is another document from which elements are taken. */
export function mutate(text: string, donor: string, seed: number): string {
  const random = seeded(seed);
  let mutant = text;
  for (let rounds = 1 + (random(3) === 0 ? 1 + random(2) : 0); rounds > 0; rounds--) {
    for (let attempt = 0; attempt < 20; attempt++) {
      const next = mutateOnce(mutant, donor, random);
      if (next === undefined || next === mutant) continue;
      if (parseXml(SourceText.of(next)).problemCount > 0 || !declaresPrefixes(next)) continue;
      mutant = next;
      break;
    }
  }
  return mutant;
}

/** Whether each prefix is declared somewhere: jing goes no further behind one that is not. */
const declaresPrefixes = (text: string): boolean =>
  [...text.matchAll(/[<\s]([A-Za-z_][\w.-]*):[A-Za-z_][\w.-]*(?=[\s=/>])/g)].every(
    ([, prefix = '']) => prefix === 'xmlns' || prefix === 'xml' || text.includes(`xmlns:${prefix}=`),
  );

type Random = (bound: number) => number;

interface Scene {
  readonly text: string;
  readonly elements: readonly Located[];
  readonly random: Random;
  readonly donor: string;
}

type Mutation = (scene: Scene) => readonly TextEdit[] | undefined;

function mutateOnce(text: string, donor: string, random: Random): string | undefined {
  const elements = allElements(text);
  const mutation = MUTATIONS[random(MUTATIONS.length)];
  const edits = mutation?.({ text, elements, random, donor });
  return edits === undefined ? undefined : applyEdits(text, edits);
}

function allElements(text: string): Located[] {
  const root = rootElement(parseXml(SourceText.of(text)));
  const found: Located[] = [];
  const pending = root === undefined ? [] : [root];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    found.push(next);
    pending.push(...childElements(next).reverse());
  }
  return found;
}

const pick = <T>(list: readonly T[], random: Random): T | undefined => list[random(list.length)];

/** Any but the root. */
const pickInner = ({ elements, random }: Scene): Located | undefined => pick(elements.slice(1), random);

function pickAttribute(
  scene: Scene,
): { readonly element: Located; readonly attribute: XmlAttribute } | undefined {
  const holders = scene.elements.filter(element => element.node.attributes.length > 0);
  const element = pick(holders, scene.random);
  const attribute = element && pick(element.node.attributes, scene.random);
  return element && attribute && { element, attribute };
}

/** Elements that hold nothing but text. */
const pickLeaf = ({ elements, random }: Scene): Located | undefined =>
  pick(
    elements.filter(({ node }) => !node.selfClosing && node.children.every(child => child.kind === 'text')),
    random,
  );

const sourceOf = (text: string, located: Located): string => {
  const { start, end } = spanOf(located);
  return text.slice(start, end);
};

const at = (offset: number, newText: string): TextEdit => ({ span: { start: offset, end: offset }, newText });

const WORDS = [
  '',
  '0',
  '1',
  '-1',
  '+7',
  '007',
  '18446744073709551616',
  '4294967296',
  'yes',
  'no',
  'on',
  'off',
  'default',
  'none',
  'virtio',
  'network',
  'file',
  'block',
  'a b',
  '  12  ',
  '0x1f',
  '0xfffff',
  '/dev/null',
  'relative/path',
  '52:54:00:12:34:56',
  '53:54:00:12:34:56',
  '192.168.1.1',
  '::1',
  'fe80::1%eth0',
  '2001:db8::/32',
  'é',
  '&#10;',
  '&amp;',
  '1.5',
  '12KiB',
  'c1a2b3d4-0000-1111-2222-333344445555',
  '1-3,^2',
  '.',
  'x'.repeat(300),
];

const NAMES = [
  'foo',
  'source',
  'target',
  'driver',
  'address',
  'alias',
  'model',
  'name',
  'memory',
  'iotune',
  'throttlefilters',
  'boot',
  'format',
  'metadata',
];

const ATTRIBUTES = ['type', 'name', 'mode', 'file', 'dev', 'bus', 'foo', 'unit', 'index', 'model', 'value'];

const MUTATIONS: readonly Mutation[] = [
  function dropElement(scene) {
    const element = pickInner(scene);
    return element && [{ span: spanOf(element), newText: '' }];
  },
  function duplicateElement(scene) {
    const element = pickInner(scene);
    return element && [at(spanOf(element).end, sourceOf(scene.text, element))];
  },
  function moveElementAmongSiblings(scene) {
    const element = pickInner(scene);
    const sibling = element?.parent && pick(childElements(element.parent), scene.random);
    if (element === undefined || sibling === undefined || sibling.node === element.node) return undefined;
    const target = scene.random(2) === 0 ? sibling.start : spanOf(sibling).end;
    return [{ span: spanOf(element), newText: '' }, at(target, sourceOf(scene.text, element))];
  },
  function moveElementElsewhere(scene) {
    const element = pickInner(scene);
    const target = pick(scene.elements, scene.random);
    if (element === undefined || target === undefined || target.node.closeStart < 0) return undefined;
    const inside = spanOf(element);
    const place = target.start + target.node.closeStart;
    if (place >= inside.start && place <= inside.end) return undefined;
    return [{ span: inside, newText: '' }, at(place, sourceOf(scene.text, element))];
  },
  function swapSiblings(scene) {
    const element = pickInner(scene);
    const siblings = element?.parent ? childElements(element.parent) : [];
    const other = pick(siblings, scene.random);
    if (element === undefined || other === undefined || other.node === element.node) return undefined;
    return [
      { span: spanOf(element), newText: sourceOf(scene.text, other) },
      { span: spanOf(other), newText: sourceOf(scene.text, element) },
    ];
  },
  function renameElement(scene) {
    const element = pickInner(scene);
    const name = pick(NAMES, scene.random);
    return element && name !== undefined ? renamed(element, name) : undefined;
  },
  function renameElementAsAnother(scene) {
    const element = pickInner(scene);
    const other = pickInner(scene);
    return element && other && renamed(element, other.node.name);
  },
  function dropAttribute(scene) {
    const found = pickAttribute(scene);
    return found && [{ span: attributeSpan(found.element, found.attribute), newText: '' }];
  },
  function renameAttribute(scene) {
    const found = pickAttribute(scene);
    const name = pick(ATTRIBUTES, scene.random);
    if (found === undefined || name === undefined) return undefined;
    const { start } = found.element;
    const { nameStart, nameEnd } = found.attribute;
    return [{ span: { start: start + nameStart, end: start + nameEnd }, newText: name }];
  },
  function addAttribute(scene) {
    const element = pick(scene.elements, scene.random);
    const name = pick(ATTRIBUTES, scene.random);
    const value = pick(WORDS, scene.random);
    if (element === undefined || name === undefined || value === undefined) return undefined;
    return [at(element.start + 1 + element.node.name.length, ` ${name}='${value}'`)];
  },
  function copyAttribute(scene) {
    const found = pickAttribute(scene);
    const element = pick(scene.elements, scene.random);
    if (found === undefined || element === undefined) return undefined;
    const { start, end } = attributeSpan(found.element, found.attribute);
    return [at(element.start + 1 + element.node.name.length, ` ${scene.text.slice(start, end)}`)];
  },
  function changeValue(scene) {
    const found = pickAttribute(scene);
    const value = pick(WORDS, scene.random);
    if (found === undefined || value === undefined) return undefined;
    return [{ span: attributeValueSpan(found.element, found.attribute), newText: value }];
  },
  function copyValue(scene) {
    const found = pickAttribute(scene);
    const other = pickAttribute(scene);
    if (found === undefined || other === undefined) return undefined;
    const { start, end } = attributeValueSpan(other.element, other.attribute);
    return [
      { span: attributeValueSpan(found.element, found.attribute), newText: scene.text.slice(start, end) },
    ];
  },
  function disturbValue(scene) {
    const found = pickAttribute(scene);
    return found && disturbed(scene, attributeValueSpan(found.element, found.attribute));
  },
  function changeText(scene) {
    const leaf = pickLeaf(scene);
    const value = pick(WORDS, scene.random);
    return leaf && value !== undefined ? [{ span: innerSpan(leaf), newText: value }] : undefined;
  },
  function disturbText(scene) {
    const leaf = pickLeaf(scene);
    return leaf && disturbed(scene, innerSpan(leaf));
  },
  function padText(scene) {
    const leaf = pickLeaf(scene);
    if (leaf === undefined) return undefined;
    const { start, end } = innerSpan(leaf);
    return [
      at(start, pick(['\n    ', ' ', '<!-- note -->', '<?pi x?>'], scene.random) ?? ''),
      at(end, '\n  '),
    ];
  },
  function textAsCdata(scene) {
    const leaf = pickLeaf(scene);
    if (leaf === undefined) return undefined;
    const { start, end } = innerSpan(leaf);
    return [at(start, '<![CDATA['), at(end, ']]>')];
  },
  function strayText(scene) {
    const element = pick(scene.elements, scene.random);
    if (element === undefined || element.node.closeStart < 0) return undefined;
    const words = ['junk', '<!-- note -->', '<![CDATA[ ]]>', '<![CDATA[x]]>', '&#32;', '<?note?>', '<foo/>'];
    return [at(element.start + element.node.closeStart, pick(words, scene.random) ?? '')];
  },
  function graft(scene) {
    const given = pick(allElements(scene.donor).slice(1), scene.random);
    const target = pick(scene.elements, scene.random);
    if (given === undefined || target === undefined || target.node.closeStart < 0) return undefined;
    return [at(target.start + target.node.closeStart, sourceOf(scene.donor, given))];
  },
  function graftWhereItBelongs(scene) {
    const given = pick(
      allElements(scene.donor).filter(element => element.parent !== undefined),
      scene.random,
    );
    const target = scene.elements.find(({ node }) => node.name === given?.parent?.node.name);
    if (given === undefined || target === undefined || target.node.closeStart < 0) return undefined;
    return [at(target.start + target.node.closeStart, sourceOf(scene.donor, given))];
  },
  function emptyElement(scene) {
    const element = pickInner(scene);
    return element && [{ span: innerSpan(element), newText: '' }];
  },
  function declareDefaultNamespace(scene) {
    const element = pick(scene.elements, scene.random);
    const ns = pick(['urn:x', '', 'http://libvirt.org/schemas/domain/qemu/1.0'], scene.random);
    if (element === undefined || ns === undefined) return undefined;
    return [at(element.start + 1 + element.node.name.length, ` xmlns='${ns}'`)];
  },
];

function renamed(element: Located, name: string): readonly TextEdit[] {
  const { node, start } = element;
  const edits: TextEdit[] = [
    { span: { start: start + 1, end: start + 1 + node.name.length }, newText: name },
  ];
  if (node.closeStart >= 0) {
    const close = start + node.closeStart + 2;
    edits.push({ span: { start: close, end: close + node.name.length }, newText: name });
  }
  return edits;
}

/** One character less, more or other. */
function disturbed(
  { text, random }: Scene,
  span: { readonly start: number; readonly end: number },
): readonly TextEdit[] | undefined {
  const place = span.start + random(span.end - span.start + 1);
  const character = pick(['', ' ', '0', 'x', 'G', '-', ':', '.', '/', ','], random) ?? '';
  if (/[&;#]/.test(text.slice(Math.max(span.start, place - 8), Math.min(span.end, place + 8))))
    return undefined;
  return [{ span: { start: place, end: Math.min(span.end, place + random(2)) }, newText: character }];
}
