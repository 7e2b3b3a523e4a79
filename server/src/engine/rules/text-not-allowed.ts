import { removeSpan } from '../edit/elements';
import { defineRule } from './rule';
import { structureFaults } from './structure';

export const textNotAllowed = defineRule({
  id: 'text-not-allowed',
  may: { error: ['schema'] },
  scope: 'domain',
  judgesAlone: true,
  structure: true,
  summary: 'Text has no meaning here.',
  explain: `The throttle elements hold elements; text is only in the limits themselves and in \`<group_name>\`. Libvirt drops other text silently, and its schema (\`virsh define --validate\`) refuses it. For a remark use a comment.

Bad:
\`\`\`xml
<throttlegroup>
  for the database
  <group_name>gold</group_name>
</throttlegroup>
\`\`\`
Good:
\`\`\`xml
<throttlegroup>
  <!-- for the database -->
  <group_name>gold</group_name>
</throttlegroup>
\`\`\``,
  check({ domain, source }, report) {
    for (const fault of structureFaults(domain, source)) {
      if (fault.kind !== 'text-not-allowed') continue;
      report({
        span: fault.span,
        severity: 'error',
        refusedBy: 'schema',
        message: `<${fault.holder}> holds no text: libvirt drops it silently, and its schema refuses it. Remove it, or make a comment of it.`,
        fixes: scene => [
          { title: 'Remove the text', safe: true, edits: removeSpan(scene.source, fault.span) },
        ],
      });
    }
  },
});
