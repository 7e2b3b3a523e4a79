/** Runs the local rules. Their reports are kept with the immutable element they were made from. */

import type { Domain } from './domain/model';
import { RULES } from './rules';
import type { LocalScene, Report, Rule } from './rules/rule';
import { versionText, type Version } from './version';
import type { XmlElement } from './xml/tree';

type Collect = (rule: Rule, start: number, report: Report) => void;
type OnFault = (rule: Rule, error: unknown) => void;

/** Limits rules on every group. */
export function checkGroups(domain: Domain, scene: LocalScene, collect: Collect, fault: OnFault): void {
  const key = keyOf(scene);
  for (const { start, of: group } of domain.groups) {
    const kept = reportsOf(group.element, key, add => {
      run(add, fault, (rule, report) => {
        if (rule.scope === 'limits') rule.check(group.limits, report, scene);
      });
    });
    for (const { rule, report } of kept) collect(rule, start, report);
  }
}

/** Disk rules on every disk, and limits rules on its iotune blocks. */
export function checkDisks(domain: Domain, scene: LocalScene, collect: Collect, fault: OnFault): void {
  const key = keyOf(scene);
  for (const { start, of: disk } of domain.disks) {
    const kept = reportsOf(disk.element, key, add => {
      run(add, fault, (rule, report) => {
        if (rule.scope === 'disk') rule.check(disk, report, scene);
        else if (rule.scope === 'limits') {
          for (const iotune of disk.iotunes) rule.check(iotune.limits, report, scene);
        }
      });
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
  make: (add: (kept: Kept) => void) => void,
): readonly Kept[] {
  const known = cache.get(element);
  if (known?.key === key) return known.reports;
  const reports: Kept[] = [];
  make(kept => reports.push(kept));
  cache.set(element, { key, reports: reports.length === 0 ? NONE : reports });
  return reports;
}

function run(
  add: (kept: Kept) => void,
  fault: OnFault,
  check: (rule: Rule, report: (report: Report) => void) => void,
): void {
  for (const rule of RULES) {
    try {
      check(rule, report => {
        add({ rule, report });
      });
    } catch (error) {
      fault(rule, error);
    }
  }
}

/** All that a local rule may know beside its element. */
function keyOf({ libvirt, qemu, runByQemu }: LocalScene): string {
  const text = (version: Version | undefined): string => (version === undefined ? '' : versionText(version));
  return `${text(libvirt)}|${text(qemu)}|${String(runByQemu)}`;
}
