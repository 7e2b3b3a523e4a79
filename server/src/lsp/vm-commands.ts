/** Commands about VMs. Each reads the VM anew; nothing is written that was not planned from such a reading. */

import {
  CONSEQUENCES_TO_ALLOW,
  changeCount,
  describePlan,
  desiredGroups,
  makePlan,
  planDeleteGroup,
  planSetGroup,
} from '../engine';
import type { ConsequenceKind, DesiredGroups, Plan, PlanResult, Refusal, VmState } from '../engine';
import { SERVER_COMMANDS } from '../protocol';
import type { CommandAnswer, GroupAnswer, ServerCommand } from '../protocol';
import { QmpAbortedError } from '../qmp';
import { VmAddressError, errorWords, formatVmAddress } from '../vm';
import type { CancellationToken, WorkDoneProgressReporter } from 'vscode-languageserver/node';
import type { CommandHandler, Commands } from './commands';
import { stopIfCancelled } from './guard';
import { PracticeVms } from './practice-vms';
import type { Session } from './session';
import { applyAnswer, connectAnswer, diskSummaries, groupSummaries, planAnswer } from './vm-answers';
import {
  CommandRefused,
  addressIn,
  allowedIn,
  isTrue,
  limitsIn,
  optionalText,
  refuse,
  textIn,
} from './vm-arguments';
import type { Arguments } from './vm-arguments';
import { VmSessions } from './vm-sessions';

export type VmCommand = Exclude<
  ServerCommand,
  (typeof SERVER_COMMANDS)['findings' | 'checkWorkspace' | 'schemaInfo' | 'fetchSchemas']
>;

/** The commands with their sessions. */
export function vmCommands(session: Session): Commands & {
  readonly table: Readonly<Record<VmCommand, CommandHandler>>;
} {
  const scene: Scene = {
    session,
    practice: new PracticeVms(session.connection.console),
    sessions: new VmSessions({
      options: () => ({
        deadline: session.settings.deadline,
        allowRemoteTcp: session.settings.allowRemoteTcp,
      }),
    }),
  };
  const command =
    (run: Run): CommandHandler =>
    (argument, token, progress) =>
      answered(scene, token, signal => run(scene, argument, signal, progress));
  return {
    table: {
      [SERVER_COMMANDS.connect]: command(connect),
      [SERVER_COMMANDS.disconnect]: command(disconnect),
      [SERVER_COMMANDS.plan]: command(plan),
      [SERVER_COMMANDS.apply]: command(apply),
      [SERVER_COMMANDS.listGroups]: command(listGroups),
      [SERVER_COMMANDS.listDisks]: command(listDisks),
      [SERVER_COMMANDS.setGroup]: command(setGroup),
      [SERVER_COMMANDS.deleteGroup]: command(deleteGroup),
      [SERVER_COMMANDS.startPracticeVm]: command(startPracticeVm),
      [SERVER_COMMANDS.stopPracticeVm]: command(stopPracticeVm),
    },
    releaseAll: () => {
      void scene.sessions.releaseAll();
      void scene.practice.stopAll();
    },
    stop: async () => {
      await scene.sessions.stop();
      await scene.practice.stopAll();
    },
  };
}

interface Scene {
  readonly session: Session;
  readonly sessions: VmSessions;
  readonly practice: PracticeVms;
}

type Run = (
  scene: Scene,
  argument: Arguments,
  signal: AbortSignal,
  progress: WorkDoneProgressReporter,
) => Promise<object>;

/** Trust first; then the answer, or in words why there is none. */
async function answered(
  scene: Scene,
  token: CancellationToken,
  run: (signal: AbortSignal) => Promise<object>,
): Promise<CommandAnswer<object>> {
  if (!scene.session.trusted) return UNTRUSTED;
  const cancelled = new AbortController();
  const listening = token.onCancellationRequested(() => cancelled.abort());
  try {
    stopIfCancelled(token);
    return { ok: true, ...(await run(cancelled.signal)) };
  } catch (error) {
    if (error instanceof CommandRefused) return error.failure;
    if (error instanceof QmpAbortedError) stopIfCancelled(token);
    // Faults of ours are told as such by errorWords.
    const reason = error instanceof VmAddressError ? 'refused' : 'cannot-connect';
    return { ok: false, reason, message: errorWords(error) };
  } finally {
    listening.dispose();
  }
}

const UNTRUSTED = {
  ok: false,
  reason: 'untrusted',
  message:
    'This workspace is not trusted, so nothing connects to a VM. Trust the workspace in the editor; editors without workspace trust set "trusted": true in the initialization options.',
} as const;

const connect: Run = ({ sessions }, argument, signal) =>
  sessions.use(addressIn(argument), signal, async use =>
    connectAnswer(use.session.address, await use.session.read(use.signal)),
  );

const disconnect: Run = async ({ sessions }, argument) => {
  await sessions.release(addressIn(argument));
  return {};
};

const listGroups: Run = ({ sessions }, argument, signal) =>
  sessions.use(addressIn(argument), signal, async use => ({
    groups: groupSummaries(await use.session.read(use.signal)),
  }));

const listDisks: Run = ({ sessions }, argument, signal) =>
  sessions.use(addressIn(argument), signal, async use => ({
    disks: diskSummaries(await use.session.read(use.signal)),
  }));

const plan: Run = ({ session, sessions }, argument, signal) => {
  const address = addressIn(argument);
  const desired = desiredIn(session, textIn(argument, 'uri'));
  const options = { prune: isTrue(argument, 'prune'), allow: allowedIn(argument) };
  return sessions.use(address, signal, async use =>
    planAnswer(planned(makePlan(desired, await use.session.read(use.signal), options)), use.session.address),
  );
};

const apply: Run = ({ session, sessions }, argument, signal, progress) => {
  const address = addressIn(argument);
  const desired = desiredIn(session, textIn(argument, 'uri'));
  const expect = textIn(argument, 'hash');
  const options = { prune: isTrue(argument, 'prune'), allow: allowedIn(argument) };
  return sessions.use(address, signal, async use => {
    progress.begin(`Applying to ${formatVmAddress(address)}`, 0);
    try {
      const outcome = await use.session.apply({
        plan: state => onlyAllowed(makePlan(desired, state, options), options.allow),
        expect,
        signal: use.signal,
        onStep: (index, count) => progress.report((100 * index) / count, `Step ${index + 1} of ${count}`),
      });
      return applyAnswer(outcome, use.transcript);
    } finally {
      progress.done();
    }
  });
};

const setGroup: Run = (scene, argument, signal) => {
  const limits = limitsIn(argument);
  const name = textIn(argument, 'name');
  return changeGroup(scene, argument, signal, state => planSetGroup(state, name, limits));
};

const deleteGroup: Run = (scene, argument, signal) => {
  const name = textIn(argument, 'name');
  return changeGroup(scene, argument, signal, state => planDeleteGroup(state, name));
};

/** Shows what would be done; with `confirmed` does it. */
function changeGroup(
  { sessions }: Scene,
  argument: Arguments,
  signal: AbortSignal,
  planOf: (state: VmState) => PlanResult,
): Promise<GroupAnswer> {
  const confirmed = isTrue(argument, 'confirmed');
  const shown = optionalText(argument, 'hash');
  return sessions.use(addressIn(argument), signal, async use => {
    const fresh = planned(planOf(await use.session.read(use.signal)));
    const text = describePlan(fresh, use.session.address);
    if (!confirmed) {
      const nothing = changeCount(fresh) === 0 ? ({ outcome: 'unchanged' } as const) : {};
      return { text, hash: fresh.hash, ...nothing };
    }
    const { outcome, message } = await use.session.apply({
      plan: planOf,
      expect: shown ?? fresh.hash,
      signal: use.signal,
    });
    return { text, hash: fresh.hash, outcome, message };
  });
}

const startPracticeVm: Run = async ({ session, practice }, argument) => {
  const uri = textIn(argument, 'uri');
  return { address: await practice.start(uri, analysed(session, uri)) };
};

const stopPracticeVm: Run = async ({ sessions, practice }, argument) => {
  const address = addressIn(argument);
  await sessions.release(address);
  await practice.stop(formatVmAddress(address));
  return {};
};

/** What the open document wants; refused where it is not fit to be sent. */
function desiredIn(session: Session, uri: string): DesiredGroups {
  const result = desiredGroups(analysed(session, uri));
  if (result.kind === 'refusal') throw refuse('document', result.refusal.message);
  return result.desired;
}

function analysed(session: Session, uri: string) {
  if (session.documents.stamp(uri) === undefined)
    throw refuse('document', `${uri} is not open in the editor.`);
  const subject = session.documents.subject(uri, session.world);
  if (subject === undefined) {
    throw refuse('document', 'This document is not a libvirt domain, so there is nothing to send.');
  }
  return subject.analysis;
}

function planned(result: PlanResult): Plan {
  if (result.kind === 'plan') return result.plan;
  throw refuse(reasonOf(result.refusal), result.refusal.message);
}

const reasonOf = ({ reason }: Refusal): string => (reason === 'other-domain' ? reason : 'refused');

/** Consequences that a confirmation does not cover must have been allowed one by one. */
function onlyAllowed(result: PlanResult, allow: readonly ConsequenceKind[]): PlanResult {
  if (result.kind === 'refusal') return result;
  const needed: readonly ConsequenceKind[] = CONSEQUENCES_TO_ALLOW;
  const missing = result.plan.consequences.find(({ kind }) => needed.includes(kind) && !allow.includes(kind));
  if (missing === undefined) return result;
  const message = `${missing.text} This was not allowed (${missing.kind}). Nothing was sent.`;
  return { kind: 'refusal', refusal: { reason: 'unsupported', message } };
}
