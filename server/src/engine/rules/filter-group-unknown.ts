import type { Disk, Domain, Placed } from '../domain/model';
import { usedNames, usersOf } from '../domain/references';
import { holdsTemplate } from '../domain/template';
import { setAttribute } from '../edit/attributes';
import { addGroup } from '../edit/groups';
import { shifted } from '../text';
import { childNodes, elementAt } from '../xml/navigate';
import type { Located } from '../xml/tree';
import { fixesIn, groupsFor, type DomainFixScene } from './filters';
import { isValidGroupName } from './group-names';
import { nearestName } from './nearest';
import { defineRule, type DomainScene, type Fix, type Related } from './rule';

export const filterGroupUnknown = defineRule({
  id: 'filter-group-unknown',
  may: { error: ['libvirt'] },
  scope: 'domain',
  summary: 'A throttle filter must name a group of this domain.',
  explain: `The \`group\` of a \`<throttlefilter>\` is the \`<group_name>\` of a \`<throttlegroup>\` in the domain's \`<throttlegroups>\`, character for character: upper and lower case differ, and blanks count. Libvirt refuses any other name: \`XML error: throttle group 'gold' not found\`.

Groups that stand elsewhere than in \`<throttlegroups>\` right below \`<domain>\` are no groups to libvirt.

Bad:
\`\`\`xml
<throttlegroup><group_name>Gold</group_name>...</throttlegroup>
...
<throttlefilter group='gold'/>
\`\`\`
Good:
\`\`\`xml
<throttlegroup><group_name>gold</group_name>...</throttlegroup>
...
<throttlefilter group='gold'/>
\`\`\``,
  check(scene, report) {
    const { domain } = scene;
    const known = new Set<string>();
    for (const group of domain.groups) {
      if (group.of.name?.template === true) return;
      if (group.of.name !== undefined) known.add(group.of.name.value);
    }
    const unknown = usedNames(domain, name => name !== '' && !known.has(name));
    if (unknown.length === 0 || groupsComeFromTemplate(scene)) return;
    for (const name of unknown) {
      for (const { disk, filter } of usersOf(domain, name)) {
        if (filter.group === undefined) continue;
        const similar = nearestName(name, groupsFor(domain, disk.of));
        report({
          span: shifted(filter.group, disk.start),
          severity: 'error',
          refusedBy: 'libvirt',
          message: messageFor(name, similar, domain),
          related: similarPlace(domain, similar),
          fixes: fixesIn(fixScene => {
            const element = elementAt(fixScene.document, disk.start + filter.nameSpan.start);
            return fixesFor(fixScene, disk, { element, name, similar });
          }),
        });
      }
    }
  },
});

function messageFor(name: string, similar: string | undefined, domain: Domain): string {
  const start = `There is no throttle group '${name}' in this domain, so libvirt refuses the document.`;
  if (similar === undefined) {
    return domain.groups.length === 0
      ? `${start} Add the group to <throttlegroups> below <domain>.`
      : `${start} Add the group, or name one that is there.`;
  }
  const why =
    similar.toLowerCase() === name.toLowerCase()
      ? ' Names of groups tell upper and lower case apart.'
      : similar.trim() === name.trim()
        ? ' Blanks around a name count.'
        : '';
  return `${start}${why} Is '${similar}' meant?`;
}

function similarPlace(domain: Domain, similar: string | undefined): Related[] {
  const group = domain.groups.find(candidate => candidate.of.name?.value === similar);
  if (similar === undefined || group?.of.name === undefined) return [];
  return [{ span: shifted(group.of.name, group.start), message: `The group '${similar}'.` }];
}

/** Whether template text stands where groups may come from: then nobody knows which groups there will be. */
function groupsComeFromTemplate({ document, domain, source }: DomainScene): boolean {
  const holders = [domain.start, ...domain.groupBlocks.map(block => block.start)];
  return holders.some(start => {
    const holder = elementAt(document, start);
    if (holder === undefined) return false;
    return childNodes(holder).some(
      ({ node, start: from }) =>
        node.kind === 'text' && holdsTemplate(source.text.slice(from, from + node.length)),
    );
  });
}

interface Wanted {
  readonly element: Located | undefined;
  readonly name: string;
  readonly similar: string | undefined;
}

function fixesFor(scene: DomainFixScene, disk: Placed<Disk>, { element, name, similar }: Wanted): Fix[] {
  const fixes: Fix[] = [];
  if (element !== undefined && similar !== undefined) {
    const edits = setAttribute(scene.source, element, 'group', similar);
    fixes.push({ title: `Use group '${similar}'`, safe: false, edits });
  }
  if (isValidGroupName(name)) {
    const edits = addGroup(scene.source, scene.domain, name, FIRST_LIMITS);
    fixes.push({ title: `Create throttle group '${name}'`, safe: false, edits });
  }
  if (fixes.length === 0 && element !== undefined) {
    const [first] = groupsFor(scene.domain, disk.of);
    if (first !== undefined) {
      const edits = setAttribute(scene.source, element, 'group', first);
      fixes.push({ title: `Use group '${first}'`, safe: false, edits });
    }
  }
  return fixes;
}

/** A group needs a limit to exist at all; this one is a start that hurts nobody and stands out for editing. */
const FIRST_LIMITS = { total_iops_sec: 1000n } as const;
