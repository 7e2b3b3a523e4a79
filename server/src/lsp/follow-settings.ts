/** The user's settings: taken from the client, asked for again when they change, and what they let the rules know. */

import { SETTINGS_SECTION } from '../protocol';
import { messageOf } from './guard';
import type { SessionSchemas } from './schemas';
import type { Session } from './session';
import { settingsOf, worldOf } from './settings';

/** How long diagnostics wait for an editor that is slow to tell its settings, and for the schema, milliseconds. */
const SETTINGS_DEADLINE = 2000;

/**
 * Settings, then the schema that they want; `changed` where the settings are others. Never rejects: without an answer
 * they stay as they are.
 */
export function settle(session: Session, schemas: SessionSchemas, changed: () => void): Promise<void> {
  const asked = session.client.configuration ? askForSettings(session, changed) : Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>(resolve => {
    timer = setTimeout(resolve, SETTINGS_DEADLINE);
  });
  return Promise.race([asked.then(() => schemas.follow()), late]).finally(() => clearTimeout(timer));
}

const askForSettings = (session: Session, changed: () => void): Promise<void> =>
  session.connection.workspace.getConfiguration(SETTINGS_SECTION).then(
    (answer: unknown) => {
      if (takeSettings(session, answer)) changed();
    },
    (error: unknown) => {
      session.connection.console.warn(`The editor did not tell its settings: ${messageOf(error)}`);
    },
  );

/** Takes settings as the client gives them. Whether anything is other than before. */
export function takeSettings(session: Session, value: unknown): boolean {
  const settings = settingsOf(value);
  if (JSON.stringify(settings) === JSON.stringify(session.settings)) return false;
  session.settings = settings;
  takeWorld(session);
  return true;
}

/** Makes anew what the settings and the schema in use let the rules know. */
export function takeWorld(session: Session): void {
  const { settings, schema } = session;
  session.world = { ...worldOf(settings), ...(schema === undefined ? {} : { schema }) };
  session.settingsCount++;
}
