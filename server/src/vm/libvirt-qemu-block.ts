/** Steps that go to QEMU behind libvirt's back, as a plan of their own for the apply over QMP, forth or back. */

import type { ChainChange, Plan, PlanResult, QmpStep, VmState } from '../engine';
import { hashOf, shown } from '../engine';

/** A plan that stays the same: the approval was for the whole, and this is a part of it. */
export interface QemuBlock {
  readonly hash: string;
  /** The block as a plan, where the VM is still as the steps were made for; else a refusal. */
  readonly plan: (state: VmState) => PlanResult;
}

export function qemuBlock(whole: Plan, steps: readonly QmpStep[], way: 'forth' | 'back'): QemuBlock {
  const taken = way === 'forth' ? steps : steps.map(inverted).reverse();
  const hash = hashOf([way, taken.map(({ summary }) => summary)]);
  const chainChanges = taken.flatMap(({ effect }) => (effect.kind === 'chain' ? [effect.change] : []));
  const plan: Plan = {
    ...whole,
    hash,
    steps: taken,
    chainChanges,
    groupChanges: taken.flatMap(({ effect }) => (effect.kind === 'group' ? [effect.change] : [])),
    iotuneChanges: [],
    plugChanges: [],
    held: [],
  };
  return { hash, plan: state => asBefore(chainChanges, state) ?? { kind: 'plan', plan } };
}

/** Whether each disk still has the filters that the steps were made for, node by node. */
function asBefore(changes: readonly ChainChange[], state: VmState): PlanResult | undefined {
  const other = changes.find(({ qdev, before, base }) => {
    const disk = state.disks.find(candidate => candidate.qdev === qdev);
    const nodes = before.map(({ node, group }) => `${node}\0${group}`).join('\0');
    return (
      disk === undefined ||
      disk.base !== base ||
      disk.filters.map(({ node, group }) => `${node}\0${group}`).join('\0') !== nodes
    );
  });
  if (other === undefined) return undefined;
  return {
    kind: 'refusal',
    refusal: {
      reason: 'disk-match',
      message: `The filters of ${shown(other.title)} are not as they were when the plan was made: somebody else changed them.`,
    },
  };
}

function inverted(step: QmpStep): QmpStep {
  const { effect, commands, inverse } = step;
  const turned = { ...step, commands: inverse, inverse: commands, summary: `Undo: ${step.summary}` };
  switch (effect.kind) {
    // What is plugged in through libvirt goes by virsh.
    case 'plug':
    case 'none':
      return turned;
    case 'group': {
      const { before, after } = effect.change;
      return {
        ...turned,
        effect: { kind: 'group', change: { ...effect.change, before: after, after: before } },
      };
    }
    case 'chain': {
      const { before, after } = effect.change;
      return {
        ...turned,
        effect: { kind: 'chain', change: { ...effect.change, before: after, after: before } },
      };
    }
    case 'iotune': {
      const { before, after } = effect.change;
      return {
        ...turned,
        effect: { kind: 'iotune', change: { ...effect.change, before: after, after: before } },
      };
    }
  }
}
