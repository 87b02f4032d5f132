import { OF_SOUND_LOGIN } from '../facts/accounts/user-notices.ts';
import type { Attempt } from '../facts/attempt.ts';
import { statedQuote } from '../facts/described/described.ts';
import { valueIfKnown } from '../facts/fact.ts';
import type { Facts } from '../facts/facts.ts';
import type { ExplainedLine, QuestionTopic } from '../facts/values.ts';
import { getRule } from '../rules/all-rules.ts';
import { PUSH_MISSED } from '../rules/shared/described-symptoms.ts';
import { CAUSES_IN_WORDS, findSymptoms, type Symptom } from '../rules/symptoms.ts';
import { debugMistake } from './debug-run.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Judged } from './judge.ts';

type Explained = NonNullable<Diagnosis['explained']>[number];

/** Lines of a log that look like a fault and are none, and why. */
const HARMLESS: Partial<Record<ExplainedLine['kind'], { readonly shown: string; readonly text: string }>> = {
  'access-failed': {
    shown: 'access failed … ret=',
    text: 'SSL VPN prints this line before it checks a password, also in logins that succeed: it is no fault.',
  },
  'factor-off': {
    shown: 'two factor check … off',
    text: 'SSL VPN prints this line also in logins that ask for a second factor: it does not say that none is asked for.',
  },
  'own-certificate': {
    shown: 'auth_cert … opt=8',
    text: 'The FortiGate checks a certificate for itself, for example that of FortiGuard: no user logs in here, and it is no attack.',
  },
  retransmission: {
    shown: 'retransmission',
    text: 'The answer to a packet was late, so the FortiGate sent it again: the login went on.',
  },
  'eap-challenged': {
    shown: 'FNBAM_CHALLENGED',
    text: 'A normal step of EAP: the FortiGate passes the next question on to the client.',
  },
  'no-conclusion': {
    shown: 'No conclusion, FNBAM_UNKNOWN',
    text: 'No local password decides this login, so the FortiGate asks the server next: it is no fault.',
  },
  'no-ipv6': {
    shown: 'could not allocate IPv6 address',
    text: 'The tunnel has no pool of IPv6 addresses. The client has its IPv4 address: it is no fault.',
  },
  'no-factor': {
    shown: '2FA=no',
    text: 'The FortiGate itself asked for no token in this login. In a login by SAML the identity provider asks for the second factor.',
  },
  'unknown-spi': {
    shown: 'invalid IKE request SPI',
    text: 'A packet of a negotiation that the FortiGate does not hold: of one that is over, or of another client. It is no part of this login.',
  },
  'skew-tolerance': {
    shown: 'Clock skew tolerance',
    text: 'samld prints this setting in every login, also in those that succeed: it does not say that the clocks differ.',
  },
  'no-abort': {
    shown: 'Can’t abort, no active req',
    text: 'The request had its answer already when the VPN gave it back: it is no fault.',
  },
  'tls-begin': {
    shown: 'error in before SSL initialization',
    text: 'OpenSSL waits for the first bytes of the connection: the handshake goes on in the next lines.',
  },
};

const CONNECTED =
  'This is no failed login. ftm-check follows a login up to its tunnel and stops there. Behind it, check the policies from the tunnel, the route back to its addresses, split tunnelling, DNS, and whether the client’s own network has the addresses of the company’s.';

/**
 * What FortiClient showed, and lines that people take for a fault, in words; each once. Beside a certain cause what else
 * a code can mean is no news, and beside a sound login all of it, unless a person asks.
 */
export function explainLines(
  facts: Facts,
  { verdict, judged }: Pick<Diagnosis, 'verdict'> & { readonly judged: readonly Judged[] },
): Diagnosis['explained'] {
  const lines = linesInQuestion(facts);
  if (verdict === 'healthy' && !isWorried(facts) && namedLines(facts).length === 0) return undefined;
  const isFound = judged.some(
    ({ judgement }) =>
      judgement.verdict === 'broken' && judgement.confidence === 'certain' && !judgement.isUnexplained,
  );
  const isLeftOut = ({ kind }: ExplainedLine) =>
    (isFound && kind === 'client-code') ||
    (verdict !== 'healthy' && OF_SOUND_LOGIN.has(kind)) ||
    (kind === 'no-factor' && !asksOfFactor(facts));
  const typed = verdict === 'inconclusive' ? debugMistake(facts)?.explained : undefined;
  const all = [...(typed ? [typed] : []), ...lines.filter((line) => !isLeftOut(line)).flatMap(explain)];
  const byShown = new Map(all.toReversed().map((each) => [each.shown, each]));
  return all.length === 0 ? undefined : [...byShown.values()].toReversed();
}

/** `98 %`, `-14`: what FortiClient showed, for a text that holds nothing of a FortiGate. */
export function clientCodes({ explainedLines }: Facts): readonly string[] {
  const said = (valueIfKnown(explainedLines) ?? []).filter(({ kind }) => kind === 'client-code');
  return [...new Set(said.flatMap(({ quote }) => findSymptoms(quote.text).map(({ shown }) => shown)))];
}

/** Lines of a log that look like a fault and are none: `access failed … ret=4103`. */
export function harmlessLines(facts: Facts): readonly string[] {
  const lines = linesInQuestion(facts).filter(({ kind }) => HARMLESS[kind] && !OF_SOUND_LOGIN.has(kind));
  return [...new Set(lines.flatMap(explain).map(({ shown }) => `\`${shown}\``))];
}

/** Every long log has checks of the FortiGate’s own certificates: they are news only for a person who asks. */
function linesInQuestion(facts: Facts): readonly ExplainedLine[] {
  const lines = valueIfKnown(facts.explainedLines) ?? [];
  const named = namedLines(facts);
  if (named.length > 0) return lines.filter((line) => !HARMLESS[line.kind] || named.includes(line));
  return isWorried(facts) ? lines : lines.filter(({ kind }) => kind !== 'own-certificate');
}

/** Lines of which a person quotes a part: `I see "access failed" in it` */
function namedLines({ described, explainedLines }: Facts): readonly ExplainedLine[] {
  const quoted = (valueIfKnown(described) ?? []).flatMap(({ text }) =>
    [...text.matchAll(QUOTED)].map(([, words = '']) => words.toLowerCase()),
  );
  return (valueIfKnown(explainedLines) ?? []).filter(
    ({ kind, quote }) =>
      HARMLESS[kind] !== undefined && quoted.some((words) => quote.text.toLowerCase().includes(words)),
  );
}

const QUOTED = /(?<!\p{L})["“”„«'‘]([\p{L}\d][^"“”„»'’]{3,60})["“”»'’]/gu;

/** Every login without a token has the line `2FA=no`: it is news only for a person who names it. */
function asksOfFactor({ questions }: Facts): boolean {
  return (valueIfKnown(questions) ?? []).some(({ sentence }) => /\b(?:2FA|MFA)\b/i.test(sentence));
}

function topicsAsked({ questions }: Facts): ReadonlySet<QuestionTopic> {
  return new Set((valueIfKnown(questions) ?? []).map(({ topic }) => topic));
}

/** Whether a person asks if what the text shows is in order; of the second factor where every login was asked for one. */
function isWorried(facts: Facts): boolean {
  const asked = topicsAsked(facts);
  if (WORRIES.some((topic) => asked.has(topic))) return true;
  const logins = valueIfKnown(facts.attempts) ?? [];
  return asked.has('factor') && logins.length > 0 && logins.every(({ milestones }) => asksFactor(milestones));
}

/** The FortiGate asked for a second factor. */
export function asksFactor({ secondFactorAsked, tokenWait, tokenType }: Attempt['milestones']): boolean {
  return (secondFactorAsked ?? tokenWait ?? tokenType) !== undefined;
}

const WORRIES = ['sound', 'attack', 'ready'] as const;

/** What a person says of the lines: asks whether they are a fault, or complains of a login; also who asks where the trouble lies. */
export function saidOfLines(facts: Facts): 'asked' | 'complaint' | undefined {
  if (isWorried(facts)) return 'asked';
  const asked = topicsAsked(facts);
  const kinds = linesInQuestion(facts).map(({ kind }) => kind);
  const complains = saysTrouble(facts) || kinds.some((kind) => kind.startsWith('said-'));
  return complains || asked.has('place') || asked.has('who') ? 'complaint' : undefined;
}

/** A person says that a login failed or that a push did not come. */
export function saysTrouble({ explainedLines, userNotices, described }: Facts): boolean {
  return (
    (valueIfKnown(explainedLines) ?? []).some(({ kind }) => kind === 'complaint') ||
    (valueIfKnown(userNotices) ?? []).some(({ kind }) => kind === 'not-in') ||
    statedQuote(PUSH_MISSED, described) !== undefined
  );
}

/** A person says that the VPN is connected and nothing passes: no login was refused. */
export function saysConnected({ explainedLines }: Facts): boolean {
  return (valueIfKnown(explainedLines) ?? []).some(({ kind }) => kind === 'no-traffic');
}

function explain({ kind, quote }: ExplainedLine): readonly Explained[] {
  if (kind === 'client-code') {
    return findSymptoms(quote.text).map((symptom) => ({
      shown: symptom.shown,
      text: symptomText(symptom),
      evidence: { ...quote },
    }));
  }
  if (kind === 'no-traffic') {
    return [{ shown: 'connected, but no traffic', text: CONNECTED, evidence: { ...quote } }];
  }
  const harmless = HARMLESS[kind];
  if (!harmless) return [];
  const code = kind === 'access-failed' ? (/ret=(\d+)/.exec(quote.text)?.[1] ?? '') : '';
  return [{ shown: `${harmless.shown}${code}`, text: harmless.text, evidence: { ...quote } }];
}

export function symptomText({ shown, text, causes, isDocumented }: Symptom): string {
  const said = text === undefined ? '' : ` (“${text}”)`;
  const source = isDocumented ? '' : 'from experience, ';
  const words = causes.map((cause) => CAUSES_IN_WORDS[cause] ?? lowerFirst(getRule(cause)?.title ?? cause));
  return `FortiClient’s ${shown}${said} can mean, ${source}the most likely first: ${words.join('; ')}.`;
}

function lowerFirst(text: string): string {
  return text.replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase());
}
