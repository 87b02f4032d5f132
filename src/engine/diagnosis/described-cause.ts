import { type DescribedSentence, findStatement, type Meaning } from '../facts/described/described.ts';
import { fillPlaceholders, isOtherRelease } from '../facts/described/stated-values.ts';
import { valueIfKnown } from '../facts/fact.ts';
import type { Facts } from '../facts/facts.ts';
import { hopIndex } from '../facts/hop.ts';
import { broken, withPlaceholders } from '../rules/define-rule.ts';
import type { Broken, Description, Fix, FixSpec, Statements } from '../rules/rule.ts';
import { toFix } from '../rules/shared/no-cli-fix.ts';
import type { Judged } from './judge.ts';

/** Causes that fit equally well; with more of them the description decides nothing. */
const MOST = 2;
/** Statements that suffice beside lines of devices, of which a description is a small part, or for one user among others. */
const LEAST_IN_PART = 5;

interface Match {
  readonly judged: Judged;
  readonly description: Description;
  /** Where each of its statements is. */
  readonly where: readonly DescribedSentence[];
  /** Where each statement is that decides. */
  readonly decisive: readonly DescribedSentence[];
  /** A stated release does not have this cause: what fits less is no better answer. */
  readonly isExcluded: boolean;
}

/**
 * Where no line of the evidence shows a cause, the cause that a person describes: the one of which the most was stated. A
 * rule that the evidence excludes is left out, and nothing is said of logins that succeeded or of trouble that is over.
 * `isPart`: the description is only a part of the evidence, or of the users.
 */
export function withDescribedCause(
  judged: readonly Judged[],
  facts: Facts,
  isPart: boolean,
): readonly Judged[] {
  const sentences = valueIfKnown(facts.described) ?? [];
  const attempts = valueIfKnown(facts.attempts) ?? [];
  const isFound = judged.some(({ judgement }) => judgement.verdict === 'broken');
  const isSound = attempts.length > 0 && attempts.every(({ outcome }) => outcome === 'succeeded');
  if (sentences.length === 0 || isFound || isSound || findStatement('solved', sentences)) return judged;
  const isPassed = ({ rule }: Judged) =>
    attempts.some(({ hops }) => hops[hopIndex(rule.hop)]?.status === 'ok');
  const matches = judged
    .filter((each) => OPEN.has(each.judgement.verdict) && !isPassed(each))
    .flatMap((each) => bestMatch(each, facts) ?? []);
  const most = Math.max(0, ...matches.map(({ where }) => where.length));
  const best = matches.filter(({ where }) => where.length === most);
  const isUnsure = best.length > MOST || (isPart && most < LEAST_IN_PART);
  if (isUnsure || best.some(({ isExcluded }) => isExcluded)) return judged;
  return judged.map((each) => {
    const match = best.find((one) => one.judged === each);
    return match ? { ...each, judgement: toFinding(match, best.length > 1, sentences, isPart) } : each;
  });
}

/** Lines for each sentence, at most, of a text that is mostly a description: people break lines, and leave some blank. */
const LINES_PER_SENTENCE = 4;

export function isMostlyDescribed(
  { described }: Facts,
  sources: readonly { readonly lines: number }[],
): boolean {
  const lines = sources.reduce((sum, source) => sum + source.lines, 0);
  return lines <= (valueIfKnown(described) ?? []).length * LINES_PER_SENTENCE;
}

const OPEN: ReadonlySet<string> = new Set(['unknown', 'not-applicable']);

function bestMatch(judged: Judged, { described, version }: Facts): Match | undefined {
  const sentences = valueIfKnown(described) ?? [];
  const isStated = (statement: string) => findStatement(statement, sentences) !== undefined;
  const where = (statements: readonly string[]) =>
    statements.flatMap((statement) => findStatement(statement, sentences) ?? []);
  const mostStated = ({ all, or = [] }: Statements) =>
    [all, ...or].filter((row) => row.every(isStated)).toSorted((a, b) => b.length - a.length)[0];
  const matches = (judged.rule.descriptions ?? []).flatMap((description): readonly Match[] => {
    const { not = [], also = [], decided, releases } = description;
    const most = mostStated(description);
    if (most === undefined || not.some(isStated)) return [];
    const isExcluded = releases !== undefined && isOtherRelease(releases, sentences, valueIfKnown(version));
    const decisive = where((decided && mostStated(decided)) ?? []);
    return [{ judged, description, where: [...where(most), ...where(also)], decisive, isExcluded }];
  });
  return matches.toSorted((a, b) => b.where.length - a.where.length)[0];
}

function toFinding(
  { judged: { rule }, description, where, decisive }: Match,
  isOneOfSeveral: boolean,
  sentences: readonly DescribedSentence[],
  isPart: boolean,
): Broken {
  const isDecided = decisive.length > 0 && !isOneOfSeveral;
  const {
    title = rule.title,
    confidence,
    fix,
  } = {
    ...description,
    ...(isDecided && { confidence: 'likely', ...description.decided }),
  };
  const isLikely = confidence === 'likely' && !isOneOfSeveral;
  // What decides comes first, then the sentences that state the most.
  const bySentence = [...Map.groupBy(where, (sentence) => sentence)].toSorted(
    ([, a], [, b]) => b.length - a.length,
  );
  const told = [...(isDecided ? decisive : []), ...bySentence.map(([sentence]) => sentence)];
  const quotes = new Map(told.map(({ quote }) => [`${quote.source}:${quote.line}:${quote.text}`, quote]));
  const filled = fillFix(fix, sentences);
  const finding = broken(isLikely ? 'likely' : 'possible', {
    title: isDecided ? title : `${isLikely ? 'Likely' : 'Possibly'}: ${title}`,
    summary: isDecided
      ? `By what the message states, ${rule.forCustomer}.`
      : `${isLikely ? 'The message states it' : 'What is described fits this'}: ${rule.forCustomer}. ${isPart ? 'No line that was read decides it' : 'No line of the FortiGate was read that shows it'}.`,
    evidence: [...quotes.values()],
    fix: isPart
      ? filled
      : withLetter(filled, `${isLikely ? 'The likely' : 'A possible'} cause: ${title}`, told[0], sentences),
  });
  return withPlaceholders(finding);
}

function fillFix(spec: FixSpec, sentences: readonly DescribedSentence[]): Fix {
  const fix = toFix(spec);
  const fill = (text: string) => fillPlaceholders(text, sentences);
  const [apply, undo, verify] = [fix.apply.map(fill), fix.undo.map(fill), fix.verify.map(fill)];
  const isUndoOpen = undo.some((line) => line.includes('<')) && !apply.some((line) => line.includes('<'));
  const { before = '', note = '' } = fix;
  const first = isUndoOpen ? `First note what \`${verify[0]}\` prints, for the way back. ` : '';
  return { ...fix, apply, undo, verify, before: first + fill(before), note: fill(note) };
}

/** A person tells of an own login. Samples: `my app is empty`, `bevor ich bestätigt habe`, `mon téléphone` */
const OWN =
  /(?<!\p{L})(?:I|me|my|ich|mir|mich|mein\p{L}{0,2}|je|j['’]ai|moi|mon|mi|mio|mia|ik|mijn|meu|minha)(?!\p{L})/iu;
/** What is known to those who look after the FortiGate. */
const OF_ADMINISTRATOR: readonly Meaning[] = [
  'cluster',
  'firewall',
  'ftm',
  'ftmPush',
  'group',
  'ldap',
  'licence',
  'packets',
  'peerId',
  'proposal',
  'pushSettings',
  'radius',
  'serverField',
  'settings',
  'wan',
  'wanOne',
];
/** Samples: `two-factor-ftk-expiry is 60`, `set ike-version 1`, `System > Administrators` */
const SETTING =
  /`|\b[a-z]{2,}-[a-z]{2,}-[a-z]{2,}\b|\b(?:config|diagnose|execute|get system|set|show|unset) [a-z]|\w > \w/;
/** The first sentence of a note that asks for a look at the FortiGate. Sample: "Look with `show system admin`: if …". */
const LOOK = /^(?:Check|Compare|Look|Type)\b[^`.]*`(?:diagnose|execute|get|show) [^`]+`.*?(?=[.:](?: |$))/;
const MAX_LETTER_WORDS = 40;

/** For a person who tells of an own login and of no settings: what to pass on to the administrator of the FortiGate. */
function withLetter(
  fix: Fix,
  cause: string,
  told: DescribedSentence | undefined,
  sentences: readonly DescribedSentence[],
): Fix {
  const { note = '', verify } = fix;
  const [command] = verify;
  const look =
    command === undefined ? LOOK.exec(note)?.[0] : `Look with \`${command.replace(/ "<[^>]*>"/, '')}\``;
  const isOutside =
    sentences.some(({ text }) => OWN.test(text)) &&
    !sentences.some(
      ({ meanings, text }) =>
        SETTING.test(text) || OF_ADMINISTRATOR.some((meaning) => meanings.includes(meaning)),
    );
  if (look === undefined || !isOutside || fix.forward) return fix;
  const asked = `${cause}. ${look}.`;
  const seen = `${told?.text ?? ''} ${asked}`.trim();
  const isShort = seen.split(/\s+/).length <= MAX_LETTER_WORDS;
  return { ...fix, forward: { to: 'the administrator of the FortiGate', text: isShort ? seen : asked } };
}
