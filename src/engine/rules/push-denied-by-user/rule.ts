import type { Quote } from '../../evidence/types.ts';
import type { Attempt } from '../../facts/attempt.ts';
import { gotInByPush } from '../../facts/attempts/got-in.ts';
import { findStatement } from '../../facts/described/described.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import { broken, defineRule, healthy } from '../define-rule.ts';
import type { Judgement } from '../rule.ts';
import { LOCKED_OUT } from '../shared/answers.ts';
import { approvalEvidence, isAskedAbout, loginsInQuestion, nameList, needsLogin } from '../shared/logins.ts';

/** The log shows the times of the token request and of the answer, so the answer was in time. */
function isTimed({ milestones }: Attempt): boolean {
  const { vpnWait, tokenWait, secondFactorAsked, callbackCompleted } = milestones;
  const asked = vpnWait?.at ?? tokenWait?.at ?? secondFactorAsked?.at;
  return asked !== undefined && callbackCompleted?.at !== undefined;
}

const DENIED = 1;
/** `I did not press Deny`, `ich habe nicht auf Ablehnen gedrückt`; not `I pressed Deny because I was not at my desk` */
const NOT_PRESSED =
  /(?<!\p{L})(?:not|n['’]t|never|nobody|no one|nicht|nie|niemand|pas|jamais|no|nunca|non|mai|não|niet|nooit) (?:\p{L}+ ){0,3}["“„]?(?:press|tap|hit|push|click|den(?:y|ied)|reject|ablehn|abgelehn|verweiger|drück|gedrück|refus|appuy|rechaz|deneg|puls|rifiut|prem|recus|rejeit|weiger|afgewezen)/iu;

/** What a person says of pressing Deny. */
function pressedDeny({ described }: Pick<Facts, 'described'>): Quote | undefined {
  const said = (valueIfKnown(described) ?? []).filter(({ text }) => !NOT_PRESSED.test(text));
  return findStatement('pressesDeny !supposed', said)?.quote;
}

/** The log shows a refusal, and none by the server that checks the password. */
function mayBeDenied({ outcome, milestones }: Attempt): boolean {
  const { tokenResult, loginFailed, passwordRefused, manualCode, groupMismatch } = milestones;
  if (outcome === 'succeeded' || passwordRefused || groupMismatch || (manualCode && !manualCode.push))
    return false;
  return tokenResult === undefined
    ? loginFailed?.why === 'sslvpn_login_permission_denied'
    : tokenResult.code === DENIED;
}

/** What the person pressed, and the line of the FortiGate that fits it. */
function toldByUser(logins: readonly Attempt[], said: Quote): Judgement {
  const users = nameList(logins.map(({ user }) => user));
  const results = logins.flatMap(({ milestones }) => milestones.tokenResult ?? []);
  const ends = logins.flatMap(({ milestones }) => milestones.loginFailed ?? []);
  return broken(results.length > 0 ? 'certain' : 'likely', {
    title: `Deny was pressed on the phone, so the login of ${users} was refused`,
    summary: `The message says that the request was denied, and the FortiGate ${results.length > 0 ? 'got that answer (denied)' : 'refused the login at that step or before it'}. Nothing is broken, and one Deny locks nothing.`,
    evidence: [...results, ...ends].map(({ quote }) => quote).concat(said),
    fix: {
      todo: `Let ${users} start the connection again and press “Approve”: nothing has to be unlocked or changed. Only if ${users} had started no login at that time, another person knows the password: then change it at once.`,
      forward: {
        text: 'You pressed Deny, so the VPN refused that login; nothing is broken or locked. Please connect again and press Approve. If you had not started a login then, change your password and tell us.',
      },
      asksForLogin: true,
    },
    explains: ['password-rejected', 'ikev2-manual-code-bug'],
  });
}

export const rule = defineRule({
  id: 'push-denied-by-user',
  title: 'The user pressed Deny',
  severity: 'medium',
  hop: 'approval',
  number: 64,
  forCustomer: 'the request was declined on the phone',
  disturbs: 'only this account',
  place: 'in the second factor, which was answered with Deny or a wrong code',
  stops: 'one account',
  answers: [
    [
      /\b(?:did|have) (?:I|we|he|she|they) .{0,20}\bbr(?:eak|oken)\b|\b(?:is|was) .{0,20}\bbroken\b|kaputt|cassé|roto|rotto|quebr|stuk/iu,
      'Nothing is broken: a Deny refuses one login, and the next one can be approved.',
    ],
    [LOCKED_OUT, 'Nothing has to be unlocked: one Deny locks neither the account nor the token.'],
    [
      'attack',
      'The user’s word decides: if the login was not the user’s, another person knows the password.',
    ],
    [
      'password',
      'A new password is needed if the login was not the user’s: then another person knows the old one.',
    ],
    ['change', 'Nothing on the FortiGate has to be changed: all steps up to the phone work.'],
    ['token', ''],
    ['sound', 'A Deny of a login that the user did not start means that another person has the password.'],
    ['verify', 'Source address and time of the login show whether it was the user’s own.'],
    ['prevent', 'Users should deny only logins that they did not start, and then report them.'],
  ],
  descriptions: [
    {
      all: ['pressesDeny', 'fails|gaveUp', 'request|phone|app|asks'],
      or: [['pressesDeny', 'immediately', 'fails|gaveUp|refusal|not']],
      also: ['immediately', 'code works !not', 'phone|request pressesDeny'],
      not: ['mistyped', 'badCertificate'],
      title: 'The request was answered with Deny',
      fix: {
        todo: 'Ask the user what was pressed: “Deny”, the red button or a swipe refuses the login at once. Let the user log in again and press “Approve”, after checking that the login is the user’s own. If it was not, another person knows the password: change it.',
        asksForLogin: true,
      },
    },
  ],
  needs: ['attempts'],
  wants: ['described'],
  references: ['KB277343'],
  check({ attempts, described }, context) {
    const asked = loginsInQuestion(attempts.value, context);
    const said = pressedDeny({ described });
    const told = said && asked.filter(mayBeDenied);
    if (said && told && new Set(told.map(({ user }) => user)).size === 1) return toldByUser(told, said);
    const denied = asked.filter((each) => each.outcome === 'denied');
    if (denied.length > 0) {
      const users = nameList(denied.map((each) => each.user));
      const answered = denied.every(({ milestones }) => milestones.callbackCompleted !== undefined);
      return broken(answered ? (denied.every(isTimed) ? 'certain' : 'likely') : 'possible', {
        title: answered
          ? `${denied.every(isTimed) ? '' : 'Most likely '}${users} pressed Deny on the phone`
          : `The second factor of ${users} was refused: Deny on the phone, or a wrong code`,
        summary: `${answered ? 'The phone answered and the TLS handshake completed; then' : 'After asking for the token,'} FortiOS got result 1 (denied). ${answered ? `All steps up to the phone work.${denied.every(isTimed) ? '' : ' Without times in the log, an approval that came too late would look the same.'}` : 'The callback itself is not in this log, so a wrong code typed by hand cannot be excluded.'}`,
        evidence: denied.flatMap(({ milestones }) =>
          [milestones.tokenResult, milestones.callbackCompleted].flatMap((mark) =>
            mark ? [mark.quote] : [],
          ),
        ),
        ...(answered && {
          answers: [
            ['token', 'The token works: the phone got the push, and its answer reached the FortiGate.'],
            [
              'tell',
              'The user can be told to tap Approve, and only for a login of their own; Deny refuses it at once.',
            ],
          ],
        }),
        fix: 'Nothing to change on the FortiGate or the token. Ask the user whether the login was theirs. If so, the next one needs a tap on Approve (Deny, the red button, refuses it at once). If not, change the password now: another person knows it.',
        explains: ['ikev2-manual-code-bug'],
      });
    }
    const approved = attempts.value.find((each) => isAskedAbout(each.user, context) && gotInByPush(each));
    return approved
      ? healthy(`${approved.user} approved`, approvalEvidence(approved))
      : needsLogin('no login in the evidence got as far as an answer');
  },
});
