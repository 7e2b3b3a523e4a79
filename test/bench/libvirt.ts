/** A domain of libvirt with 64 disks, read through virsh, beside one bare virsh that is fed the same commands. */

import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectVm } from '../../server/src/vm';
import { domainXml } from '../support/libvirt-domain';
import { holdLibvirt, libvirtSuites } from '../support/libvirt-root';
import { targetName } from './documents';
import { inMilliseconds, measure, printTable } from './measure';

const DISKS = 64;

export async function benchLibvirt(): Promise<void> {
  const rows: string[][] = [];
  for (const suite of libvirtSuites()) rows.push(await benchOne(suite));
  if (rows.length === 0) return;
  console.log(`A libvirt domain with ${DISKS} disks: connect, read, close (milliseconds, the minimum)\n`);
  printTable(['', 'ours', 'a bare virsh, same commands', 'ratio'], rows);
}

async function benchOne(suite: ReturnType<typeof libvirtSuites>[number]): Promise<string[]> {
  const libvirt = await holdLibvirt(suite);
  const folder = await mkdtemp(join(tmpdir(), 'domxml-bench-'));
  try {
    const image = (index: number): string => join(libvirt.folder, `${index}.raw`);
    const indexes = Array.from({ length: DISKS }, (_, index) => index);
    await libvirt.run('truncate', '-s', '1M', ...indexes.map(image));
    await libvirt.start(
      'bench',
      domainXml({
        name: 'bench',
        groups: { gold: 500, silver: 50 },
        disks: indexes.map(index => ({
          target: `sd${targetName(index)}`,
          image: image(index),
          format: 'raw',
          filters: ['gold', 'silver'],
        })),
      }),
    );
    const read = async (command: readonly string[]): Promise<void> => {
      const address = { kind: 'libvirt', domain: 'bench', uri: 'qemu:///system' } as const;
      const session = await connectVm(address, { virshCommand: command });
      await session.close();
    };
    const record = join(folder, 'said');
    await read(['bash', '-c', RECORD, record, ...libvirt.command]);
    const said = await readFile(record, 'utf8');
    const [program = '', ...args] = (await readFile(`${record}.argv`, 'utf8')).split('\0').slice(0, -1);
    const ours = await measure(ROUNDS, () => read(libvirt.command));
    const bare = await measure(ROUNDS, () => fed(program, args, said));
    return [
      `libvirt ${(await libvirt.virsh('version', '--daemon')).match(/library: libvirt ([\d.]+)/)?.[1] ?? suite}`,
      inMilliseconds(ours.min),
      inMilliseconds(bare.min),
      (ours.min / bare.min).toFixed(2),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
    await libvirt.stop();
  }
}

/** Enough for the engine to be warm, as in a server that has read a VM before: V8 is slow with what it sees first. */
const ROUNDS = 40;

/** Keeps what virsh is told and how it was called. */
const RECORD = `printf '%s\\0' "$@" > "$0.argv"; tee "$0" | "$@"`;

async function fed(program: string, args: readonly string[], input: string): Promise<void> {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdout.resume();
  child.stderr.resume();
  child.stdin.end(input);
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve());
  });
}
