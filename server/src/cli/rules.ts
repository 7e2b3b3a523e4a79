import { RULES, ruleNamed, type Rule } from '../engine';
import { UsageError } from './arguments';
import { quoted } from './printable';
import { similarNames } from './similar';

/** The rule that the user names; throws `UsageError` with similar names where there is none. */
export function ruleOfUser(id: string, where: string): Rule {
  const rule = ruleNamed(id);
  if (rule !== undefined) return rule;
  const similar = similarNames(
    id,
    RULES.map(known => known.id),
  );
  const hint =
    similar.length > 0 ? `did you mean ${similar.join(' or ')}?` : "'domxml explain' lists all rules";
  throw new UsageError(`${where}: there is no rule ${quoted(id)}; ${hint}`);
}
