import { removeElement, renameElement, replaceText } from '../edit/elements';
import { limitNamed } from '../limits/table';
import { encodeText } from '../xml/entities';
import { childElements, elementAt, spanOf, textContent } from '../xml/navigate';
import type { Located } from '../xml/tree';
import { childNamed, fixesIn, type DomainFixScene } from './filters';
import { acceptsFilters, acceptsLimit, isNewGroup } from './placement';
import { defineRule, type Fix } from './rule';
import { structureFaults, type StructureFault } from './structure';

export const elementUnknown = defineRule({
  id: 'element-unknown',
  may: { error: ['schema'] },
  scope: 'domain',
  judgesAlone: true,
  structure: true,
  summary: 'Libvirt does not know this element here.',
  explain: `Libvirt **drops elements that it does not know without a word**: a limit with a slip in its name is no limit, and nobody tells. Only the schema (\`virsh define --validate\`) refuses them, and its answer (\`Extra element throttlegroups in interleave\`) names another element.

Bad: the disk is not limited.
\`\`\`xml
<throttlegroup>
  <group_name>gold</group_name>
  <total_iops>500</total_iops>
</throttlegroup>
\`\`\`
Good:
\`\`\`xml
<throttlegroup>
  <group_name>gold</group_name>
  <total_iops_sec>500</total_iops_sec>
</throttlegroup>
\`\`\``,
  check({ domain, source }, report) {
    for (const fault of structureFaults(domain, source)) {
      if (fault.kind !== 'element-unknown') continue;
      report({
        span: fault.span,
        severity: 'error',
        refusedBy: 'schema',
        message: messageFor(fault),
        fixes: fixesIn(scene => fixesFor(scene, fault)),
      });
    }
  },
});

function messageFor({ name, holder, meant }: StructureFault): string {
  if (name.includes(':') || meant === name) {
    return `<${name}> is of another namespace, which libvirt's schema does not allow in <${holder}>. Foreign elements belong into <metadata>.`;
  }
  const loss =
    limitNamed(meant ?? '') === undefined
      ? 'libvirt drops it silently, and its schema refuses it'
      : 'libvirt drops it silently, so it limits nothing, and the schema refuses it';
  if (meant !== undefined) {
    return `There is no <${name}> in <${holder}>: ${loss}. Is <${meant}> meant?`;
  }
  const holds = HOLDS.get(holder);
  return `There is no <${name}> in <${holder}>: ${loss}.${holds === undefined ? '' : ` ${holds}`}`;
}

const HOLDS: ReadonlyMap<string, string> = new Map([
  ['throttlegroups', 'It holds <throttlegroup> elements only.'],
  ['throttlegroup', 'It holds limits and a <group_name>.'],
  ['iotune', 'It holds limits and a <group_name>.'],
  ['throttlefilters', 'It holds <throttlefilter> elements only.'],
  ['throttlefilter', 'It is empty but for its attribute group.'],
  ['group_name', 'It holds the name as plain text.'],
]);

function fixesFor(scene: DomainFixScene, fault: StructureFault): Fix[] {
  const element = elementAt(scene.document, fault.span.start);
  if (element === undefined) return [];
  if (fault.holder === 'group_name') return [textKept(scene, element)];
  const removal = {
    title: `Remove <${fault.name}>`,
    safe: false,
    edits: removeElement(scene.source, element),
  };
  const { meant } = fault;
  if (meant === undefined || !canBe(scene, element, meant)) return [removal];
  return [{ title: `Rename to <${meant}>`, safe: false, edits: renameElement(element, meant) }, removal];
}

/** Libvirt reads a name with the text of what is inside of it: that text stays, so the name does. */
function textKept(scene: DomainFixScene, element: Located): Fix {
  const text = encodeText(textContent(scene.source.text, element));
  return { title: 'Keep only its text', safe: true, edits: replaceText(spanOf(element), text) };
}

/** Whether the element under its right name would bring no mistake of its own. */
function canBe(scene: DomainFixScene, element: Located, meant: string): boolean {
  const { parent } = element;
  if (parent === undefined) return false;
  const disk = scene.domain.disks.find(
    ({ start, of }) => start < element.start && element.start < start + of.element.length,
  );
  const hasAttributes = element.node.attributes.length > 0;
  switch (meant) {
    case 'throttlegroup':
      return parent.node.name === 'throttlegroups' && isNewGroup(scene, element);
    case 'throttlefilter':
      if (parent.node.name !== 'throttlefilters') return false;
      return disk !== undefined && acceptsFilters(scene, disk.of, [element]);
    case 'throttlefilters':
      if (disk === undefined || hasAttributes || childNamed(parent, meant) !== undefined) return false;
      return acceptsFilters(scene, disk.of, childElements(element, 'throttlefilter'));
    case 'throttlegroups':
      if (hasAttributes || childNamed(parent, meant) !== undefined) return false;
      return childElements(element, 'throttlegroup').every(group => isNewGroup(scene, group));
    case 'iotune':
      return childNamed(parent, meant) === undefined && childNamed(parent, 'throttlefilters') === undefined;
    default:
      return acceptsLimit(scene.source, parent, element, meant);
  }
}
