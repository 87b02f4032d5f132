import type { Quote } from '../../evidence/types.ts';
import type { DescribedSentence } from '../../facts/described/described.ts';
import { type Fact, valueIfKnown } from '../../facts/fact.ts';
import type { TimeSync } from '../../facts/values.ts';
import type { Fix, RuleContext } from '../rule.ts';
import { configBlock, globalFix } from './fix.ts';

/** `Meine Uhr zeigte 04:19.`, `my watch said 9:42` */
const OWN_CLOCK =
  /\b(?:my|our|meine|unsere|mi|ma|mijn)\b.{0,20}\b(?:clock|watch|Uhr|reloj|montre|klok|horloge)\b\D{1,40}?([01]?\d|2[0-3]):([0-5]\d)(?!\d)/i;
const DAY = 24 * 60;
/** Minutes. A larger difference may be one of time zones; a smaller one may lie in the reading. */
const MAX_DIFFERENCE = 29;
const MIN_DIFFERENCE = 2;

export interface WrongClock {
  /** `about 4 minutes fast` */
  readonly off: string;
  readonly which: string;
  readonly quote: Quote;
}

/** The FortiGate’s clock beside the one that a person read at the same time, where they differ. */
export function compareClocks(
  timeSync: Fact<TimeSync>,
  described: Fact<readonly DescribedSentence[]>,
): WrongClock | undefined {
  const { shown, lastSync } = valueIfKnown(timeSync) ?? {};
  const [own, another] = (valueIfKnown(described) ?? []).flatMap(({ text, quote }) => {
    const [, hour, minute] = OWN_CLOCK.exec(text) ?? [];
    return minute === undefined ? [] : [{ time: `${hour}:${minute}`, quote }];
  });
  if (shown === undefined || !own || another) return undefined;
  const late = ((parseMinutes(own.time) - parseMinutes(shown) + DAY * 1.5) % DAY) - DAY / 2;
  const minutes = Math.trunc(Math.abs(late));
  if (minutes < MIN_DIFFERENCE || minutes > MAX_DIFFERENCE) return undefined;
  const off = `about ${minutes} minutes ${late > 0 ? 'behind' : 'fast'}`;
  return {
    off,
    which: `\`execute time\` showed ${shown} while your clock showed ${own.time}, so the FortiGate’s clock is ${off}.${lastSync ? ` It last took its time from NTP on ${lastSync}.` : ''}`,
    quote: own.quote,
  };
}

/** `04:11:52` in minutes */
function parseMinutes(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return hours * 60 + minutes + seconds / 60;
}

/** What stands beside the time servers in a fix. */
export const CHECK_NTP = 'See that the FortiGate reaches them (UDP 123, DNS).';

/** The FortiGate takes its time from NTP servers; `then`: what to do with the right time. */
export function enableNtp(context: RuleContext, then = ''): Fix {
  const turn = (to: string) => configBlock('system ntp', [`set ntpsync ${to}`]);
  return globalFix(context, {
    apply: turn('enable'),
    undo: turn('disable'),
    verify: ['diagnose sys ntp status'],
    note: `FortiOS asks FortiGuard’s time servers unless \`config system ntp\` names others.${then}`,
  });
}
