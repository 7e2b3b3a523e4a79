/**
 * Ten things that people do with libvirt, after each kind of apply to a VM that libvirt manages: it works and the plan
 * says nothing against it, or it does not and the plan had named it. What does not work without an apply either (libvirt refuses iotune beside filters) tells nothing.
 */

import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { sessionAt } from '../support/live';
import { applyDocument, documentText } from '../support/live-document';
import { OPERATIONS, startScene, type Operation, type Scene } from '../support/libvirt-operations';
import { libvirtSuites, startLibvirt, type Libvirt } from '../support/libvirt-root';

/** A kind of apply: the filters that the domain is started with, and what the document then wants. */
interface Kind {
  readonly title: string;
  readonly filters: readonly string[];
  readonly wanted: readonly string[];
  readonly gold: number;
}

const KINDS: readonly Kind[] = [
  {
    title: "a chain grown below libvirt's top node",
    filters: ['roomy'],
    wanted: ['gold', 'roomy'],
    gold: 100,
  },
  { title: 'a filter put on an unfiltered disk', filters: [], wanted: ['gold'], gold: 100 },
  { title: "libvirt's own filter removed", filters: ['roomy'], wanted: [], gold: 100 },
  { title: 'groups only', filters: ['gold'], wanted: ['gold'], gold: 250 },
];

for (const suite of libvirtSuites()) {
  for (const kind of KINDS) {
    test(`${suite}, ${kind.title}: what libvirt cannot do any more the plan had named, and nothing else`, async t => {
      const libvirt = await startLibvirt(t, suite);
      const problems: string[] = [];
      for (const operation of OPERATIONS) {
        problems.push(...(await misnamed(t, libvirt, kind, operation)));
      }
      assert.deepEqual(problems, []);
    });
  }
}

/** What went wrong without having been named, or was named and works; empty where the plan was right. */
async function misnamed(
  t: TestContext,
  libvirt: Libvirt,
  kind: Kind,
  operation: Operation,
): Promise<readonly string[]> {
  const trial = await tried(libvirt, kind, scene => applied(t, scene, kind), operation);
  const named = trial.value.find(text => operation.named.test(text));
  if (trial.failure === undefined) {
    return named === undefined ? [] : [`${operation.name} works, and the plan said: ${named}`];
  }
  t.diagnostic(`${libvirt.suite}, ${kind.title}: ${operation.name}: ${trial.failure}`);
  if (named !== undefined) return [];
  const untouched = await tried(libvirt, kind, () => Promise.resolve([]), operation);
  if (untouched.failure !== undefined) return [];
  return [`${operation.name}: ${trial.failure}\nThe plan said: ${trial.value.join('\n')}`];
}

/** A domain of its own for each: some of these operations leave it changed. */
async function tried<Value>(
  libvirt: Libvirt,
  { filters }: Kind,
  before: (scene: Scene) => Promise<Value>,
  operation: Operation,
): Promise<{ readonly value: Value; readonly failure: string | undefined }> {
  const scene = await startScene(libvirt, 'db01', { groups: { gold: 100, roomy: 1_000_000 }, filters });
  try {
    const value = await before(scene);
    const failure = await operation.run(scene).then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    return { value, failure };
  } finally {
    await scene.end();
  }
}

/** Applies what the document wants, and gives what the plan said of the consequences. */
async function applied(t: TestContext, scene: Scene, { wanted, gold }: Kind): Promise<readonly string[]> {
  const session = await sessionAt(t, scene.socket);
  const text = documentText({
    name: scene.name,
    uuid: scene.uuid,
    groups: { gold, roomy: 1_000_000 },
    disks: [{ target: 'sda', bus: 'scsi', filters: wanted }],
  });
  const { plan, outcome } = await applyDocument(session, text, { allow: ['breaks-libvirt'] });
  await session.close();
  assert.equal(outcome.outcome, 'applied', outcome.message);
  assert.deepEqual(
    await scene.chain(),
    wanted.map(group => `throttle-${group}`),
  );
  return plan.consequences.map(consequence => consequence.text);
}
