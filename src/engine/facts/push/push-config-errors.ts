import type { Quote, Section } from '../../evidence/types.ts';
import { type Fact, known, unknown } from '../fact.ts';
import type { PushConfigError } from '../values.ts';

const REFUSAL = /^\s*(?:(Missing server address\.)|command parse error before '(?:ftm-push)')/;
/** `FGT (ftm-push) # set server-ip 198.51.100.10` */
const ATTEMPT = /\bset (server-ip|server|interface)\b(?:[ \t]+"?([^\s"]{1,253}))?/;
/** A read-only command in the wrong context, which changes nothing. */
const READ_COMMAND = /(?:^|[#$] ?)(?:get|show?)\b[^#$]*\bftm-push\s*$/;
const TYPED_LINE = 'config system ftm-push';
/** Maximum distance between the refused line and the refusal: a block of `ftm-push` has seven settings. */
const LOOKAHEAD_LINES = 8;

/** FortiOS's messages for refused input in `config system ftm-push`. */
export function readPushConfigErrors(sections: readonly Section[]): Fact<readonly PushConfigError[]> {
  const errors: PushConfigError[] = [];
  const quotes: Quote[] = [];
  const changes = sections.filter(isChange);
  for (const { source, lines, first } of bySource(sections)) {
    // A backup holds no answers of the CLI: such a line is in a value, as of a replacement message.
    if (lines[0]?.startsWith('#config-version=')) continue;
    // Earlier refusals are resolved by the last accepted change.
    const resolvedAt = changes.findLast((each) => each.source === source)?.start ?? 0;
    lines.forEach((text, index) => {
      const kind = refusal(text);
      if (!kind || first + index < resolvedAt) return;
      const before = lines.slice(Math.max(0, index - LOOKAHEAD_LINES), index);
      if (kind === 'wrong-scope' && before.findLast((line) => line.trim() !== '')?.match(READ_COMMAND))
        return;
      const at = before.findLastIndex((line) => ATTEMPT.test(line));
      const [, attempted, address] = ATTEMPT.exec(before[at] ?? '') ?? [];
      errors.push({ kind, attempted, address });
      const attemptLine = before[at];
      if (attemptLine !== undefined) {
        quotes.push({ source, line: first + index - before.length + at, text: attemptLine.trim() });
      }
      quotes.push({ source, line: first + index, text: text.trim() });
    });
  }
  return errors.length > 0
    ? known(errors, quotes)
    : unknown('the evidence contains no refused change of `system ftm-push`');
}

/** Whether it is an accepted change of `system ftm-push`. */
function isChange({ command, failure, lines }: Section): boolean {
  return (
    command === TYPED_LINE &&
    !failure &&
    lines.some((line) => ATTEMPT.test(line)) &&
    lines.some((line) => /\bend\s*$/.test(line))
  );
}

function refusal(line: string): PushConfigError['kind'] | undefined {
  const refused = REFUSAL.exec(line);
  if (!refused) return undefined;
  return refused[1] === undefined ? 'wrong-scope' : 'missing-address';
}

/** A refusal and the refused line may be in adjacent sections of one text. */
function bySource(sections: readonly Section[]) {
  const texts: { source: string; lines: string[]; first: number }[] = [];
  const latest = new Map<string, (typeof texts)[number]>();
  for (const { kind, source, start, lines } of sections) {
    if (kind === 'debug') continue;
    const text = latest.get(source);
    if (text && text.first + text.lines.length === start) {
      for (const line of lines) text.lines.push(line);
      continue;
    }
    const next = { source, lines: [...lines], first: start };
    texts.push(next);
    latest.set(source, next);
  }
  return texts;
}
