/** Above each throttle group: who uses it. */

import { nameSpan, shifted } from '../engine';
import type { Group, Placed } from '../engine';
import { CLIENT_COMMANDS } from '../protocol';
import type { ShowReferencesArguments } from '../protocol';
import type { CodeLens } from 'vscode-languageserver-types';
import { mentionsIn } from './mentions';
import type { Use } from './mentions';
import { lspRange } from './subject';
import type { EditorAbilities, Subject } from './subject';
import { usersWords } from './words';
import { diskTitle } from '../engine';

/**
 * One lens a named group. Its command is the editor's own `domxml.showReferences` with the places of the uses;
 * an editor that did not announce the command gets the words alone.
 */
export function codeLenses(subject: Subject, abilities: EditorAbilities): CodeLens[] {
  const { domain } = subject.analysis;
  if (domain === undefined) return [];
  const usesByName = new Map<string, Use[]>();
  for (const mention of mentionsIn(domain)) {
    if (mention.kind !== 'use' || mention.template) continue;
    const uses = usesByName.get(mention.name);
    if (uses === undefined) usesByName.set(mention.name, [mention]);
    else uses.push(mention);
  }
  const lenses: CodeLens[] = [];
  for (const group of domain.groups) {
    const name = group.of.name;
    if (name === undefined || name.template) continue;
    lenses.push(lensOf(subject, group, usesByName.get(name.value) ?? [], abilities));
  }
  return lenses;
}

function lensOf(
  subject: Subject,
  group: Placed<Group>,
  uses: readonly Use[],
  abilities: EditorAbilities,
): CodeLens {
  const { element, name } = group.of;
  const range = lspRange(subject, nameSpan({ node: element, start: group.start, parent: undefined }));
  const title = usersWords([...new Set(uses.map(use => diskTitle(use.disk.of)))]);
  if (uses.length === 0 || !abilities.commands.includes(CLIENT_COMMANDS.showReferences)) {
    return { range, command: { title, command: '' } };
  }
  const argument: ShowReferencesArguments = {
    uri: subject.uri,
    position: name === undefined ? range.start : lspRange(subject, shifted(name, group.start)).start,
    locations: uses.map(use => ({ uri: subject.uri, range: lspRange(subject, use.span) })),
  };
  return { range, command: { title, command: CLIENT_COMMANDS.showReferences, arguments: [argument] } };
}
