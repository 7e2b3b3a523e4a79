/** All entries: one line for each topic. */

import type { ElementEntry } from '../entry';
import { AUDIO_ENTRIES } from './audio';
import { CHARACTER_DEVICE_ENTRIES } from './character-devices';
import { CLOCK_ENTRIES } from './clock';
import { CONTAINER_ENTRIES } from './containers';
import { CPU_ENTRIES } from './cpu';
import { CPU_TUNING_ENTRIES } from './cpu-tuning';
import { DEVICE_ENTRIES } from './device-all';
import { DOMAIN_ENTRIES } from './domain';
import { EVENT_ENTRIES } from './events';
import { FEATURE_ENTRIES } from './features';
import { FIRMWARE_ENTRIES } from './firmware';
import { GRAPHICS_ENTRIES } from './graphics';
import { HYPERV_ENTRIES } from './hyperv';
import { LIMIT_ENTRIES } from './limits';
import { MEMORY_ENTRIES } from './memory';
import { MEMORY_DEVICE_ENTRIES } from './memory-devices';
import { NAMESPACE_ENTRIES } from './namespaces';
import { NUMA_ENTRIES } from './numa';
import { OS_ENTRIES } from './os';
import { RESOURCE_ENTRIES } from './resources';
import { SECURITY_ENTRIES } from './security';
import { SMALL_DEVICE_ENTRIES } from './small-devices';
import { SYSINFO_ENTRIES } from './sysinfo';
import { TPM_ENTRIES } from './tpm';
import { VCPU_ENTRIES } from './vcpus';
import { VIDEO_ENTRIES } from './video';

export const ENTRIES: readonly ElementEntry[] = [
  DOMAIN_ENTRIES,
  OS_ENTRIES,
  FIRMWARE_ENTRIES,
  CONTAINER_ENTRIES,
  SYSINFO_ENTRIES,
  VCPU_ENTRIES,
  CPU_TUNING_ENTRIES,
  MEMORY_ENTRIES,
  NUMA_ENTRIES,
  RESOURCE_ENTRIES,
  LIMIT_ENTRIES,
  CPU_ENTRIES,
  FEATURE_ENTRIES,
  HYPERV_ENTRIES,
  CLOCK_ENTRIES,
  EVENT_ENTRIES,
  SECURITY_ENTRIES,
  NAMESPACE_ENTRIES,
  DEVICE_ENTRIES,
  GRAPHICS_ENTRIES,
  VIDEO_ENTRIES,
  CHARACTER_DEVICE_ENTRIES,
  AUDIO_ENTRIES,
  TPM_ENTRIES,
  MEMORY_DEVICE_ENTRIES,
  SMALL_DEVICE_ENTRIES,
].flat();
