/** Renaming an iothread or an alias: every place that names it gets the new name. */

import { decimalOf, numberSet, settingsAt } from '../engine';
import type { Analysis, TextEdit } from '../engine';
import { crossMentionsOf } from './cross-mentions';
import type { CrossMention } from './cross-mentions';

/** Why it cannot be done, for people. */
export interface RenameRefusal {
  readonly refused: string;
}

/** The edits, or why the new name is impossible. */
export function renameCross(
  analysis: Analysis,
  mention: CrossMention,
  newName: string,
): { readonly edits: readonly TextEdit[] } | RenameRefusal {
  const refused = whyCrossFixed(analysis, mention) ?? whyImpossible(mention, newName);
  if (refused !== undefined) return refused;
  const meant = mention.kind === 'iothread' ? String(Number(newName)) : newName;
  const taken = crossMentionsOf(analysis, { ...mention, name: meant }).find(({ role }) => role !== 'use');
  if (taken !== undefined && meant !== mention.name) {
    const line = analysis.source.positionAt(taken.span.start).line + 1;
    return {
      refused: `${TITLES[mention.kind]} '${meant}' is already there (line ${line}). Choose another one.`,
    };
  }
  return {
    edits: crossMentionsOf(analysis, mention).map(({ span }) => ({ span, newText: meant })),
  };
}

/** Undefined where it can be renamed. */
export function whyCrossFixed(analysis: Analysis, mention: CrossMention): RenameRefusal | undefined {
  if (mention.kind === 'controller' || mention.kind === 'numa-cell') {
    return {
      refused: `${TITLES[mention.kind]} is a number that stands for a place, and renaming it here would move what names it. Change the number by hand where that is meant.`,
    };
  }
  const same = crossMentionsOf(analysis, mention);
  if (same.some(({ role }) => role === 'count')) {
    return {
      refused: `Iothread ${mention.name} has its number from the count in <iothreads>. Name it in <iothreadids> first: <iothread id='${mention.name}'/>.`,
    };
  }
  if (same.filter(({ role }) => role === 'naming').length > 1) {
    return {
      refused: `'${mention.name}' is there more than once, and it is not certain which is meant. Give all but one another name by hand first.`,
    };
  }
  return mention.kind === 'iothread' && isInList(analysis, mention.name)
    ? {
        refused: `Iothread ${mention.name} is also named in the list of an <iothreadsched>. Take it out of the list first, or change the number by hand.`,
      }
    : undefined;
}

function isInList({ domain }: Analysis, name: string): boolean {
  if (domain === undefined) return false;
  return settingsAt(domain, 'cputune/iothreadsched').some(({ of }) => {
    const list = of.attributes.get('iothreads')?.value ?? '';
    return decimalOf(list) === undefined && numberSet(list)?.has(Number(name)) === true;
  });
}

/** Libvirt takes numbers of 32 bits above 0 for iothreads, and for own aliases what its schema says. */
function whyImpossible({ kind }: CrossMention, newName: string): RenameRefusal | undefined {
  if (kind === 'iothread') {
    const id = decimalOf(newName);
    if (id !== undefined && id > 0 && id <= 4_294_967_295) return undefined;
    return { refused: `'${newName}' can't be the number of an iothread: it is a whole number from 1 on.` };
  }
  if (/^ua-[A-Za-z0-9_-]+$/.test(newName)) return undefined;
  return {
    refused: `'${newName}' can't be an alias of your own: it begins with 'ua-', with letters, digits, '_' and '-' behind it. Libvirt drops others.`,
  };
}

const TITLES: Readonly<Record<CrossMention['kind'], string>> = {
  iothread: 'Iothread',
  alias: 'The alias',
  controller: 'The index of a controller',
  'numa-cell': 'The id of a NUMA cell',
};
