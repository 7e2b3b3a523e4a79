import { removeElement } from '../edit/elements';
import { childElements, elementAt } from '../xml/navigate';
import { fixesIn, type DomainFixScene } from './filters';
import { moveOf } from './placement';
import { defineRule, type Fix } from './rule';
import { homesOf, structureFaults, type StructureFault } from './structure';

export const elementMisplaced = defineRule({
  id: 'element-misplaced',
  may: { error: ['schema'] },
  scope: 'domain',
  judgesAlone: true,
  structure: true,
  summary: 'The element stands where libvirt does not look for it.',
  explain: `Each throttle element has one home:

| element | right inside |
|---|---|
| \`<throttlegroups>\` | \`<domain>\` |
| \`<throttlegroup>\` | \`<throttlegroups>\` |
| \`<throttlefilters>\`, \`<iotune>\` | \`<disk>\` |
| \`<throttlefilter>\` | \`<throttlefilters>\` |
| limits, \`<group_name>\` | \`<throttlegroup>\` or \`<iotune>\` |

Elsewhere libvirt **passes over it without a word**; only the schema refuses it. Groups in \`<devices>\` do not exist, filters beside a disk limit nothing.

Bad:
\`\`\`xml
<devices>
  <throttlegroups>...</throttlegroups>
</devices>
\`\`\`
Good:
\`\`\`xml
<throttlegroups>...</throttlegroups>
<devices>...</devices>
\`\`\``,
  check({ domain, source }, report) {
    for (const fault of structureFaults(domain, source)) {
      if (fault.kind !== 'element-misplaced') continue;
      const homes = homesOf(fault.name).map(home => `<${home}>`);
      report({
        span: fault.span,
        severity: 'error',
        refusedBy: 'schema',
        message: `<${fault.name}> does not belong in <${fault.holder}>: libvirt passes over it silently there, and its schema refuses it. Its place is right inside ${homes.join(' or ')}.`,
        fixes: fixesIn(scene => fixesFor(scene, fault)),
      });
    }
  },
});

function fixesFor(scene: DomainFixScene, fault: StructureFault): Fix[] {
  const element = elementAt(scene.document, fault.span.start);
  if (element === undefined) return [];
  const edits = removeElement(scene.source, element);
  if (fault.name === 'throttlegroups' && childElements(element).length === 0) {
    return [{ title: 'Remove the empty <throttlegroups>', safe: true, edits }];
  }
  const move = moveOf(scene, element);
  const removal = { title: `Remove <${fault.name}>`, safe: false, edits };
  if (move === undefined) return [removal];
  return [{ title: `Move <${fault.name}> ${move.where}`, safe: false, edits: move.edits }, removal];
}
