/** Block jobs of a VM, and on which disks each works. */

import type { BlockJob } from '../engine';
import type { JsonValue } from '../qmp';
import { entries, optionalText } from './answers';
import type { BlockGraph } from './read-graph';
import { below } from './read-graph';

/** What is known of the nodes below disks. */
export interface BelowDisks {
  /** Undefined where QEMU does not tell it. */
  readonly graph: BlockGraph | undefined;
  /** Node names from the device down, by device. */
  readonly chains: ReadonlyMap<string, readonly string[]>;
}

/**
 * The jobs of `query-block-jobs`. That names no nodes; QEMU's graph tells them. Where there is none, a job may work on
 * any disk. Throws VmUnreadableError.
 */
export function readJobs(jobs: JsonValue, known: BelowDisks): readonly BlockJob[] {
  if (jobs === null) return [];
  return entries(jobs, 'query-block-jobs').map(job => {
    const id = optionalText(job, 'device') ?? '';
    return { id, type: optionalText(job, 'type') ?? 'job', disks: disksOf(id, known) };
  });
}

/** The disks below which one of the job's own nodes lies; null where that cannot be told. */
function disksOf(job: string, { graph, chains }: BelowDisks): readonly string[] | null {
  const id = graph?.jobs.get(job);
  if (graph === undefined || id === undefined) return null;
  const own = (graph.children.get(id) ?? []).map(({ child }) => child);
  return [...chains].flatMap(([device, chain]) => {
    const under = below(
      graph,
      chain.flatMap(name => graph.nodes.get(name) ?? []),
    );
    return own.some(child => under.has(child)) ? [device.slice(0, device.indexOf('\0'))] : [];
  });
}
