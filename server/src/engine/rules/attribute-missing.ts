import { defineRule } from './rule';

export const attributeMissing = defineRule({
  id: 'attribute-missing',
  may: { error: ['schema'] },
  scope: 'schema',
  judgesAlone: true,
  structure: true,
  summary: 'The element lacks an attribute that it needs.',
  explain: `Some elements mean nothing without an attribute, and which one it is may depend on another: a \`<disk type='network'>\` wants the \`protocol\` of its \`<source>\`. Libvirt's schema (\`virsh define --validate\`, \`virsh edit\`) refuses the document; without validation libvirt may refuse it later with other words, or take a default that was not meant.

The rule speaks only where the schemas of libvirt are found.

Bad:
\`\`\`xml
<target bus='virtio'/>
\`\`\`
Good:
\`\`\`xml
<target dev='vda' bus='virtio'/>
\`\`\``,
});
