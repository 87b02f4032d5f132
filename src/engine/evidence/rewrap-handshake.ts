/**
 * Several steps of a TLS handshake in one line, `SSL: (where=0x2001 ret=0x1)SSL: SSL_accept:SSLv3/TLS write finished`,
 * that a terminal, a ticket or a mail broke between words or inside them.
 */
const STEP = /SSL: (?:\(where=0x[0-9a-f]{1,8} ret=0x[0-9a-f]{1,8}\)|SSL_)/g;
/** Characters. No step is longer. */
const WINDOW = 40;
/**
 * Beginnings of a part at a break between words: a step, or the last words of one, behind which the next follows without
 * a blank: `doneSSL: (where=0x2001`.
 */
const STEPS =
  /^(?:SSL_|SSLv3\/|TLS|DTLS1 |\(where=|ret=0x|read |write |before |initialization|client |server |certificate|verify|hello|finished|(?:[a-z]{2,16} ){0,4}[a-z]{2,16}SSL: )/;
/** The last word of a part at such a break, which is seldom as long as the text is wide. */
const WORD_AT_END =
  /\b(?:before|SSL|TLS|read|write|client|server|hello|certificate|key|change|cipher|encrypted|session)$/;
/** Anywhere in a part of a dump; no line of prose holds it. */
const INSIDE = /SSL: ?\((?:where=|$)|0x[0-9a-f]{1,8}\)SSL:|SSL: SSL_/;

export function holdsHandshake(line: string): boolean {
  return line.includes('SSL: (') || line.includes('SSL: SSL_');
}

/** No step is one long word: such a line may be of a key. */
export function isNoStep(line: string): boolean {
  return /^\S{40,}$/.test(line);
}

/** Whether the line is the next part of a dump. A line that begins with a step, and is not indented, is one of its own. */
export function continuesHandshake(last: string, line: string): boolean {
  if (!last.includes('SSL:')) return false;
  const part = withoutIndent(line);
  if (chooseSeparator(last, part) !== undefined) return true;
  if (/^(?:SSL: |[\d[])/.test(line)) return false;
  return STEPS.test(part) || INSIDE.test(part);
}

/** An indented part has at least two blanks; one blank belongs to the text. */
export function withoutIndent(part: string): string {
  return part.replace(/^(?: {2,8}(?=\S)|\t)/, '');
}

/** `widest`: length of the longest line of the text; lines that were cut inside words have it. */
export function joinHandshake(parts: readonly string[], widest: number): string {
  let last = parts[0] ?? '';
  let text = last;
  for (const part of parts.slice(1)) {
    const piece = withoutIndent(part);
    const isBetweenWords = last.length < widest || (STEPS.test(piece) && WORD_AT_END.test(text));
    const between = chooseSeparator(text, piece) ?? (isBetweenWords ? ' ' : '');
    text = `${text}${between}${piece}`;
    last = part;
  }
  return text;
}

/** What a break between the two took out of a step: nothing, or a blank; undefined if it is not inside one. */
function chooseSeparator(before: string, behind: string): '' | ' ' | undefined {
  const tail = before.slice(-WINDOW);
  const head = behind.slice(0, WINDOW);
  const apart = countSteps(tail) + countSteps(head);
  if (countSteps(tail + head) > apart) return '';
  return countSteps(`${tail} ${head}`) > apart ? ' ' : undefined;
}

function countSteps(text: string): number {
  return text.match(STEP)?.length ?? 0;
}
