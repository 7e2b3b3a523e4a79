/** Renaming a throttle group, an iothread or an alias everywhere in the document. */

import { isValidGroupName, renameGroup, setFilterGroup } from '../engine';
import type { Domain, Position, Range, TextEdit } from '../engine';
import type { WorkspaceEdit } from 'vscode-languageserver-types';
import { crossMentionAt } from './cross-mentions';
import type { CrossMention } from './cross-mentions';
import { renameCross, whyCrossFixed } from './rename-cross';
import type { RenameRefusal } from './rename-cross';
import { mentionAt, mentionsOf } from './mentions';
import type { Mention } from './mentions';
import { lspRange, workspaceEdit } from './subject';
import type { EditorAbilities, Subject } from './subject';

export type { RenameRefusal } from './rename-cross';

/** The place and text of the name under the cursor, or why it cannot be renamed. */
export function prepareRename(
  subject: Subject,
  position: Position,
): { range: Range; placeholder: string } | RenameRefusal {
  const cross = crossAt(subject, position);
  if (cross !== undefined) {
    return (
      whyCrossFixed(subject.analysis, cross) ?? {
        range: lspRange(subject, cross.span),
        placeholder: cross.name,
      }
    );
  }
  const found = renamableAt(subject, position);
  return 'refused' in found ? found : { range: lspRange(subject, found.span), placeholder: found.name };
}

/** Edits that give all mentions the new name, or why that name is impossible. */
export function rename(
  subject: Subject,
  position: Position,
  newName: string,
  abilities: EditorAbilities,
): WorkspaceEdit | RenameRefusal {
  const { domain, source } = subject.analysis;
  const cross = crossAt(subject, position);
  if (cross !== undefined) {
    const edits = renameCross(subject.analysis, cross, newName);
    return 'refused' in edits ? edits : workspaceEdit(subject, edits.edits, abilities);
  }
  const found = renamableAt(subject, position);
  if ('refused' in found) return found;
  if (domain === undefined) return NOTHING_HERE;
  const refused = whyImpossible(newName);
  if (refused !== undefined) return { refused };
  const taken = newName !== found.name && mentionsOf(domain, newName).find(({ kind }) => kind === 'naming');
  if (taken) {
    const line = source.positionAt(taken.span.start).line + 1;
    return {
      refused: `There is already a throttle group called '${newName}' (line ${line}). Two groups can't share a name: choose another one.`,
    };
  }
  return workspaceEdit(subject, renameEdits(subject, domain, found, newName), abilities);
}

/** What is no group's name is looked for among the others. */
function crossAt({ analysis }: Subject, position: Position): CrossMention | undefined {
  const offset = analysis.source.offsetAt(position);
  const { domain } = analysis;
  if (domain !== undefined && mentionAt(domain, offset) !== undefined) return undefined;
  return crossMentionAt(analysis, offset);
}

/** A name that filters use and no group has is renamed in the filters. */
function renameEdits(subject: Subject, domain: Domain, found: Mention, newName: string): readonly TextEdit[] {
  const { source } = subject.analysis;
  const mentions = mentionsOf(domain, found.name);
  const naming = mentions.find(mention => mention.kind === 'naming');
  if (naming !== undefined) return renameGroup(source, domain, naming.group, newName);
  return mentions.flatMap(mention =>
    mention.kind === 'use' ? setFilterGroup(source, mention.disk, mention.filter, newName) : [],
  );
}

const NOTHING_HERE: RenameRefusal = {
  refused:
    "There is no name of a throttle group here. Put the cursor on the text of <group_name>, or between the quotes of a <throttlefilter>'s group.",
};

function renamableAt(subject: Subject, position: Position): Mention | RenameRefusal {
  const { domain, source } = subject.analysis;
  const mention = domain === undefined ? undefined : mentionAt(domain, source.offsetAt(position));
  if (domain === undefined || mention === undefined) return NOTHING_HERE;
  if (mention.template) {
    return {
      refused:
        'This name comes from a template, so it is not known here. Rename it where the template is filled in.',
    };
  }
  const namings = mentionsOf(domain, mention.name).filter(({ kind }) => kind === 'naming');
  if (namings.length > 1) {
    return {
      refused: `${namings.length} throttle groups are called '${mention.name}', and it is not certain which of them the filters mean. Give all but one of them another name by hand first.`,
    };
  }
  return mention;
}

/** QEMU makes the object `throttle-NAME`, and takes only some characters in an id (util/id.c). */
function whyImpossible(name: string): string | undefined {
  if (name.trim() === '') return 'A throttle group needs a name: type at least one letter or digit.';
  if (isValidGroupName(name)) return undefined;
  const wrong = /[^A-Za-z0-9._-]/u.exec(name)?.[0] ?? '';
  return `'${name}' can't name a throttle group: QEMU takes letters, digits, '-', '.' and '_' only, and no ${
    wrong === ' ' ? 'blanks' : `'${wrong}'`
  }.`;
}
