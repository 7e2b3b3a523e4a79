/** Above each throttle group: who uses it. */

import { nameSpan, shifted, usersOf } from '../engine';
import type { Domain, Group, Piece, Placed } from '../engine';
import { CLIENT_COMMANDS } from '../protocol';
import type { ShowReferencesArguments } from '../protocol';
import type { CodeLens } from 'vscode-languageserver-types';
import { lspRange } from './subject';
import type { EditorAbilities, Subject } from './subject';
import { usersWords } from './words';

/**
 * One lens a named group. Its command is the editor's own `domxml.showReferences` with the places of the uses;
 * an editor that did not announce the command gets the words alone.
 */
export function codeLenses(subject: Subject, abilities: EditorAbilities): CodeLens[] {
  const { domain } = subject.analysis;
  if (domain === undefined) return [];
  const lenses: CodeLens[] = [];
  for (const group of domain.groups) {
    const name = group.of.name;
    if (name === undefined || name.template) continue;
    lenses.push(lensOf(subject, domain, group, name, abilities));
  }
  return lenses;
}

function lensOf(
  subject: Subject,
  domain: Domain,
  group: Placed<Group>,
  name: Piece,
  abilities: EditorAbilities,
): CodeLens {
  const { element } = group.of;
  const uses = usersOf(domain, name.value);
  const range = lspRange(subject, nameSpan({ node: element, start: group.start, parent: undefined }));
  const title = usersWords(domain, name.value);
  if (uses.length === 0 || !abilities.commands.includes(CLIENT_COMMANDS.showReferences)) {
    return { range, command: { title, command: '' } };
  }
  const argument: ShowReferencesArguments = {
    uri: subject.uri,
    position: lspRange(subject, shifted(name, group.start)).start,
    locations: uses.map(({ disk, filter }) => ({
      uri: subject.uri,
      range: lspRange(subject, shifted(filter.group ?? filter.span, disk.start)),
    })),
  };
  return { range, command: { title, command: CLIENT_COMMANDS.showReferences, arguments: [argument] } };
}
