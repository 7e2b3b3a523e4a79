/**
 * Patterns of RELAX NG, hash-consed: two patterns that mean the same by construction are one object, so that
 * everything worked out for a pattern is kept by its identity. A `PatternTable` makes them; nothing else does.
 */

import type { Datatype } from './datatype';
import { nameClassKey, type NameClass } from './name-class';

export type Pattern =
  | NotAllowedPattern
  | EmptyPattern
  | TextPattern
  | ChoicePattern
  | GroupPattern
  | InterleavePattern
  | OneOrMorePattern
  | ElementPattern
  | AttributePattern
  | DataPattern
  | ValuePattern
  | ListPattern;

interface PatternBase {
  /** Unique in its table, and smaller than that of every pattern made later. */
  readonly id: number;
  /** Whether it takes nothing at all. */
  readonly nullable: boolean;
}

export interface NotAllowedPattern extends PatternBase {
  readonly kind: 'not-allowed';
}
export interface EmptyPattern extends PatternBase {
  readonly kind: 'empty';
}
export interface TextPattern extends PatternBase {
  readonly kind: 'text';
}
/** Two choices or more, sorted by id, none of them a choice. */
export interface ChoicePattern extends PatternBase {
  readonly kind: 'choice';
  readonly members: readonly Pattern[];
}
/** Two members or more in their order, none of them a group. */
export interface GroupPattern extends PatternBase {
  readonly kind: 'group';
  readonly members: readonly Pattern[];
}
/** Two members or more, sorted by id, none of them an interleave. Sorted, the order of children makes no new ones. */
export interface InterleavePattern extends PatternBase {
  readonly kind: 'interleave';
  readonly members: readonly Pattern[];
}
export interface OneOrMorePattern extends PatternBase {
  readonly kind: 'one-or-more';
  readonly member: Pattern;
}
/** One `<element>` of the schema; its content is made when it is first asked for. */
export interface ElementPattern extends PatternBase {
  readonly kind: 'element';
  readonly nameClass: NameClass;
  content(): Pattern;
}
export interface AttributePattern extends PatternBase {
  readonly kind: 'attribute';
  readonly nameClass: NameClass;
  readonly value: Pattern;
}
export interface DataPattern extends PatternBase {
  readonly kind: 'data';
  readonly datatype: Datatype;
  readonly except: Pattern | undefined;
}
export interface ValuePattern extends PatternBase {
  readonly kind: 'value';
  readonly datatype: Datatype;
  /** As the schema writes it. */
  readonly value: string;
}
/** Blank-separated words. */
export interface ListPattern extends PatternBase {
  readonly kind: 'list';
  readonly member: Pattern;
}

/** Makes patterns, in their simplest form. */
export class PatternTable {
  private count = 0;
  private readonly known = new Map<string, Pattern>();
  private madeAnything: Pattern | undefined;

  readonly notAllowed: NotAllowedPattern = { kind: 'not-allowed', id: this.count++, nullable: false };
  readonly empty: EmptyPattern = { kind: 'empty', id: this.count++, nullable: true };
  readonly text: TextPattern = { kind: 'text', id: this.count++, nullable: true };

  /** How many different patterns there are: what must stay bounded however many documents are checked. */
  get size(): number {
    return this.count;
  }

  /** Any attributes, text and elements, of any content. */
  get anything(): Pattern {
    return (this.madeAnything ??= this.makeAnything());
  }

  choice(members: readonly Pattern[]): Pattern {
    const flat = new Set<Pattern>();
    for (const member of members) {
      if (member.kind === 'choice') for (const inner of member.members) flat.add(inner);
      else if (member.kind !== 'not-allowed') flat.add(member);
    }
    // What takes nothing by itself makes the plain `empty` beside it idle; `text` is kept simple with it.
    if (flat.size > 1 && flat.has(this.empty)) {
      for (const member of flat) {
        if (member.nullable && member !== this.empty) {
          flat.delete(this.empty);
          break;
        }
      }
    }
    const [only] = flat;
    if (only === undefined) return this.notAllowed;
    if (flat.size === 1) return only;
    return this.composite('choice', [...flat].sort(byId));
  }

  optional(member: Pattern): Pattern {
    return this.choice([member, this.empty]);
  }

  group(members: readonly Pattern[]): Pattern {
    return this.sequence('group', members);
  }

  interleave(members: readonly Pattern[]): Pattern {
    return this.sequence('interleave', members);
  }

  oneOrMore(member: Pattern): Pattern {
    // Repeated, these mean what they mean once.
    const same = ['not-allowed', 'empty', 'text', 'one-or-more'].includes(member.kind);
    if (same) return member;
    return this.consed(`+${member.id}`, id => ({
      kind: 'one-or-more',
      id,
      nullable: member.nullable,
      member,
    }));
  }

  zeroOrMore(member: Pattern): Pattern {
    return this.optional(this.oneOrMore(member));
  }

  /** Never the same as another, for `content` is not known yet. */
  element(nameClass: NameClass, content: () => Pattern): ElementPattern {
    let made: Pattern | undefined;
    return {
      kind: 'element',
      id: this.count++,
      nullable: false,
      nameClass,
      content: () => (made ??= content()),
    };
  }

  attribute(nameClass: NameClass, value: Pattern): Pattern {
    if (value.kind === 'not-allowed') return this.notAllowed;
    return this.consed(`@${value.id} ${nameClassKey(nameClass)}`, id => ({
      kind: 'attribute',
      id,
      nullable: false,
      nameClass,
      value,
    }));
  }

  data(datatype: Datatype, except: Pattern | undefined): Pattern {
    return this.consed(`d${except?.id ?? ''} ${datatype.key}`, id => ({
      kind: 'data',
      id,
      nullable: false,
      datatype,
      except,
    }));
  }

  value(datatype: Datatype, value: string): Pattern {
    return this.consed(`v${datatype.key} ${value}`, id => ({
      kind: 'value',
      id,
      nullable: false,
      datatype,
      value,
    }));
  }

  list(member: Pattern): Pattern {
    if (member.kind === 'not-allowed') return member;
    return this.consed(`l${member.id}`, id => ({ kind: 'list', id, nullable: false, member }));
  }

  private makeAnything(): Pattern {
    const anyName: NameClass = { kind: 'any-name', except: undefined };
    const element = this.element(anyName, () => this.anything);
    return this.zeroOrMore(this.choice([this.text, element, this.attribute(anyName, this.text)]));
  }

  private sequence(kind: 'group' | 'interleave', members: readonly Pattern[]): Pattern {
    const flat: Pattern[] = [];
    for (const member of members) {
      if (member.kind === 'not-allowed') return member;
      if (member.kind === kind) flat.push(...member.members);
      else if (member.kind !== 'empty') flat.push(member);
    }
    const [only] = flat;
    if (only === undefined) return this.empty;
    if (flat.length === 1) return only;
    return this.composite(kind, kind === 'interleave' ? flat.sort(byId) : flat);
  }

  private composite(kind: 'choice' | 'group' | 'interleave', members: readonly Pattern[]): Pattern {
    const nullable =
      kind === 'choice' ? members.some(member => member.nullable) : members.every(member => member.nullable);
    const key = `${kind} ${members.map(member => member.id).join(' ')}`;
    return this.consed(key, id => ({ kind, id, nullable, members }));
  }

  private consed(key: string, make: (id: number) => Pattern): Pattern {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const made = make(this.count++);
    this.known.set(key, made);
    return made;
  }
}

const byId = (a: Pattern, b: Pattern): number => a.id - b.id;
