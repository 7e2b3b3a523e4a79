/** From a filter to the group that it names. */

import type { Placed, Group, Position } from '../engine';
import type { Location, LocationLink } from 'vscode-languageserver-types';
import { mentionAround, mentionsOf } from './mentions';
import { lspRange } from './subject';
import type { EditorAbilities, Subject } from './subject';

/** All groups of the name at the position (libvirt wants one; two are a finding). Empty where there is no name. */
export function definition(
  subject: Subject,
  position: Position,
  abilities: EditorAbilities,
): Location[] | LocationLink[] {
  const { domain, source } = subject.analysis;
  if (domain === undefined) return [];
  const mention = mentionAround(domain, source.offsetAt(position));
  if (mention === undefined || mention.template) return [];
  const namings = mentionsOf(domain, mention.name).filter(other => other.kind === 'naming');
  if (!abilities.definitionLinks) {
    return namings.map(naming => ({ uri: subject.uri, range: lspRange(subject, naming.span) }));
  }
  return namings.map(naming => ({
    originSelectionRange: lspRange(subject, mention.span),
    targetUri: subject.uri,
    targetRange: lspRange(subject, elementSpan(naming.group)),
    targetSelectionRange: lspRange(subject, naming.span),
  }));
}

const elementSpan = (group: Placed<Group>) => ({
  start: group.start,
  end: group.start + group.of.element.length,
});
