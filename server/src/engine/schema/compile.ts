/** Makes patterns of a grammar. Contents of elements are made when they are first needed. */

import { makeDatatype, type Facet } from './datatype';
import type { ExpandedName, NameClass } from './name-class';
import type { ElementPattern, Pattern, PatternTable } from './pattern';
import { splitName, type RngNode } from './rng-file';
import { readGrammar, type Definition, type Grammar, type RngFiles } from './rng-grammar';
import { ThrottleGrammar } from './throttle-grammar';

/** Where in the schema an element pattern comes from. */
export interface ElementOrigin {
  /** What stands inside of `<element>`, but its name. */
  readonly content: readonly RngNode[];
  readonly grammar: Grammar | undefined;
}

/** Whether a schema is used as it is written, or with what it lacks of throttle groups: see `ThrottleGrammar`. */
export type Completion = 'as-written' | 'with-throttling';

export class Compiler {
  private readonly throttling: ThrottleGrammar | undefined;
  private readonly origins = new Map<ElementPattern, ElementOrigin>();
  private readonly grammars = new Map<RngNode, Grammar>();
  private readonly definitions = new Map<Definition, Pattern>();
  private readonly elements = new Map<Grammar | undefined, Map<RngNode, ElementPattern>>();

  constructor(
    private readonly files: RngFiles,
    private readonly table: PatternTable,
    completion: Completion,
  ) {
    this.throttling = completion === 'with-throttling' ? new ThrottleGrammar(table) : undefined;
  }

  /** The pattern that a whole schema file stands for: what its documents' root may be. */
  start(file: string): Pattern {
    const root = this.files.root(file, '');
    return root === undefined ? this.table.notAllowed : this.pattern(root, undefined);
  }

  /** Undefined for a pattern that another compiler made. */
  originOf(pattern: ElementPattern): ElementOrigin | undefined {
    return this.origins.get(pattern);
  }

  /** The definition that a `ref` or `parentRef` names, and the grammar that it stands in. */
  referred(
    node: RngNode,
    grammar: Grammar | undefined,
  ): { readonly definition: Definition; readonly grammar: Grammar } | undefined {
    const scope = node.name === 'ref' ? grammar : grammar?.parent;
    const definition = scope?.definitions.get(node.attribute('name') ?? '');
    return definition && scope && { definition, grammar: scope };
  }

  private pattern(node: RngNode, grammar: Grammar | undefined): Pattern {
    const { table } = this;
    switch (node.name) {
      case 'element':
        return this.element(node, grammar);
      case 'attribute':
        return this.attribute(node, grammar);
      case 'group':
        return table.group(this.all(node.children, grammar));
      case 'interleave':
        return table.interleave(this.all(node.children, grammar));
      case 'choice':
        return table.choice(this.all(node.children, grammar));
      case 'optional':
        return table.optional(this.grouped(node.children, grammar));
      case 'zeroOrMore':
        return table.zeroOrMore(this.grouped(node.children, grammar));
      case 'oneOrMore':
        return table.oneOrMore(this.grouped(node.children, grammar));
      case 'list':
        return table.list(this.grouped(node.children, grammar));
      case 'mixed':
        return table.interleave([this.grouped(node.children, grammar), table.text]);
      case 'ref':
      case 'parentRef':
        return this.reference(node, grammar);
      case 'externalRef':
        return this.external(node);
      case 'grammar':
        return this.grammar(node, grammar);
      case 'empty':
        return table.empty;
      case 'text':
        return table.text;
      case 'notAllowed':
        return table.notAllowed;
      case 'value':
        return this.value(node);
      case 'data':
        return this.data(node, grammar);
      default:
        return this.fault(`<${node.name}> is no pattern of RELAX NG.`);
    }
  }

  private all(nodes: readonly RngNode[], grammar: Grammar | undefined): Pattern[] {
    return nodes.map(node => this.pattern(node, grammar));
  }

  private grouped(nodes: readonly RngNode[], grammar: Grammar | undefined): Pattern {
    return this.table.group(this.all(nodes, grammar));
  }

  /** The pattern of an `<element>` node; the same for the same node in the same grammar. */
  element(node: RngNode, grammar: Grammar | undefined): ElementPattern {
    let inGrammar = this.elements.get(grammar);
    if (inGrammar === undefined) this.elements.set(grammar, (inGrammar = new Map<RngNode, ElementPattern>()));
    const known = inGrammar.get(node);
    if (known !== undefined) return known;
    const { nameClass, rest } = named(node, node.ns);
    const made = this.table.element(nameClass, () => {
      const content = this.grouped(rest, grammar);
      return this.throttling?.completed(nameClass, content) ?? content;
    });
    inGrammar.set(node, made);
    this.origins.set(made, { content: rest, grammar });
    return made;
  }

  private attribute(node: RngNode, grammar: Grammar | undefined): Pattern {
    // An attribute's short name takes no namespace from around it (RELAX NG 4.8).
    const { nameClass, rest } = named(node, node.ownNs ? node.ns : '');
    const value = rest.length === 0 ? this.table.text : this.grouped(rest, grammar);
    return this.table.attribute(nameClass, value);
  }

  private reference(node: RngNode, grammar: Grammar | undefined): Pattern {
    const referred = this.referred(node, grammar);
    if (referred === undefined) return this.fault(`'${node.attribute('name') ?? ''}' is not defined.`);
    return this.definition(referred.definition, referred.grammar);
  }

  private definition(definition: Definition, grammar: Grammar): Pattern {
    const known = this.definitions.get(definition);
    if (known !== undefined) return known;
    // A definition that leads to itself without an element between is no schema: this ends it.
    this.definitions.set(definition, this.table.notAllowed);
    const bodies = definition.bodies.map(body => this.grouped(body.children, grammar));
    const made = definition.combine === 'choice' ? this.table.choice(bodies) : this.table.interleave(bodies);
    this.definitions.set(definition, made);
    return made;
  }

  private grammar(node: RngNode, parent: Grammar | undefined): Pattern {
    let grammar = this.grammars.get(node);
    if (grammar === undefined) this.grammars.set(node, (grammar = readGrammar(node, this.files, parent)));
    if (grammar.start === undefined) return this.fault('A grammar has no <start>.');
    return this.definition(grammar.start, grammar);
  }

  private external(node: RngNode): Pattern {
    const root = this.files.root(node.attribute('href') ?? '', node.ns);
    return root === undefined ? this.table.anything : this.pattern(root, undefined);
  }

  private value(node: RngNode): Pattern {
    const type = node.attribute('type');
    const made = makeDatatype(type === undefined ? '' : node.datatypeLibrary, type ?? 'token', []);
    return made.kind === 'unknown' ? this.fault(made.message) : this.table.value(made.datatype, node.text);
  }

  private data(node: RngNode, grammar: Grammar | undefined): Pattern {
    const facets = node.children.flatMap((child): Facet[] =>
      child.name === 'param' ? [{ name: child.attribute('name') ?? '', value: child.text }] : [],
    );
    const made = makeDatatype(node.datatypeLibrary, node.attribute('type') ?? '', facets);
    if (made.kind === 'unknown') return this.fault(made.message);
    const except = node.children.find(child => child.name === 'except');
    return this.table.data(made.datatype, except && this.table.choice(this.all(except.children, grammar)));
  }

  /** What cannot be understood takes anything: a fault of the schema must not become one of the document. */
  private fault(message: string): Pattern {
    this.files.faults.add(message);
    return this.table.anything;
  }
}

/** The name class of an element or attribute, from its `name` or its first child, and the children that are content. */
function named(node: RngNode, ns: string): { nameClass: NameClass; rest: readonly RngNode[] } {
  const name = node.attribute('name');
  if (name !== undefined) {
    return { nameClass: { kind: 'name', name: expanded(name, ns, node) }, rest: node.children };
  }
  const [first, ...rest] = node.children;
  return { nameClass: first === undefined ? NO_NAME : nameClassOf(first), rest };
}

const NO_NAME: NameClass = { kind: 'choice', choices: [] };

function nameClassOf(node: RngNode): NameClass {
  switch (node.name) {
    case 'name':
      return { kind: 'name', name: expanded(node.text.trim(), node.ns, node) };
    case 'anyName':
      return { kind: 'any-name', except: exceptOf(node) };
    case 'nsName':
      return { kind: 'namespace', ns: node.ns, except: exceptOf(node) };
    case 'choice':
      return { kind: 'choice', choices: node.children.map(nameClassOf) };
    default:
      return NO_NAME;
  }
}

function exceptOf(node: RngNode): NameClass | undefined {
  const except = node.children.find(child => child.name === 'except');
  return except && { kind: 'choice', choices: except.children.map(nameClassOf) };
}

/** A name as the schema writes it: with a prefix of its own, or in the namespace in force. */
function expanded(name: string, ns: string, node: RngNode): ExpandedName {
  const [prefix, local] = splitName(name);
  return { ns: prefix === '' ? ns : (node.prefixes.get(prefix) ?? ''), local };
}
