/**
 * Our own grammar of throttle groups and filters, for schemas of libvirt before 11.2 that have none. Made from the
 * limits table: where a document goes too far is then said in the same way, whichever libvirt is installed.
 *
 * As libvirt 11.2 has it: `<throttlegroups>` anywhere in a domain, with groups of limits in any order, each family of
 * limits either in total or by direction; `<throttlefilters>` in a disk in the place of `<iotune>`.
 */

import { LIMITS, type LimitFamily, type LimitField } from '../limits/table';
import { makeDatatype, XML_SCHEMA_DATATYPES } from './datatype';
import { forEachLeaf } from './derive';
import { takesName, type NameClass } from './name-class';
import type { ElementPattern, Pattern, PatternTable } from './pattern';

/** Completes the contents of domains and disks; one for a schema. */
export class ThrottleGrammar {
  private madeGroups: Pattern | undefined;
  private madeFilters: Pattern | undefined;

  constructor(private readonly table: PatternTable) {}

  /** The content of an element with this name, with what it lacks of throttling; the same where it lacks nothing. */
  completed(nameClass: NameClass, content: Pattern): Pattern {
    if (isNamed(nameClass, 'domain') || isNamed(nameClass, 'inactiveDomain')) {
      const isDomain = leafNamed(content, 'devices') !== undefined;
      if (!isDomain || leafNamed(content, 'throttlegroups') !== undefined) return content;
      return this.table.interleave([content, this.groups()]);
    }
    if (!isNamed(nameClass, 'disk') || leafNamed(content, 'throttlefilters') !== undefined) return content;
    const iotune = leafNamed(content, 'iotune');
    return iotune === undefined ? content : this.with(content, iotune, this.filters());
  }

  private groups(): Pattern {
    const { table } = this;
    const group = this.element('throttlegroup', this.limits());
    this.madeGroups ??= table.optional(this.element('throttlegroups', table.zeroOrMore(group)));
    return this.madeGroups;
  }

  private filters(): Pattern {
    const { table } = this;
    const name: NameClass = { kind: 'name', name: { ns: '', local: 'group' } };
    const filter = this.element('throttlefilter', table.attribute(name, table.text));
    this.madeFilters ??= this.element('throttlefilters', table.zeroOrMore(filter));
    return this.madeFilters;
  }

  private limits(): Pattern {
    const { table } = this;
    const families = new Map<LimitFamily, LimitField[]>();
    for (const field of LIMITS) families.set(field.family, [...(families.get(field.family) ?? []), field]);
    const members = [...families.values()].map(fields => {
      const total = fields.filter(field => field.direction === 'total');
      const others = fields.filter(field => field.direction !== 'total');
      return table.choice([
        ...total.map(field => this.limit(field)),
        table.interleave(others.map(field => table.optional(this.limit(field)))),
      ]);
    });
    return table.interleave([table.optional(this.element('group_name', table.text)), ...members]);
  }

  private limit(field: LimitField): Pattern {
    const made = makeDatatype(XML_SCHEMA_DATATYPES, 'unsignedLong', []);
    const value = made.kind === 'datatype' ? this.table.data(made.datatype, undefined) : this.table.text;
    return this.element(field.xml, value);
  }

  private element(local: string, content: Pattern): ElementPattern {
    return this.table.element({ kind: 'name', name: { ns: '', local } }, () => content);
  }

  /** The pattern with a choice in the place of one of its elements. */
  private with(pattern: Pattern, element: ElementPattern, other: Pattern): Pattern {
    switch (pattern.kind) {
      case 'element':
        return pattern === element ? this.table.choice([pattern, other]) : pattern;
      case 'choice':
      case 'group':
      case 'interleave':
        return this.table[pattern.kind](pattern.members.map(member => this.with(member, element, other)));
      case 'one-or-more':
        return this.table.oneOrMore(this.with(pattern.member, element, other));
      case 'not-allowed':
      case 'empty':
      case 'text':
      case 'attribute':
      case 'data':
      case 'value':
      case 'list':
        return pattern;
    }
  }
}

const isNamed = (nameClass: NameClass, local: string): boolean =>
  nameClass.kind === 'name' && nameClass.name.ns === '' && nameClass.name.local === local;

/** The first element pattern among an element's content that takes the name. */
export function leafNamed(content: Pattern, local: string): ElementPattern | undefined {
  let found: ElementPattern | undefined;
  forEachLeaf(content, leaf => {
    if (found !== undefined || leaf.kind !== 'element') return;
    if (isNamed(leaf.nameClass, local) || takesOnly(leaf, local)) found = leaf;
  });
  return found;
}

/** A wildcard takes the name as well, but it does not mean it. */
const takesOnly = (leaf: ElementPattern, local: string): boolean =>
  leaf.nameClass.kind === 'choice' && takesName(leaf.nameClass, { ns: '', local });
