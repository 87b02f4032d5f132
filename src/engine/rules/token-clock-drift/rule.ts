import type { Quote } from '../../evidence/types.ts';
import { sameUser } from '../../facts/accounts/same-user.ts';
import { type DescribedSentence, findStatement } from '../../facts/described/described.ts';
import { type Fact, valueIfKnown } from '../../facts/fact.ts';
import type { TimeSync } from '../../facts/values.ts';
import { broken, defineRule, healthy } from '../define-rule.ts';
import type { FixSpec, RuleContext } from '../rule.ts';
import { OPENS_NOTHING } from '../shared/answers.ts';
import { CODE_FAILS, PHONE_CLOCK_OFF } from '../shared/described-symptoms.ts';
import { byLines } from '../shared/disturbed.ts';
import { CHECK_NTP, compareClocks, enableNtp } from '../shared/fortigate-clock.ts';
import { approvalEvidence, isAskedAbout, isNamedIn, nameList, needsLogin } from '../shared/logins.ts';

/** `fnbam_auth_update_result return: 8 (next token code required)`. */
const NEXT_CODE_REQUIRED = 8;
const MOST_NAMED = 3;

/** `serials`: of the tokens that have drifted, as far as they are known. The user reads the codes out and keeps the token. */
function syncCodes(serials: readonly string[]): string {
  const commands = (serials.length === 0 || serials.length > MOST_NAMED ? ['<serial>'] : serials).map(
    (serial) => `\`execute fortitoken sync ${serial} <code> <next code>\``,
  );
  return `Let the user type the next code of the token when asked: FortiOS then corrects the drift. If that fails, an administrator runs ${nameList(commands)} with two codes in a row that the user reads out; the token stays with the user.`;
}

/** A clock that is wrong drifts again, whatever FortiOS corrects. */
const PHONE_CLOCK = ' Then set date and time of the phone to automatic: else the codes drift again.';

export const rule = defineRule({
  id: 'token-clock-drift',
  title: 'The clocks of token and FortiGate have drifted apart',
  severity: 'medium',
  hop: 'token',
  number: 44,
  aliases: ['V27'],
  forCustomer: 'the clocks of phone and firewall differ too much',
  disturbs: byLines('nobody: only new logins'),
  place: 'in the clock of the token or of the FortiGate',
  stops: 'one account',
  answers: [
    [
      'place',
      'The clock of the FortiGate comes first, since it stops every code; where other users get in, the clock of this token or phone is off.',
    ],
    ['buy', 'A licence is not needed: the token stays, only its clock is off.'],
    ['meanwhile', 'The user can approve the push, which does not depend on the clock.'],
    ['typed', '`execute fortitoken sync <serial number> <code> <next code>` brings the token back in step.'],
    ['elsewhere', 'An approval does not depend on the clock, a code does.'],
    ['prevent', 'NTP on the FortiGate and automatic time on the phone keep both clocks right.'],
    [
      'verify',
      '`diagnose sys ntp status` shows the clock of the FortiGate; a code that is accepted shows that of the token.',
    ],
    [
      [
        'token',
        'choice',
        /\b(?:throw|replace|sync\w*|wegwerfen|ersetzen|jeter|tirar|desechar|buttar\w*|weggooi\w*)\b/i,
      ],
      'The token stays as it is: two codes in a row correct its clock.',
    ],
    [
      'where',
      'NTP is in `config system ntp` of the FortiGate; automatic time is in the settings of the phone.',
    ],
    ['duration', 'Two codes in a row take about two minutes, and correct the clock at once.'],
    OPENS_NOTHING,
    // `does she change anything on the phone?`
    [
      /\b(?:phone|Handy|téléphone|móvil|teléfono|telefono|celular|telefoon)\b/i,
      'Automatic time on the phone and two codes in a row are what is needed there.',
    ],
  ],
  descriptions: [
    {
      all: ['clock|phone drift / twoTimes clock|phone|shows / clock twoTimes', CODE_FAILS],
      or: [['nextCode asks', 'code|nextCode !again']],
      also: ['clock drift', 'request|approve works / request works', 'clock minute'],
      not: ['saml', 'sameCode', 'ikev2'],
      title: 'The clocks of token and FortiGate have drifted apart',
      fix: 'If several users have it, look at the FortiGate first: compare `execute time` with a clock you trust, and see in `diagnose sys ntp status` whether it is in step. If only one has it, see that date and time of the phone are automatic. Then synchronise the token with two codes in a row: `execute fortitoken sync <serial> <code> <next code>`. The token need not be replaced, and a push can be approved meanwhile.',
    },
  ],
  needs: ['attempts'],
  wants: ['facTokenEvents', 'described', 'tokenStates', 'localUsers', 'timeSync'],
  references: ['KB385391', 'KB189574'],
  /** A token that a FortiAuthenticator holds is checked there. */
  checkPartial({ facTokenEvents }, context) {
    const drifted = (valueIfKnown(facTokenEvents) ?? []).filter(
      ({ kind, user }) => kind === 'out-of-sync' && isAskedAbout(user, context),
    );
    if (drifted.length === 0) return undefined;
    const users = nameList(drifted.map(({ user }) => user));
    return broken('certain', {
      title: `The token of ${users} is out of sync with FortiAuthenticator`,
      summary: `FortiAuthenticator accepted the password and refused the code of ${users}: the clock of the phone or token has drifted from its own. A push does not depend on the clock, a typed code does.`,
      evidence: drifted.map(({ quote }) => quote),
      fix: 'On the phone, set date and time to automatic. On FortiAuthenticator, check NTP, then synchronise the token with two codes in a row (Authentication > User Management > FortiTokens).',
    });
  },
  check({ attempts, described, tokenStates, localUsers, timeSync }, context) {
    const asked = attempts.value.filter((each) => isAskedAbout(each.user, context));
    const drifted = asked.filter(
      ({ milestones }) =>
        milestones.drift !== undefined || milestones.tokenResult?.code === NEXT_CODE_REQUIRED,
    );
    if (drifted.length === 0) {
      const good = asked.find((each) => each.outcome === 'succeeded' && approvalEvidence(each).length > 0);
      return good
        ? healthy(`the token of ${good.user} was accepted without a correction`, approvalEvidence(good))
        : needsLogin('no login in the evidence got as far as a checked code');
    }
    const distinct = new Set(drifted.map((each) => each.user));
    const users = nameList([...distinct]);
    const others = attempts.value.map(({ user }) => user).filter((user) => !distinct.has(user));
    const clock =
      distinct.size > 1
        ? undefined
        : findStatement(
            PHONE_CLOCK_OFF,
            (valueIfKnown(described) ?? []).filter(
              ({ quote }) => !others.some((other) => isNamedIn(quote.text, other)),
            ),
          )?.quote;
    const states = valueIfKnown(tokenStates) ?? [];
    const off = states.filter(({ drift }) => drift !== 0);
    const own = (valueIfKnown(localUsers) ?? []).flatMap(({ name, token }) =>
      token && [...distinct].some((user) => sameUser(user, name)) ? [token.value] : [],
    );
    const shown = off.filter(({ serial }) => own.length === 0 || own.includes(serial));
    const serials = own.length > 0 ? own : off.map(({ serial }) => serial);
    const isOfTokens = off.length > 0 && off.length < states.length;
    const seen = drifted.flatMap(({ milestones }) =>
      [milestones.drift, milestones.tokenResult].flatMap((mark) => (mark ? [mark.quote] : [])),
    );
    const wrong = clock || isOfTokens ? undefined : findWrongClock(timeSync, described, context);
    if (wrong) {
      return broken(wrong.off === undefined ? 'likely' : 'certain', {
        title: `The FortiGate’s clock is ${wrong.off === undefined ? 'not synchronised' : `${wrong.off} and not synchronised`}: it does not accept the code of ${users}`,
        summary: `FortiOS found the code outside its time step and asks for the next one (\`next token code required\`). ${wrong.which} A push does not depend on the clock, a typed code does.`,
        evidence: [...seen, ...wrong.quotes],
        answers: [
          [
            'who',
            'A wrong clock of the FortiGate stops every typed code, of all tokens; a push does not depend on it.',
          ],
          [
            'typed',
            'The clock of the FortiGate comes first; then FortiOS asks for the next code at most once.',
          ],
          [
            'duration',
            'With a time server that answers, the clock of the FortiGate is right within minutes.',
          ],
        ],
        fix: wrong.fix,
      });
    }
    return broken('certain', {
      title: `The token clock of ${users} has drifted: FortiOS asks for the next code`,
      summary: `FortiOS found the code outside its time step and asks for the next one (\`next token code required\`). ${clock ? `The clock of the phone is wrong, as ${clock.source} says in line ${clock.line}` : isOfTokens ? `\`diagnose fortitoken info\` shows a drift of ${nameList(off.slice(0, MOST_NAMED).map(({ serial, drift }) => `${drift} for ${serial}`))} and 0 for others, so these tokens are off, not the clock of the FortiGate` : 'The clock of the FortiGate or of the token has drifted'}; a push does not depend on it, a typed code does.`,
      evidence: [
        ...seen,
        ...shown.slice(0, 3).flatMap(({ status }) => status.quotes),
        ...(clock ? [clock] : []),
      ],
      fix:
        distinct.size > 1 && !isOfTokens
          ? `${syncCodes(serials)} If the codes of several users have drifted, compare \`execute time\` with a clock you trust and read \`diagnose sys ntp status\`: FortiOS should take its time from NTP.`
          : `${syncCodes(serials)}${clock ? PHONE_CLOCK : ''}`,
    });
  },
});

interface WrongClock {
  /** `about 4 minutes fast`, where a person read another clock. */
  readonly off: string | undefined;
  readonly which: string;
  readonly quotes: readonly Quote[];
  readonly fix: FixSpec;
}

/** Tokens that follow a wrong clock of the FortiGate are wrong once the clock is right. */
const CODE_AFTER_CLOCK =
  ' With `synchronized: yes`, let the user log in and type the next code if FortiOS asks for it. No `execute fortitoken sync` before: it would fit the token to the wrong clock.';

/** The FortiGate’s clock, where no time server sets it: it is off for every token. */
function findWrongClock(
  timeSync: Fact<TimeSync>,
  described: Fact<readonly DescribedSentence[]>,
  context: RuleContext,
): WrongClock | undefined {
  const compared = compareClocks(timeSync, described);
  const { isOn, synchronized } = valueIfKnown(timeSync) ?? {};
  const isFree = isOn === false || synchronized === false;
  if (!isFree) return undefined;
  const quotes = [
    ...(timeSync.state === 'known' ? timeSync.quotes : []),
    ...(compared ? [compared.quote] : []),
  ];
  const how = isOn ? 'NTP is on, and no time server answers' : 'NTP is off';
  const clock = compared
    ? `${compared.which} ${how}.`
    : `${how}, so most likely the FortiGate’s clock is wrong, not the token’s.`;
  return {
    off: compared?.off,
    which: clock,
    quotes,
    fix: isOn
      ? `Set the clock of the FortiGate right first: \`show system ntp\` names its time servers. ${CHECK_NTP}${CODE_AFTER_CLOCK}`
      : enableNtp(context, CODE_AFTER_CLOCK),
  };
}
