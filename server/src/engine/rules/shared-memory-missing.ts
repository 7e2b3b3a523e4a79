import { numaCells, settingsAt } from '../domain/cross-references';
import type { Device } from '../domain/device';
import type { Domain, Placed } from '../domain/model';
import { insertInOrder } from '../edit/domain-order';
import { insertElement, LAST } from '../edit/elements';
import { setAttribute } from '../edit/attributes';
import { shifted } from '../text';
import { firstChildElement } from '../xml/navigate';
import type { Located } from '../xml/tree';
import { comesFromTemplate, deviceWords } from './devices';
import { defineRule, type Fix, type FixScene } from './rule';

export const sharedMemoryMissing = defineRule({
  id: 'shared-memory-missing',
  may: { error: ['libvirt'] },
  scope: 'domain',
  summary: 'vhost-user and virtiofs need shared memory.',
  explain: `With vhost-user (interfaces and disks) and virtiofs another process reads and writes the guest's memory, so the memory must be shared with it. Libvirt refuses the document else: \`unsupported configuration: 'virtiofs' requires shared memory\` (measured with 11.3; \`'interface'\` and \`'vhostuser'\` likewise). Memory is shared by \`<access mode='shared'/>\`, or by \`memAccess='shared'\` of every NUMA cell; huge pages and \`memfd\` alone do not share it.

Bad:
\`\`\`xml
<filesystem type='mount'><driver type='virtiofs'/>...</filesystem>
\`\`\`
Good:
\`\`\`xml
<memoryBacking>
  <source type='memfd'/>
  <access mode='shared'/>
</memoryBacking>
...
<filesystem type='mount'><driver type='virtiofs'/>...</filesystem>
\`\`\``,
  check(scene, report) {
    const { domain, runByQemu } = scene;
    if (!runByQemu) return;
    const users = domain.allDevices.filter(({ of }) => of.sharesMemory !== undefined);
    if (users.length === 0 || isShared(domain) || comesFromTemplate(scene)) return;
    for (const user of users) {
      report({
        span: shifted(user.of.nameSpan, user.start),
        severity: 'error',
        refusedBy: 'libvirt',
        message: `${words(user)} needs memory that it can share with the guest, and libvirt refuses the document. Add <access mode='shared'/> to <memoryBacking>.`,
        fixes: fixScene => shareFix(fixScene),
      });
    }
  },
});

function words({ of }: Placed<Device>): string {
  const way = of.sharesMemory === 'virtiofs' ? 'virtiofs' : 'vhost-user';
  return `${way} (${deviceWords(of)})`;
}

/** `<access mode>`, which each NUMA cell may overrule. Template text may be anything, so it counts as shared. */
function isShared(domain: Domain): boolean {
  const [access] = settingsAt(domain, 'memoryBacking/access');
  const mode = access?.of.attributes.get('mode');
  const shared = mode?.value === 'shared' || mode?.template === true;
  const cells = numaCells(domain);
  if (cells.length === 0) return shared;
  return cells.every(({ cell }) => {
    const own = cell.of.attributes.get('memAccess');
    return own === undefined ? shared : own.value === 'shared' || own.template;
  });
}

function shareFix({ source, domain }: FixScene): Fix[] {
  if (domain === undefined) return [];
  const title = 'Share the memory of the guest';
  const private_ = numaCells(domain).filter(
    ({ cell }) => cell.of.attributes.get('memAccess')?.value === 'private',
  );
  // Cells that are private on purpose are for their author to change.
  if (private_.length > 0) return [];
  const root: Located = { node: domain.element, start: domain.start, parent: undefined };
  const backing = firstChildElement(root, 'memoryBacking');
  const access = { name: 'access', attributes: [['mode', 'shared'] as const] };
  if (backing === undefined) {
    const memfd = { name: 'source', attributes: [['type', 'memfd'] as const] };
    const edits = insertInOrder(source, root, { name: 'memoryBacking', inner: [memfd, access] });
    return [{ title, safe: false, edits }];
  }
  const there = firstChildElement(backing, 'access');
  const edits =
    there === undefined
      ? insertElement(source, backing, LAST, access)
      : setAttribute(source, there, 'mode', 'shared');
  return [{ title, safe: false, edits }];
}
