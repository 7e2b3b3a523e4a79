import { SERVER_COMMANDS } from '../../../server/src/protocol';
import type { Scene } from '../scene';
import { proposeChange } from './change';
import { connectionOf } from './connect';

/** Undo Last Change on VM…: what was applied last at the document's VM, from here or from the command line. */
export async function undoLastChange(scene: Scene, argument?: unknown): Promise<void> {
  const document = await scene.subject(argument);
  const connection = document && (await connectionOf(scene, document));
  if (document === undefined || connection === undefined) return;
  await proposeChange(
    scene,
    { source: document.uri, connection },
    {
      command: SERVER_COMMANDS.undo,
      argument: { address: connection.address },
      knowsPlanes: true,
      titleFor: vm => `Undo the last change on ${vm}`,
      reasons: () => [],
    },
  );
}
