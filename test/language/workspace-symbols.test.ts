import assert from 'node:assert/strict';
import { test } from 'node:test';
import { symbolsFor, workspaceSymbols } from '../../server/src/language';
import { subjectOf } from '../support/marked-text';

const DOMAIN = `<domain type='kvm'><name>db01</name>
<throttlegroups><throttlegroup><group_name>gold</group_name></throttlegroup><throttlegroup/></throttlegroups>
<devices><disk><source file='/img/data.qcow2'/><target dev='vda'/></disk><disk/></devices></domain>`;

const SYMBOLS = workspaceSymbols(subjectOf(DOMAIN));

test('domains, groups and disks, each with the domain that it is in', () => {
  assert.deepEqual(
    SYMBOLS.map(({ name, containerName }) => [name, containerName]),
    [
      ['db01', undefined],
      ['gold', 'db01'],
      ['vda /img/data.qcow2', 'db01'],
      ['disk 2', 'db01'],
    ],
  );
  assert.deepEqual(SYMBOLS[1]?.location, {
    uri: 'file:///test.domain.xml',
    range: { start: { line: 1, character: 43 }, end: { line: 1, character: 47 } },
  });
});

test('a domain without a name goes by its file; what is no domain has nothing to find', () => {
  assert.deepEqual(
    workspaceSymbols(subjectOf('<domain/>')).map(({ name }) => name),
    ['test.domain.xml'],
  );
  assert.deepEqual(workspaceSymbols(subjectOf('<project/>')), []);
});

test('letters in their order find a symbol, names that begin with them first', () => {
  const names = (query: string): string[] => symbolsFor(query, SYMBOLS).map(({ name }) => name);
  assert.deepEqual(names('d'), ['db01', 'disk 2', 'gold', 'vda /img/data.qcow2']);
  assert.deepEqual(names('DATA'), ['vda /img/data.qcow2']);
  assert.deepEqual(names('d2'), ['vda /img/data.qcow2', 'disk 2']);
  assert.deepEqual(names('xyz'), []);
  assert.equal(names('').length, 4);
});
