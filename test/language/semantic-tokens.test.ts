import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SEMANTIC_LEGEND, semanticTokens } from '../../server/src/language';
import { subjectOf } from '../support/marked-text';

/** Each token as "line: text type modifiers". */
function tokens(text: string, lines?: readonly [number, number]): string[] {
  const range =
    lines === undefined
      ? undefined
      : { start: { line: lines[0], character: 0 }, end: { line: lines[1], character: 0 } };
  const data = semanticTokens(subjectOf(text), range);
  assert.equal(data.length % 5, 0);
  const written = text.split('\n');
  const found: string[] = [];
  let line = 0;
  let character = 0;
  for (let at = 0; at < data.length; at += 5) {
    const [lines_ = 0, characters = 0, length = 0, type = 0, modifiers = 0] = data.slice(at, at + 5);
    line += lines_;
    character = lines_ === 0 ? character + characters : characters;
    const token = (written[line] ?? '').slice(character, character + length);
    assert.equal(token.length, length, 'a token stays on its line');
    const declared = modifiers === 1 ? ` ${SEMANTIC_LEGEND.tokenModifiers[0] ?? ''}` : '';
    found.push(`${String(line)}: ${token} ${SEMANTIC_LEGEND.tokenTypes[type] ?? ''}${declared}`);
  }
  return found;
}

const DOMAIN = `<domain type='kvm'>
<throttlegroups><throttlegroup><group_name>gold</group_name>
<total_iops_sec>500</total_iops_sec><read_bytes_sec>50MiB</read_bytes_sec>
</throttlegroup></throttlegroups>
<devices><disk><target dev='vda'/>
<throttlefilters><throttlefilter group='gold'/><throttlefilter group='{{ group }}'/></throttlefilters></disk>
<disk><iotune><write_iops_sec/><group_name>old</group_name></iotune></disk>
<!-- {%
x %} --></devices></domain>`;

test('groups, limits, values, disks and template text', () => {
  assert.deepEqual(tokens(DOMAIN), [
    '1: gold class declaration',
    '2: total_iops_sec property',
    '2: 500 number',
    '2: total_iops_sec property',
    '2: read_bytes_sec property',
    '2: read_bytes_sec property',
    '4: vda variable declaration',
    '5: gold class',
    '5: {{ group }} macro',
    '6: write_iops_sec property',
    '6: old class',
    '7: {% macro',
    '8: x %} macro',
  ]);
});

test('a range has the tokens of what reaches into it', () => {
  assert.deepEqual(tokens(DOMAIN, [6, 7]), ['6: write_iops_sec property', '6: old class']);
  assert.deepEqual(tokens(DOMAIN, [2, 2])[0], '1: gold class declaration');
});

test('beginnings of templates without an end cost no more than the text is long', () => {
  assert.deepEqual(tokens(`<a>${'{{ '.repeat(100_000)}</a>`), []);
  assert.deepEqual(tokens('<a>${x} @y@ {{ z</a>'), ['0: ${x} macro', '0: @y@ macro']);
});
