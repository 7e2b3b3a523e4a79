/** Whether the VM is the one that the document describes (DESIGN 4.2). */

import type { Consequence } from './types';
import type { Target } from './vm-state';
import { listed, shown } from './words';

/** What the document says of its VM; undefined where it says nothing, or template text. */
export interface DocumentIdentity {
  readonly name: string | undefined;
  readonly uuid: string | undefined;
}

export type IdentityMatch =
  | { readonly kind: 'same'; readonly note?: string }
  /** The VM says neither name nor uuid that could be compared. */
  | { readonly kind: 'unsaid'; readonly note: string }
  | { readonly kind: 'other'; readonly message: string };

/** What a wish that may come without a document adds to a plan: words of another domain, or a note. */
export function identityOf(
  document: DocumentIdentity | undefined,
  vm: Target,
): { readonly other?: string; readonly notes: readonly string[] } {
  if (document === undefined) return { notes: [] };
  const match = matchIdentity(document, vm);
  if (match.kind === 'other') return { other: match.message, notes: [] };
  return { notes: match.note === undefined ? [] : [match.note] };
}

/** A uuid that differs, or without one a name that differs, makes it another VM. */
export function matchIdentity(document: DocumentIdentity, vm: Target): IdentityMatch {
  const name = document.name;
  const namesDiffer = name !== undefined && vm.name !== null && name !== vm.name;
  if (document.uuid !== undefined && vm.uuid !== null) {
    if (!sameUuid(document.uuid, vm.uuid)) {
      return { kind: 'other', message: otherVm(document, vm) };
    }
    if (!namesDiffer) return { kind: 'same' };
    return {
      kind: 'same',
      note: `The VM calls itself ${quoted(vm.name)}, the document ${quoted(name)}; the uuid is the same.`,
    };
  }
  if (namesDiffer) return { kind: 'other', message: otherVm(document, vm) };
  if (name !== undefined && vm.name !== null) return { kind: 'same' };
  const silent = vm.name === null && vm.uuid === null;
  return {
    kind: 'unsaid',
    note: silent
      ? 'The VM says neither its name nor its uuid: make sure that it is the one the document describes.'
      : `The document and the VM (${vmTitle(vm)}) have neither name nor uuid in common to compare: make sure that they belong together.`,
  };
}

/** "db01 (uuid ...)", or words for a VM that does not say. */
export function vmTitle(vm: Target): string {
  if (vm.name === null) return vm.uuid === null ? 'a VM without a name' : `uuid ${vm.uuid}`;
  return shown(vm.name);
}

export const sameUuid = (a: string, b: string): boolean => plainUuid(a) === plainUuid(b);

/** Libvirt reads a uuid with or without hyphens, in either case (virUUIDParse). */
const plainUuid = (uuid: string): string => uuid.replace(/[-\s]/g, '').toLowerCase();

/** That the VM is another one, as a consequence that was allowed. */
export const otherDomain = (other: string | undefined): readonly Consequence[] =>
  other === undefined ? [] : [{ kind: 'other-domain', text: other.replace(/ Nothing was sent.*/s, '') }];

function otherVm(document: DocumentIdentity, vm: Target): string {
  const wanted = said(document.name ?? null, document.uuid ?? null);
  return `The document describes ${wanted}, but the VM is ${said(vm.name, vm.uuid)}. Nothing was sent. Check the address, or allow other-domain if this is meant.`;
}

const said = (name: string | null, uuid: string | null): string =>
  listed([...(name === null ? [] : [quoted(name)]), ...(uuid === null ? [] : [`uuid ${shown(uuid)}`])]) ||
  'a VM without a name';

const quoted = (name: string | null | undefined): string => `"${shown(name ?? '')}"`;
