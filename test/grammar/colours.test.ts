import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { LIMITS } from '../../server/src/engine';
import { DOMAIN_GRAMMAR, ROOT, textsWith } from './tokenizer';

const GROUP = `<domain type='kvm'>
  <throttlegroups>
    <throttlegroup>
      <total_iops_sec>500</total_iops_sec>
      <group_name>gold</group_name>
    </throttlegroup>
  </throttlegroups>
  <devices>
    <disk type="file">
      <throttlefilters>
        <throttlefilter group='gold'/>
        <throttlefilter group="silver &amp; more"/>
      </throttlefilters>
    </disk>
  </devices>
</domain>`;

test('every limit of the table is coloured as a limit, with its number', async () => {
  for (const { xml } of LIMITS) {
    const text = `<${xml}>123</${xml}>`;
    assert.deepEqual(await textsWith('entity.name.tag.limit', text), [xml, xml], wrong(xml));
    assert.deepEqual(await textsWith('constant.numeric.limit', text), ['123'], wrong(xml));
  }
});

test('the grammar knows no limit that the table does not have', () => {
  const grammar = readFileSync(path.join(ROOT, DOMAIN_GRAMMAR), 'utf8');
  const named = new Set(grammar.match(/\b(?:[a-z]+_)+sec(?:_max(?:_length)?)?\b/g));
  assert.deepEqual([...named].sort(), LIMITS.map(field => field.xml).sort(), wrong('the list of limits'));
});

test('a name that only begins like a limit is a tag like any other', async () => {
  assert.deepEqual(await textsWith('entity.name.tag.limit', '<total_iops_second>5</total_iops_second>'), []);
});

test('group names have one colour, where they are made and where they are used', async () => {
  const named = await textsWith('entity.name.type.group', GROUP);
  assert.deepEqual(named, ['gold', 'gold', 'silver ', '&amp;', ' more']);
});

test('tags, attributes, strings and comments of any XML', async () => {
  const text = `<?xml version="1.0"?><!-- a note --><a b='c' d="e">f &lt; <![CDATA[<x>]]></a>`;
  assert.deepEqual(await textsWith('entity.name.tag', text), ['xml', 'a', 'a']);
  assert.deepEqual(await textsWith('entity.other.attribute-name', text), ['version', 'b', 'd']);
  assert.deepEqual((await textsWith('comment.block', text)).join(''), '<!-- a note -->');
  assert.deepEqual((await textsWith('string.unquoted.cdata', text)).join(''), '<![CDATA[<x>]]>');
  assert.deepEqual(await textsWith('constant.character.entity', text), ['&lt;']);
});

test('template text and suppressing comments stand out', async () => {
  const text = `<total_iops_sec>{{ iops }}</total_iops_sec><!-- domxml-disable-next-line group-unused -->`;
  assert.deepEqual(await textsWith('variable.other.template', text), ['{{ iops }}']);
  assert.deepEqual(await textsWith('keyword.other.suppression', text), ['domxml-disable-next-line']);
});

test('a tag that was never closed does not colour the rest of the document', async () => {
  const text = `<disk type='file\n<throttlegroup>\n<total_iops_sec>500\n<group_name>gold</group_name>`;
  assert.deepEqual(await textsWith('entity.name.tag.limit', text), ['total_iops_sec']);
  assert.deepEqual(await textsWith('entity.name.type.group', text), ['gold']);
});

test('in plain XML limits and groups are coloured inside a throttle group', async () => {
  assert.deepEqual(await textsWith('entity.name.tag.limit', GROUP, 'text.xml'), [
    'total_iops_sec',
    'total_iops_sec',
  ]);
  const groups = await textsWith('entity.name.type.group', GROUP, 'text.xml');
  assert.deepEqual(groups, ['gold', 'gold', 'silver ', '&amp;', ' more']);
});

test('XML of other products keeps its own colours', async () => {
  const text = `<project>\n<group_name>gold</group_name>\n<total_iops_sec>5</total_iops_sec>\n</project>`;
  assert.deepEqual(await textsWith('entity.name.type.group', text, 'text.xml'), []);
  assert.deepEqual(await textsWith('entity.name.tag.limit', text, 'text.xml'), []);
});

const wrong = (what: string): string => `${what}: look at ${DOMAIN_GRAMMAR}`;
