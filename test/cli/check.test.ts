import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { BAD, GOOD, domxml, outputOf, startDomxml, temporaryFolder } from './domxml';
import { CHECK_SHAPE, assertShape } from './shape';

interface CheckJson {
  readonly files: readonly {
    readonly path: string;
    readonly status: string;
    readonly message: string;
    readonly findings: readonly {
      readonly rule: string;
      readonly severity: string;
      readonly refusedBy: string | null;
      readonly range: { readonly start: Place; readonly end: Place };
      readonly fixes: readonly {
        readonly title: string;
        readonly edits: readonly {
          readonly range: { readonly start: Place; readonly end: Place };
          readonly newText: string;
        }[];
      }[];
    }[];
  }[];
}
interface Place {
  readonly line: number;
  readonly character: number;
}

/** Reads the JSON of `check` after its shape is proven. */
function checkJson(stdout: string): CheckJson {
  const value: unknown = JSON.parse(stdout);
  assertShape(value, CHECK_SHAPE);
  return value as CheckJson;
}

const LINE = BAD.split('\n').findIndex(line => line.includes('glod'));
const CHARACTER = (BAD.split('\n')[LINE] ?? '').indexOf('glod');

test('a good document: exit 0, nothing on stdout, a word on stderr', async () => {
  assert.deepEqual(await domxml(['check', '--schema', 'none', '-'], { stdin: GOOD }), {
    code: 0,
    signal: null,
    stdout: '',
    stderr: "domxml: 1 document checked without libvirt's schema: nothing found\n",
  });
});

test('text: place, message, rule, the line with carets, what can be done', async t => {
  const cwd = await temporaryFolder(t);
  await writeFile(join(cwd, 'a.xml'), BAD);
  const { code, stdout } = await domxml(['check', 'a.xml'], { cwd });
  assert.equal(code, 1);
  const lines = stdout.split('\n');
  const at = lines.findIndex(line => line.startsWith(`a.xml:${LINE + 1}:${CHARACTER + 1}: error: `));
  assert.ok(at >= 0, stdout);
  assert.match(lines[at] ?? '', /glod.*\[filter-group-unknown\]$/);
  assert.equal(lines[at + 1], `   ${LINE + 1} |         <throttlefilter group='glod'/>`);
  assert.equal(lines[at + 2], `      |${' '.repeat(CHARACTER + 1)}^^^^`);
  assert.match(stdout, /^ {2}fix: .*gold/m);
});

test('json: exactly the contract, and a fix whose edit mends the document', async () => {
  const { code, stdout, stderr } = await domxml(['check', '--format', 'json', '-'], { stdin: BAD });
  const { files } = checkJson(stdout);
  assert.deepEqual({ code, stderr }, { code: 1, stderr: '' });
  const finding = files[0]?.findings.find(({ rule }) => rule === 'filter-group-unknown');
  assert.ok(finding);
  assert.deepEqual(
    {
      path: files[0]?.path,
      status: files[0]?.status,
      severity: finding.severity,
      refusedBy: finding.refusedBy,
    },
    { path: '-', status: 'checked', severity: 'error', refusedBy: 'libvirt' },
  );
  assert.deepEqual(finding.range, {
    start: { line: LINE, character: CHARACTER },
    end: { line: LINE, character: CHARACTER + 4 },
  });
  const fix = finding.fixes.find(({ title }) => title.includes('gold'));
  assert.ok(fix, 'a fix that names the similar group');
  const lines = BAD.split('\n');
  for (const { range, newText } of fix.edits) {
    const line = lines[range.start.line] ?? '';
    lines[range.start.line] =
      line.slice(0, range.start.character) + newText + line.slice(range.end.character);
  }
  assert.equal((await domxml(['check', '-'], { stdin: lines.join('\n') })).code, 0);
});

test('json: every input has its entry, also the unreadable and the foreign', async t => {
  const cwd = await temporaryFolder(t);
  await writeFile(join(cwd, 'pom.xml'), '<project/>');
  await writeFile(join(cwd, 'bad.xml'), BAD);
  const run = await domxml(['check', '--format=json', 'bad.xml', 'pom.xml', 'nothing.xml'], { cwd });
  const { files } = checkJson(run.stdout);
  assert.equal(run.code, 2, 'unreadable wins over errors');
  assert.deepEqual(
    files.map(({ path, status }) => ({ path, status })),
    [
      { path: 'bad.xml', status: 'checked' },
      { path: 'pom.xml', status: 'not-libvirt' },
      { path: 'nothing.xml', status: 'unreadable' },
    ],
  );
  assert.match(run.stderr, /^domxml: nothing\.xml: there is no such file or folder$/m);
  assert.match(run.stderr, /^domxml: pom\.xml: this is no libvirt domain document/m);
});

test('a folder: its libvirt documents in order, the rest passed over without a word', async t => {
  const cwd = await temporaryFolder(t);
  await mkdir(join(cwd, 'vms', 'web'), { recursive: true });
  await writeFile(join(cwd, 'vms', 'b.xml'), BAD);
  await writeFile(join(cwd, 'vms', 'web', 'a.xml'), GOOD);
  await writeFile(join(cwd, 'vms', 'pom.xml'), '<project/>');
  await symlink('..', join(cwd, 'vms', 'web', 'up'));
  const { code, stdout, stderr } = await domxml(
    ['check', '--format', 'json', './vms', './vms/b.xml', join(cwd, 'vms/b.xml')],
    { cwd },
  );
  assert.deepEqual(
    checkJson(stdout).files.map(({ path }) => path),
    ['vms/b.xml', 'vms/web/a.xml'],
    'a file that is named in several ways is checked once',
  );
  assert.deepEqual({ code, stderr }, { code: 1, stderr: '' });
});

test('an empty folder is no mistake, but said', async t => {
  const cwd = await temporaryFolder(t);
  const { code, stderr } = await domxml(['check', '.'], { cwd });
  assert.equal(code, 0);
  assert.match(stderr, /^domxml: \.: no libvirt document below this folder$/m);
});

test('hostile names of files are paths, nothing else', async t => {
  const cwd = await temporaryFolder(t);
  const names = [
    '--format',
    '-',
    'it\'s "quoted" & <odd>.xml',
    'line\nbreak.xml',
    '$(touch owned)',
    'a%25,b:c.xml',
  ];
  for (const name of [...names, 'above']) await writeFile(join(cwd, name), BAD);
  const given = ['--', '--format', './-', ...names.slice(2), `../${basename(cwd)}/above`];
  const json = await domxml(['check', '--format', 'json', ...given], { cwd });
  assert.deepEqual(
    checkJson(json.stdout).files.map(({ path, status }) => ({ path, status })),
    given.slice(1).map(path => ({ path, status: 'checked' })),
  );
  const text = await domxml(['check', ...given], { cwd });
  assert.match(text.stdout, /^line\\nbreak\.xml:\d+:\d+: error/m);
  const github = await domxml(['check', '--format', 'github', ...given], { cwd });
  assert.match(github.stdout, /^::error file=a%2525%2Cb%3Ac\.xml,line=/m);
  assert.ok(
    github.stdout
      .trim()
      .split('\n')
      .every(line => line.startsWith('::')),
    github.stdout,
  );
});

test('--rule changes severity and exit code, never who refuses', async () => {
  const options = ['--rule', 'filter-group-unknown=warning', '--rule', 'group-unused=off'];
  const { code, stdout } = await domxml(['check', '--format', 'json', ...options, '-'], { stdin: BAD });
  assert.equal(code, 0);
  assert.deepEqual(
    checkJson(stdout).files[0]?.findings.map(({ rule, severity, refusedBy }) => ({
      rule,
      severity,
      refusedBy,
    })),
    [{ rule: 'filter-group-unknown', severity: 'warning', refusedBy: 'libvirt' }],
  );
});

test('--rule can raise a finding to an error', async () => {
  const unused = GOOD.replace(/ *<throttlefilters>[^]*<\/throttlefilters>\n/, '');
  assert.equal((await domxml(['check', '-'], { stdin: unused })).code, 0);
  assert.equal((await domxml(['check', '--rule', 'group-unused=error', '-'], { stdin: unused })).code, 1);
});

test('--libvirt lets the rules speak that depend on the version', async () => {
  const old = await domxml(['check', '--libvirt', '9.0.0', '-'], { stdin: GOOD });
  assert.match(old.stdout, /\[needs-newer-libvirt\]/);
  assert.equal((await domxml(['check', '--libvirt', '11.3', '-'], { stdin: GOOD })).stdout, '');
});

test('github: one command a finding, columns from 1, newlines and percent signs escaped', async t => {
  const cwd = await temporaryFolder(t);
  await writeFile(join(cwd, 'a.xml'), BAD.replaceAll('glod', 'gl%od'));
  const { code, stdout } = await domxml(['check', '--format', 'github', './a.xml'], { cwd });
  assert.equal(code, 1);
  const start = `::error file=a.xml,line=${LINE + 1},col=${CHARACTER + 1},endLine=${LINE + 1},endColumn=${CHARACTER + 5},title=filter-group-unknown::`;
  const line = stdout.split('\n').find(candidate => candidate.startsWith(start));
  assert.ok(line, stdout);
  assert.match(line, /gl%25od/);
});

test('sarif: a log of version 2.1.0 with rules, results and fixes', async t => {
  const cwd = await temporaryFolder(t);
  await writeFile(join(cwd, 'a b.xml'), BAD);
  const { code, stdout } = await domxml(['check', '--format', 'sarif', 'a b.xml', 'nothing.xml'], { cwd });
  assert.equal(code, 2);
  const log = JSON.parse(stdout) as {
    version: string;
    runs: {
      columnKind: string;
      tool: { driver: { name: string; rules: { id: string; help: { text: string } }[] } };
      invocations: { executionSuccessful: boolean }[];
      results: {
        ruleId: string;
        ruleIndex: number;
        level: string;
        locations: { physicalLocation: { artifactLocation: { uri: string }; region: object } }[];
        fixes: {
          artifactChanges: { replacements: { deletedRegion: object; insertedContent: object }[] }[];
        }[];
      }[];
    }[];
  };
  const [run] = log.runs;
  assert.ok(run);
  assert.deepEqual(
    [log.version, run.columnKind, run.tool.driver.name],
    ['2.1.0', 'utf16CodeUnits', 'domxml'],
  );
  assert.equal(run.invocations[0]?.executionSuccessful, false);
  const result = run.results.find(({ ruleId }) => ruleId === 'filter-group-unknown');
  assert.ok(result);
  const rule = run.tool.driver.rules[result.ruleIndex];
  assert.equal(rule?.id, 'filter-group-unknown');
  assert.notEqual(rule.help.text, '');
  assert.equal(result.level, 'error');
  const region = {
    startLine: LINE + 1,
    startColumn: CHARACTER + 1,
    endLine: LINE + 1,
    endColumn: CHARACTER + 5,
  };
  assert.deepEqual(result.locations, [
    { physicalLocation: { artifactLocation: { uri: 'a%20b.xml' }, region } },
  ]);
  assert.ok(result.fixes.some(fix => fix.artifactChanges[0]?.replacements[0]?.insertedContent !== undefined));
});

test('control characters of a document do not reach the terminal', async () => {
  const stdin = BAD.replaceAll('glod', 'gl\u001b[31mo\u009bd\u202e');
  for (const format of ['text', 'github', 'json', 'sarif']) {
    const { stdout, stderr } = await domxml(['check', '--format', format, '-'], { stdin });
    assert.doesNotMatch(stdout + stderr, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/, format);
  }
});

test('carets stand under their text, behind tabs and wide characters too', async () => {
  const stdin = BAD.replace(
    "        <throttlefilter group='glod'/>",
    "\t<!-- 日本 --><throttlefilter group='glod'/>",
  );
  const { stdout } = await domxml(['check', '-'], { stdin });
  const lines = stdout.split('\n');
  const at = lines.findIndex(line => line.includes('glod') && line.includes(' | '));
  assert.equal(lines[at], `   ${LINE + 1} |     <!-- 日本 --><throttlefilter group='glod'/>`);
  // Each of the two wide characters takes two columns of the terminal.
  const columns = (lines[at] ?? '').indexOf('glod') + 2;
  assert.equal(lines[at + 1], `      |${' '.repeat(columns - 7)}^^^^`);
});

test('a long line is shown only around the place', async () => {
  const stdin = BAD.replace('        <throttlefilter', `<!--${'x'.repeat(100_000)}--><throttlefilter`);
  const { stdout } = await domxml(['check', '-'], { stdin });
  assert.ok(
    stdout.split('\n').every(line => line.length < 400),
    'no line is long',
  );
  assert.match(stdout, /\.\.\.x+--><throttlefilter group='glod'\/>/);
});

test('a reader that goes away does not make noise, and the exit code stays true', async t => {
  const cwd = await temporaryFolder(t);
  for (let n = 0; n < 300; n++) await writeFile(join(cwd, `${n}.xml`), BAD);
  const child = startDomxml(['check', cwd]);
  child.stdin?.end();
  const { stdout } = child;
  assert.ok(stdout);
  const ran = outputOf(child);
  await once(stdout, 'data');
  stdout.destroy();
  const { code, stderr } = await ran;
  assert.equal(code, 1);
  assert.doesNotMatch(stderr, /EPIPE|Error/);
});

test('a document of 20 MB on one line, and a bomb of entities, are checked in peace', async () => {
  const large = GOOD.replace('<name>vm1</name>', `<name>vm1</name><title>${'x'.repeat(20_000_000)}</title>`);
  assert.equal((await domxml(['check', '-'], { stdin: large.replaceAll('\n', ' ') })).code, 0);
  const bomb = `<!DOCTYPE domain [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>
${GOOD.replace('vm1', '&b;&x;')}`;
  const { stdout, stderr } = await domxml(['check', '-'], { stdin: bomb });
  assert.doesNotMatch(stdout + stderr, /root:|haha/);
});

test('names of prototypes are names', async () => {
  const stdin = GOOD.replaceAll('gold', '__proto__').replace('<os>', '<constructor/><__proto__/><os>');
  const { code, stderr } = await domxml(['check', '--format', 'json', '-'], { stdin });
  assert.ok(code === 0 || code === 1);
  assert.equal(stderr, '');
});
