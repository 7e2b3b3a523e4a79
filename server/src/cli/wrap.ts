/** The text in lines of at most `width` columns; a list item's later lines are indented. A longer word stays whole. */
export function wrapped(text: string, width: number): string[] {
  const indent = /^([-*]|\d+\.)\s/.test(text) ? '  ' : '';
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent + word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
