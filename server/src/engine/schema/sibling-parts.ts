/**
 * The content of an element as its schema writes it, references followed but nothing simplified: libxml2 checks by this
 * shape, nested `<interleave>`s and all, and stumbles over some.
 */

import type { Compiler } from './compile';
import type { ElementPattern } from './pattern';
import type { RngNode } from './rng-file';
import type { Grammar } from './rng-grammar';

export type SiblingPart =
  | { readonly kind: 'element'; readonly pattern: ElementPattern }
  /** Attributes, text, values: nothing that stands among the child elements. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'group' | 'interleave' | 'choice'; readonly parts: readonly SiblingPart[] }
  | { readonly kind: 'optional' | 'zero-or-more' | 'one-or-more'; readonly part: SiblingPart };

/** What may stand in an element; nothing where the schema is not known. */
export function siblingParts(pattern: ElementPattern, compiler: Compiler): SiblingPart {
  const origin = compiler.originOf(pattern);
  return origin === undefined ? NOTHING : grouped(origin.content, origin.grammar, compiler, 0);
}

const NOTHING: SiblingPart = { kind: 'nothing' };

/** References go no deeper in a schema that makes sense. */
const DEEPEST = 200;

function partOf(node: RngNode, grammar: Grammar | undefined, compiler: Compiler, depth: number): SiblingPart {
  const parts = (): SiblingPart[] => node.children.map(child => partOf(child, grammar, compiler, depth + 1));
  const part = (): SiblingPart => grouped(node.children, grammar, compiler, depth + 1);
  switch (node.name) {
    case 'element':
      return { kind: 'element', pattern: compiler.element(node, grammar) };
    case 'group':
    case 'interleave':
    case 'choice':
      return simplified(node.name, parts());
    case 'mixed':
      return part();
    case 'optional':
      return repeated('optional', part());
    case 'zeroOrMore':
      return repeated('zero-or-more', part());
    case 'oneOrMore':
      return repeated('one-or-more', part());
    case 'ref':
    case 'parentRef': {
      const referred = depth < DEEPEST ? compiler.referred(node, grammar) : undefined;
      if (referred === undefined) return NOTHING;
      const bodies = referred.definition.bodies.map(body =>
        grouped(body.children, referred.grammar, compiler, depth + 1),
      );
      return simplified(referred.definition.combine, bodies);
    }
    default:
      return NOTHING;
  }
}

const grouped = (
  nodes: readonly RngNode[],
  grammar: Grammar | undefined,
  compiler: Compiler,
  depth: number,
): SiblingPart =>
  simplified(
    'group',
    nodes.map(node => partOf(node, grammar, compiler, depth)),
  );

function simplified(kind: 'group' | 'interleave' | 'choice', parts: readonly SiblingPart[]): SiblingPart {
  const [only] = parts;
  if (parts.every(part => part.kind === 'nothing')) return NOTHING;
  if (parts.length === 1 && only !== undefined) return only;
  return { kind, parts };
}

const repeated = (kind: 'optional' | 'zero-or-more' | 'one-or-more', part: SiblingPart): SiblingPart =>
  part.kind === 'nothing' ? part : { kind, part };
