/** What a plan through libvirt brings with it beside what it is for, and what should be known of it. */

import type { Consequence, Step, VmState } from '../engine';
import { shown } from '../engine';
import type { Plane } from '../libvirt';
import { OFF } from './libvirt-state';

export interface LibvirtWords {
  readonly notes: readonly string[];
  readonly consequences: readonly Consequence[];
}

/** What follows from the way that the steps go; none where there are none. */
export function libvirtWords(state: VmState, planes: readonly Plane[], steps: readonly Step[]): LibvirtWords {
  if (steps.length === 0) return { notes: [], consequences: [] };
  const name = shown(state.target.name ?? 'the domain');
  const behind = steps.some(({ via }) => via === 'qmp');
  const live = steps.some(({ plane }) => plane === 'live');
  const consequences: Consequence[] = [];
  if (behind) {
    consequences.push({
      kind: 'taint',
      text: `Filters of running disks are changed in QEMU behind libvirt's back (qemu-monitor-command): libvirt marks ${name} as tainted until it is started anew.`,
    });
  }
  if (live && !planes.includes('config')) {
    consequences.push({ kind: 'lost-at-restart', text: atNextStart(state, name) });
  }
  const notes: string[] = [];
  if (!planes.includes('live') && state.runState !== OFF) {
    notes.push(
      `The running VM stays as it is: the persistent definition counts from the next start of ${name}.`,
    );
  }
  if (state.declared === undefined && live) {
    notes.push(
      "The values of the running VM are those of libvirt's live XML. Limits that somebody changed in QEMU itself are not seen there.",
    );
  }
  return { notes, consequences };
}

const atNextStart = (state: VmState, name: string): string =>
  state.definition === undefined
    ? `${name} is transient: the change ends with it.`
    : `Only the running VM is changed: the next start of ${name} uses its persistent definition, which stays as it is. Change both (live and config) to keep it.`;
