/** Chains of 64 disks: read, and changed from none to 192 filters and back, beside a bare client that sends the same. */

import { applyDocument, documentText } from '../support/live-document';
import { startQemu } from '../support/qemu';
import { qemuVersions, type QemuVersion } from '../support/qemu-version';
import { targetName } from './documents';
import { inMilliseconds, measure, printTable, timed } from './measure';
import { connect, Recorder, replay, type Exchange } from './recorder';

const DISKS = 64;
const FILTERS = 3;
const GROUPS = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`g${index}`, 1000 + index]));

/** Disks of one controller; it takes 256. */
const disks = Array.from({ length: DISKS }, (_, index) => ({
  target: `sd${targetName(index)}`,
  bus: 'scsi',
  alias: `ua-disk${index}`,
  filters: Array.from({ length: FILTERS }, (_unused, place) => `g${(index + 3 * place) % 10}`),
}));

export async function benchChains(): Promise<void> {
  const rows: string[][] = [];
  for (const version of qemuVersions()) rows.push(...(await benchOne(version)));
  console.log(
    `10 groups and ${DISKS * FILTERS} filters on ${DISKS} disks of a real QEMU (milliseconds, the minimum)\n`,
  );
  printTable(['', 'QEMU', 'ours', 'a bare socket client, same bytes', 'ratio'], rows);
}

async function benchOne(version: QemuVersion): Promise<readonly string[][]> {
  const qemu = await startQemu({ command: version.command, machine: 'q35', args: devices() });
  try {
    const path = qemu.sockets[0] ?? '';
    const recorder = new Recorder();
    const session = await connect(path, recorder);
    const apply = (text: string): Promise<Exchange> =>
      recorder.during(async () => {
        const { outcome } = await applyDocument(session, text, { prune: true });
        if (outcome.outcome !== 'applied') throw new Error(outcome.message);
      });
    const full = documentText({ name: 'bench', groups: GROUPS, disks });
    const bare = documentText({
      name: 'bench',
      groups: {},
      disks: disks.map(disk => ({ ...disk, filters: [] })),
    });
    let there: Exchange = [];
    let back: Exchange = [];
    const ours: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(await timed(async () => void (there = await apply(full))));
      back = await apply(bare);
    }
    await apply(full);
    let reads: Exchange = [];
    const read = await measure(ROUNDS, async () => {
      reads = await recorder.during(() => session.read());
    });
    await session.close();
    const bareRead = await measure(ROUNDS, () => replay(path, reads));
    await replay(path, back);
    const bareClient: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      bareClient.push(await timed(() => replay(path, there)));
      await replay(path, back);
    }
    const row = (what: string, our: number, their: number): string[] => [
      what,
      version.version,
      inMilliseconds(our),
      inMilliseconds(their),
      (our / their).toFixed(2),
    ];
    return [
      row('read', read.min, bareRead.min),
      row('plan, apply and read back', Math.min(...ours), Math.min(...bareClient)),
    ];
  } finally {
    await qemu.stop();
  }
}

const ROUNDS = 10;

const devices = (): readonly string[] => [
  ...['-name', 'bench', '-device', 'virtio-scsi-pci,id=controller'],
  ...disks.flatMap(({ alias }, index) => [
    ...['-blockdev', JSON.stringify({ driver: 'null-co', 'node-name': `file${index}` })],
    ...['-blockdev', JSON.stringify({ driver: 'raw', 'node-name': `disk${index}`, file: `file${index}` })],
    ...['-device', `scsi-hd,id=${alias},bus=controller.0,lun=${index},drive=disk${index}`],
  ]),
];
