/** Edits of a domain's iothreads. All spans are absolute. */

import { iothreadsOf } from '../domain/cross-references';
import type { Domain } from '../domain/model';
import type { SourceText, TextEdit } from '../text';
import { firstChildElement } from '../xml/navigate';
import type { Located } from '../xml/tree';
import { insertInOrder } from './domain-order';
import { insertElement, LAST, replaceInner } from './elements';

/**
 * Adds an iothread of this number: in `<iothreadids>` where the domain has it; by the count of `<iothreads>` where the
 * number is the next one; else by a new `<iothreadids>`, where libvirt writes it: behind `<iothreads>`, else `<vcpu>`.
 */
export function addIothread(source: SourceText, domain: Domain, id: number): TextEdit[] {
  const root: Located = { node: domain.element, start: domain.start, parent: undefined };
  const markup = { name: 'iothread', attributes: [['id', String(id)] as const] };
  const counter = firstChildElement(root, 'iothreads');
  const ids = firstChildElement(root, 'iothreadids');
  const { byId } = iothreadsOf(domain);
  if (ids !== undefined) {
    // A count above the named ones makes threads without a name; one more keeps them all.
    const counted = counter !== undefined && [...byId.values()].includes(undefined);
    const raise = counted ? replaceInner(source, counter, String(byId.size + 1)) : [];
    return [...raise, ...insertElement(source, ids, LAST, markup)];
  }
  if (counter !== undefined) {
    const raise = replaceInner(source, counter, String(byId.size + 1));
    // The threads of a bare count are 1 to n.
    if (id === byId.size + 1) return raise;
    return [
      ...raise,
      ...insertElement(source, root, { behind: counter }, { name: 'iothreadids', inner: [markup] }),
    ];
  }
  return insertInOrder(
    source,
    root,
    id === 1 ? { name: 'iothreads', inner: '1' } : { name: 'iothreadids', inner: [markup] },
  );
}
