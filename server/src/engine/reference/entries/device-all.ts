/** The entries of disks, interfaces, controllers and of what all devices share: one line for each topic. */

import type { ElementEntry } from '../entry';
import { ANY_DEVICE_ENTRIES } from './device-any';
import { CONTROLLER_ENTRIES } from './device-controller';
import { DISK_ENTRIES } from './device-disk';
import { DISK_DRIVER_ENTRIES } from './device-disk-driver';
import { DISK_OLD_PLACE_ENTRIES } from './device-disk-old-places';
import { DISK_SOURCE_ENTRIES } from './device-disk-source';
import { FILESYSTEM_ENTRIES } from './device-filesystem';
import { HOSTDEV_ENTRIES } from './device-hostdev';
import { INTERFACE_ENTRIES } from './device-interface';
import { INTERFACE_SOURCE_ENTRIES } from './device-interface-source';
import { INTERFACE_TUNING_ENTRIES } from './device-interface-tuning';
import { REDIRECTION_ENTRIES } from './device-redirection';

export const DEVICE_ENTRIES: readonly ElementEntry[] = [
  ANY_DEVICE_ENTRIES,
  DISK_ENTRIES,
  DISK_DRIVER_ENTRIES,
  DISK_OLD_PLACE_ENTRIES,
  DISK_SOURCE_ENTRIES,
  CONTROLLER_ENTRIES,
  FILESYSTEM_ENTRIES,
  HOSTDEV_ENTRIES,
  INTERFACE_ENTRIES,
  INTERFACE_SOURCE_ENTRIES,
  INTERFACE_TUNING_ENTRIES,
  REDIRECTION_ENTRIES,
].flat();
