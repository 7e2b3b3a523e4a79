import { defineRule } from './rule';

export const valueNotAllowed = defineRule({
  id: 'value-not-allowed',
  may: { error: ['schema'] },
  scope: 'schema',
  judgesAlone: true,
  structure: true,
  summary: 'The attribute or element takes other values.',
  explain: `The value is none of those that libvirt's schema lists here, or is not written as it must be: a number, a UUID, a MAC address, a path. What is allowed may depend on another attribute, and then the message names it. The schema's own words (\`Extra element devices in interleave\`) name neither the place nor the value.

The rule speaks only where the schemas of libvirt are found.

Bad:
\`\`\`xml
<driver name='qemu' type='qcow2' cache='non'/>
\`\`\`
Good:
\`\`\`xml
<driver name='qemu' type='qcow2' cache='none'/>
\`\`\``,
});
