import { SERVER_COMMANDS, type AddressArguments, type ListDisksAnswer } from '../../../server/src/protocol';
import type { Scene } from '../scene';
import { disksText, vmName } from '../words';
import { allowedFor } from './allowing';
import { connectionOf } from './connect';

/** Show Disks: the filters and limits that each disk of the VM has now. Writes nothing. */
export async function showDisks(scene: Scene, argument?: unknown): Promise<void> {
  const document = await scene.subject(argument);
  const connection = document === undefined ? undefined : await connectionOf(scene, document);
  if (connection === undefined) return;
  const { address, target } = connection;
  const about: AddressArguments = { address, allow: allowedFor(connection) };
  const answer = await scene.server.command<ListDisksAnswer>(SERVER_COMMANDS.listDisks, about);
  if (!answer.ok) {
    scene.tellFailure(answer);
    return;
  }
  const title = `Disks of ${vmName(target, address)}`;
  const text = disksText(title, answer.disks);
  await scene.reading.show(scene.reading.put(`${title}.md`, encodeURIComponent(address), text));
}
