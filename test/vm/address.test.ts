import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectVm, formatVmAddress, isLoopback, parseVmAddress, VmAddressError } from '../../server/src/vm';

const words = (text: string): string => {
  const parsed = parseVmAddress(text);
  return parsed.kind === 'invalid' ? parsed.message : formatVmAddress(parsed.address);
};

test('addresses have one spelling', () => {
  const rows = [
    ['unix:/run/vm.sock', 'unix:/run/vm.sock'],
    [' unix:/run/vm.sock\n', 'unix:/run/vm.sock'],
    ['unix:/run/vm.sock,server=on,wait=off', 'unix:/run/vm.sock'],
    ['unix:/run/a,,b.sock', 'unix:/run/a,,b.sock'],
    ['tcp:127.0.0.1:4444', 'tcp:127.0.0.1:4444'],
    ['tcp:[::1]:4444,server', 'tcp:[::1]:4444'],
    ['libvirt:db01', 'libvirt:db01'],
    ['libvirt:db01@qemu:///system', 'libvirt:db01@qemu:///system'],
    ['libvirt:db@1@qemu+ssh://root@host/system', 'libvirt:db@1@qemu+ssh://root@host/system'],
  ] as const;
  for (const [text, address] of rows) assert.equal(words(text), address);
});

test("a libvirt URI starts after the last @ before the first '://'", () => {
  const parsed = parseVmAddress('libvirt:db@1@qemu+ssh://root@host/system');
  assert.deepEqual(parsed, {
    kind: 'address',
    address: { kind: 'libvirt', domain: 'db@1', uri: 'qemu+ssh://root@host/system' },
  });
});

test('what is no address is said in words', () => {
  assert.match(words(''), /^No address given/);
  assert.match(words('/run/vm.sock'), /write unix: before its path/);
  assert.match(words('tcp:host'), /HOST:PORT/);
  assert.match(words('tcp:host:0'), /1 to 65535/);
  assert.match(words('qemu:///system'), /libvirt:DOMAIN@qemu:\/\/\/system/);
  assert.match(words('unix:'), /is no address/);
  assert.match(words('libvirt:'), /is no address/);
});

test('loopback is this machine and nothing else', () => {
  for (const host of ['localhost', '127.0.0.1', '127.9.9.9', '::1']) assert.ok(isLoopback(host), host);
  for (const host of ['127.0.0.1.example.org', 'localhost.example', '10.0.0.1', '0.0.0.0', '::']) {
    assert.ok(!isLoopback(host), host);
  }
});

test('another host over TCP is refused before anything is opened', async () => {
  const refusal = async (text: string): Promise<string> => {
    const parsed = parseVmAddress(text);
    if (parsed.kind === 'invalid') return parsed.message;
    const error: unknown = await connectVm(parsed.address).catch((thrown: unknown) => thrown);
    assert.ok(error instanceof VmAddressError);
    return error.message;
  };
  assert.match(await refusal('tcp:192.0.2.1:4444'), /on another host.*ssh -L/);
});
