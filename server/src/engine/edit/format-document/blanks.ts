/** Blanks of XML and the line breaks among them. */

export const BLANKS = /^[ \t\r\n]*$/;

/** The line breaks of a stretch of blanks, each as it is written. */
export const lineBreaksIn = (blanks: string): readonly string[] => blanks.match(/\r\n|\n|\r/g) ?? [];

export const hasLineBreak = (blanks: string): boolean => blanks.includes('\n') || blanks.includes('\r');
