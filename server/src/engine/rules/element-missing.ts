import { defineRule } from './rule';

export const elementMissing = defineRule({
  id: 'element-missing',
  may: { error: ['schema'] },
  scope: 'schema',
  judgesAlone: true,
  structure: true,
  summary: 'The element lacks a child element that it needs.',
  explain: `Libvirt's schema (\`virsh define --validate\`, \`virsh edit\`) refuses an element that is not complete: a domain without \`<name>\`, a disk without \`<target>\`. Its answer (\`Expecting an element name, got nothing\`) comes without a place.

The rule speaks only where the schemas of libvirt are found.

Bad:
\`\`\`xml
<domain type='kvm'>
  <memory unit='GiB'>4</memory>
</domain>
\`\`\`
Good:
\`\`\`xml
<domain type='kvm'>
  <name>db01</name>
  <memory unit='GiB'>4</memory>
</domain>
\`\`\``,
});
