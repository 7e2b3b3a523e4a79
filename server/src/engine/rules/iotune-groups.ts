/** What the rules about `<iotune>` groups share: the disks with their iotune as libvirt reads it. */

import type { Disk, Domain, Iotune, Piece, Placed } from '../domain/model';
import { encodeText } from '../xml/entities';
import { shifted, type TextEdit } from '../text';
import { LIMITS, type LimitName } from '../limits/table';
import { amountsOf, hasAnyLimit, type Amounts } from './limit-faults';

export interface IotuneUser {
  readonly disk: Placed<Disk>;
  readonly iotune: Iotune;
  /** Relative to the disk. */
  readonly name: Piece;
}

/** Disks whose iotune has a group name, in document order. */
export const iotuneUsers = (domain: Domain): readonly IotuneUser[] =>
  domain.disks.flatMap(disk => {
    const [iotune] = disk.of.iotunes;
    const name = iotune?.limits.groupName;
    if (iotune === undefined || name === undefined || name.template || name.value === '') return [];
    return [{ disk, iotune, name }];
  });

/** Whether the iotune limits anything: else libvirt does not apply it. */
export const limitsAnything = ({ iotune }: IotuneUser): boolean => hasAnyLimit(amountsOf(iotune.limits));

/** The limits in which two iotunes differ, absent being 0; none where one of the two can't be known. */
export function differingLimits(a: Amounts, b: Amounts): LimitName[] {
  if ([...a.values(), ...b.values()].some(amount => typeof amount === 'string')) return [];
  return LIMITS.map(field => field.xml).filter(name => (a.get(name) ?? 0n) !== (b.get(name) ?? 0n));
}

/** Gives the iotune group another name on these disks. */
export const renamedIotunes = (users: readonly IotuneUser[], newName: string): TextEdit[] =>
  users.map(({ disk, name }) => ({ span: shifted(name, disk.start), newText: encodeText(newName) }));
