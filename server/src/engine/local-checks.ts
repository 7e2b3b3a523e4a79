/** Runs the local rules. Their reports are kept with the immutable element they were made from. */

import type { Domain } from './domain/model';
import { LOCAL_RULES } from './rules';
import type { LocalScene, Report, Rule } from './rules/rule';
import { versionText, type Version } from './version';
import type { XmlElement } from './xml/tree';

type LocalRule = (typeof LOCAL_RULES)[number];
type Collect = (rule: Rule, start: number, report: Report) => void;
type OnFault = (rule: Rule, error: unknown) => void;

/** Limits rules on every group. */
export function checkGroups(domain: Domain, scene: LocalScene, collect: Collect, fault: OnFault): void {
  const key = keyOf(scene);
  for (const { start, of: group } of domain.groups) {
    const kept = reportsOf(group.element, key, fault, (rule, report) => {
      if (rule.scope === 'limits') rule.check(group.limits, report, scene);
    });
    for (const { rule, report } of kept) collect(rule, start, report);
  }
}

/** Disk rules on every disk, and limits rules on its iotune blocks. */
export function checkDisks(domain: Domain, scene: LocalScene, collect: Collect, fault: OnFault): void {
  const key = keyOf(scene);
  for (const { start, of: disk } of domain.disks) {
    const kept = reportsOf(disk.element, key, fault, (rule, report) => {
      if (rule.scope === 'disk') rule.check(disk, report, scene);
      else for (const iotune of disk.iotunes) rule.check(iotune.limits, report, scene);
    });
    for (const { rule, report } of kept) collect(rule, start, report);
  }
}

interface Kept {
  readonly rule: Rule;
  readonly report: Report;
}

const cache = new WeakMap<XmlElement, { readonly key: string; readonly reports: readonly Kept[] }>();

const NONE: readonly Kept[] = [];

function reportsOf(
  element: XmlElement,
  key: string,
  fault: OnFault,
  check: (rule: LocalRule, report: (report: Report) => void) => void,
): readonly Kept[] {
  const known = cache.get(element);
  if (known?.key === key) return known.reports;
  const reports: Kept[] = [];
  for (const rule of LOCAL_RULES) {
    try {
      check(rule, report => reports.push({ rule, report }));
    } catch (error) {
      fault(rule, error);
    }
  }
  cache.set(element, { key, reports: reports.length === 0 ? NONE : reports });
  return reports;
}

/** All that a local rule may know beside its element. */
function keyOf({ libvirt, qemu, runByQemu }: LocalScene): string {
  const text = (version: Version | undefined): string => (version === undefined ? '' : versionText(version));
  return `${text(libvirt)}|${text(qemu)}|${String(runByQemu)}`;
}
