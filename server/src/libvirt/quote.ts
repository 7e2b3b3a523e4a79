/** Writing a command for virsh's own parser (not a shell's; measured with libvirt 11.3 and 12.8). */

/** Characters of one argument: readline takes time by the square of a line's length (half a second for 100,000). */
const LONGEST = 256 * 1024;

export type VirshLine =
  { readonly kind: 'line'; readonly text: string } | { readonly kind: 'unsayable'; readonly message: string };

/**
 * One line for virsh's standard input that gives each argument exactly as it is: everything stands in single quotes,
 * in which virsh's parser knows no escapes; a single quote is written `'\''`. Whether an argument is an option is not
 * changed by quotes: what comes from outside goes behind an option's `=`, see `option`.
 *
 * Not to be said at all: control characters (virsh reads lines through readline, to which they are keys: a tab
 * completes, ^U deletes, a newline ends the command) and halves of surrogate pairs, which UTF-8 has not.
 */
export function virshLine(argv: readonly string[]): VirshLine {
  for (const argument of argv) {
    const message = unsayable(argument);
    if (message !== undefined) return { kind: 'unsayable', message };
  }
  return { kind: 'line', text: argv.map(quoted).join(' ') };
}

/** `--name=value` as one argument: a value that begins with `-` is not taken for another option. */
export const option = (name: `--${string}`, value: string): string => `${name}=${value}`;

const quoted = (argument: string): string => `'${argument.replaceAll("'", "'\\''")}'`;

function unsayable(argument: string): string | undefined {
  const control = /[\u0000-\u001f\u007f]/.exec(argument)?.[0];
  if (control !== undefined) {
    return `${excerpt(argument)} holds the control character ${codeOf(control)}, which cannot be given to virsh. Take it out of the name.`;
  }
  const half = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.exec(argument)?.[0];
  if (half !== undefined) {
    return `${excerpt(argument)} holds half a character (${codeOf(half)}), which cannot be given to virsh. Take it out of the name.`;
  }
  if (argument.length > LONGEST) {
    return `${excerpt(argument)} has ${argument.length} characters, which is too long for virsh.`;
  }
  return undefined;
}

const codeOf = (character: string): string =>
  `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;

/** The beginning of foreign text, on one line and in quotes. */
const excerpt = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}...` : text);
