import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  formatJson,
  formatQmpAddress,
  Framing,
  isJsonObject,
  jsonMember,
  JsonError,
  libvirtMonitorDomain,
  MAX_NESTING,
  parseJson,
  parseQmpAddress,
} from '../../server/src/qmp';

test('JSON that JSON.parse reads without loss is read the same', () => {
  const texts = [
    '0',
    '-1',
    '1.5e3',
    '-0.25',
    '9007199254740991',
    'true',
    'false',
    'null',
    '""',
    '"\\u0041\\n\\/\\ud83d\\udc33"',
    '"🐳"',
    ' [ 1 , [ ] , { } ] ',
    '{"a":{"b":[1,"2",null]},"constructor":1,"":2}',
    '{"a":1,"a":2}',
  ];
  for (const text of texts) assert.deepEqual(parseJson(text), JSON.parse(text), text);
});

test('what is not JSON is refused', () => {
  const texts = [
    '',
    ' ',
    'inf',
    'nan',
    '-inf',
    'Infinity',
    'NaN',
    '1e400',
    '-1e400',
    '01',
    '1.',
    '.5',
    '+1',
    '0x1',
    '-',
    '1e',
    "'a'",
    '"a',
    '"\\x"',
    '"\\u12g4"',
    '"\n"',
    '[1,]',
    '[1 2]',
    '[',
    '{',
    '{"a"}',
    '{"a":}',
    '{"a":1,}',
    '{a:1}',
    'tru',
    'nul',
    '1 2',
    '{}x',
    '/* */1',
    '\ufeff1',
    '9'.repeat(500),
  ];
  for (const text of texts) assert.throws(() => parseJson(text), JsonError, JSON.stringify(text));
});

test('integers are exact in both directions', () => {
  for (const text of [
    '9007199254740993',
    '-9007199254740993',
    '9223372036854775807',
    '18446744073709551615',
    '[1,2.5]',
  ]) {
    assert.equal(formatJson(parseJson(text)), text);
  }
  assert.equal(parseJson('9007199254740992'), 9007199254740992n);
});

test('prototype names are data', () => {
  const value = parseJson('{"__proto__": {"polluted": 1}, "constructor": 2}');
  assert(isJsonObject(value));
  assert.deepEqual(Object.keys(value), ['__proto__', 'constructor']);
  assert.equal(Object.getPrototypeOf(value), Object.prototype);
  assert.deepEqual(jsonMember(value, '__proto__'), { polluted: 1 });
  assert.equal(jsonMember({}, 'constructor'), undefined);
  assert.equal(formatJson(value), '{"__proto__":{"polluted":1},"constructor":2}');
});

test('nesting has a limit in both directions', () => {
  const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
  assert.equal(formatJson(parseJson(deep(MAX_NESTING))), deep(MAX_NESTING));
  assert.throws(() => parseJson(deep(MAX_NESTING + 1)), /more than 1024 levels/);
  assert.throws(() => parseJson('['.repeat(1_000_000)), /more than 1024 levels/);
  const loop: unknown[] = [];
  loop.push(loop);
  assert.throws(() => formatJson(loop as never), /more than 1024 levels/);
});

test('JSON for people is indented', () => {
  assert.equal(
    formatJson({ a: [1, {}], b: [] }, { indent: 2 }),
    JSON.stringify({ a: [1, {}], b: [] }, null, 2),
  );
});

test('messages are cut at lines, whatever the packets', () => {
  const bytes = Buffer.from('{"a":"ü🐳"}\r\n\r\n{"b":2}\n{\r\n    "c": 3\r\n}\r\n{"d":4}\n');
  const wanted = ['{"a":"ü🐳"}', '{"b":2}', '{\n    "c": 3\n}', '{"d":4}'];
  for (const size of [1, 2, 3, 7, 1000]) {
    const framing = new Framing(1000);
    const messages: string[] = [];
    for (let at = 0; at < bytes.length; at += size) {
      messages.push(...framing.push(bytes.subarray(at, at + size)));
    }
    assert.deepEqual(messages, wanted);
    assert.equal(framing.rest(), '');
  }
});

test('addresses are read as in QEMU and written back', () => {
  const cases = [
    ['unix:/run/vm.sock', { kind: 'unix', path: '/run/vm.sock' }],
    ['unix:/run/a,,b.sock,server=on,wait=off', { kind: 'unix', path: '/run/a,b.sock' }],
    ['tcp:localhost:4444,server', { kind: 'tcp', host: 'localhost', port: 4444 }],
    ['tcp:[::1]:4444', { kind: 'tcp', host: '::1', port: 4444 }],
    ['tcp::4444', { kind: 'tcp', host: 'localhost', port: 4444 }],
  ] as const;
  for (const [text, address] of cases) {
    const read = parseQmpAddress(text);
    assert.deepEqual(read, address);
    assert(read);
    assert.deepEqual(parseQmpAddress(formatQmpAddress(read)), address);
  }
  for (const text of [
    '',
    'unix:',
    '/run/x',
    'tcp:host',
    'tcp:host:0',
    'tcp:host:65536',
    'tcp:a b:1',
    'libvirt:x',
    'unix:a\0b',
    'tcp:::1:1',
  ]) {
    assert.equal(parseQmpAddress(text), undefined, text);
  }
});

test("libvirt's own monitors are known by their path", () => {
  const cases = [
    ['/var/lib/libvirt/qemu/domain-3-db01/monitor.sock', 'db01'],
    ['/home/u/.config/libvirt/qemu/lib/domain-1-a-b/monitor.sock', 'a-b'],
    ['/root/x/lib/qemu/domain-1-embedded/monitor.sock', 'embedded'],
    ['/var/lib/libvirt/qemu/old.monitor', 'old'],
    ['/var/lib/libvirt/qemu/capabilities.monitor.sock', ''],
    ['/run/vm.sock', undefined],
    ['/run/monitor.sock', undefined],
  ] as const;
  for (const [path, name] of cases) assert.equal(libvirtMonitorDomain(path), name, path);
});
