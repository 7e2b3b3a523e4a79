/** The bulb: fixes of findings, all safe fixes at once, comments that silence a rule, and a disk made ready for live changes. */

import { fixesOf } from '../engine';
import type { Range } from '../engine';
import type { Settings } from '../protocol';
import type { CodeAction, Diagnostic } from 'vscode-languageserver-types';
import { diagnosticOf, shownFindings } from './diagnostics';
import type { ShownFinding } from './diagnostics';
import { fixAllEdits } from './fix-all';
import { PREPARE_KIND, prepareForLiveChanges } from './prepare-live';
import { lspRange, workspaceEdit } from './subject';
import type { EditorAbilities, Subject } from './subject';
import { disableInFile, disableNextLine } from './suppress';

/** The kind of "fix all", for `editor.codeActionsOnSave` and the like. */
export const FIX_ALL_KIND = 'source.fixAll.libvirtDomain';

export const CODE_ACTION_KINDS = ['quickfix', PREPARE_KIND, FIX_ALL_KIND] as const;

/**
 * The actions for a range. `only`: the kinds that the editor wants (a kind stands for those below it too);
 * undefined is all. Without `only`, "fix all" is offered beside the fixes where there is more than one safe fix.
 */
export function codeActions(
  subject: Subject,
  range: Range,
  only: readonly string[] | undefined,
  settings: Settings,
  abilities: EditorAbilities,
): CodeAction[] {
  const shown = shownFindings(subject, settings);
  const actions: CodeAction[] = [];
  const here = shown.filter(({ finding }) => overlaps(lspRange(subject, finding.span), range));
  if (wanted('quickfix', only)) {
    for (const each of here) actions.push(...fixActions(subject, each, abilities));
    actions.push(...suppressActions(subject, here, abilities));
  }
  if (wanted(PREPARE_KIND, only)) actions.push(...prepareForLiveChanges(subject, range, abilities));
  const everywhere = only !== undefined;
  if (wanted(FIX_ALL_KIND, only) && (everywhere || here.length > 0)) {
    const all = fixAllEdits(
      subject.analysis,
      shown.map(({ finding }) => finding),
    );
    if (all.fixed > (everywhere ? 0 : 1)) {
      actions.push({
        title: 'Fix all safe problems',
        kind: FIX_ALL_KIND,
        edit: workspaceEdit(subject, all.edits, abilities),
      });
    }
  }
  return actions;
}

function fixActions(
  subject: Subject,
  { finding, severity }: ShownFinding,
  abilities: EditorAbilities,
): CodeAction[] {
  const diagnostic = diagnosticOf(subject, finding, severity, abilities);
  const fixes = fixesOf(subject.analysis, finding);
  const preferred = fixes.find(fix => fix.safe);
  return fixes.map(fix => ({
    title: fix.title,
    kind: 'quickfix',
    diagnostics: [diagnostic],
    ...(fix === preferred ? { isPreferred: true } : {}),
    edit: workspaceEdit(subject, fix.edits, abilities),
  }));
}

/** One pair of actions a rule, bound to its first finding here. */
function suppressActions(
  subject: Subject,
  here: readonly ShownFinding[],
  abilities: EditorAbilities,
): CodeAction[] {
  const actions: CodeAction[] = [];
  const done = new Set<string>();
  for (const { finding, severity } of here) {
    if (done.has(finding.rule)) continue;
    done.add(finding.rule);
    const diagnostics: Diagnostic[] = [diagnosticOf(subject, finding, severity, abilities)];
    for (const [title, edit] of [
      [`Disable ${finding.rule} for this line`, disableNextLine(subject.analysis, finding)],
      [`Disable ${finding.rule} in this file`, disableInFile(subject.analysis, finding)],
    ] as const) {
      if (edit === undefined) continue;
      actions.push({ title, kind: 'quickfix', diagnostics, edit: workspaceEdit(subject, [edit], abilities) });
    }
  }
  return actions;
}

/** Whether one of the asked kinds is the kind or stands above it: `source` asks for `source.fixAll` too. */
const wanted = (kind: string, only: readonly string[] | undefined): boolean =>
  only === undefined || only.some(asked => asked === '' || asked === kind || kind.startsWith(`${asked}.`));

const overlaps = (a: Range, b: Range): boolean => !before(a.end, b.start) && !before(b.end, a.start);

const before = (a: Range['start'], b: Range['start']): boolean =>
  a.line < b.line || (a.line === b.line && a.character < b.character);
