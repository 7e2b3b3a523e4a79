/** A program in the place of virsh that knows one running domain and can only look: for what an editor asks about it. */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ending } from './small-schema';

export interface KnownDomain {
  readonly name: string;
  readonly uuid: string;
  /** What `dumpxml` gives of the running VM. */
  readonly live: string;
  /** Its persistent definition. */
  readonly config: string;
}

export interface VirshOfDomain {
  /** The argv prefix that starts it. */
  readonly command: readonly string[];
  /** The commands that it was given until now, without virsh's own echo. */
  log(): Promise<readonly string[]>;
}

/**
 * QEMU is nobody that this program could ask: `qemu-monitor-command` is noted and fails with libvirt's words for it. What
 * changes something does so as well. Removed with the test.
 */
export async function virshOfDomain(t: Ending, domain: KnownDomain): Promise<VirshOfDomain> {
  const folder = await mkdtemp(join(tmpdir(), 'domxml-virsh-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'virsh.cjs');
  const log = join(folder, 'log');
  await writeFile(log, '');
  await writeFile(
    file,
    `(${program.toString()})(${JSON.stringify({ ...domain, log })}, require('node:fs'));\n`,
  );
  return {
    command: [process.execPath, file],
    log: async () => (await readFile(log, 'utf8')).split('\n').filter(line => line !== ''),
  };
}

/** Runs in a process of its own: it may use nothing but its arguments and what Node gives to all. */
function program(
  domain: KnownDomain & { readonly log: string },
  { appendFileSync }: { readonly appendFileSync: (path: string, text: string) => void },
): void {
  const { name, uuid, live, config, log } = domain;
  const answers: Readonly<Record<string, (argv: readonly string[]) => string>> = {
    list: argv => (argv.includes('--name') ? `${uuid} ${name}\n` : `${uuid}\n`),
    version: () => 'Running hypervisor: QEMU 10.0.3\nRunning against daemon: 11.3.0\n',
    dominfo: () => 'State:          running\nPersistent:     yes\n',
    dumpxml: argv => (argv.includes('--inactive') ? config : live),
    domjobinfo: () => 'Job type:         None\n',
  };

  function run(argv: readonly string[]): void {
    const [command = '', ...rest] = argv;
    if (command === 'echo') {
      const said = rest.filter(word => word !== '--' && word !== '--err').join(' ');
      (rest[0] === '--err' ? process.stderr : process.stdout).write(said);
      return;
    }
    appendFileSync(log, `${argv.join(' ')}\n`);
    const answer = answers[command];
    if (answer === undefined) process.stderr.write(`error: operation failed: ${command} is not for tests\n`);
    else process.stdout.write(answer(rest));
  }

  /** As virsh's own parser: single quotes hold everything, a backslash outside of them one character. */
  function commandsIn(line: string): string[][] {
    const commands: string[][] = [[]];
    let word: string | undefined;
    let quoted = false;
    const endWord = (): void => {
      if (word !== undefined) commands.at(-1)?.push(word);
      word = undefined;
    };
    for (let at = 0; at < line.length; at++) {
      const character = line.charAt(at);
      if (character === "'") {
        quoted = !quoted;
        word ??= '';
      } else if (quoted) word = (word ?? '') + character;
      else if (character === '\\') word = (word ?? '') + line.charAt(++at);
      else if (character === ' ') endWord();
      else if (character === ';') {
        endWord();
        commands.push([]);
      } else word = (word ?? '') + character;
    }
    endWord();
    return commands.filter(argv => argv.length > 0);
  }

  let pending = '';
  process.stdin.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (pending + chunk).split('\n');
    pending = lines.pop() ?? '';
    for (const line of lines) for (const argv of commandsIn(line)) run(argv);
  });
  process.stdout.write('virsh # ');
}
