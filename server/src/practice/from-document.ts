import { derivedAlias, type DesiredDisk, type DesiredGroups } from '../engine';
import type { PracticeDisk, PracticeDomain } from './state';

/**
 * The domain that a practice VM plays for a document: its groups, and its disks with their chains, by the aliases that
 * libvirt would give them. What is template text is unknown and left out.
 */
export const practiceDomain = ({ identity, groups, disks }: DesiredGroups): PracticeDomain => ({
  name: identity.name ?? 'practice',
  uuid: identity.uuid,
  groups: groups.flatMap(({ name, limits }) => (limits === undefined ? [] : [{ name, limits }])),
  disks: disks.map((disk, index) => ({
    alias: disk.alias ?? derivedAlias(disk) ?? `disk${index}`,
    filters: disk.filters ?? [],
    ...scsiOf(disk),
    ...(disk.serial === undefined ? {} : { serial: disk.serial }),
    ...(disk.source === undefined ? {} : { source: disk.source }),
  })),
});

/** The alias that libvirt derives tells the place, whatever other alias the document gives. */
function scsiOf(disk: DesiredDisk): Pick<PracticeDisk, 'scsi'> {
  const match = /^scsi(\d+)-0-(\d+)-(\d+)$/.exec(derivedAlias(disk) ?? '');
  if (match === null) return {};
  const [controller = 0, target = 0, lun = 0] = match.slice(1).map(Number);
  return { scsi: { controller, target, lun } };
}
