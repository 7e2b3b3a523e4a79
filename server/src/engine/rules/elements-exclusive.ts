import { defineRule } from './rule';

export const elementsExclusive = defineRule({
  id: 'elements-exclusive',
  may: { error: ['schema'] },
  scope: 'schema',
  judgesAlone: true,
  structure: true,
  summary: 'These two cannot be combined.',
  explain: `Each of the two is known to libvirt's schema, but not together: either the elements exclude each other, or the element goes with another value of an attribute, often of \`type\` on the element around. The message says which, and what the other value is. \`virsh define --validate\` refuses the document; without validation libvirt reads one of the two and passes over the other.

The rule speaks only where the schemas of libvirt are found.

Bad:
\`\`\`xml
<disk type='file' device='disk'>
  <source file='/vm/a.qcow2'>
    <host name='store.example' port='6789'/>
  </source>
  <target dev='vda'/>
</disk>
\`\`\`
Good:
\`\`\`xml
<disk type='file' device='disk'>
  <source file='/vm/a.qcow2'/>
  <target dev='vda'/>
</disk>
\`\`\``,
});
