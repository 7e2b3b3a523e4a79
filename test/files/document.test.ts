import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { test, type TestContext } from 'node:test';
import { findDocuments, isFolder, productVersion, readDocument } from '../../server/src/files';

const TEXT = "<domain type='kvm'><name>bücher 日本 🐘</name></domain>\n";

async function folderOf(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'domxml-files-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function readBytes(t: TestContext, bytes: Uint8Array): Promise<string> {
  const path = join(await folderOf(t), 'a.xml');
  await writeFile(path, bytes);
  const read = await readDocument(path);
  return read.kind === 'text' ? read.text : `! ${read.message}`;
}

const bigEndian = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le').swap16();

test('UTF-8 is read as it is', async t => {
  assert.equal(await readBytes(t, Buffer.from(TEXT)), TEXT);
});

test('a byte order mark is no part of the text', async t => {
  assert.equal(await readBytes(t, Buffer.from(`\ufeff${TEXT}`)), TEXT);
});

test('UTF-16 of both byte orders is read by its byte order mark', async t => {
  assert.equal(await readBytes(t, Buffer.from(`\ufeff${TEXT}`, 'utf16le')), TEXT);
  assert.equal(await readBytes(t, bigEndian(TEXT)), TEXT);
});

test('line ends stay as they are', async t => {
  assert.equal(await readBytes(t, Buffer.from('<a>\r\n</a>\r')), '<a>\r\n</a>\r');
});

test('an empty file is an empty text', async t => {
  assert.equal(await readBytes(t, Buffer.alloc(0)), '');
});

for (const { what, bytes, words } of [
  {
    what: 'Latin-1 that says so',
    bytes: Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><domain>\xfc</domain>', 'latin1'),
    words: '! it is not UTF-8 text (its declaration says ISO-8859-1); save it as UTF-8',
  },
  {
    what: 'Latin-1 that does not say so',
    bytes: Buffer.from('<domain>\xfc</domain>', 'latin1'),
    words: '! it is not UTF-8 text; save it as UTF-8',
  },
  {
    what: 'UTF-16 without byte order mark',
    bytes: Buffer.from('<domain/>', 'utf16le'),
    words: '! it is UTF-16 without a byte order mark; save it as UTF-8',
  },
  {
    what: 'UTF-16 cut in the middle of a character',
    bytes: Buffer.concat([bigEndian('<a/>'), Buffer.from([1])]),
    words: '! it begins with the byte order mark of UTF-16 but is not UTF-16',
  },
  {
    what: 'UTF-32',
    bytes: Buffer.from([0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0]),
    words: '! it is UTF-32; save it as UTF-8',
  },
]) {
  test(`${what} is refused with words`, async t => assert.equal(await readBytes(t, bytes), words));
}

test('what is not there, or a folder, is said in words', async t => {
  const folder = await folderOf(t);
  await writeFile(join(folder, 'file'), '');
  await symlink('loop', join(folder, 'loop'));
  const messages = await Promise.all(
    ['nothing', '.', 'file/below', 'loop', 'a\0b', 'x'.repeat(300)].map(name =>
      readDocument(`${folder}/${name}`),
    ),
  );
  assert.deepEqual(messages, [
    { kind: 'unreadable', message: 'there is no such file or folder' },
    { kind: 'unreadable', message: 'it is a folder, not a file' },
    { kind: 'unreadable', message: 'a part of this path is a file, not a folder' },
    { kind: 'unreadable', message: 'its symbolic links lead in a circle' },
    { kind: 'unreadable', message: 'its name holds a character that no file name can have' },
    { kind: 'unreadable', message: 'its name is too long for this system' },
  ]);
});

test('a file without permission is said in words', { skip: process.platform === 'win32' }, async t => {
  const path = join(await folderOf(t), 'a.xml');
  await writeFile(path, TEXT);
  await chmod(path, 0);
  // Root may read everything; so root asks as nobody.
  const isRoot = process.getuid?.() === 0;
  if (isRoot) process.seteuid?.(65534);
  try {
    assert.deepEqual(await readDocument(path), {
      kind: 'unreadable',
      message: 'you are not permitted to read it',
    });
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
});

test('a socket cannot be read, and that is said', async t => {
  const path = join(await folderOf(t), 's.xml');
  const server = createServer().listen(path);
  await once(server, 'listening');
  t.after(() => server.close());
  assert.deepEqual(await readDocument(path), {
    kind: 'unreadable',
    message: 'it is a socket or device that cannot be read',
  });
});

test(
  "a file of the kernel's that says it is empty is read",
  { skip: process.platform !== 'linux' },
  async () => {
    const text = readFileSync('/proc/self/comm', 'utf8');
    assert.deepEqual(await readDocument('/proc/self/comm'), { kind: 'text', text });
  },
);

test(
  'a device that never ends is given up at the size cap',
  { skip: process.platform !== 'linux' },
  async () => {
    assert.deepEqual(await readDocument('/dev/zero'), {
      kind: 'unreadable',
      message: 'it is larger than 128 MiB',
    });
  },
);

test('a pipe is read to its end', { skip: process.platform === 'win32' }, async t => {
  const path = join(await folderOf(t), 'pipe');
  execFileSync('mkfifo', [path]);
  const writer = spawn('sh', ['-c', 'cat > "$0"', path], { stdio: ['pipe', 'ignore', 'ignore'] });
  writer.stdin.end(TEXT);
  assert.deepEqual(await readDocument(path), { kind: 'text', text: TEXT });
});

async function found(folder: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const { path, read } of findDocuments(folder)) {
    paths.push(path.slice(folder.length + 1) + (read.kind === 'text' ? '' : ` ! ${read.message}`));
  }
  return paths;
}

async function tree(t: TestContext, files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const folder = await folderOf(t);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

test('a folder gives its libvirt documents in order, and nothing else', async t => {
  const folder = await tree(t, {
    'b.xml': TEXT,
    'a.domain.xml': TEXT,
    'B.XML': TEXT,
    'a/z.xml': TEXT,
    'a.txt': TEXT,
    'pom.xml': '<project xmlns="http://maven.apache.org/POM/4.0.0"/>',
    'network.xml': '<network><name>default</name></network>',
    'empty.xml': '',
    'garbage.xml': Buffer.from([0x89, 0x50, 0xff, 0]),
    'snapshot.xml': '<domainsnapshot><domain/></domainsnapshot>',
    '.git/x.xml': TEXT,
    'node_modules/p/x.xml': TEXT,
  });
  assert.deepEqual(await found(folder), ['B.XML', 'a/z.xml', 'a.domain.xml', 'b.xml', 'snapshot.xml']);
});

test('a document that cannot be decoded is given where it may be a domain, else passed over', async t => {
  const folder = await tree(t, {
    'domain.xml': Buffer.from("<domain type='kvm'><name>\xfc</name></domain>", 'latin1'),
    'other.xml': Buffer.from('<recipe><name>\xfc</name></recipe>', 'latin1'),
  });
  assert.deepEqual(await found(folder), ['domain.xml ! it is not UTF-8 text; save it as UTF-8']);
});

test('links are followed once: loops end, a file with two names is given once', async t => {
  const folder = await tree(t, { 'a/1.xml': TEXT });
  await symlink('..', join(folder, 'a', 'up'));
  await symlink('self', join(folder, 'self'));
  await symlink('nowhere.xml', join(folder, 'dangling.xml'));
  await symlink('a/1.xml', join(folder, 'z.xml'));
  assert.deepEqual(await found(folder), ['a/1.xml']);
});

test('a pipe in a folder is passed over, not waited for', { skip: process.platform === 'win32' }, async t => {
  const folder = await tree(t, { 'a.xml': TEXT });
  execFileSync('mkfifo', [join(folder, 'pipe.xml')]);
  assert.deepEqual(await found(folder), ['a.xml']);
});

test('a folder that is not there is given as unreadable', async t => {
  const folder = join(await folderOf(t), 'x');
  assert.deepEqual(await found(folder), [' ! there is no such file or folder']);
  assert.equal(isFolder(folder), false);
});

test('the version is that of package.json', () => {
  assert.match(productVersion(__dirname), /^\d+\.\d+\.\d+/);
  assert.equal(productVersion('/'), 'unknown');
});
