import type { Domain, Group, Placed } from '../domain/model';
import { renameGroup } from '../edit';
import { shifted } from '../text';
import {
  firstOfEachName,
  freeName,
  groupNames,
  isCreated,
  isValidGroupName,
  validGroupName,
} from './group-names';
import { defineRule, type Fix, type FixScene } from './rule';

export const groupNameInvalid = defineRule({
  id: 'group-name-invalid',
  may: { error: ['qemu'], warning: [null] },
  scope: 'domain',
  judgesAlone: true,
  summary: "A throttle group's name must consist of letters A-Z and a-z, digits, '-', '.' and '_'.",
  explain: `Libvirt takes any text as a group's name, blanks and line breaks around it included, and makes the id of an object of it: group \`gold\` is \`throttle-gold\`. QEMU takes only letters without accents, digits, \`-\`, \`.\` and \`_\` in an id, so the VM does not start: \`Parameter 'id' expects an identifier\`. That holds for groups that no disk uses, too. Because of the prefix the first character may be any of these.

Bad:
\`\`\`xml
<group_name>fast disks</group_name>
<group_name>
  gold
</group_name>
\`\`\`
Good:
\`\`\`xml
<group_name>fast-disks</group_name>
<group_name>gold</group_name>
\`\`\``,
  check({ domain, runByQemu }, report) {
    if (!runByQemu) return;
    for (const group of domain.groups) {
      const { name } = group.of;
      if (name === undefined || name.template || name.value === '' || isValidGroupName(name.value)) continue;
      // Without a limit libvirt makes no object of it; where a disk uses it the VM does not start all the same.
      const refused = isCreated(group.of) || domain.filterUses.has(name.value);
      report({
        span: shifted(name, group.start),
        severity: refused ? 'error' : 'warning',
        refusedBy: refused ? 'qemu' : null,
        message: `${whatIsWrong(name.value)} QEMU takes only letters A-Z and a-z, digits, '-', '.' and '_' ${refused ? 'and would not start the VM' : 'and would not start the VM once the group has a limit'}.`,
        fixes: scene => fixesFor(scene, group, name.value),
      });
    }
  },
});

function whatIsWrong(name: string): string {
  if (/^\s*$/.test(name)) return "The throttle group's name is nothing but blanks:";
  const trimmed = name.trim();
  if (isValidGroupName(trimmed)) {
    return `The throttle group's name has blanks or line breaks around '${shortened(trimmed)}', and libvirt keeps them:`;
  }
  const odd = /[^A-Za-z0-9._-]/u.exec(trimmed)?.[0] ?? '';
  const what = /\s/.test(odd) ? 'a blank' : `'${odd}'`;
  return `The throttle group's name '${shortened(trimmed)}' has ${what} in it:`;
}

const shortened = (name: string): string => (name.length > 60 ? `${name.slice(0, 60)}...` : name);

function fixesFor({ source, domain }: FixScene, group: Placed<Group>, old: string): Fix[] {
  if (domain === undefined) return [];
  const taken = groupNames(domain);
  const { filterUses } = domain;
  // Filters that wait for the new name must not get a group that is not created.
  const suits = (wish: string): boolean => isCreated(group.of) || !filterUses.has(wish);
  const name = freeName(
    validGroupName(old),
    wish => !taken.has(wish) && suits(wish) && isApart(domain, old, wish),
  );
  return [
    {
      title: `Rename it to '${name}'${filterUses.has(old) && firstOfEachName(domain).includes(group) ? ', in its filters too' : ''}`,
      safe: false,
      edits: renameGroup(source, domain, group, name),
    },
  ];
}

/** Whether no disk has filters of both names: they would become one filter twice. */
function isApart(domain: Domain, old: string, wish: string): boolean {
  const disks = new Set(domain.filterUses.of(old));
  return !domain.filterUses.of(wish).some(place => disks.has(place));
}
