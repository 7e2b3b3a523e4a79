/** Names of throttle groups as they stand in a document: where a group gets its name, and where a filter uses it. */

import { shifted } from '../engine';
import type { Disk, Domain, Filter, Group, Placed, Span } from '../engine';

interface MentionBase {
  /** Decoded; not trimmed, as libvirt takes it. */
  readonly name: string;
  /** Holds template text: the name is not known. */
  readonly template: boolean;
  /** Absolute place of the name: the text of `<group_name>`, or what is between the quotes of `group=''`. */
  readonly span: Span;
}
export interface Naming extends MentionBase {
  readonly kind: 'naming';
  readonly group: Placed<Group>;
}
export interface Use extends MentionBase {
  readonly kind: 'use';
  readonly disk: Placed<Disk>;
  readonly filter: Filter;
}
export type Mention = Naming | Use;

/** All mentions: groups in document order, then filters in document order. */
export function mentionsIn(domain: Domain): Mention[] {
  const found: Mention[] = [];
  for (const group of domain.groups) {
    const name = group.of.name;
    if (name === undefined) continue;
    const { value, template } = name;
    found.push({ kind: 'naming', name: value, template, span: shifted(name, group.start), group });
  }
  for (const disk of domain.disks) {
    for (const filter of disk.of.filters) {
      const name = filter.group;
      if (name === undefined) continue;
      const { value, template } = name;
      found.push({ kind: 'use', name: value, template, span: shifted(name, disk.start), disk, filter });
    }
  }
  return found;
}

/** Mentions of one name; a template is no name. */
export const mentionsOf = (domain: Domain, name: string): Mention[] =>
  mentionsIn(domain).filter(mention => mention.name === name && !mention.template);

/** The mention whose name the offset touches: also right before and right behind it, where a cursor stands. */
export const mentionAt = (domain: Domain, offset: number): Mention | undefined =>
  mentionsIn(domain).find(mention => touches(mention.span, offset));

/** The mention at the offset, or that of the `<throttlefilter>` which the offset is anywhere in. */
export function mentionAround(domain: Domain, offset: number): Mention | undefined {
  return (
    mentionAt(domain, offset) ??
    mentionsIn(domain).find(
      mention => mention.kind === 'use' && touches(shifted(mention.filter.span, mention.disk.start), offset),
    )
  );
}

export const touches = (span: Span, offset: number): boolean => span.start <= offset && offset <= span.end;
