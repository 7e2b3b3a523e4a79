/** The list of all rules, in the order of DESIGN's table. A rule that is not in it does not exist. */

import type { Rule } from './rule';
import { xmlSyntax } from './xml-syntax';

export const RULES: readonly Rule[] = [
  xmlSyntax,
  // limits, groups and iotune
  // filters and structure
];

const byId: ReadonlyMap<string, Rule> = new Map(RULES.map(rule => [rule.id, rule]));

/** The rule of an id, or undefined. */
export const ruleNamed = (id: string): Rule | undefined => byId.get(id);
