/** The VM that `npm start` offers: real QEMU where it is installed, else the practice VM. */

import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseXml, readDomain, SourceText } from '../../server/src/engine';
import { onPath } from '../host/browser';
import { ROOT } from '../host/repository';
import { startGroup } from '../run/process-group';
import { startQemu } from '../support/qemu';
import type { Running } from './start';

export interface RunningVm extends Running {
  /** As Connect to VM takes it. */
  readonly address: string;
}

const PRACTICE_DEADLINE_MS = 10_000;

const SPARE_BYTES = 64 * 1024 * 1024;

/**
 * Starts a VM that is the domain of `document` by name and uuid. Its socket lies in `folder`, which is of mode 0700.
 * Throws where it does not start, with its words.
 */
export async function startVm(document: string, folder: string, practice: boolean): Promise<RunningVm> {
  if (practice || onPath('qemu-system-x86_64') === undefined) return startPracticeVm(document, folder);
  const domain = readDomain(parseXml(SourceText.of(readFileSync(document, 'utf8'))));
  const name = domain?.name?.value ?? path.basename(document, '.domain.xml');
  const uuid = domain?.uuid?.value;
  // QEMU reads a comma as the end of a value; two are one.
  const asValue = (text: string): string => text.replaceAll(',', ',,');
  // A short path: people read it in lists and buttons.
  const socket = path.join(folder, 'vm.sock');
  // For whoever wants to attach a disk: an image, a root port for a virtio disk, a controller for SCSI disks.
  const spare = path.join(folder, 'spare.raw');
  writeFileSync(spare, '');
  truncateSync(spare, SPARE_BYTES);
  const qemu = await startQemu({
    disks: 2,
    cpu: 'running',
    args: [
      ...['-name', asValue(name), ...(uuid === undefined ? [] : ['-uuid', uuid])],
      ...['-qmp', `unix:${asValue(socket)},server=on,wait=off`],
      ...['-device', 'pcie-root-port,id=rp1,chassis=1', '-device', 'virtio-scsi-pci,id=scsi0'],
    ],
  });
  const address = `unix:${socket}`;
  const words = `VM: ${name}, real QEMU with two empty disks of 64 MiB, and ${spare} to attach, at ${address}`;
  return { address, words, ended: qemu.ended, stop: () => qemu.stop() };
}

async function startPracticeVm(document: string, folder: string): Promise<RunningVm> {
  const socket = path.join(folder, 'vm.sock');
  let said = '';
  const program = path.join(ROOT, 'dist', 'cli.js');
  const group = startGroup(process.execPath, [program, 'simulate', document, '--listen', `unix:${socket}`], {
    output: text => (said += text),
  });
  const over = new AbortController();
  void group.ended.then(() => over.abort());
  const patience = Date.now() + PRACTICE_DEADLINE_MS;
  while (!existsSync(socket)) {
    if (over.signal.aborted || Date.now() > patience) {
      await group.stop();
      throw new Error(`The practice VM did not start:\n${said}`);
    }
    await delay(20);
  }
  const address = `unix:${socket}`;
  const words = `VM: the practice VM playing ${path.basename(document)}, at ${address}`;
  return { address, words, ended: group.ended, stop: () => group.stop() };
}
