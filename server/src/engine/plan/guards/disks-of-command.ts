/** Which disks a command that changes block nodes is about. */

import type { QmpCommand } from '../types';
import type { Model, ModelDisk } from './model';
import { driveOf, optionsOf, textOf } from './model';

/** The disks whose chain the command changes, or whose nodes it puts a filter over. */
export function disksOfCommand(command: QmpCommand, model: Model): readonly ModelDisk[] {
  const drive = driveOf(command);
  if (drive !== undefined) return [model.disks.get(drive.path) ?? []].flat();
  const files = filtersIn(command).flatMap(({ node, file }) => [
    baseBelow(model, file),
    baseBelow(model, model.nodes.get(node)?.file),
  ]);
  if (files.length === 0) return [];
  const bases = new Set(files);
  return [...model.disks.values()].filter(({ base }) => base !== null && bases.has(base));
}

/** The throttle nodes that the command adds or reopens. */
export function filtersIn(
  command: QmpCommand,
): readonly { readonly node: string; readonly group: string; readonly file: string }[] {
  const given = command.execute === 'blockdev-add' ? [command.arguments ?? {}] : optionsOf(command);
  return given
    .filter(options => options['driver'] === 'throttle')
    .map(options => ({
      node: textOf(options['node-name']),
      group: textOf(options['throttle-group']),
      file: textOf(options['file']),
    }));
}

/** Whether a new filter stands on a placeholder; true too where the command adds none. */
export const isOverPlaceholder = (command: QmpCommand, model: Model): boolean =>
  command.execute !== 'blockdev-add' ||
  filtersIn(command).every(({ file }) => model.nodes.get(file)?.driver === 'placeholder');

/** The node at the bottom of the filters. */
function baseBelow(model: Model, from: string | undefined): string | undefined {
  let at = from;
  for (let steps = 0; at !== undefined && steps <= model.nodes.size; steps++) {
    const node = model.nodes.get(at);
    if (node?.driver !== 'throttle') return at;
    at = node.file;
  }
  return undefined;
}
