import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redactedText } from '../../server/src/qmp/transcript';

test('a message without anything secret is kept as it came', () => {
  for (const text of [
    '{"return": {}, "id": 7}',
    '{"return": [{"node-name": "disk0", "file": "json:{\\"throttle-group\\": \\"gold\\"}"}], "id": 8}',
    '{"return": {"format-specific": {"type": "qcow2", "data": {"compat": "1.1"}}}, "id": 9}',
    'no JSON at all',
  ]) {
    assert.equal(redactedText(text), text);
  }
});

test('a secret is found however its key is written', () => {
  for (const text of [
    '{"execute":"set_password","arguments":{"password":"geheim"}}',
    '{"execute": "set_password", "arguments": {"pass\\u0077ord" : "geheim"}}',
    '{"execute":"object-add","arguments":{"qom-type":"secret","id":"s","data":"geheim"}}',
    '{"execute":"object-add","arguments":{"props":{"d\\u0061ta":"geheim"}}}',
    '{"execute":"qom-set","arguments":{"path":"/objects/s","property":"data","value":"geheim"}}',
    '{"execute":"qom-set","arguments":{"value":"geheim","property":"data" }}',
    '{"return": [{"file": "https://me:geheim@host/x"}]}',
    '{"return": [{"file": "json:{\\"password\\": \\"geheim\\"}"}]}',
    '{"execute":"human-monitor-command","arguments":{"command-line":"object_add secret,data=geheim"}}',
  ]) {
    const said = redactedText(text);
    assert.doesNotMatch(said, /geheim/, text);
    assert.match(said, /\*\*\*/);
  }
});
