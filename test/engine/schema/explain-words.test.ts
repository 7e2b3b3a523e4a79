/** Every datatype of libvirt's schemas has words: a release that brings a new one fails here. */

import assert from 'node:assert/strict';
import type { Datatype, ElementPattern, Pattern, Schema } from '../../../server/src/engine';
import { UNWORDED, wordsForDatatype } from '../../../server/src/engine/schema/explain/value-words';
import { testWithShared } from '../../support/shared';
import { RELEASES, schemasOf } from './schemas';

for (const release of RELEASES) {
  testWithShared(
    `every datatype in the schemas of libvirt ${release} has words, and an example that it takes`,
    data => {
      const schemas = schemasOf(data, release);
      const roots = [...schemas.roots().keys()];
      assert.ok(roots.length > 10, roots.join(' '));
      const wrong = new Set<string>();
      let count = 0;
      for (const root of roots) {
        const schema = schemas.schemaFor(root);
        for (const { datatype, holder, name } of schema === undefined ? [] : datatypesIn(schema)) {
          count++;
          const { words, example } = wordsForDatatype(datatype, holder, name);
          if (words.startsWith(UNWORDED)) wrong.add(`no words for ${datatype.key}`);
          else if (!datatype.takes(example))
            wrong.add(`${datatype.key} does not take the example '${example}'`);
        }
      }
      assert.ok(count > 400, String(count));
      assert.deepEqual([...wrong], [], 'add a row to engine/schema/explain/value-words.ts');
    },
  );
}

interface Use {
  readonly datatype: Datatype;
  readonly holder: string;
  readonly name: string;
}

function datatypesIn(schema: Schema): Use[] {
  const uses: Use[] = [];
  const seen = new Set<ElementPattern>();
  const pending = schema.start.leaves('element');
  for (let element = pending.pop(); element !== undefined; element = pending.pop()) {
    if (seen.has(element)) continue;
    seen.add(element);
    const holder = element.nameClass.kind === 'name' ? element.nameClass.name.local : '';
    const content = schema.checker.contentOf(element);
    pending.push(...content.leaves('element'));
    const add = (pattern: Pattern, name: string): void => {
      if (pattern.kind === 'data') uses.push({ datatype: pattern.datatype, holder, name });
      else if ('members' in pattern) for (const member of pattern.members) add(member, name);
      else if ('member' in pattern) add(pattern.member, name);
    };
    add(content.pattern, '');
    for (const attribute of content.leaves('attribute')) {
      add(attribute.value, attribute.nameClass.kind === 'name' ? attribute.nameClass.name.local : '');
    }
  }
  return uses;
}
