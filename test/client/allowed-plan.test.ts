/** The way from one question to the next, with a server and a user that are scripted. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planAsking, type PlanAsked, type Questions } from '../../client/src/allowed-plan';
import type { ConsequenceKind } from '../../server/src/engine';
import type { CommandAnswer } from '../../server/src/protocol';

interface Plan {
  readonly hash: string;
  readonly wantsTaint?: boolean;
  readonly held?: readonly string[];
}

const PART: CommandAnswer<Plan> = {
  ok: true,
  hash: 'part',
  wantsTaint: true,
  held: ['vda is left', 'vdb is left'],
};
const WHOLE: CommandAnswer<Plan> = { ok: true, hash: 'whole', wantsTaint: false };
const NO_PLAN: CommandAnswer<Plan> = { ok: false, reason: 'taint', message: 'vda: its filters are left.' };
const OTHER: CommandAnswer<Plan> = { ok: false, reason: 'other-domain', message: 'This VM is db02.' };

interface Run {
  readonly asked: PlanAsked<Plan>;
  /** What the server was asked with, and what the user was asked, in order. */
  readonly log: readonly string[];
}

async function run(
  server: (allow: readonly ConsequenceKind[]) => CommandAnswer<Plan>,
  user: { readonly taint?: 'taint' | 'without'; readonly otherDomain?: 'yes' | 'no' },
  allowed: readonly ConsequenceKind[] = [],
): Promise<Run> {
  const log: string[] = [];
  const questions: Questions = {
    meansOtherDomain: message => {
      log.push(`other domain? ${message}`);
      return Promise.resolve(user.otherDomain === 'yes');
    },
    meansTaint: (held, otherwise) => {
      log.push(`taint or ${otherwise}? ${held}`);
      return Promise.resolve(user.taint);
    },
  };
  const ask = (allow: readonly ConsequenceKind[]): Promise<CommandAnswer<Plan>> => {
    log.push(`plan ${allow.join()}`);
    return Promise.resolve(server(allow));
  };
  return { asked: await planAsking(allowed, ask, questions), log };
}

const tainted = (otherwise: CommandAnswer<Plan>) => (allow: readonly ConsequenceKind[]) =>
  allow.includes('taint') ? WHOLE : otherwise;

test('a plan that needs nothing is made without a question', async () => {
  const { asked, log } = await run(() => WHOLE, {});
  assert.deepEqual(asked, { kind: 'planned', allowed: { answer: WHOLE, allow: [] } });
  assert.deepEqual(log, ['plan ']);
});

test('Allow: the plan is made anew with taint, which the apply will be told of', async () => {
  const { asked, log } = await run(tainted(PART), { taint: 'taint' });
  assert.deepEqual(asked, { kind: 'planned', allowed: { answer: WHOLE, allow: ['taint'] } });
  assert.deepEqual(log, ['plan ', 'taint or plan-without? vda is left\n\nvdb is left', 'plan taint']);
});

test('Plan Without: the plan is the one that was made, and nothing is allowed', async () => {
  const { asked, log } = await run(tainted(PART), { taint: 'without' });
  assert.deepEqual(asked, { kind: 'planned', allowed: { answer: PART, allow: [] } });
  assert.equal(log.length, 2, 'the server is not asked again');
});

test('Escape: there is no plan, and no words about it', async () => {
  for (const otherwise of [PART, NO_PLAN]) {
    const { asked, log } = await run(tainted(otherwise), {});
    assert.deepEqual(asked, { kind: 'declined' });
    assert.equal(log.length, 2);
  }
});

test('where nothing is left without taint, that is what the question says', async () => {
  const { asked, log } = await run(tainted(NO_PLAN), { taint: 'taint' });
  assert.equal(log[1], 'taint or no-plan? vda: its filters are left.');
  assert.deepEqual(asked, { kind: 'planned', allowed: { answer: WHOLE, allow: ['taint'] } });
});

test('taint that was allowed before is not asked for again, and a plan that wants it still is shown', async () => {
  const { asked, log } = await run(() => PART, {}, ['taint']);
  assert.deepEqual(asked, { kind: 'planned', allowed: { answer: PART, allow: ['taint'] } });
  assert.deepEqual(log, ['plan taint']);
  const refused = await run(() => NO_PLAN, {}, ['taint']);
  assert.deepEqual(refused.asked, { kind: 'failed', failure: NO_PLAN });
});

test('the VM of another domain is asked for first, then taint; each once', async () => {
  const server = (allow: readonly ConsequenceKind[]): CommandAnswer<Plan> =>
    allow.includes('other-domain') ? tainted(PART)(allow) : OTHER;
  const yes = await run(server, { otherDomain: 'yes', taint: 'taint' });
  assert.deepEqual(yes.log, [
    'plan ',
    'other domain? This VM is db02.',
    'plan other-domain',
    'taint or plan-without? vda is left\n\nvdb is left',
    'plan other-domain,taint',
  ]);
  const without = await run(server, { otherDomain: 'yes', taint: 'without' });
  assert.deepEqual(without.asked, { kind: 'planned', allowed: { answer: PART, allow: ['other-domain'] } });
  const no = await run(server, { otherDomain: 'no' });
  assert.deepEqual(no.asked, { kind: 'declined' });
});

test('a failure of another kind is told', async () => {
  const failure: CommandAnswer<Plan> = { ok: false, reason: 'document', message: 'line 3' };
  assert.deepEqual((await run(() => failure, { taint: 'taint' })).asked, { kind: 'failed', failure });
});
