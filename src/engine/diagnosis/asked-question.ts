import type { Attempt } from '../facts/attempt.ts';
import { valueIfKnown } from '../facts/fact.ts';
import type { Facts } from '../facts/facts.ts';
import { ruleOf } from '../rules/all-rules.ts';
import { isNamedIn, nameList, upperFirst } from '../rules/shared/logins.ts';
import { inOneLine } from '../text/one-line.ts';
import type { Diagnosis, Finding } from './diagnosis.ts';

type Answer = NonNullable<Diagnosis['answers']>[number];

const MAX_ANSWERS = 2;
/** `is the box ok?`, where `the firewall or AD?` asks which. */
const IF_SOUND = /\b(?:ok(?:ay)?|fine|healthy)\b/i;

/** What a person asks in the text, answered where the findings decide it. */
export function answerQuestions(
  { explainedLines }: Facts,
  attempts: readonly Attempt[],
  findings: readonly Finding[],
): Diagnosis['answers'] {
  const causes = findings.filter(
    ({ explainedBy, confidence, concerns }) =>
      (explainedBy ?? concerns) === undefined && confidence !== 'possible',
  );
  const users = [...new Set(attempts.map(({ user }) => user))];
  const answers = (valueIfKnown(explainedLines) ?? []).flatMap(({ kind, said, quote }): readonly Answer[] => {
    const answer =
      kind === 'asked-place'
        ? placeText(causes, users, IF_SOUND.test(said))
        : kind === 'asked-who'
          ? scopeText(causes, attempts)
          : '';
    return answer === '' ? [] : [{ question: inOneLine(said), answer, evidence: { ...quote } }];
  });
  return answers.length === 0 ? undefined : answers.slice(0, MAX_ANSWERS);
}

function placeText(causes: readonly Finding[], users: readonly string[], isIfSound: boolean): string {
  const places = causes.map((cause) => ({ cause, place: placeOf(cause) }));
  const known = places.filter(({ place }) => place !== undefined);
  const [first, second] = known;
  if (first?.place === undefined || known.length < places.length) return '';
  if (second === undefined) return `${isIfSound ? `The cause: ${first.place}` : upperFirst(first.place)}.`;
  const whose = ({ title }: Finding) => nameList(users.filter((user) => isNamedIn(title, user)));
  if (known.some(({ cause }) => whose(cause) === '')) return '';
  return known.map(({ cause, place }) => `${whose(cause)}: ${place}.`).join(' ');
}

/** Most causes on the FortiGate are answered by their lines to paste. */
function placeOf({ rule, fix }: Finding): string | undefined {
  const place = ruleOf(rule)?.place;
  return place === undefined && fix.apply.length > 0
    ? 'the FortiGate: the lines below are typed there'
    : place;
}

/** Whether the cause concerns one user or several. */
function scopeText(causes: readonly Finding[], attempts: readonly Attempt[]): string {
  const [first] = causes;
  if (!first) return '';
  if (causes.every(({ rule }) => ruleOf(rule)?.stops === 'one account')) {
    const others = attempts.flatMap(({ user, outcome }) => (outcome === 'succeeded' ? [user] : []));
    const got = others.length === 0 ? '' : `; ${nameList(others)} got in`;
    return causes.length === 1
      ? `The cause lies in this account and stops nobody else${got}.`
      : `Each of these accounts has a cause of its own${got}.`;
  }
  const stops = ruleOf(first.rule)?.stops;
  return stops === undefined || stops === 'one account' ? '' : `This stops ${stops}, not one user alone.`;
}
