/** Values that are right and that libxml2 refuses: see `Datatype.libxml2Takes`. */

/** Whether the text begins or ends with a blank, or an entity that may be one, or begins with a sign. */
export function mayTroubleLibxml2(raw: string): boolean {
  const first = raw.charCodeAt(0);
  const last = raw.charCodeAt(raw.length - 1);
  if (first <= BLANK || last <= BLANK || first === AMPERSAND || last === SEMICOLON) return true;
  return first === PLUS || first === MINUS;
}

const BLANK = 32;
const AMPERSAND = 38;
const PLUS = 43;
const MINUS = 45;
const SEMICOLON = 59;

/** The value without blanks around it and, where that is not enough, without its sign. */
export function wantedByLibxml2(value: string, takes: (value: string) => boolean): string | undefined {
  const trimmed = value.trim();
  return [trimmed, trimmed.replace(/^[-+]/, '')].find(takes);
}
