import { removeElement } from '../edit/elements';
import { elementAt } from '../xml/navigate';
import { blockMerged } from './placement';
import { defineRule, type Fix, type FixScene } from './rule';
import { structureFaults, type StructureFault } from './structure';

export const elementRepeated = defineRule({
  id: 'element-repeated',
  may: { error: ['schema'] },
  scope: 'domain',
  structure: true,
  summary: 'The element may stand here only once.',
  explain: `The schema allows one \`<throttlegroups>\` in a domain, one \`<throttlefilters>\` or \`<iotune>\` in a disk, and one \`<group_name>\` in a group or iotune. Without the schema libvirt does not tell: it merges the blocks of groups and of filters, and of the others it reads the first and drops the rest.

Bad:
\`\`\`xml
<throttlefilters><throttlefilter group='gold'/></throttlefilters>
<throttlefilters><throttlefilter group='tenant'/></throttlefilters>
\`\`\`
Good:
\`\`\`xml
<throttlefilters>
  <throttlefilter group='gold'/>
  <throttlefilter group='tenant'/>
</throttlefilters>
\`\`\``,
  check({ domain, source }, report) {
    for (const fault of structureFaults(domain, source)) {
      if (fault.kind !== 'element-repeated' || fault.first === undefined) continue;
      const { name, holder, first } = fault;
      const drops = isMerged(name)
        ? 'Libvirt merges the two, but its schema refuses them; put all into one.'
        : 'Libvirt reads the first and drops this one, and its schema refuses it.';
      report({
        span: fault.span,
        severity: 'error',
        refusedBy: 'schema',
        message: `A second <${name}> in this <${holder}>. ${drops}`,
        related: [{ span: first, message: `The first <${name}>.` }],
        fixes: scene => fixesFor(scene, fault),
      });
    }
  },
});

const isMerged = (name: string): boolean => name === 'throttlegroups' || name === 'throttlefilters';

/** Both fixes keep what libvirt makes of the document. */
function fixesFor(scene: FixScene, { name, span, first }: StructureFault): Fix[] {
  const element = elementAt(scene.document, span.start);
  const before = first === undefined ? undefined : elementAt(scene.document, first.start);
  if (element === undefined || before === undefined) return [];
  if (isMerged(name)) {
    const edits = blockMerged(scene, element, before);
    return [{ title: `Put everything into the first <${name}>`, safe: true, edits }];
  }
  const edits = removeElement(scene.source, element);
  return [{ title: `Remove the second <${name}>`, safe: true, edits }];
}
