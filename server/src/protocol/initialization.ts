/** What an editor tells the server of itself: when it starts, and when the user's trust has changed. */

import type { Position, Range } from '../engine';

/** `initializationOptions`; all may be absent. */
export interface InitializationOptions {
  /** Whether the user trusts the workspace. Absent is no: then no command connects or runs anything. */
  readonly trusted?: boolean;
  /** Those of `CLIENT_COMMANDS` that this editor can run. */
  readonly commands?: readonly string[];
  /** A folder of the editor's own, to keep fetched schemas in. */
  readonly storage?: string;
  /** The editor shows by itself what `SCHEMA_NOTIFICATION` says. */
  readonly showsSchema?: boolean;
  /** Settings for editors that answer no `workspace/configuration`; same shape as the section `libvirtDomain`. */
  readonly settings?: unknown;
}

/**
 * Commands that the server names in code lenses and the editor runs itself. The server names only those that the
 * editor listed in `InitializationOptions.commands`; without them the words of the lens stand alone.
 */
export const CLIENT_COMMANDS = {
  /** Shows places in the editor's own list of references. Takes one `ShowReferencesArguments`. */
  showReferences: 'domxml.showReferences',
} as const;

export interface ShowReferencesArguments {
  readonly uri: string;
  readonly position: Position;
  readonly locations: readonly { readonly uri: string; readonly range: Range }[];
}

/** Notification to the server, `{ trusted: boolean }`: the user's trust in the workspace has changed. */
export const TRUST_NOTIFICATION = 'libvirtDomain/trust';

export interface TrustParams {
  readonly trusted: boolean;
}
