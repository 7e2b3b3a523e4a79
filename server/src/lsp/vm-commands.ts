/** Commands about VMs. Each reads the VM anew; nothing is written that was not planned from such a reading. */

import { SERVER_COMMANDS } from '../protocol';
import type { CommandAnswer, ServerCommand } from '../protocol';
import { listEverywhere } from '../libvirt';
import { VmAddressError, errorWords, formatVmAddress, isAborted, planWish } from '../vm';
import type { VmAddress, VmWish } from '../vm';
import type { CancellationToken } from 'vscode-languageserver/node';
import type { CommandHandler, Commands } from './commands';
import { stopIfCancelled } from './guard';
import { PracticeVms } from './practice-vms';
import type { Session } from './session';
import { stringsOr } from './settings';
import {
  applyAnswer,
  connectAnswer,
  diskSummaries,
  documentDisksBeside,
  groupSummaries,
  planAnswer,
} from './vm-answers';
import { CommandRefused, addressIn, allowedIn, isTrue, planesIn, optionalText, textIn } from './vm-arguments';
import type { Arguments } from './vm-arguments';
import { RememberingPlanner } from './last-changes';
import { attachDisk, deleteGroup, detachDisk, setGroup, undo } from './vm-changes';
import { analysed, desiredIn, onlyAllowed, planned, type Planner } from './vm-plans';
import { withVm, type Run, type Scene } from './vm-scene';
import { VmSessions } from './vm-sessions';

export type VmCommand = Exclude<
  ServerCommand,
  (typeof SERVER_COMMANDS)['findings' | 'checkWorkspace' | 'schemaInfo' | 'fetchSchemas']
>;

/** The commands with their sessions. `worldsChanged`: a document got another VM, and is to be judged anew. */
export function vmCommands(
  session: Session,
  worldsChanged: () => void,
): Commands & {
  readonly table: Readonly<Record<VmCommand, CommandHandler>>;
} {
  const scene: Scene = {
    session,
    worldsChanged,
    practice: new PracticeVms(session.connection.console),
    sessions: new VmSessions({
      options: () => ({
        deadline: session.settings.deadline,
        allowRemoteTcp: session.settings.allowRemoteTcp,
        virshCommand: session.settings.virsh.command,
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
      [SERVER_COMMANDS.listDomains]: command(listDomains),
      [SERVER_COMMANDS.setGroup]: command(setGroup),
      [SERVER_COMMANDS.deleteGroup]: command(deleteGroup),
      [SERVER_COMMANDS.documentDisks]: command(documentDisks),
      [SERVER_COMMANDS.attachDisk]: command(attachDisk),
      [SERVER_COMMANDS.detachDisk]: command(detachDisk),
      [SERVER_COMMANDS.undo]: command(undo),
      [SERVER_COMMANDS.startPracticeVm]: command(startPracticeVm),
      [SERVER_COMMANDS.stopPracticeVm]: command(stopPracticeVm),
    },
    releaseAll: () => {
      if (session.worlds.disconnectAll()) worldsChanged();
      void scene.sessions.releaseAll();
      void scene.practice.stopAll();
    },
    stop: async () => {
      await scene.sessions.stop();
      await scene.practice.stopAll();
    },
  };
}

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
    if (isAborted(error)) stopIfCancelled(token);
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

const connect: Run = (scene, argument, signal) => {
  const uri = optionalText(argument, 'uri');
  return withVm(scene, argument, signal, async use => {
    const state = await use.session.read(use.signal);
    const { address } = use.session;
    if (uri !== undefined && scene.session.worlds.connect(uri, address, state.target)) scene.worldsChanged();
    return connectAnswer(address, state);
  });
};

const disconnect: Run = async (scene, argument) => {
  const { worlds } = scene.session;
  const address = addressIn(argument);
  const spelled = formatVmAddress(address);
  const uri = optionalText(argument, 'uri');
  const changed = uri === undefined ? worlds.disconnectAll(spelled) : worlds.disconnect(uri, spelled);
  if (changed) scene.worldsChanged();
  if (!worlds.uses(spelled)) await scene.sessions.release(address);
  return {};
};

const listGroups: Run = (scene, argument, signal) =>
  withVm(scene, argument, signal, async use => ({
    groups: groupSummaries(await use.session.read(use.signal)),
  }));

const listDisks: Run = (scene, argument, signal) =>
  withVm(scene, argument, signal, async use => ({
    disks: diskSummaries(await use.session.read(use.signal)),
  }));

const documentDisks: Run = (scene, argument, signal) => {
  const { disks } = desiredIn(scene.session, textIn(argument, 'uri'));
  const planes = planesIn(argument, addressIn(argument));
  return withVm(scene, argument, signal, async use => ({
    disks: documentDisksBeside(disks, await use.session.read(use.signal), planes),
  }));
};

const listDomains: Run = async ({ session }, argument, signal) => {
  const { connectUris, virsh } = session.settings;
  const asked = argument.has('uris') ? stringsOr(argument.get('uris'), []) : connectUris;
  const uris = connectUris.filter(uri => asked.includes(uri));
  const listings = await listEverywhere(uris, { command: virsh.command, signal });
  return {
    connections: listings.map(listing => {
      const { uri } = listing;
      if (listing.kind === 'failed') return { uri, domains: [], problem: errorWords(listing.error) };
      const domains = listing.domains.map(({ name, running }) => ({
        name,
        running,
        address: formatVmAddress({ kind: 'libvirt', domain: name, uri }),
      }));
      return { uri, domains };
    }),
  };
};

const plan: Run = (scene, argument, signal) => {
  const planner = plannerIn(scene.session, argument, addressIn(argument));
  return withVm(scene, argument, signal, async use =>
    planAnswer(planned(planner(await use.session.read(use.signal))), use.session.address),
  );
};

const apply: Run = (scene, argument, signal, progress) => {
  const address = addressIn(argument);
  const planner = plannerIn(scene.session, argument, address);
  const expect = textIn(argument, 'hash');
  const allow = allowedIn(argument);
  return withVm(scene, argument, signal, async use => {
    progress.begin(`Applying to ${formatVmAddress(address)}`, 0);
    const remembering = new RememberingPlanner(state => onlyAllowed(planner(state), allow));
    try {
      const outcome = await use.session.apply({
        plan: remembering.plan,
        expect,
        signal: use.signal,
        onStep: (index, count) => progress.report((100 * index) / count, `Step ${index + 1} of ${count}`),
      });
      await remembering.keep(scene.session, use.session.address, outcome);
      return applyAnswer(outcome, use.transcript);
    } finally {
      progress.done();
    }
  });
};

/** What `plan` and `apply` go by: the document, or what libvirt's live XML says. */
function plannerIn(session: Session, argument: Arguments, address: VmAddress): Planner {
  const wish: VmWish = isTrue(argument, 'return')
    ? { kind: 'return' }
    : { kind: 'document', desired: desiredIn(session, textIn(argument, 'uri')) };
  const planes = isTrue(argument, 'return') ? (['live'] as const) : planesIn(argument, address);
  const options = { prune: isTrue(argument, 'prune'), allow: allowedIn(argument), planes };
  return state => planWish(state, wish, options);
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
