import type { Paint } from './paint';
import { wrapped } from './wrap';

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
      lines.push('');
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
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
}

const inline = (line: string, paint: Paint): string =>
  line
    .replace(/`([^`]+)`/g, (code, inner: string) => (paint.cyan('') === '' ? code : paint.cyan(inner)))
    .replace(/\*\*([^*]+)\*\*/g, (_, inner: string) => paint.bold(inner));
