/** States, plans and outcomes as the plain JSON that the commands answer. */

import { describePlan, groupsAsXml, limitsText, limitsThatAreSet, usersOnVm } from '../engine';
import type { Difference, LimitValues, Outcome, Plan, VmState } from '../engine';
import type { ApplyAnswer, ConnectAnswer, GroupSummary, PlanAnswer } from '../protocol';
import type { TranscriptEntry } from '../qmp';

export const connectAnswer = (address: string, state: VmState): ConnectAnswer => ({
  address,
  target: state.target,
  runState: state.runState,
  groups: groupSummaries(state),
});

export const groupSummaries = (state: VmState): readonly GroupSummary[] =>
  state.groups.map(group => ({
    name: group.name,
    limitsText: limitsText(group.limits),
    limits: Object.fromEntries(
      Object.entries(limitsThatAreSet(group.limits)).map(([name, value]) => [name, value.toString()]),
    ),
    usedBy: [...usersOnVm(group, state)],
  }));

export const planAnswer = (plan: Plan, address: string): PlanAnswer => ({
  address,
  target: plan.target,
  hash: plan.hash,
  changes: plan.groupChanges.length,
  text: describePlan(plan, address),
  vmGroups: groupsAsXml(plan.vmGroups),
  documentGroups: groupsAsXml(plan.wantedGroups),
  notes: plan.notes,
  consequences: plan.consequences,
  deletes: plan.groupChanges.some(change => change.after === undefined),
});

export const applyAnswer = (outcome: Outcome, transcript: readonly TranscriptEntry[]): ApplyAnswer => ({
  outcome: outcome.outcome,
  message: outcome.message,
  steps: outcome.steps,
  differs: outcome.differs.map(difference => ({
    object: difference.object,
    text: differenceWords(difference),
  })),
  transcript: transcriptText(transcript),
});

function differenceWords(difference: Difference): string {
  return difference.kind === 'group'
    ? `was ${stateWords(difference.before)}, is now ${stateWords(difference.now)}`
    : '';
}

const stateWords = (limits: LimitValues | undefined): string =>
  limits === undefined ? 'not there' : limitsText(limits);

/** One JSON object a line. A message stays as it went over the wire, so that no number is rounded. */
function transcriptText(entries: readonly TranscriptEntry[]): string {
  return entries
    .map(({ time, direction, text }) => {
      const at = new Date(time).toISOString();
      const message = isJson(text) ? text : JSON.stringify(text);
      return `{"time":"${at}","direction":"${direction}","message":${message}}\n`;
    })
    .join('');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return !text.includes('\n');
  } catch {
    return false;
  }
}
