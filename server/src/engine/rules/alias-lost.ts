import { removeElement } from '../edit/elements';
import { attributeNamed, elementAt, rootElement } from '../xml/navigate';
import { shifted } from '../text';
import { OWN_ALIAS } from './alias-repeated';
import { setAttributeFix } from './devices';
import { defineRule } from './rule';

export const aliasLost = defineRule({
  id: 'alias-lost',
  may: { hint: [null] },
  scope: 'domain',
  judgesAlone: true,
  summary: "Libvirt keeps only aliases that begin with 'ua-'.",
  explain: `An alias that a person gives to a device must begin with \`ua-\` (libvirt 3.9 and later). Every other one is dropped when the domain is defined, without a word, and libvirt makes its own at each start (measured with 11.3). In the XML of a running domain those are libvirt's own; there the rule is silent.

Lost:
\`\`\`xml
<alias name='data'/>
\`\`\`
Kept:
\`\`\`xml
<alias name='ua-data'/>
\`\`\``,
  check({ domain, document, runByQemu }, report) {
    // A running domain has an id, and a status file is not written by people.
    if (!runByQemu || attributeNamed(domain.element, 'id') !== undefined) return;
    if (rootElement(document)?.node !== domain.element) return;
    for (const { start, of } of domain.allDevices) {
      const { alias } = of;
      if (alias === undefined || alias.template || alias.value.startsWith(OWN_ALIAS)) continue;
      if (LIBVIRTS_OWN.test(alias.value)) continue;
      const span = shifted(alias, start);
      report({
        span,
        severity: 'hint',
        refusedBy: null,
        unnecessary: true,
        message: `Libvirt drops the alias '${alias.value}' when the domain is defined: only those that begin with 'ua-' are kept.`,
        fixes: scene => {
          const own = OWN_ALIAS + alias.value.replace(/[^A-Za-z0-9_-]/g, '-');
          const element = elementAt(scene.document, span.start);
          return [
            ...setAttributeFix(scene, span.start, 'name', own, `Call it '${own}'`),
            ...(element === undefined
              ? []
              : [{ title: 'Remove this alias', safe: true, edits: removeElement(scene.source, element) }]),
          ];
        },
      });
    }
  },
});

/** As libvirt names devices itself (qemu_alias.c): virtio-disk0, scsi0-0-0-1, pci.1, net0, usb, ide, input1. */
const LIBVIRTS_OWN = /^[a-z][a-z-]*\d+(-\d+)*$|^pcie?\.\d+$|^(usb|ide|fdc|scsi|sata|ccid)$/;
