/** Reaching QEMU behind libvirt's back: only where the user said so, in the question or in the settings. */

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { GUEST, guestDocument } from '../../support/running-guest';
import { virshOfDomain, type VirshOfDomain } from '../../support/virsh-of-domain';
import { closeAll, openText, schemaInfo, served } from './editor';
import { Person, type Asked } from './person';

const PLAN_SCHEME = 'libvirt-domain-plan';
const ADDRESS = `libvirt:${GUEST.name}@qemu:///system`;
const QUESTION = /^Reach QEMU of guest behind libvirt's back\?$/;

suite('Taint', () => {
  const endings: (() => Promise<void>)[] = [];
  const t = { after: (run: () => Promise<void>) => void endings.push(run) };
  let person: Person | undefined;
  let document: vscode.TextDocument;
  let virsh: VirshOfDomain;

  setup(async () => {
    virsh = await virshOfDomain(t, GUEST);
    await set('virsh.command', virsh.command);
    document = await openText(guestDocument(['gold', 'silver']));
    await served(document);
    await schemaInfo(); // By its answer the server has the settings of now.
  });

  teardown(async () => {
    await vscode.commands.executeCommand('libvirtDomain.disconnect', document.uri);
    person?.leave();
    person = undefined;
    await set('virsh.command', undefined);
    await set('allowTaint', undefined);
    await closeAll();
    for (let end = endings.pop(); end !== undefined; end = endings.pop()) await end();
  });

  /** Connects, with somebody there who changes both sides and answers the question for taint like this. */
  async function connected(answer: string | undefined): Promise<Person> {
    person = new Person(({ kind, text }) => {
      if (kind === 'pick') return 'Both';
      return QUESTION.test(text) ? answer : undefined;
    });
    const uri = document.uri.toString();
    await vscode.commands.executeCommand('libvirtDomain.connect', { uri, address: ADDRESS });
    return person;
  }

  const showPlan = (): Thenable<unknown> =>
    vscode.commands.executeCommand('libvirtDomain.showPlan', document.uri);
  const questions = ({ asked }: Person): readonly Asked[] => asked.filter(({ text }) => QUESTION.test(text));
  const errors = ({ asked }: Person): readonly string[] =>
    asked.filter(({ kind }) => kind === 'error').map(({ text }) => text);
  const planShown = (): string | undefined => {
    const shown = vscode.window.activeTextEditor?.document;
    return shown?.uri.scheme === PLAN_SCHEME ? shown.getText() : undefined;
  };
  const qemuWasAsked = async (): Promise<boolean> =>
    (await virsh.log()).some(line => line.startsWith('qemu-monitor-command'));

  test('Plan Without: the plan says what is left, and QEMU is not asked', async () => {
    const someone = await connected('Plan Without');
    await showPlan();
    const [question] = questions(someone);
    assert.equal(question?.kind, 'warning');
    assert.deepEqual(question.buttons, ['Allow Until Disconnected', 'Plan Without']);
    assert.match(question.detail ?? '', /vda: its filters are left.*marks the domain as tainted/s);
    assert.match(planShown() ?? '', /vda: its filters are left/);
    assert.equal(await qemuWasAsked(), false);
    // A no is of this plan: the next one asks again.
    await showPlan();
    assert.equal(questions(someone).length, 2);
    assert.deepEqual(errors(someone), []);
  });

  test('Escape: no plan, no word, and QEMU is not asked', async () => {
    const someone = await connected(undefined);
    await showPlan();
    assert.equal(questions(someone).length, 1);
    assert.equal(planShown(), undefined);
    assert.deepEqual(errors(someone), []);
    assert.equal(await qemuWasAsked(), false);
  });

  test('Allow Until Disconnected: QEMU is asked, and the question comes again with the next connection only', async () => {
    const someone = await connected('Allow Until Disconnected');
    await showPlan();
    assert.equal(await qemuWasAsked(), true);
    await showPlan();
    assert.equal(questions(someone).length, 1);
    // This virsh reaches no QEMU: that is told.
    assert.match(errors(someone).join('\n'), /qemu-monitor-command is not for tests/);
    await vscode.commands.executeCommand('libvirtDomain.disconnect', document.uri);
    person?.leave();
    const again = await connected(undefined);
    await showPlan();
    assert.equal(questions(again).length, 1);
  });

  test('a domain in the setting allowTaint is asked without a question, another is not', async () => {
    await set('allowTaint', ['another']);
    await schemaInfo(); // By its answer the server has the settings of now.
    const someone = await connected('Plan Without');
    await showPlan();
    assert.equal(questions(someone).length, 1);
    assert.equal(await qemuWasAsked(), false);
    await set('allowTaint', [GUEST.name]);
    await schemaInfo(); // By its answer the server has the settings of now.
    await showPlan();
    assert.equal(questions(someone).length, 1);
    assert.equal(await qemuWasAsked(), true);
  });
});

const set = (name: string, value: unknown): Thenable<void> =>
  vscode.workspace.getConfiguration('libvirtDomain').update(name, value, vscode.ConfigurationTarget.Global);
