/**
 * K1 on the VM itself: what a device uses is asked right before it is given another node. QEMU aborts where it is given
 * the node that it has, and since the last reading anybody may have changed it.
 */

import type { Model, QmpCommand } from '../../engine';
import { driveOf } from '../../engine';
import type { JsonValue } from '../../qmp';
import { isJsonObject, jsonMember } from '../../qmp';
import { entries, optionalText } from '../answers';
import { VmGuardError } from '../errors';
import type { Link } from '../link';

/**
 * Looks only where the command gives a device a node. Throws VmGuardError where the device's node is not the one that
 * the plan goes by, and what `send` throws.
 */
export async function requireRoot(
  link: Pick<Link, 'send'>,
  command: QmpCommand,
  model: Model,
): Promise<void> {
  const drive = driveOf(command);
  if (drive === undefined) return;
  const expected = model.disks.get(drive.path)?.root ?? null;
  const root = await rootOf(link, drive.path, expected);
  if (root === drive.node) {
    throw new VmGuardError(
      'K1',
      `Not sent (guard K1): ${drive.path} uses ${drive.node} already, and setting it again would abort QEMU.`,
    );
  }
  if (root !== expected) {
    throw new VmGuardError(
      'K1',
      `Not sent (guard K1): ${drive.path} now uses ${root ?? 'no node'} instead of ${expected ?? 'none'}; somebody else has changed it.`,
    );
  }
}

/** The property gives the drive's name where it has one (-drive id=...), which tells nothing of the node: then query-block. */
async function rootOf(
  link: Pick<Link, 'send'>,
  path: string,
  expected: string | null,
): Promise<string | null> {
  const drive = await link.send({ execute: 'qom-get', arguments: { path, property: 'drive' } });
  return drive === expected && typeof drive === 'string'
    ? drive
    : rootInBlocks(await link.send({ execute: 'query-block' }), path);
}

function rootInBlocks(blocks: JsonValue, path: string): string | null {
  const block = entries(blocks, 'query-block').find(entry => {
    const qdev = optionalText(entry, 'qdev') ?? '';
    return qdev === path || `/machine/peripheral/${qdev}` === path;
  });
  const inserted = block === undefined ? undefined : jsonMember(block, 'inserted');
  return (isJsonObject(inserted) ? optionalText(inserted, 'node-name') : undefined) ?? null;
}
