import { defineRule } from './rule';

export const refusedByLibxml2 = defineRule({
  id: 'refused-by-libxml2',
  may: { hint: ['schema'] },
  scope: 'schema',
  judgesAlone: true,
  summary: "Valid, but refused by libvirt's own validation.",
  explain: `Libvirt's schema allows this, as jing and other validators say; but libvirt validates with libxml2, which has faults of its own. It refuses some elements whose children belong together and stand apart, and numbers with blanks around them where the schema has a pattern for the number (seen with libvirt 11.3 and 12.8); and in older releases (2.9.14, that of Debian 13) a sign before a number that the schema wants without one. \`virsh edit\`, \`virsh define --validate\` and \`virt-xml-validate\` then refuse the document, mostly with \`Extra element devices in interleave\` or \`Element domain failed to validate content\` and no place. \`virsh define\` without \`--validate\` does not look at the schema; but it refuses some of the numbers with blanks behind them by itself (libvirt 11.3: \`index=' 0 '\` of a controller, and a \`<vcpu>\` whose number stands on a line of its own).

The rule speaks only where the schemas of libvirt are found, and only of documents that are valid.

Refused:
\`\`\`xml
<on_poweroff>destroy</on_poweroff>
<memory unit='GiB'>4</memory>
<on_crash>destroy</on_crash>
\`\`\`
Taken:
\`\`\`xml
<memory unit='GiB'>4</memory>
<on_poweroff>destroy</on_poweroff>
<on_crash>destroy</on_crash>
\`\`\``,
});
