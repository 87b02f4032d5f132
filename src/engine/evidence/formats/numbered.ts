/** A line numbered by `cat -n`, `grep -n` or an editor. */
interface NumberedLine {
  readonly number: number;
  readonly text: string;
}

/** `     1<tab>…`, `310:…`, `fgt.conf:310:…` and `fgt.conf-311-…`, `  4 │ …`, `12  …` */
const STYLES: readonly RegExp[] = [
  /^ {0,8}(\d{1,7})\t(.*)$/,
  /^(?:[\w./-]{1,80}[:-])?(\d{1,7})[:-](.*)$/,
  /^ {0,8}(\d{1,7}) ?[│|┃] ?(.*)$/,
  /^ {0,8}(\d{1,7})(?: (.*)|)$/,
];

/** FortiGate output; other texts keep their line numbers. */
const FORTIOS_TEXT =
  /^[ \t]*(?:config (?:system|user|vpn|firewall|global|vdom|router|log)\b|#config-version=)|^[ \t]{0,4}[\w~-]{1,40}(?: \([^()]{1,80}\))? [#$] (?:get|show|diag|exec|config)|\blogid=|^\[\d{1,10}:[\w-]{1,31}:[0-9a-f]+\]/;

export interface NumberedRun {
  /** False if the line does not continue the run. */
  take(line: string): boolean;
  readonly raws: readonly string[];
  /** Without the numbers and the margin that some editors add after them. */
  texts(): readonly string[];
  /** Whether the text after the numbers clearly comes from a FortiGate. */
  isFortiosText(): boolean;
}

/** Starts a run of lines with consecutive numbers. */
export function beginsNumbered(line: string): NumberedRun | undefined {
  for (const style of STYLES) {
    const first = read(style, line);
    if (first) return startRun(style, line, first);
  }
  return undefined;
}

function startRun(style: RegExp, line: string, first: NumberedLine): NumberedRun {
  const raws = [line];
  const texts = [first.text];
  let last = first.number;
  let isFortios = FORTIOS_TEXT.test(first.text.slice(0, 400));
  return {
    raws,
    texts: () => withoutMargin(texts),
    isFortiosText: () => isFortios && raws.length > 1,
    take(next) {
      const found = read(style, next);
      if (!found || found.number !== last + 1) return false;
      last = found.number;
      raws.push(next);
      texts.push(found.text);
      isFortios ||= FORTIOS_TEXT.test(found.text.slice(0, 400));
      return true;
    },
  };
}

function withoutMargin(texts: readonly string[]): readonly string[] {
  const margin = texts.reduce(
    (min, text) => (text.trim() === '' ? min : Math.min(min, text.length - text.trimStart().length)),
    Number.POSITIVE_INFINITY,
  );
  return margin > 0 && margin < Number.POSITIVE_INFINITY ? texts.map((text) => text.slice(margin)) : texts;
}

function read(style: RegExp, line: string): NumberedLine | undefined {
  const match = style.exec(line.length > 4_000 ? line.slice(0, 4_000) : line);
  if (match?.[1] === undefined) return undefined;
  return { number: Number(match[1]), text: match[2] ?? '' };
}
