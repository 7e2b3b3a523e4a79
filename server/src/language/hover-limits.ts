/** Hover texts of groups and limits. */

import { diskTitle, formatLimit, groupsByName, shifted } from '../engine';
import type { Domain, LimitEntry, LimitField, Limits, Placed } from '../engine';
import type { HoverPart } from './hover';
import type { Mention } from './mentions';
import type { Span } from '../engine';
import { codeSpan, escapeMarkdown, limitsWords, usersWords } from './words';

/** A group, at its name or at a filter that uses it. */
export function groupHover(domain: Domain, mention: Mention, span: Span): HoverPart {
  if (mention.template) {
    return {
      markdown: `Throttle group ${codeSpan(mention.name)}: the name comes from a template and is not known here.`,
      span,
    };
  }
  const group = mention.kind === 'naming' ? mention.group : groupsByName(domain).get(mention.name)?.[0];
  const title = `**Throttle group** ${codeSpan(mention.name)}`;
  if (group === undefined) {
    return { markdown: `${title} is not in this document: add it to \`<throttlegroups>\`.`, span };
  }
  const users = usersWords(domain, mention.name);
  const lines = [
    title,
    sentence(limitsWords(group.of.limits)),
    `${sentence(users)} All disks that use it share these limits.`,
    `In QEMU: object ${codeSpan(`throttle-${mention.name}`)}.`,
  ];
  if (mention.kind === 'use') {
    const place = mention.disk.of.filters.indexOf(mention.filter) + 1;
    const count = mention.disk.of.filters.length;
    const disk = escapeMarkdown(diskTitle(domain, mention.disk));
    lines.push(
      count === 1
        ? `The only filter of ${disk}.`
        : `Filter ${place} of ${count} on ${disk}: the first is nearest to the image, the last nearest to the guest. A request passes all of them.`,
    );
  }
  return { markdown: lines.join('\n\n'), span };
}

/** A limit: meaning, value, unit, range, and its names elsewhere. */
export function limitHover(entry: LimitEntry, limits: Limits, span: Span): HoverPart {
  const { field, reading } = entry;
  const lines = [
    `**${field.xml}**${reading.kind === 'number' ? `: ${formatLimit(field, reading.value)}` : ''}`,
  ];
  if (reading.kind === 'template') lines.push('The value comes from a template and is not known here.');
  lines.push(field.summary, limitFacts(field, limits.owner));
  return { markdown: lines.join('\n\n'), span };
}

/** Unit, range and names of a limit as a list; also the documentation in completion. */
export function limitFacts(field: LimitField, owner: Limits['owner']): string {
  const since =
    owner === 'group' ? `libvirt 11.2.0 in \`<throttlegroup>\`` : `libvirt ${field.since} in \`<iotune>\``;
  const qmp =
    owner === 'group'
      ? `\`${field.qmp}\` in a throttle-group object`
      : `\`${field.blockThrottle}\` of block\\_set\\_io\\_throttle`;
  return [
    `- Unit: ${UNIT_WORDS[field.unit]}`,
    `- Range: 0 to ${grouped(field.max)}${field.neutral === 1 ? ' (0 is taken as 1)' : ''}`,
    `- QMP: ${qmp}`,
    `- virsh: \`${field.virsh}\`${field.virshSuffix ? ' (takes suffixes such as 5M; the XML does not)' : ''}`,
    `- Since ${since}`,
  ].join('\n');
}

/** The limits whose group or iotune element holds the offset. */
export function limitsAround(domain: Domain, offset: number): Placed<Limits> | undefined {
  for (const group of domain.groups) {
    if (holds(group.start, group.of.element.length, offset))
      return { start: group.start, of: group.of.limits };
  }
  for (const disk of domain.disks) {
    if (!holds(disk.start, disk.of.element.length, offset)) continue;
    for (const iotune of disk.of.iotunes) {
      const at = shifted(iotune.span, disk.start);
      if (offset >= at.start && offset < at.end) return { start: disk.start, of: iotune.limits };
    }
  }
  return undefined;
}

const holds = (start: number, length: number, offset: number): boolean =>
  offset >= start && offset < start + length;

const UNIT_WORDS: Readonly<Record<LimitField['unit'], string>> = {
  'bytes/s': 'bytes per second, a plain number',
  'operations/s': 'operations per second, a plain number',
  seconds: 'seconds, a plain number',
  bytes: 'bytes, a plain number',
};

/** 1,000,000: long numbers in threes. */
const grouped = (value: bigint): string => value.toString().replace(/\B(?=(\d{3})+$)/g, ',');

const sentence = (text: string): string => {
  const escaped = escapeMarkdown(text);
  return `${escaped.charAt(0).toUpperCase()}${escaped.slice(1)}.`;
};
