import { SECRETS } from './placements.ts';

type Carrier = (text: string) => readonly string[];

const WHOLE = Object.values(SECRETS);

/** Something in the midst of every secret. */
const within = (inserted: string): Carrier => {
  return (text) => [
    WHOLE.reduce(
      (changed, secret) => changed.replaceAll(secret, `${secret.slice(0, 5)}${inserted}${secret.slice(5)}`),
      text,
    ),
  ];
};

const eachLine = (change: (line: string) => string): Carrier => {
  return (text) => [text.split('\n').map(change).join('\n')];
};

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What chats, mails, terminals and editors do to a text on its way. */
export const CARRIERS: Readonly<Record<string, Carrier>> = {
  'with line ends of Windows': (text) => [`${text.replaceAll('\n', '\r\n')}\r\n`],
  'with line ends of an old Mac': (text) => [text.replaceAll('\n', '\r')],
  'in a quotation': eachLine((line) => `> ${line}`),
  'in a quotation of a quotation': eachLine((line) => `> > ${line}`),
  'in an answer': (text) => [`> hello\n${text.replaceAll(/^/gm, '> ')}`],
  'escaped for Slack': (text) => [escaped(text)],
  'escaped and quoted': (text) => [escaped(text).replaceAll(/^/gm, '&gt; ')],
  'in a block of code': (text) => [`\`\`\`\n${text}\n\`\`\``],
  'in a line of code': eachLine((line) => `\`${line}\``),
  'with smart quotes': (text) => [text.replaceAll(/"([^"\n]*)"/g, '“$1”').replaceAll(/'([^'\n]*)'/g, '‘$1’')],
  'with hard blanks': (text) => [text.replaceAll(' ', '\u00a0')],
  'with wide blanks': (text) => [text.replaceAll(' ', '\u3000')],
  'with marks of direction': (text) => [text.replaceAll(' ', '\u200e ')],
  'with invisible joiners within': within('\u200b'),
  'with variants of signs within': within('\ufe0f'),
  'with zeros within': within('\u0000'),
  'with bells within': within('\u0007'),
  'coloured within': within('\u001b[31m'),
  'corrected within': within('x\b'),
  'with a pager within': within('--More-- \r         \r'),
  'behind a pager': eachLine((line) => `--More-- \r         \r${line}`),
  'added in a diff': eachLine((line) => `+${line}`),
  'removed in a diff': eachLine((line) => `-${line}`),
  indented: eachLine((line) => `        ${line}`),
  'with blanks at the end': eachLine((line) => `${line}   `),
  'in two messages, cut behind the first line': (text) => cutAt(text, text.indexOf('\n')),
  'in two messages, cut before the last line': (text) => cutAt(text, text.lastIndexOf('\n')),
};

function cutAt(text: string, at: number): readonly string[] {
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** Cut into lines by a terminal or a mail program, six characters behind the beginning of the secret. */
export const WRAPPED: Readonly<Record<string, Carrier>> = {
  'at 80 columns': (text) => wrapWithin(text, 80, ''),
  'at 132 columns': (text) => wrapWithin(text, 132, ''),
  'as quoted-printable': (text) => wrapWithin(text, 75, '='),
  'by a backslash': (text) => wrapWithin(text, 60, '\\'),
};

function wrapWithin(text: string, columns: number, mark: string): readonly string[] {
  const begin = Math.min(...WHOLE.map((secret) => text.indexOf(secret)).filter((at) => at >= 0));
  const padded = `${' '.repeat(Math.max(0, columns - 6 - begin))}${text}`;
  const lines = padded.match(new RegExp(`.{1,${columns}}`, 'gs')) ?? [];
  return [lines.join(`${mark}\n`)];
}
