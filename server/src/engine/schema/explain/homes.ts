/** Which elements the schema knows, and inside of which each of them stands: made once for a schema, when first asked. */

import { listedNames, nameKey } from '../name-class';
import type { ElementPattern } from '../pattern';
import type { Schema } from '../schema';

/** The names of elements that may hold an element of this name (`nameKey`s); empty where the schema knows no such. */
export function homesOfElement(schema: Schema, key: string): readonly string[] {
  let index = indices.get(schema);
  if (index === undefined) indices.set(schema, (index = indexOf(schema)));
  return index.get(key) ?? [];
}

/** The namespaces of elements that the schema names, as far as they have one. */
export function namespacesIn(schema: Schema): readonly string[] {
  homesOfElement(schema, '');
  const found = new Set<string>();
  for (const key of indices.get(schema)?.keys() ?? []) {
    if (key.startsWith('{')) found.add(key.slice(1, key.lastIndexOf('}')));
  }
  return [...found];
}

const indices = new WeakMap<Schema, ReadonlyMap<string, readonly string[]>>();

function indexOf(schema: Schema): ReadonlyMap<string, readonly string[]> {
  const homes = new Map<string, Set<string>>();
  const seen = new Set<ElementPattern>();
  const pending = [...schema.start.leaves('element')];
  for (let holder = pending.pop(); holder !== undefined; holder = pending.pop()) {
    if (seen.has(holder)) continue;
    seen.add(holder);
    const names = listedNames(holder.nameClass).map(nameKey);
    for (const inner of schema.checker.contentOf(holder).leaves('element')) {
      for (const key of listedNames(inner.nameClass).map(nameKey)) {
        let holders = homes.get(key);
        if (holders === undefined) homes.set(key, (holders = new Set<string>()));
        for (const name of names) holders.add(name);
      }
      if (!seen.has(inner)) pending.push(inner);
    }
  }
  return new Map([...homes].map(([key, holders]) => [key, [...holders]]));
}
