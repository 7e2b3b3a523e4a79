/** Answers of earlier runs: to the same question, with the same key, the answer is the same and need not be worked out. */

import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * The answers that belong to one key. They are a convenience: nothing here throws, and what cannot be read, is not whole
 * or cannot be written is as good as not being there.
 */
export class KeptAnswers {
  private readonly asked = new Map<string, string>();
  private isOther = false;

  private constructor(
    private readonly folder: string,
    private readonly file: string,
    private readonly before: ReadonlyMap<string, string>,
  ) {}

  /** `key` is all that the answers depend on beside their questions: another key, other answers. */
  static open(folder: string, key: readonly string[]): KeptAnswers {
    const file = `${PREFIX}${digestOf(JSON.stringify(key)).slice(0, 32)}.json`;
    return new KeptAnswers(folder, file, readAnswers(join(folder, file)));
  }

  /** Whether nothing is known from earlier runs. */
  get isEmpty(): boolean {
    return this.before.size === 0;
  }

  get(question: string): string | undefined {
    const digest = digestOf(question);
    const answer = this.asked.get(digest) ?? this.before.get(digest);
    // Answers that are asked for stay; of the others the oldest go first.
    if (answer !== undefined) this.asked.set(digest, answer);
    return answer;
  }

  keep(question: string, answer: string): void {
    if (answer.length > LONGEST) return;
    this.asked.set(digestOf(question), answer);
    this.isOther = true;
  }

  /** Writes down what is new, in one step: whoever reads meanwhile sees the old answers or the new ones. */
  save(): void {
    if (!this.isOther) return;
    const answers = [...new Map([...this.asked, ...this.before])].slice(0, MOST);
    const text = JSON.stringify(answers);
    const fresh = join(this.folder, `${PREFIX}${randomBytes(8).toString('hex')}.new`);
    try {
      // What is said of documents is for their owner, as the documents may be.
      mkdirSync(this.folder, { recursive: true, mode: 0o700 });
      writeFileSync(fresh, `${digestOf(text)}\n${text}`, { mode: 0o600, flag: 'wx' });
      renameSync(fresh, join(this.folder, this.file));
      forgetOldest(this.folder);
    } catch {
      removeQuietly(fresh);
    }
  }
}

/** The folder that this system has for what a program may lose: `~/.cache/libvirt-domain-xml` on Linux. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  return join(cachesOf(env, platform), 'libvirt-domain-xml');
}

function cachesOf(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const [xdg, local] = [env['XDG_CACHE_HOME'], env['LOCALAPPDATA']];
  // The XDG base directory specification wants a path that is not absolute to be passed over.
  if (xdg !== undefined && isAbsolute(xdg)) return xdg;
  if (platform === 'win32' && local !== undefined && isAbsolute(local)) return local;
  return platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : join(homedir(), '.cache');
}

const PREFIX = 'checked-';

/** So many answers a file, the longest one in UTF-16 code units, and the size of all in bytes. */
const MOST = 20_000;
const LONGEST = 64 * 1024;
const MOST_BYTES = 64 * 1024 * 1024;

/** Of keys that were in use before, such as those of an older version, so many files stay. */
const MOST_FILES = 8;

const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

function readAnswers(path: string): ReadonlyMap<string, string> {
  try {
    if (statSync(path).size > MOST_BYTES) return new Map();
    const text = readFileSync(path, 'utf8');
    const end = text.indexOf('\n');
    const answers = text.slice(end + 1);
    // Only we know the digest of what we wrote to be its head: what carries it has our shape.
    if (text.slice(0, end) !== digestOf(answers)) return new Map();
    return new Map(JSON.parse(answers) as [string, string][]);
  } catch {
    return new Map();
  }
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Where nothing can be written there is nothing to remove.
  }
}

function forgetOldest(folder: string): void {
  const files = readdirSync(folder)
    .filter(name => name.startsWith(PREFIX))
    .map(name => ({ path: join(folder, name), time: statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => b.time - a.time);
  for (const { path } of files.slice(MOST_FILES)) removeQuietly(path);
}
