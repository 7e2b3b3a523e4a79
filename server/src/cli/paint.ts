export type Color = 'red' | 'yellow' | 'green' | 'cyan' | 'bold' | 'dim';

export type Paint = Readonly<Record<Color, (text: string) => string>>;

/** Colours for a terminal, or the text as it is. Text from outside goes through `printable` first. */
export function painter(colors: boolean): Paint {
  const sgr =
    (on: number, off: number) =>
    (text: string): string =>
      colors ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  return {
    red: sgr(31, 39),
    yellow: sgr(33, 39),
    green: sgr(32, 39),
    cyan: sgr(36, 39),
    bold: sgr(1, 22),
    dim: sgr(2, 22),
  };
}
