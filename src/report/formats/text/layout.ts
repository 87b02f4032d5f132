import { textWidth } from './text-width.ts';

/** No line break between a number and its unit: `80 s`. */
const UNIT = /(?<=\d) (?=(?:s|ms|h|min|MB|KB)\b)/g;

/** Lines of at most `width` columns if the words allow it; each begins with `indent`. */
export function wrap(text: string, width: number, indent = ''): readonly string[] {
  const room = Math.max(20, width - indent.length);
  const lines: string[] = [];
  let line = '';
  for (const unit of text.replaceAll(UNIT, '\u00a0').split(/ +/)) {
    const word = unit.replaceAll('\u00a0', ' ');
    if (line !== '' && textWidth(line) + 1 + textWidth(word) > room) {
      lines.push(indent + line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return line === '' ? lines : [...lines, indent + line];
}
