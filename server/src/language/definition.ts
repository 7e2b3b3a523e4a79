/** From a filter to the group that it names, and from other numbers and names to what they refer to. */

import type { Placed, Group, Position, Span } from '../engine';
import type { Location, LocationLink } from 'vscode-languageserver-types';
import { crossMentionAt, crossMentionsOf } from './cross-mentions';
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
  if (mention === undefined) return crossDefinition(subject, position, abilities);
  if (mention.template) return [];
  const namings = mentionsOf(domain, mention.name).filter(other => other.kind === 'naming');
  return linksTo(
    subject,
    mention.span,
    namings.map(naming => ({ element: elementSpan(naming.group), span: naming.span })),
    abilities,
  );
}

function crossDefinition(
  subject: Subject,
  position: Position,
  abilities: EditorAbilities,
): Location[] | LocationLink[] {
  const { analysis } = subject;
  const mention = crossMentionAt(analysis, analysis.source.offsetAt(position));
  if (mention === undefined) return [];
  const namings = crossMentionsOf(analysis, mention).filter(({ role }) => role !== 'use');
  return linksTo(subject, mention.span, namings, abilities);
}

function linksTo(
  subject: Subject,
  from: Span,
  targets: readonly { readonly element: Span; readonly span: Span }[],
  abilities: EditorAbilities,
): Location[] | LocationLink[] {
  if (!abilities.definitionLinks) {
    return targets.map(target => ({ uri: subject.uri, range: lspRange(subject, target.span) }));
  }
  return targets.map(target => ({
    originSelectionRange: lspRange(subject, from),
    targetUri: subject.uri,
    targetRange: lspRange(subject, target.element),
    targetSelectionRange: lspRange(subject, target.span),
  }));
}

const elementSpan = (group: Placed<Group>) => ({
  start: group.start,
  end: group.start + group.of.element.length,
});
