import { explainCliRefusal } from '../../src/device/collect/refusal.ts';
import { diagnose as diagnoseItems } from '../../src/engine/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../src/engine/diagnosis/diagnosis.ts';
import type { EvidenceItem } from '../../src/engine/evidence/types.ts';
import { classifyOutput } from '../../src/engine/fortios/cli-error.ts';
import type { Example } from './cases.ts';

/** How the answer of one command is lost. */
interface Damage {
  readonly name: string;
  readonly apply: (item: EvidenceItem) => EvidenceItem;
}

function answered(text: string): Damage['apply'] {
  return (item) => {
    const error = classifyOutput(text.split('\n'));
    const failure = error && explainCliRefusal(error, item.command ?? '', undefined);
    return { ...item, text, ...(failure ? { failure } : {}) };
  };
}

/** Of a share of its lines, as where a session breaks off without a word about it. */
function cutAfter(share: number): Damage['apply'] {
  return (item) => {
    const lines = item.text.split('\n');
    return { ...item, text: lines.slice(0, Math.floor((lines.length - 1) * share)).join('\n') };
  };
}

const DAMAGES: readonly Damage[] = [
  { name: 'refused as unknown', apply: answered('Unknown action 0') },
  { name: 'refused with a code', apply: answered('Command fail. Return code -37') },
  {
    name: 'refused in words',
    apply: answered('The current admin user does not have the permission to run this command.'),
  },
  // As a collector of its own may hand it over, and a paste does.
  { name: 'refused, and not marked as such', apply: (item) => ({ ...item, text: 'Unknown action 0' }) },
  { name: 'empty', apply: (item) => ({ ...item, text: '' }) },
  {
    name: 'out of time',
    apply: (item) => ({
      ...item,
      text: '',
      failure: { kind: 'timeout', reason: 'not finished within 15 s' },
    }),
  },
  {
    name: 'out of time half-way',
    apply: (item) => ({
      ...cutAfter(0.5)(item),
      failure: { kind: 'timeout', reason: 'not finished within 15 s' },
    }),
  },
];

const SILENT_CUTS: readonly Damage[] = [
  { name: 'cut near its beginning', apply: cutAfter(0.2) },
  { name: 'cut in the middle', apply: cutAfter(0.5) },
  { name: 'cut before its last line', apply: cutAfter(1) },
];

/**
 * One line for each tunnel, and no line that says how many there are: where a session breaks off without a word, the list
 * is a shorter one. A session of ours says so.
 */
const LISTS_WITHOUT_END: ReadonlySet<string> = new Set(['get vpn ipsec tunnel summary']);

/** A command of a check, by its place among the items, and how its answer is lost. */
export interface Loss {
  readonly at: number;
  readonly damage: Damage;
}

/** Each command of a check, and each way to lose its answer. */
export function lossesOf({ items }: Example): readonly Loss[] {
  return items.flatMap(({ command, failure, text }, at) => {
    if (command === undefined || failure || text.trim() === '') return [];
    const cuts = LISTS_WITHOUT_END.has(command) ? [] : SILENT_CUTS;
    return [...DAMAGES, ...cuts].map((damage) => ({ at, damage }));
  });
}

export function diagnose({ items, focus }: Example): Diagnosis {
  return diagnoseItems(items, focus);
}

export function withoutAnswers(example: Example, losses: readonly Loss[]): Example {
  const items = example.items.map(
    (item, index) => losses.find(({ at }) => at === index)?.damage.apply(item) ?? item,
  );
  return { ...example, items };
}

const SATISFIED: ReadonlySet<string> = new Set(['healthy', 'not-applicable']);

/** What became healthy or not applicable because one more answer is missing. */
export function healed(before: Diagnosis, after: Diagnosis): readonly string[] {
  const was = new Map(before.checks.map(({ rule, verdict }) => [rule, verdict]));
  const rules = after.checks.flatMap(({ rule, verdict, reason }) =>
    SATISFIED.has(verdict) && was.get(rule) === 'unknown' ? [`${rule} is ${verdict} (${reason})`] : [],
  );
  const isHealed = after.verdict === 'healthy' && before.verdict !== 'healthy';
  return isHealed ? [...rules, `the case, which was ${before.verdict}`] : rules;
}

/** `zones refused in words, then sdwan empty`, for the message of a failure. */
export function describeLosses({ name, items }: Example, losses: readonly Loss[]): string {
  return `${name}: ${losses.map(({ at, damage }) => `\`${items[at]?.command}\` ${damage.name}`).join(', then ')}`;
}
