import { derivedAlias, type DesiredGroups } from '../engine';
import type { PracticeDomain } from './state';

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
    ...(disk.serial === undefined ? {} : { serial: disk.serial }),
    ...(disk.source === undefined ? {} : { source: disk.source }),
  })),
});
