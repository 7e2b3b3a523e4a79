import type { Guard } from './guard';

const KNOWN: ReadonlySet<string> = new Set([
  'object-add',
  'object-del',
  'qom-set',
  'blockdev-add',
  'blockdev-reopen',
  'blockdev-del',
  'block_set_io_throttle',
  'device_add',
  'device_del',
  'stop',
  'cont',
]);

/** The guards can speak only for commands that they know. */
export const knownCommand: Guard = {
  id: 'known-command',
  prevents: 'A command is sent that no guard has looked at.',
  check({ execute, arguments: given }) {
    if (!KNOWN.has(execute)) return `${execute} is no command of a plan`;
    return execute === 'qom-set' && given?.['property'] !== 'limits' && given?.['property'] !== 'drive'
      ? 'a plan sets no other property than limits and drive'
      : undefined;
  },
};
