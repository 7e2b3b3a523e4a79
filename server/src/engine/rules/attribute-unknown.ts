import { removeAttribute } from '../edit/attributes';
import { replaceText } from '../edit/elements';
import { attributeNameSpan, elementAt } from '../xml/navigate';
import { hasAttribute } from './placement';
import { defineRule, type Fix, type FixScene } from './rule';
import { structureFaults, type StructureFault } from './structure';

export const attributeUnknown = defineRule({
  id: 'attribute-unknown',
  may: { error: ['schema'] },
  scope: 'domain',
  judgesAlone: true,
  structure: true,
  summary: 'Libvirt does not know this attribute here.',
  explain: `Of the throttle elements only \`<throttlefilter>\` has an attribute: \`group\`. Libvirt drops any other silently; its schema (\`virsh define --validate\`) refuses it. Limits are plain numbers of bytes or operations in a second: a \`unit\` is not read.

Bad:
\`\`\`xml
<total_bytes_sec unit='MiB'>50</total_bytes_sec>
\`\`\`
Good:
\`\`\`xml
<total_bytes_sec>52428800</total_bytes_sec>
\`\`\``,
  check({ domain, source }, report) {
    for (const fault of structureFaults(domain, source)) {
      if (fault.kind !== 'attribute-unknown') continue;
      report({
        span: fault.span,
        severity: 'error',
        refusedBy: 'schema',
        message: messageFor(fault),
        fixes: scene => fixesFor(scene, fault),
      });
    }
  },
});

function messageFor({ name, holder, meant }: StructureFault): string {
  const drops = `<${holder}> has no attribute ${name}: libvirt drops it silently, and its schema refuses it.`;
  if (meant !== undefined) return `${drops} Is ${meant} meant?`;
  const has = holder === 'throttlefilter' ? 'Its only attribute is group.' : 'It has no attributes at all.';
  return `${drops} ${has}`;
}

function fixesFor(scene: FixScene, { name, span, meant }: StructureFault): Fix[] {
  const element = elementAt(scene.document, span.start);
  const attribute = element?.node.attributes.find(
    candidate => element.start + candidate.nameStart === span.start,
  );
  if (element === undefined || attribute === undefined) return [];
  const edits = removeAttribute(scene.source, element, attribute);
  const removal = { title: `Remove attribute ${name}`, safe: meant === undefined, edits };
  if (meant === undefined || hasAttribute(element, meant)) return [removal];
  const renamed = replaceText(attributeNameSpan(element, attribute), meant);
  return [{ title: `Rename to ${meant}`, safe: false, edits: renamed }, removal];
}
