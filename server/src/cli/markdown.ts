import type { Paint } from './paint';

/**
 * The small Markdown of explanations for a terminal: paragraphs wrapped at `width`, code indented, headings and code
 * in colours where there are any. Ends with one line feed.
 */
export function markdownText(markdown: string, paint: Paint, width: number): string {
  const lines: string[] = [];
  let paragraph: string[] = [];
  let inCode = false;
  const flush = (): void => {
    if (paragraph.length > 0)
      lines.push(...wrapped(paragraph.join(' '), width).map(line => inline(line, paint)));
    paragraph = [];
  };
  for (const line of markdown.trim().split('\n')) {
    if (/^\s*```/.test(line)) {
      flush();
      inCode = !inCode;
    } else if (inCode) lines.push(paint.cyan(`    ${line}`.trimEnd()));
    else if (line.trim() === '') {
      flush();
      lines.push('');
    } else if (line.startsWith('#')) {
      flush();
      lines.push(paint.bold(line.replace(/^#+\s*/, '')));
    } else {
      if (/^\s*([-*]|\d+\.)\s/.test(line) || line.startsWith('|')) flush();
      paragraph.push(line.trim());
    }
  }
  flush();
  return `${lines.join('\n').replace(/\n{3,}/g, '\n\n')}\n`;
}

function wrapped(text: string, width: number): string[] {
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

const inline = (line: string, paint: Paint): string =>
  line
    .replace(/`([^`]+)`/g, (code, inner: string) => (paint.cyan('') === '' ? code : paint.cyan(inner)))
    .replace(/\*\*([^*]+)\*\*/g, (_, inner: string) => paint.bold(inner));
