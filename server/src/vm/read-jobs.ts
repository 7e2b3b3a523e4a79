/** Block jobs of a VM, and on which disks each works. */

import type { BlockJob } from '../engine';
import type { JsonValue } from '../qmp';
import { isJsonObject, jsonMember, QmpCommandError } from '../qmp';
import type { Ask } from './answers';
import { entries, optionalText } from './answers';
import { VmUnreadableError } from './errors';
import { chainsByDevice } from './read-disks';

/**
 * The jobs of `query-block-jobs`. That names no nodes, so where there is a job QEMU's graph of nodes is asked for
 * (`x-debug-query-block-graph`: in 7.2, 10.0 and 11.1, but not promised for later ones). Where the graph cannot be had
 * or read, a job may work on any disk. Throws what `ask` throws, but for a refusal of the graph.
 */
export async function readJobs(ask: Ask, jobs: JsonValue, stats: JsonValue): Promise<readonly BlockJob[]> {
  if (jobs === null) return [];
  const found = entries(jobs, 'query-block-jobs');
  if (found.length === 0) return [];
  const graph = await readGraph(ask);
  return found.map(job => {
    const id = optionalText(job, 'device') ?? '';
    return { id, type: optionalText(job, 'type') ?? 'job', disks: disksOf(id, graph, stats) };
  });
}

interface Graph {
  readonly nodes: readonly { readonly id: number; readonly type: string; readonly name: string }[];
  readonly children: ReadonlyMap<number, readonly number[]>;
}

async function readGraph(ask: Ask): Promise<Graph | undefined> {
  try {
    const answer = await ask('x-debug-query-block-graph');
    if (!isJsonObject(answer)) return undefined;
    const children = new Map<number, number[]>();
    for (const edge of entries(jsonMember(answer, 'edges') ?? null, 'x-debug-query-block-graph')) {
      const [parent, child] = [Number(jsonMember(edge, 'parent')), Number(jsonMember(edge, 'child'))];
      children.set(parent, [...(children.get(parent) ?? []), child]);
    }
    const nodes = entries(jsonMember(answer, 'nodes') ?? null, 'x-debug-query-block-graph').map(node => ({
      id: Number(jsonMember(node, 'id')),
      type: optionalText(node, 'type') ?? '',
      name: optionalText(node, 'name') ?? '',
    }));
    return { nodes, children };
  } catch (error) {
    if (error instanceof QmpCommandError || error instanceof VmUnreadableError) return undefined;
    throw error;
  }
}

/** The disks below which one of the job's own nodes lies; null where that cannot be told. */
function disksOf(job: string, graph: Graph | undefined, stats: JsonValue): readonly string[] | null {
  const node = graph?.nodes.find(({ type, name }) => type === 'block-job' && name === job);
  if (graph === undefined || node === undefined) return null;
  const idOf = new Map(
    graph.nodes.filter(({ type }) => type === 'block-driver').map(({ name, id }) => [name, id]),
  );
  const own = new Set(graph.children.get(node.id) ?? []);
  return [...chainsByDevice(stats)].flatMap(([device, chain]) => {
    const roots = chain.flatMap(name => idOf.get(name) ?? []);
    return below(graph, roots).some(id => own.has(id)) ? [device.slice(0, device.indexOf('\0'))] : [];
  });
}

/** These nodes and all that they stand on. */
function below(graph: Graph, roots: readonly number[]): readonly number[] {
  const seen = new Set(roots);
  for (const id of seen) for (const child of graph.children.get(id) ?? []) seen.add(child);
  return [...seen];
}
