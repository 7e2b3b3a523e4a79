/** Words and fixes for what libxml2, and so libvirt's own validation, refuses although it is valid. */

import { setAttribute } from '../../edit/attributes';
import { moveElements, replaceInner } from '../../edit/elements';
import type { Fix, FixScene, Report } from '../../rules/rule';
import { encodeText } from '../../xml/entities';
import { attributeValue, attributeValueSpan, childElements, nameSpan, textContent } from '../../xml/navigate';
import type { Located } from '../../xml/tree';
import type { PlacedRefusal, Validation } from '../validate';
import { movedBy, type SchemaReport } from './explanation';
import { listOf, shortened, startOfChild, tag, textSpan } from './inquiry';

/** The reports on a valid document; of others none: the errors come first, and libxml2 refuses those anyway. */
export function libxml2Reports(validation: Validation): readonly SchemaReport[] {
  if (!validation.valid) return [];
  const { text } = validation.document.source;
  return validation.refusals().map(refusal => ({
    rule: 'refused-by-libxml2',
    report: refusal.kind === 'order' ? orderReport(refusal) : valueReport(refusal, text),
  }));
}

type OrderRefusal = Extract<PlacedRefusal, { kind: 'order' }>;
type ValueRefusal = Extract<PlacedRefusal, { kind: 'value' }>;

const HINT = { severity: 'hint', refusedBy: 'schema' } as const;
const VALID_BUT =
  'Valid, but refused where libvirt validates (virsh edit, virsh define --validate, virt-xml-validate): libxml2, its validator,';

function orderReport({ owner, together }: OrderRefusal): Report {
  const scattered = scatteredOf(owner, together);
  if (scattered === undefined) {
    return {
      ...HINT,
      span: nameSpan(owner),
      message: `${VALID_BUT} loses its way among the children of ${tag(owner.node)}. Put those that belong together next to each other, as virsh dumpxml does.`,
    };
  }
  const { anchor, moved, all } = scattered;
  const [first = anchor] = moved;
  const names = namesOf(moved);
  return {
    ...HINT,
    span: nameSpan(first),
    message: `${VALID_BUT} loses its way where others stand between ${namesOf(all)}. Move ${names} right behind ${tag(anchor.node)}.`,
    related: [{ span: nameSpan(anchor), message: `${tag(anchor.node)} stands here.` }],
    fixes: ({ source }) => [
      {
        title: `Move ${names} behind ${tag(anchor.node)}`,
        safe: false,
        edits: moveElements(source, moved, owner, { behind: anchor }),
      },
    ],
  };
}

const namesOf = (elements: readonly Located[]): string =>
  listOf(
    elements.map(({ node }) => tag(node)),
    'and',
  );

/** Elements that must stand next to each other and do not: those behind the first gap, and the one before it. */
interface Scattered {
  readonly anchor: Located;
  readonly moved: readonly Located[];
  readonly all: readonly Located[];
}

/** Undefined where nothing is known to help. Comments between do not count: libxml2 passes them over. */
function scatteredOf(owner: Located, together: readonly number[]): Scattered | undefined {
  const starts = new Set(together.map(index => owner.start + startOfChild(owner.node, index)));
  const siblings = childElements(owner);
  const all = siblings.filter(({ start }) => starts.has(start));
  const begin = siblings.findIndex(({ start }) => starts.has(start));
  const gap = all.findIndex((element, index) => siblings[begin + index]?.start !== element.start);
  const anchor = all[gap - 1];
  return anchor === undefined ? undefined : { anchor, moved: all.slice(gap), all };
}

function valueReport(refusal: ValueRefusal, text: string): Report {
  const { owner, attribute, wanted } = refusal;
  const given = attribute === undefined ? textContent(text, owner) : attributeValue(text, owner, attribute);
  const holder =
    attribute === undefined ? `the text of ${tag(owner.node)}` : `${attribute.name} of ${tag(owner.node)}`;
  return {
    ...HINT,
    span:
      attribute === undefined
        ? movedBy(owner.start, textSpan(owner, text))
        : attributeValueSpan(owner, attribute),
    message: `${VALID_BUT} ${faultIn(given, wanted, holder)}. ${wanted === undefined ? 'Write it without.' : `Write ${shortened(wanted)}.`}`,
    fixes: scene => (wanted === undefined ? [] : [writing(scene, refusal, wanted)]),
  };
}

/** What of the value is in the way. */
function faultIn(given: string, wanted: string | undefined, holder: string): string {
  const bare = given.trim();
  if (bare === wanted) return `takes no blanks around ${holder}`;
  if (bare === given) return `takes no sign before ${holder} in older releases (seen with 2.9.14)`;
  return `takes neither blanks around nor a sign before ${holder}`;
}

/** The number stays the same one. */
function writing({ source }: FixScene, { owner, attribute }: ValueRefusal, wanted: string): Fix {
  const edits =
    attribute === undefined
      ? replaceInner(source, owner, encodeText(wanted))
      : setAttribute(source, owner, attribute.name, wanted);
  return { title: `Write ${shortened(wanted)}`, safe: true, edits };
}
