/**
 * Which elements and attributes libvirt's schema has at a path: names alone, without what excludes what. It reads the
 * schema files by itself, so that the reference is checked against them and not against our own reading of them.
 */

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  SourceText,
  attributeNamed,
  attributeValue,
  childElements,
  parseXml,
  rootElement,
  type Located,
  type XmlElement,
} from '../../../server/src/engine';

/** The libvirt manual's prefixes of the namespaces that a domain can hold. */
const PREFIXES: ReadonlyMap<string, string> = new Map(
  ['qemu', 'lxc', 'bhyve', 'xen', 'vmware'].map(driver => [
    `http://libvirt.org/schemas/domain/${driver}/1.0`,
    `${driver}:`,
  ]),
);

const FILES: readonly string[] = [
  'basictypes',
  'cputypes',
  'domaincommon',
  'domainoverrides',
  'networkcommon',
  'nwfilter_params',
  'privatedata',
  'storagecommon',
  'sysinfocommon',
];

/** A pattern, with what it needs to be read. */
interface Pattern {
  readonly text: string;
  readonly at: Located;
}

export interface SchemaNames {
  /** Whether the schema has an element there; a segment `*` stands for any. */
  readonly hasElement: (path: readonly string[]) => boolean;
  /** Names of its attributes. */
  readonly attributes: (path: readonly string[]) => ReadonlySet<string>;
  /** Every element that is not in itself, by path. */
  readonly allPaths: () => readonly string[];
}

export function readSchemaNames(folder: string): SchemaNames {
  const defines = readDefines(folder);
  const start: readonly Pattern[] = childPatterns(defines.get('domain') ?? [], defines);
  const at = (path: readonly string[]): readonly Pattern[] => {
    let here = start.filter(pattern => fits(pattern, path[0]));
    for (const name of path.slice(1)) {
      here = childPatterns(here, defines).filter(pattern => fits(pattern, name));
    }
    return here;
  };
  return {
    hasElement: path => at(path).length > 0,
    attributes: path => attributeNames(at(path), defines),
    allPaths: () => pathsBelow(start, '', [], defines),
  };
}

/** Patterns by the name of their define; several files may add to one. */
type Defines = ReadonlyMap<string, readonly Pattern[]>;

function readDefines(folder: string): Defines {
  const defines = new Map<string, Pattern[]>();
  const present = new Set(readdirSync(folder));
  for (const file of FILES.map(name => `${name}.rng`).filter(name => present.has(name))) {
    const text = readFileSync(join(folder, file), 'utf8');
    const root = rootElement(parseXml(SourceText.of(text)));
    for (const define of root === undefined ? [] : childElements(root, 'define')) {
      const name = valueOf({ text, at: define }, 'name') ?? '';
      defines.set(name, [...(defines.get(name) ?? []), { text, at: define }]);
    }
  }
  return defines;
}

/** The element patterns that stand in these patterns, not those within other elements. */
function childPatterns(patterns: readonly Pattern[], defines: Defines): readonly Pattern[] {
  const found: Pattern[] = [];
  walk(patterns, defines, pattern => {
    if (pattern.at.node.name === 'element') found.push(pattern);
  });
  return found;
}

function attributeNames(patterns: readonly Pattern[], defines: Defines): ReadonlySet<string> {
  const names = new Set<string>();
  walk(patterns, defines, pattern => {
    if (pattern.at.node.name === 'attribute') names.add(valueOf(pattern, 'name') ?? '*');
  });
  return names;
}

function walk(patterns: readonly Pattern[], defines: Defines, visit: (pattern: Pattern) => void): void {
  const followed = new Set<string>();
  const pending = [...patterns].reverse();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { text } = next;
    for (const at of childElements(next.at)) {
      const pattern = { text, at };
      const ref = at.node.name === 'ref' ? valueOf(pattern, 'name') : undefined;
      visit(pattern);
      if (ref !== undefined && !followed.has(ref)) {
        followed.add(ref);
        pending.push(...(defines.get(ref) ?? []));
      }
      if (!['ref', 'element', 'attribute'].includes(at.node.name)) pending.push(pattern);
    }
  }
}

function pathsBelow(
  patterns: readonly Pattern[],
  parent: string,
  within: readonly XmlElement[],
  defines: Defines,
): readonly string[] {
  const byName = new Map<string, Pattern[]>();
  for (const pattern of patterns.filter(candidate => !within.includes(candidate.at.node))) {
    const name = nameOf(pattern);
    if (name !== undefined) byName.set(name, [...(byName.get(name) ?? []), pattern]);
  }
  return [...byName].flatMap(([name, same]) => [
    parent + name,
    ...pathsBelow(
      childPatterns(same, defines),
      `${parent}${name}/`,
      [...within, ...same.map(pattern => pattern.at.node)],
      defines,
    ),
  ]);
}

const fits = (pattern: Pattern, name: string | undefined): boolean =>
  name === '*' || nameOf(pattern) === undefined || nameOf(pattern) === name;

/** The name that documents use; undefined where any will do. */
function nameOf(pattern: Pattern): string | undefined {
  const name = valueOf(pattern, 'name');
  if (name === undefined) return undefined;
  for (let at: Located | undefined = pattern.at; at !== undefined; at = at.parent) {
    const namespace = valueOf({ text: pattern.text, at }, 'ns');
    if (namespace !== undefined) return `${PREFIXES.get(namespace) ?? ''}${name}`;
  }
  return name;
}

function valueOf({ text, at }: Pattern, attribute: string): string | undefined {
  const found = attributeNamed(at.node, attribute);
  return found === undefined ? undefined : attributeValue(text, at, found);
}
