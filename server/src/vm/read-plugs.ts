/** Where another disk can be plugged into a running VM. */

import type { Plugs, ScsiController } from '../engine';
import type { JsonValue, QemuVersion } from '../qmp';
import type { Ask } from './answers';
import { entries, optionalText } from './answers';
import { readThreadOf } from './read-devices';

export interface PlugAnswers {
  /** Of `qom-list /machine/peripheral`. */
  readonly peripheral: JsonValue;
  /** Of `qom-get /machine type`. */
  readonly machine: JsonValue;
  readonly hasIothreads: boolean;
  readonly qemu: QemuVersion;
}

/**
 * Free PCI places and virtio-scsi controllers. The PCI bus of an i440fx machine takes devices while it runs; that of
 * others does not, but each of their root ports takes one (`Bus 'pcie.0' does not support hotplugging`, measured with
 * 7.2). A port's bus lists its device as `child[0]`; query-pci does not show it before the guest's firmware has run.
 * Throws what `ask` throws.
 */
export async function readPlugs(ask: Ask, answers: PlugAnswers): Promise<Plugs> {
  const { peripheral, machine, hasIothreads, qemu } = answers;
  const devices = entries(peripheral, 'qom-list').flatMap(entry => {
    const type = /^child<(.*)>$/.exec(optionalText(entry, 'type') ?? '')?.[1];
    return type === undefined ? [] : [{ id: optionalText(entry, 'name') ?? '', type }];
  });
  const isFlat = typeof machine === 'string' && machine.includes('i440fx');
  const [ports, scsi] = await Promise.all([
    Promise.all(
      devices
        .filter(({ type }) => ROOT_PORTS.has(type))
        .map(async ({ id }) => ({
          id,
          bus: await ask('qom-list', { path: `/machine/peripheral/${id}/${id}` }),
        })),
    ),
    Promise.all(
      devices
        .filter(({ type }) => type === 'virtio-scsi-pci')
        .map(async ({ id }): Promise<ScsiController> => ({
          id,
          thread: hasIothreads
            ? await readThreadOf(ask, `/machine/peripheral/${id}`, qemu)
            : { kind: 'main' },
        })),
    ),
  ]);
  const free = ports.filter(
    ({ bus }) =>
      !entries(bus, 'qom-list').some(entry => optionalText(entry, 'name')?.startsWith('child[') === true),
  );
  return {
    pci: [...(isFlat ? ['pci.0'] : []), ...free.map(({ id }) => id)],
    scsi,
    devices: devices.map(({ id }) => id),
  };
}

const ROOT_PORTS: ReadonlySet<string> = new Set(['pcie-root-port', 'ioh3420', 'xio3130-downstream']);
