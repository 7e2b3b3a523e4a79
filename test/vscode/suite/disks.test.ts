/** A disk of the document goes to a real QEMU and comes back from it, as people do it: pick, plan, button, question. */

import assert from 'node:assert/strict';
import { truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { CommandAnswer, ListDisksAnswer } from '../../../server/src/protocol';
import { startQemu, type Qemu } from '../../support/qemu';
import { requireReal } from '../../support/real';
import { closeAll, openText, served } from './editor';
import { Person, type Asked } from './person';

const PLAN_SCHEME = 'libvirt-domain-plan';

suite('Disks of a VM', () => {
  let qemu: Qemu | undefined;
  let address = '';
  let document: vscode.TextDocument;
  let person: Person | undefined;

  setup(async function () {
    if (requireReal('qemu-system-x86_64') === undefined) this.skip();
    // A SCSI disk needs no guest that lets go of it.
    qemu = await startQemu({ disks: 1, args: ['-name', 'db01', '-device', 'virtio-scsi-pci,id=scsi0'] });
    address = `unix:${qemu.sockets[0] ?? ''}`;
    const image = path.join(qemu.folder, 'sda.raw');
    await writeFile(image, '');
    await truncate(image, 1024 * 1024);
    document = await openText(domain(qemu.images[0] ?? '', image));
    await served(document);
    await vscode.commands.executeCommand('libvirtDomain.connect', {
      uri: document.uri.toString(),
      address,
    });
  });

  teardown(async () => {
    person?.leave();
    person = undefined;
    if (qemu === undefined) return;
    await vscode.commands.executeCommand('libvirtDomain.disconnect', document.uri);
    await closeAll();
    await qemu.stop();
    qemu = undefined;
  });

  /** Somebody who picks that disk and presses each button that is offered; Show Log and such are none of them. */
  const somebodyWhoPicks = (disk: string): Person =>
    (person = new Person(({ kind, buttons }) =>
      kind === 'pick' ? disk : buttons.find(button => /^(Attach|Detach) /.test(button)),
    ));

  const picks = ({ asked }: Person): readonly Asked[] => asked.filter(({ kind }) => kind === 'pick');
  const questions = ({ asked }: Person): readonly Asked[] => asked.filter(({ kind }) => kind === 'warning');
  const planShown = (): string | undefined => {
    const shown = vscode.window.activeTextEditor?.document;
    return shown?.uri.scheme === PLAN_SCHEME ? shown.getText() : undefined;
  };
  const disksOfVm = async (): Promise<readonly string[]> =>
    (await done<ListDisksAnswer>('domxml.listDisks', { address })).disks.map(
      ({ alias, filters }) => `${alias}: ${filters.join()}`,
    );

  test('Attach Disk: what the VM lacks comes first, and is there with its filters', async () => {
    const someone = somebodyWhoPicks('sda');
    await vscode.commands.executeCommand('libvirtDomain.attachDisk', document.uri);
    const [pick] = picks(someone);
    assert.equal(pick?.text, 'Attach a disk to db01');
    assert.deepEqual(pick.buttons, ['Not on the VM', 'sda', 'On the VM already', 'vda']);
    assert.match(planShown() ?? '', /Attach sda \(.*sda\.raw, filters: gold\)/);
    await someone.hears(/in force and w(as|ere) read back/);
    const [question] = questions(someone);
    assert.equal(question?.text, `Attach sda to db01 (${address})?`);
    assert.deepEqual(await disksOfVm(), ['virtio-disk0: ', 'scsi0-0-0-0: gold']);
  });

  test('Attach Disk with a target, as a lens would call it, lets nobody pick', async () => {
    const someone = somebodyWhoPicks('vda');
    const uri = document.uri.toString();
    await vscode.commands.executeCommand('libvirtDomain.attachDisk', { uri, target: 'sda' });
    assert.deepEqual(picks(someone), []);
    assert.match(planShown() ?? '', /Attach sda/);
    await someone.hears(/in force and w(as|ere) read back/);
    assert.deepEqual(await disksOfVm(), ['virtio-disk0: ', 'scsi0-0-0-0: gold']);
  });

  test('Detach Disk: the question says that the guest is asked, and the disk is gone', async () => {
    const about = { uri: document.uri.toString(), address, target: 'sda', confirmed: true };
    assert.equal((await done<{ outcome: string }>('domxml.attachDisk', about)).outcome, 'applied');
    const someone = somebodyWhoPicks('scsi0-0-0-0');
    await vscode.commands.executeCommand('libvirtDomain.detachDisk', document.uri);
    const [pick] = picks(someone);
    assert.deepEqual(pick?.buttons, ['virtio-disk0', 'scsi0-0-0-0']);
    assert.match(planShown() ?? '', /Detach scsi0-0-0-0/);
    await someone.hears(/in force and w(as|ere) read back/);
    const [question] = questions(someone);
    assert.equal(question?.text, `Detach scsi0-0-0-0 from db01 (${address})?`);
    assert.match(
      question.detail ?? '',
      /The guest is asked to let go of the disk, which can take up to 20 s/,
    );
    assert.deepEqual(await disksOfVm(), ['virtio-disk0: ']);
  });
});

const domain = (vda: string, sda: string): string => `<domain type='kvm'>
  <name>db01</name>
  <throttlegroups>
    <throttlegroup>
      <group_name>gold</group_name>
      <total_iops_sec>500</total_iops_sec>
    </throttlegroup>
  </throttlegroups>
  <devices>
    <disk type='file' device='disk'>
      <source file='${vda}'/>
      <target dev='vda' bus='virtio'/>
    </disk>
    <disk type='file' device='disk'>
      <source file='${sda}'/>
      <target dev='sda' bus='scsi'/>
      <throttlefilters>
        <throttlefilter group='gold'/>
      </throttlefilters>
    </disk>
  </devices>
</domain>
`;

/** Runs a command of the server that has to succeed. */
async function done<T>(command: string, argument: object): Promise<T> {
  const answer = await vscode.commands.executeCommand<CommandAnswer<T>>(command, argument);
  if (!answer.ok) throw new Error(`${command}: ${answer.message}`);
  return answer;
}
