/** Names with a prefix that nothing declares. */

import { splitName } from '../rng-file';
import type { ElementError } from '../schema-error';
import type { CheckedElement } from '../validate';
import type { Explanation, Remedy } from './explanation';
import { namespacesIn } from './homes';
import { startOfChild, type Inquiry } from './inquiry';

type PrefixError = Extract<
  ElementError,
  { kind: 'element-prefix-undeclared' | 'attribute-prefix-undeclared' }
>;

export function explainPrefix(inquiry: Inquiry, owner: CheckedElement, error: PrefixError): Explanation {
  const ofElement = error.kind === 'element-prefix-undeclared';
  const name = ofElement ? error.child.name : error.attribute.name;
  const [prefix] = splitName(name);
  // Libvirt's namespaces end with the hypervisor and a version: .../schemas/domain/qemu/1.0
  const namespace = namespacesIn(inquiry.schema).find(ns => ns.split('/').includes(prefix));
  const start = ofElement
    ? startOfChild(owner.located.node, error.childIndex) + 1
    : error.attribute.nameStart;
  const declare = namespace === undefined ? 'Declare it' : `Declare it with xmlns:${prefix}='${namespace}'`;
  const remedies: Remedy[] = namespace === undefined ? [] : [{ kind: 'declare-prefix', prefix, namespace }];
  remedies.push(
    ofElement
      ? { kind: 'remove-child', childIndex: error.childIndex, title: `Remove <${name}>` }
      : { kind: 'remove-attribute', name },
  );
  return {
    rule: ofElement ? 'element-unknown' : 'attribute-unknown',
    span: { start, end: start + name.length },
    related: [],
    message: `The prefix ${prefix} of ${ofElement ? `<${name}>` : name} is not declared, so it means nothing. ${declare} on the document's first element, or write the name without it.`,
    remedies,
  };
}
