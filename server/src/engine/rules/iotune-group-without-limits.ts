import { removeSpan } from '../edit';
import { shifted } from '../text';
import { elementAt } from '../xml/navigate';
import { spanOf } from '../xml/navigate';
import { amountsOf, hasAnyLimit } from './limit-faults';
import { defineRule, type Fix, type FixScene } from './rule';
import type { Limits } from '../domain/model';

export const iotuneGroupWithoutLimits = defineRule({
  id: 'iotune-group-without-limits',
  may: { error: ['libvirt'] },
  scope: 'limits',
  summary: 'An iotune with a group_name needs at least one limit that is not 0.',
  explain: `A \`<group_name>\` in an \`<iotune>\` says with which disks the limits are shared; without a limit there is nothing to share. The schema lets it pass; libvirt refuses: \`group_name can be configured only together with settings\`.

Bad:
\`\`\`xml
<iotune>
  <group_name>shared</group_name>
</iotune>
\`\`\`
Good:
\`\`\`xml
<iotune>
  <total_iops_sec>500</total_iops_sec>
  <group_name>shared</group_name>
</iotune>
\`\`\``,
  check(limits, report, { runByQemu }) {
    const { owner, groupName, groupNameSpan } = limits;
    if (owner !== 'iotune' || !runByQemu || groupName === undefined || groupNameSpan === undefined) return;
    if ((groupName.value === '' && !groupName.template) || hasAnyLimit(amountsOf(limits))) return;
    report({
      span: { start: groupNameSpan.start + 1, end: groupNameSpan.start + 1 + 'group_name'.length },
      severity: 'error',
      refusedBy: 'libvirt',
      message:
        'This <iotune> has a <group_name> but no limit other than 0: libvirt refuses a group name without limits. Add a limit, or take the <iotune> out.',
      fixes: scene => fixesFor(scene, limits),
    });
  },
});

function fixesFor({ source, document, start }: FixScene, limits: Limits): Fix[] {
  const element = elementAt(document, start + limits.nameSpan.start);
  const name = limits.groupNameSpan;
  if (element === undefined || name === undefined) return [];
  const fixes: Fix[] = [
    {
      title: 'Remove this <iotune>, which has no effect',
      safe: true,
      edits: removeSpan(source, spanOf(element)),
    },
  ];
  if (limits.entries.length === 0) return fixes;
  return [
    ...fixes,
    { title: 'Remove the <group_name>', safe: true, edits: removeSpan(source, shifted(name, start)) },
  ];
}
