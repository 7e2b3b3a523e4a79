/**
 * Putting a plan on a domain of libvirt's: fresh reading, drift check, virsh commands one after the other and QEMU's
 * steps through the same apply as on a socket, reading back on both sides; what fails half-way is undone and read again.
 */

import type { Outcome, Plan, QmpStep, Step, StepState, VirshCommand, VmState } from '../engine';
import { listed } from '../engine';
import type { ApplyRequest } from './apply';
import { applyPlan, planOf } from './apply';
import { errorWords, isAborted, surelyNotExecuted } from './errors';
import { isAs } from './libvirt-compare';
import type { LibvirtFinish, LibvirtStop } from './libvirt-outcomes';
import { applied, gone, pending, stopped, unreadable } from './libvirt-outcomes';
import { qemuBlock } from './libvirt-qemu-block';
import type { Link } from './link';
import { notStarted } from './outcomes';

/** How an apply reaches the domain. */
export interface LibvirtPeer {
  /** Whether the user allowed to send commands to QEMU behind libvirt's back. */
  readonly mayTaint: boolean;
  /** Milliseconds that a guest has to let go of a disk. */
  readonly unplugWait: number;
  /** Reads both sides anew. Throws LibvirtError, QmpError, VmUnreadableError. */
  read(signal?: AbortSignal): Promise<VmState>;
  /** Runs one command that changes something. Throws LibvirtError. */
  change(command: VirshCommand): Promise<void>;
  /** QEMU's monitor behind libvirt, for one use. Only asked for where a plan has steps for it. */
  qemu(): Link;
}

const NOT_LET_GO =
  'The guest was asked to let go of the disk and has not in time. It may still do so: until then the disk works on.';

/** Never throws. `address` is for words only. */
export async function applyThroughLibvirt(
  peer: LibvirtPeer,
  request: ApplyRequest,
  address: string,
): Promise<Outcome> {
  let before: VmState;
  try {
    before = await peer.read(request.signal);
  } catch (error) {
    if (isAborted(error)) return notStarted('cancelled', undefined, [], 'Cancelled. Nothing was sent.');
    const words = `The domain could not be read before the first change: ${errorWords(error)} Nothing was sent.`;
    return notStarted('failed', undefined, [], words);
  }
  const result = planOf(request, before);
  if (result.kind === 'refusal') return notStarted('refused', before, [], result.refusal.message);
  const { plan } = result;
  if (plan.hash !== request.expect) {
    const words =
      'The domain or the document is not as it was when the plan was made. Nothing was sent. Look at a new plan.';
    return notStarted('drifted', before, plan.steps, words);
  }
  if (plan.steps.length === 0) {
    return notStarted('unchanged', before, [], 'Nothing to do: the domain is as wanted. Nothing was sent.');
  }
  if (!peer.mayTaint && plan.steps.some(({ via }) => via === 'qmp')) {
    const words =
      'The plan has commands for QEMU itself, which mark the domain as tainted, and that was not allowed for this connection. Nothing was sent.';
    return notStarted('refused', before, plan.steps, words);
  }
  return new Apply(peer, request, plan, before, address).run();
}

class Apply implements LibvirtFinish {
  readonly states: StepState[];

  constructor(
    private readonly peer: LibvirtPeer,
    private readonly request: ApplyRequest,
    readonly plan: Plan,
    readonly before: VmState,
    readonly address: string,
  ) {
    this.states = plan.steps.map((): StepState => 'skipped');
  }

  async run(): Promise<Outcome> {
    const stop = await this.send();
    const now = await this.readBack();
    if (typeof now === 'string') return unreadable(this, stop, now);
    if (now.process !== this.before.process) return gone(this, now);
    this.settleUnknown(now);
    if (stop === undefined) {
      const missing = this.plan.steps.filter(step => !isAs('after', step, now, this.before));
      if (missing.length === 0) return applied(this, now);
      const names = listed([...new Set(missing.map(({ object }) => object))]);
      return this.takeBack(now, {
        kind: 'failed',
        words: `All commands were answered, but reading back shows something else than planned: ${names}. Somebody else may have changed it in between.`,
      });
    }
    if (stop.kind === 'pending') return pending(this, now, stop);
    return this.takeBack(now, stop);
  }

  /** Sends the steps in order; those for QEMU that stand together go as one block. */
  private async send(): Promise<LibvirtStop | undefined> {
    const { steps } = this.plan;
    for (let index = 0; index < steps.length;) {
      if (this.request.signal?.aborted === true) return { kind: 'cancelled', words: 'Cancelled.' };
      const step = steps[index];
      if (step === undefined) return undefined;
      const end = step.via === 'virsh' ? index + 1 : blockEnd(steps, index);
      const stop =
        step.via === 'virsh' ? await this.sendVirsh(index, step) : await this.sendBlock(index, end);
      if (stop !== undefined) return stop;
      index = end;
    }
    return undefined;
  }

  private async sendVirsh(
    index: number,
    step: Extract<Step, { via: 'virsh' }>,
  ): Promise<LibvirtStop | undefined> {
    this.request.onStep?.(index, this.plan.steps.length);
    let sent = 0;
    try {
      for (const command of step.commands) {
        await this.peer.change(command);
        sent++;
      }
      if (step.kind === 'detach-disk' && step.plane === 'live' && !(await this.letGo(step))) {
        this.states[index] = 'unknown';
        return { kind: 'pending', words: `${step.summary}: ${NOT_LET_GO}` };
      }
      this.states[index] = 'done';
      return undefined;
    } catch (error) {
      this.states[index] = sent === 0 && surelyNotExecuted(error) ? 'failed' : 'unknown';
      return { kind: 'failed', words: `${step.summary}: ${errorWords(error)}` };
    }
  }

  /** Whether the guest has let go of the disk; virsh reports success before. Throws what reading throws. */
  private async letGo(step: Step): Promise<boolean> {
    const until = Date.now() + this.peer.unplugWait;
    for (;;) {
      if (isAs('after', step, await this.peer.read(), this.before)) return true;
      if (Date.now() >= until) return false;
      await new Promise(resolve => setTimeout(resolve, 250));
    }
  }

  private async sendBlock(start: number, end: number): Promise<LibvirtStop | undefined> {
    const steps = qmpSteps(this.plan.steps.slice(start, end));
    const block = qemuBlock(this.plan, steps, 'forth');
    const link = this.peer.qemu();
    const { signal, onStep } = this.request;
    const outcome = await applyPlan(
      link,
      {
        plan: block.plan,
        expect: block.hash,
        ...(signal && { signal }),
        ...(onStep && { onStep: index => onStep(start + index, this.plan.steps.length) }),
      },
      this.address,
    );
    await link.drop();
    outcome.steps.forEach(({ state }, index) => {
      this.states[start + index] = state;
    });
    if (outcome.outcome === 'applied') return undefined;
    return { kind: outcome.outcome === 'cancelled' ? 'cancelled' : 'failed', words: outcome.message };
  }

  /** Twice: a connection that was lost half-way is made anew by the next reading. */
  private async readBack(): Promise<VmState | string> {
    try {
      return await this.peer.read();
    } catch {
      return this.peer.read().catch((error: unknown) => errorWords(error));
    }
  }

  /** Reading tells whether a command that was not answered well was executed; half of a step is done, to be undone. */
  private settleUnknown(now: VmState): void {
    this.plan.steps.forEach((step, index) => {
      const state = this.states[index];
      if ((state !== 'unknown' && state !== 'failed') || step.effect.kind === 'none') return;
      this.states[index] = isAs('before', step, now, this.before) ? 'failed' : 'done';
    });
  }

  /** Undoes, last step first, what stands as the plan made it; what somebody else has changed since is left to them. */
  private async takeBack(now: VmState, stop: LibvirtStop): Promise<Outcome> {
    const { steps } = this.plan;
    let trouble: string | undefined;
    for (let end = steps.length; end > 0;) {
      const step = steps[end - 1];
      if (step === undefined) break;
      const start = step.via === 'virsh' ? end - 1 : blockStart(steps, end);
      const words =
        step.via === 'virsh' ? await this.undoVirsh(end - 1, step, now) : await this.undoBlock(start, end);
      trouble ??= words;
      end = start;
    }
    const after = await this.readBack();
    if (typeof after === 'string') return unreadable(this, stop, after);
    if (after.process !== this.before.process) return gone(this, after);
    steps.forEach((step, index) => {
      const state = this.states[index];
      if (step.effect.kind === 'none' || (state !== 'done' && state !== 'undone')) return;
      this.states[index] = isAs('before', step, after, this.before) ? 'undone' : 'done';
    });
    return stopped(this, after, stop, trouble);
  }

  private async undoVirsh(
    index: number,
    step: Extract<Step, { via: 'virsh' }>,
    now: VmState,
  ): Promise<string | undefined> {
    if (this.states[index] !== 'done' || isAs('before', step, now, this.before)) return undefined;
    try {
      for (const command of step.inverse) await this.peer.change(command);
      return undefined;
    } catch (error) {
      return errorWords(error);
    }
  }

  private async undoBlock(start: number, end: number): Promise<string | undefined> {
    const steps = qmpSteps(this.plan.steps.slice(start, end));
    if (this.states.slice(start, end).some(state => state !== 'done')) return undefined;
    const block = qemuBlock(this.plan, steps, 'back');
    const link = this.peer.qemu();
    const outcome = await applyPlan(link, { plan: block.plan, expect: block.hash }, this.address);
    await link.drop();
    if (outcome.outcome !== 'applied') return outcome.message;
    this.states.fill('undone', start, end);
    return undefined;
  }
}

function blockEnd(steps: readonly Step[], start: number): number {
  const next = steps.findIndex((step, index) => index >= start && step.via === 'virsh');
  return next < 0 ? steps.length : next;
}

function blockStart(steps: readonly Step[], end: number): number {
  let start = end;
  while (start > 0 && steps[start - 1]?.via === 'qmp') start--;
  return start;
}

const qmpSteps = (steps: readonly Step[]): readonly QmpStep[] =>
  steps.flatMap(step => (step.via === 'qmp' ? [step] : []));
