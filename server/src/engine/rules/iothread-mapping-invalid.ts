import type { Device, MappedThread, QueueMapping } from '../domain/device';
import type { Piece, Placed } from '../domain/model';
import { decimalOf } from '../domain/numbers';
import { shifted, type Span } from '../text';
import { removeAttributeFix, removeElementFix } from './devices';
import { defineRule, type ReportFinding } from './rule';

export const iothreadMappingInvalid = defineRule({
  id: 'iothread-mapping-invalid',
  may: { error: ['libvirt'] },
  scope: 'domain',
  judgesAlone: true,
  summary: 'Iothreads that share the queues of a device must take each queue once.',
  explain: `\`<iothreads>\` in the \`<driver>\` of a disk or controller spreads its \`queues\` over several iothreads. Either no thread names its queues, and they are dealt out in turn; or each queue from 0 to \`queues\`-1 is named exactly once. Libvirt refuses everything else (measured with 11.3):

| what is wrong | libvirt's words |
|---|---|
| a thread twice | \`duplicate mapping for iothread '1'\` |
| a queue twice | \`iothread queue '1' is already assigned\` |
| a queue that is not there | \`iothread queue '2' mapping out of range\` |
| a queue without a thread | \`missing iothread mapping for queue '1'\` |
| \`iothread=''\` beside it | \`disk driver 'iothread' attribute can't be used together with 'iothreads' subelement\` |

Good:
\`\`\`xml
<driver name='qemu' type='raw' queues='2'>
  <iothreads>
    <iothread id='1'><queue id='0'/></iothread>
    <iothread id='2'><queue id='1'/></iothread>
  </iothreads>
</driver>
\`\`\``,
  check({ domain, runByQemu }, report) {
    for (const device of domain.allDevices) {
      const mapping = device.of.queueMapping;
      if (mapping === undefined) continue;
      checkAlone(device, mapping, report);
      if (!runByQemu) continue;
      checkThreads(device, mapping, report);
      checkQueues(device, mapping, report);
    }
  },
});

function checkAlone(device: Placed<Device>, mapping: QueueMapping, report: ReportFinding): void {
  const { iothread } = device.of;
  if (iothread === undefined || device.of.element.name !== 'disk') return;
  report({
    span: shifted(iothread, device.start),
    severity: 'error',
    refusedBy: 'libvirt',
    message:
      'A disk names its iothread either by the attribute or by <iothreads>, not by both: libvirt refuses the document. Remove one of them.',
    related: [{ span: shifted(mapping.nameSpan, device.start), message: 'The iothreads of this disk.' }],
    fixes: scene =>
      removeAttributeFix(scene, device.start + iothread.start, 'iothread', 'Remove the attribute iothread'),
  });
}

function checkThreads(device: Placed<Device>, mapping: QueueMapping, report: ReportFinding): void {
  const firsts = new Map<string, Span>();
  for (const { id, span } of mapping.threads) {
    if (id === undefined || id.template) continue;
    const at = shifted(id, device.start);
    const first = firsts.get(id.value);
    if (first === undefined) {
      firsts.set(id.value, at);
      continue;
    }
    report({
      span: at,
      severity: 'error',
      refusedBy: 'libvirt',
      message: `Iothread ${id.value} already serves this device, and libvirt refuses to map it twice. Name all its queues in one <iothread>.`,
      related: [{ span: first, message: `Iothread ${id.value} for the first time.` }],
      fixes: scene =>
        removeElementFix(scene, device.start + span.start, `Remove this mapping of iothread ${id.value}`),
    });
  }
}

function checkQueues(device: Placed<Device>, mapping: QueueMapping, report: ReportFinding): void {
  const named = mapping.threads.flatMap(thread => thread.queues);
  if (named.length === 0 || named.some(queue => queue.template)) return;
  const count = mapping.queues?.template === true ? undefined : (decimalOf(mapping.queues?.value) ?? 1);
  const owners = new Map<number, { readonly thread: MappedThread; readonly queue: Piece }>();
  for (const thread of mapping.threads) {
    for (const queue of thread.queues) {
      const id = decimalOf(queue.value);
      if (id === undefined) return;
      const owner = owners.get(id);
      if (owner !== undefined) {
        report({
          span: shifted(queue, device.start),
          severity: 'error',
          refusedBy: 'libvirt',
          message: `Queue ${String(id)} already has an iothread, and libvirt refuses a second one. Remove one of the two.`,
          related: [
            { span: shifted(owner.queue, device.start), message: `Queue ${String(id)} for the first time.` },
          ],
          fixes: scene => removeElementFix(scene, device.start + queue.start, 'Remove this queue'),
        });
      } else if (count !== undefined && id >= count) {
        report({
          span: shifted(queue, device.start),
          severity: 'error',
          refusedBy: 'libvirt',
          message: `There is no queue ${String(id)}: this device has ${String(count)} (queues='' of its <driver>), counted from 0, and libvirt refuses the document. Raise queues, or remove this one.`,
          fixes: scene => removeElementFix(scene, device.start + queue.start, 'Remove this queue'),
        });
      }
      owners.set(id, owner ?? { thread, queue });
    }
  }
  const missing = count === undefined ? undefined : firstMissing(owners, count);
  if (missing === undefined) return;
  report({
    span: shifted(mapping.nameSpan, device.start),
    severity: 'error',
    refusedBy: 'libvirt',
    message: `Queue ${String(missing)} of this device has no iothread: once queues are named, each of the ${String(count)} must be, and libvirt refuses the document. Add <queue id='${String(missing)}'/> to one of the iothreads.`,
  });
}

/** At most as many steps as queues are named. */
function firstMissing(owners: ReadonlyMap<number, unknown>, count: number): number | undefined {
  for (let id = 0; id < count; id++) if (!owners.has(id)) return id;
  return undefined;
}
