import { RULES, type Rule } from '../engine';
import type { Command } from './command';
import { markdownText } from './markdown';
import { painter } from './paint';
import { ruleOfUser } from './rules';
import type { CommandSyntax } from './syntax';
import type { Terminal } from './terminal';

const syntax: CommandSyntax = {
  name: 'explain',
  summary: 'Explain a rule: what is wrong, who refuses it, what is right.',
  operand: { label: 'RULE', completes: 'rule', least: 0, most: 1 },
  options: [],
  usageExit: 2,
  details: ['Without RULE all rules are listed.'],
};

/** `domxml explain`: a rule's explanation on stdout, or all rules with their summaries. */
export const explainCommand: Command = {
  syntax,
  run(given, terminal) {
    const [id] = given.operands;
    if (id === undefined) listRules(terminal);
    else explainRule(ruleOfUser(id, 'explain'), terminal);
    return Promise.resolve(0);
  },
};

function listRules(terminal: Terminal): void {
  const paint = painter(terminal.colors);
  const width = Math.max(...RULES.map(rule => rule.id.length));
  for (const rule of [...RULES].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    terminal.out(`${paint.bold(rule.id.padEnd(width))}  ${markdownText(rule.summary, paint, Infinity)}`);
  }
}

function explainRule(rule: Rule, terminal: Terminal): void {
  const paint = painter(terminal.colors);
  const severities = (['error', 'warning', 'information', 'hint'] as const).flatMap(severity => {
    const refusers = rule.may[severity];
    return refusers === undefined ? [] : [`${severity}${refusersText(refusers)}`];
  });
  terminal.out(`${paint.bold(rule.id)}  ${paint.dim(severities.join('; '))}\n\n`);
  terminal.out(markdownText(rule.summary, paint, terminal.width));
  terminal.out('\n');
  terminal.out(markdownText(rule.explain, paint, terminal.width));
}

function refusersText(refusers: readonly (string | null)[]): string {
  const names = refusers.filter(refuser => refuser !== null).map(name => REFUSERS.get(name) ?? name);
  return names.length === 0 ? '' : `, refused by ${names.join(' or ')}`;
}

const REFUSERS: ReadonlyMap<string, string> = new Map([
  ['qemu', 'QEMU'],
  ['libvirt', 'libvirt'],
  ['schema', "libvirt's schema"],
]);
