/** Looks a schema through before it is used: one that refers to what is not there would judge documents wrongly. */

import type { RngNode } from './rng-file';
import { readGrammar, type Grammar, type RngFiles } from './rng-grammar';

/** What is missing from a schema file and all that it includes, in words; empty where it is whole. */
export function schemaFaults(file: string, files: RngFiles): readonly string[] {
  const before = new Set(files.faults);
  const root = files.root(file, '');
  if (root === undefined) return [`${file} is missing, or no RELAX NG schema.`];
  const faults = new Set<string>();
  look(root, undefined, files, faults, new Set());
  for (const fault of files.faults) if (!before.has(fault)) faults.add(fault);
  return [...faults];
}

function look(
  node: RngNode,
  grammar: Grammar | undefined,
  files: RngFiles,
  faults: Set<string>,
  external: Set<string>,
): void {
  switch (node.name) {
    case 'grammar': {
      const inner = readGrammar(node, files, grammar);
      if (inner.start === undefined) faults.add('A grammar has no <start>.');
      for (const definition of [...inner.definitions.values(), ...(inner.start ? [inner.start] : [])]) {
        for (const body of definition.bodies) {
          for (const child of body) look(child, inner, files, faults, external);
        }
      }
      return;
    }
    case 'ref':
    case 'parentRef': {
      const name = node.attributes.get('name') ?? '';
      const scope = node.name === 'ref' ? grammar : grammar?.parent;
      if (scope?.definitions.has(name) !== true) faults.add(`'${name}' is not defined.`);
      return;
    }
    case 'externalRef': {
      const href = node.attributes.get('href') ?? '';
      const root = files.root(href, node.ns);
      if (root === undefined || external.has(href)) return;
      external.add(href);
      look(root, undefined, files, faults, external);
      return;
    }
    default:
      for (const child of node.children) look(child, grammar, files, faults, external);
  }
}
