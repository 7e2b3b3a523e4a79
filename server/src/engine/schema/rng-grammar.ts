/** Puts a schema together from its files: includes are resolved, definitions of one name combined. */

import { readRngFile, type RngNode } from './rng-file';

/** Reads a file that stands beside, by the name that an include gives; undefined where there is none. */
export type ReadFile = (name: string) => string | undefined;

/** What one name stands for in a grammar: its `<define>`s, each with its patterns as children, and how they combine. */
export interface Definition {
  readonly combine: 'choice' | 'interleave';
  readonly bodies: readonly RngNode[];
}

export interface Grammar {
  readonly start: Definition | undefined;
  readonly definitions: ReadonlyMap<string, Definition>;
  /** The grammar around a nested one: `parentRef` names what stands there. */
  readonly parent: Grammar | undefined;
}

/** Reads files once; names what is wrong with them in words. */
export class RngFiles {
  private readonly roots = new Map<string, RngNode | undefined>();
  /** Each in words: a file that is missing or no schema, an include that goes in circles. */
  readonly faults = new Set<string>();

  constructor(private readonly readFile: ReadFile) {}

  /** The root node of a file, or undefined, and then there is a fault. */
  root(file: string, ns: string): RngNode | undefined {
    const key = `${ns} ${file}`;
    if (this.roots.has(key)) return this.roots.get(key);
    const text = this.readFile(file);
    const root = text === undefined ? undefined : readRngFile(text, ns);
    if (text === undefined) this.faults.add(`${file} is missing.`);
    else if (root === undefined) this.faults.add(`${file} is no RELAX NG schema.`);
    this.roots.set(key, root);
    return root;
  }
}

/** The grammar of a `<grammar>` node, with everything that it includes. */
export function readGrammar(node: RngNode, files: RngFiles, parent: Grammar | undefined): Grammar {
  const collected = new Map<string, CollectedDefinition>();
  collect(node, files, [], new Set(), collected);
  const start = collected.get(START);
  collected.delete(START);
  return { start, definitions: collected, parent };
}

/** No definition can be called so: it is no name. */
const START = '<start>';

interface CollectedDefinition extends Definition {
  combine: 'choice' | 'interleave';
  readonly bodies: RngNode[];
}

function collect(
  node: RngNode,
  files: RngFiles,
  including: readonly string[],
  overridden: ReadonlySet<string>,
  into: Map<string, CollectedDefinition>,
): void {
  for (const child of node.children) {
    switch (child.name) {
      case 'start':
      case 'define': {
        const name = definedName(child);
        if (!overridden.has(name)) add(into, name, child);
        break;
      }
      case 'div':
        collect(child, files, including, overridden, into);
        break;
      case 'include':
        include(child, files, including, overridden, into);
        break;
      default:
        break;
    }
  }
}

const definedName = (node: RngNode): string =>
  node.name === 'start' ? START : (node.attribute('name') ?? '');

function add(into: Map<string, CollectedDefinition>, name: string, node: RngNode): void {
  const combine = node.attribute('combine') === 'interleave' ? 'interleave' : 'choice';
  const known = into.get(name);
  if (known === undefined) {
    into.set(name, { combine, bodies: [node] });
    return;
  }
  // One of the definitions may go without `combine`: the others say how.
  if (node.attribute('combine') !== undefined) known.combine = combine;
  known.bodies.push(node);
}

/** RELAX NG 4.7: what stands inside of `<include>` is taken in place of what the file defines by that name. */
function include(
  node: RngNode,
  files: RngFiles,
  including: readonly string[],
  overridden: ReadonlySet<string>,
  into: Map<string, CollectedDefinition>,
): void {
  const file = node.attribute('href') ?? '';
  if (including.includes(file)) {
    files.faults.add(`${file} includes itself.`);
    return;
  }
  const root = files.root(file, node.ns);
  if (root === undefined) return;
  const replaced = new Set([...overridden, ...namesIn(node)]);
  collect(root, files, [...including, file], replaced, into);
  collect(node, files, including, overridden, into);
}

const namesIn = (node: RngNode): string[] =>
  node.children.flatMap(child =>
    child.name === 'div'
      ? namesIn(child)
      : child.name === 'define' || child.name === 'start'
        ? [definedName(child)]
        : [],
  );
