/** Settings as the editor tells them: foreign data, taken value by value where it is what it should be. */

import { parseVersion } from '../engine';
import type { World } from '../engine';
import { DEFAULT_SETTINGS, SETTINGS_SECTION } from '../protocol';
import type { RuleSetting, Settings } from '../protocol';

/** What is absent or of another kind keeps its default. */
export function settingsOf(value: unknown): Settings {
  const given = recordOf(value);
  const fallback = DEFAULT_SETTINGS;
  return {
    rules: rulesOf(given.get('rules')),
    schema: stringOr(given.get('schema'), fallback.schema),
    libvirtVersion: stringOr(given.get('libvirtVersion'), fallback.libvirtVersion),
    qemuVersion: stringOr(given.get('qemuVersion'), fallback.qemuVersion),
    codeLens: booleanOr(given.get('codeLens'), fallback.codeLens),
    format: formatOf(given.get('format')),
    workspaceFiles: countOr(given.get('workspaceFiles'), fallback.workspaceFiles, MOST_FILES),
    allowRemoteTcp: booleanOr(given.get('allowRemoteTcp'), fallback.allowRemoteTcp),
    vms: stringsOr(given.get('vms'), fallback.vms),
    virsh: { command: commandOr(recordOf(given.get('virsh')).get('command'), fallback.virsh.command) },
    connectUris: stringsOr(given.get('connectUris'), fallback.connectUris),
    allowTaint: stringsOr(given.get('allowTaint'), fallback.allowTaint),
    deadline: deadlineOr(given.get('deadline'), fallback.deadline),
  };
}

/** Our section of a `workspace/didChangeConfiguration`, or the whole where it holds the settings themselves. */
export function sectionOf(settings: unknown): unknown {
  const given = recordOf(settings);
  return given.has(SETTINGS_SECTION) ? given.get(SETTINGS_SECTION) : settings;
}

/** What the rules may know of the world: the versions that are set and readable. */
export function worldOf(settings: Settings): World {
  const libvirt = parseVersion(settings.libvirtVersion);
  const qemu = parseVersion(settings.qemuVersion);
  return { ...(libvirt === undefined ? {} : { libvirt }), ...(qemu === undefined ? {} : { qemu }) };
}

/** The own members of foreign JSON; none where it is no object. */
export const recordOf = (value: unknown): ReadonlyMap<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? new Map<string, unknown>(Object.entries(value))
    : new Map<string, unknown>();

export const stringsOr = (value: unknown, fallback: readonly string[]): readonly string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : fallback;

/** A command needs a program. */
function commandOr(value: unknown, fallback: readonly string[]): readonly string[] {
  const words = stringsOr(value, fallback);
  return words.length === 0 || words[0] === '' ? fallback : words;
}

const stringOr = (value: unknown, fallback: string): string => (typeof value === 'string' ? value : fallback);

const booleanOr = (value: unknown, fallback: boolean): boolean =>
  typeof value === 'boolean' ? value : fallback;

/** Whole milliseconds up to ten minutes; a deadline of 0 would refuse everything. */
const deadlineOr = (value: unknown, fallback: number): number =>
  typeof value === 'number' && value >= 1 && value <= 600_000 ? Math.round(value) : fallback;

/** A whole number from 0 to `most`. */
const countOr = (value: unknown, fallback: number, most: number): number =>
  typeof value === 'number' && value >= 0 ? Math.min(Math.trunc(value), most) : fallback;

/** So many analyses are made one after the other; beyond it nobody waits for the end. */
const MOST_FILES = 100_000;

function formatOf(value: unknown): Settings['format'] {
  const given = recordOf(value);
  const { quotes, lineWidth, blankLines } = DEFAULT_SETTINGS.format;
  return {
    quotes: QUOTES.find(known => known === given.get('quotes')) ?? quotes,
    lineWidth: countOr(given.get('lineWidth'), lineWidth, 10_000),
    blankLines: countOr(given.get('blankLines'), blankLines, 100),
  };
}

const QUOTES: readonly Settings['format']['quotes'][] = ['single', 'double', 'keep'];

const RULE_SETTINGS: readonly RuleSetting[] = ['off', 'error', 'warning', 'information', 'hint'];

function rulesOf(value: unknown): Settings['rules'] {
  const rules = new Map<string, RuleSetting>();
  for (const [id, setting] of recordOf(value)) {
    const known = RULE_SETTINGS.find(candidate => candidate === setting);
    if (known !== undefined) rules.set(id, known);
  }
  return Object.fromEntries(rules);
}
