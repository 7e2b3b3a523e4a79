import type { Guard } from './guard';
import { textOf } from './model';

/** W3: legacy throttling with the name of a throttle group joins the group's object and overwrites its limits. */
export const iotuneGroup: Guard = {
  id: 'W3',
  prevents: "A disk's iotune overwrites the limits of a throttle group whose object has the same name.",
  check(command, model) {
    if (command.execute !== 'block_set_io_throttle') return undefined;
    const group = textOf(command.arguments?.['group']);
    return model.groups.has(group)
      ? `the iotune group ${group} is a throttle group's object, and its limits would be overwritten`
      : undefined;
  },
};
