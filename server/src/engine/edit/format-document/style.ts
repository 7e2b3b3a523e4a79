/** How a document is to be laid out. */

export interface FormatStyle {
  /** One step of indentation: blanks, or a tab. */
  readonly step: string;
  /** How many columns a tab counts for in the width of a line. */
  readonly tabSize: number;
  /** Quotes around attribute values; a value that holds the quote itself keeps the other one. */
  readonly quotes: 'single' | 'double' | 'keep';
  /** A tag that would be wider has one attribute a line. 0: tags are broken where their writer broke them. */
  readonly lineWidth: number;
  /** At most so many blank lines stay between two elements. */
  readonly blankLines: number;
  /** What the text ends with: one line break, or what stands there, made one line break where it is several. */
  readonly end: 'line-break' | 'keep';
}

/** As libvirt writes its documents: two blanks, single quotes, whole tags on one line. */
export const LIBVIRT_STYLE: FormatStyle = {
  step: '  ',
  tabSize: 2,
  quotes: 'single',
  lineWidth: 0,
  blankLines: 1,
  end: 'keep',
};
