import { readTimestamp } from './timestamp.ts';

/** `ike V=root:0:`, `ike 0:`; behind another message only where a person’s editor took the line ends away. */
const IKE_HEAD = 'ike (?:V=[\\w-]{1,40}:|\\d{1,10}:)';

/**
 * The beginning of a message inside a physical line (domain notes §3.1). Every repetition is bounded, so that any line
 * is read in linear time. The `SSL: (…)` form is matched completely: it ends without a newline, so the text after it
 * is another message even without a prefix.
 */
const HEADS = new RegExp(
  [
    '(?:\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})? )?(?:',
    [
      '\\[\\d{1,10}:[^:\\][]{1,64}:[0-9a-f]{1,16}\\]',
      '\\[\\d{1,6}\\] [A-Za-z_]\\w{1,63}-',
      '(SSL: \\(where=0x[0-9a-f]{1,8} ret=0x[0-9a-f]{1,8}\\))',
      'SSL: (?=\\(where=|SSL_)',
      'Connecting to server address: ',
      '\\{"sender": ?"FGT-',
      `(?<= )(?<!Error: )${IKE_HEAD}`,
    ].join('|'),
    ')',
  ].join(''),
  'g',
);

/** Splits a physical line into its messages. Concatenated they are the line, character for character. */
export function splitLine(line: string): readonly string[] {
  return mayHoldSeveral(line) ? cutMessages(line) : line === '' ? [] : [line];
}

/** A cheap test without false negatives. */
function mayHoldSeveral(line: string): boolean {
  const head = line.indexOf('[');
  return (
    (head !== -1 && line.indexOf('[', head + 1) !== -1) ||
    (head > 0 && !(head === STAMPED && readTimestamp(line))) ||
    line.includes('SSL: ') ||
    line.includes(' ike ') ||
    line.includes('Connecting to') ||
    line.includes('{"sender"')
  );
}

/** Length of a time stamp and the blank after it. */
const STAMPED = 20;

function cutMessages(line: string): readonly string[] {
  const messages: string[] = [];
  let start = 0;
  HEADS.lastIndex = 0;
  for (let match = HEADS.exec(line); match; match = HEADS.exec(line)) {
    if (match.index > start) messages.push(line.slice(start, match.index));
    start = match.index;
    if (match[1] !== undefined) {
      start += match[0].length;
      messages.push(match[0]);
    }
  }
  if (start < line.length) messages.push(line.slice(start));
  return messages;
}
