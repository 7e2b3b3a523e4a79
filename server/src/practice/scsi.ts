/** The SCSI buses of a practice VM: one behind each virtio-scsi controller, with one channel (QEMU: hw/scsi/scsi-bus.c). */

import type { DeviceOptions } from './device-options';
import { readUnsigned } from './device-options';
import { Refusal } from './refusal';
import type { AttachedDisk, Controller, PracticeState, ScsiPlace } from './state';

/** QEMU: hw/scsi/virtio-scsi.c, the bounds of an address. */
const LAST_TARGET = 255;
const LAST_LUN = 16_383;

export const scsiBuses = ({ controllers }: Pick<PracticeState, 'controllers'>): readonly string[] =>
  controllers.filter(({ type }) => type === 'virtio-scsi-pci').map(scsiBus);

export const scsiBus = ({ id }: Pick<Controller, 'id'>): string => `${id}.0`;

/**
 * The place on a bus that the properties `channel`, `scsi-id` and `lun` name; of what is left open, the first that is
 * free. Throws Refusal.
 */
export function freeScsiPlace(state: PracticeState, bus: string, options: DeviceOptions): ScsiPlace {
  const channel = readUnsigned(options, 'channel', 32) ?? 0n;
  const target = given(readUnsigned(options, 'scsi-id', 32));
  const lun = given(readUnsigned(options, 'lun', 32));
  if (channel > 0n) throw new Refusal(`bad scsi channel id: ${BigInt.asIntN(32, channel)}`);
  if ((target ?? 0) > LAST_TARGET) throw new Refusal(`bad scsi device id: ${target}`);
  if ((lun ?? 0) > LAST_LUN) throw new Refusal(`bad scsi device lun: ${lun}`);
  const used = state.disks.filter(({ place }) => place.bus === bus);
  const userOf = (place: ScsiPlace): AttachedDisk | undefined =>
    used.find(
      ({ place: other }) => other.kind === 'scsi' && other.target === place.target && other.lun === place.lun,
    );
  const at = (wantedTarget: number, wantedLun: number): ScsiPlace => ({
    kind: 'scsi',
    bus,
    target: wantedTarget,
    lun: wantedLun,
  });
  if (target !== undefined && lun !== undefined) {
    const user = userOf(at(target, lun));
    if (user !== undefined) throw new Refusal(`lun already used by '${user.alias ?? '(null)'}'`);
    return at(target, lun);
  }
  const last = target === undefined ? LAST_TARGET : LAST_LUN;
  for (let number = 0; number <= last; number++) {
    const place = target === undefined ? at(number, lun ?? 0) : at(target, number);
    if (userOf(place) === undefined) return place;
  }
  throw new Refusal(target === undefined ? 'no free target' : 'no free lun');
}

/** The greatest number stands for none given; the others are signed in QEMU. */
function given(value: bigint | undefined): number | undefined {
  const signed = value === undefined ? -1 : Number(BigInt.asIntN(32, value));
  return signed === -1 ? undefined : signed;
}
