import type { LocalUser } from '../../facts/accounts/account-values.ts';
import { statedQuote } from '../../facts/described/described.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import { isMasked } from '../../fortios/placeholder.ts';
import { broken, defineRule, healthy, notApplicable, undecided } from '../define-rule.ts';
import { NEEDS_FREE_TOKEN, OPENS_NOTHING } from '../shared/answers.ts';
import { PUSH_MISSED } from '../shared/described-symptoms.ts';
import { configEntry, perVdomFix, quoteValue } from '../shared/fix.ts';
import { nameList, usersInQuestion } from '../shared/logins.ts';
import { hasNoFactor, vpnUsers } from '../shared/second-factor.ts';
import { aboutTokenlessUsers, reservedToken, tokenlessUsers } from '../shared/tokenless-users.ts';
import { VPN_ACCESS, vpnAccess } from '../shared/vpn-access.ts';

export const rule = defineRule({
  id: 'token-not-mobile',
  title: 'The user’s second factor is not a mobile token',
  severity: 'high',
  hop: 'second-factor',
  number: 43,
  forCustomer: 'the account uses a token that cannot receive requests',
  disturbs: 'only this account',
  place: 'in the second factor of the user, which cannot receive a push',
  stops: 'one account',
  answers: [
    NEEDS_FREE_TOKEN,
    ['token', 'A FortiToken Mobile (`FTKMOB…`) is needed, activated on the phone.'],
    ['risk', 'The login of this user fails until the new token is active; no other user is touched.'],
    [
      'who',
      'Users with a FortiToken Mobile get a push; those with hardware tokens, e-mail or SMS type a code.',
    ],
    ['meanwhile', 'The user can type the code of the present factor.'],
    [
      'elsewhere',
      'Colleagues with a FortiToken Mobile get a push; the factor of this user is hardware, e-mail or SMS.',
    ],
    ['verify', '`show user local` shows it: the `fortitoken` of a user with push begins with FTKMOB.'],
    ['where', '`two-factor` and `fortitoken` are in the entry of the user, `config user local`.'],
    ['choice', 'A FortiToken Mobile gets a push; hardware tokens, e-mail and SMS give a code to type.'],
    ['duration', 'A free token works as soon as it is assigned and activated on the phone.'],
    ['prevent', 'New users need a FortiToken Mobile from the beginning if push is wanted.'],
    OPENS_NOTHING,
  ],
  descriptions: [
    {
      all: ['hardwareSerial', 'pushAsked / request / others|asks phone'],
      also: ['others request|approve|phone', 'typed / code'],
      not: ['seedMessage', 'code fails', 'locked token', 'sslvpn gaveUp|loginTimeout'],
      confidence: 'likely',
      title: 'A token whose serial number begins with FTK2 is a hardware token: it cannot receive a push',
      fix: 'This token shows codes to type, and no app or setting makes it receive a push. For a push, set a free mobile token (`FTKMOB…`, listed by `diagnose fortitoken info`) for the user in `config user local`: `set two-factor fortitoken`, `set fortitoken "<FTKMOB…>"`. Do it while the user has the phone at hand, because the codes of the hardware token end with it, and let the user activate the mobile token in the FortiToken Mobile app.',
    },
    {
      all: [
        'hardwareToken typed|code',
        'others|all request|approve|shows|typed|phone / request|asks not / request on / not request',
      ],
      or: [
        ['hardwareToken', 'approve not', 'others'],
        ['hardwareToken', 'request not', 'others request|approve|phone|shows'],
        ['hardwareToken provision|on|user|typed', 'request not / others request'],
        ['mail code', 'request|shows not / others request / request on', 'typed|code mail / typed code'],
      ],
      also: ['others request|approve', 'request not'],
      not: ['seedMessage', 'code fails', 'sslvpn gaveUp|loginTimeout', 'loginTimeout'],
      title: 'The user’s second factor is not a mobile token',
      fix: 'Look at the user’s two-factor type: `show user local <name>`. A hardware token (`FTK2…`), e-mail or SMS cannot receive a push, whatever app is on the phone. If push is wanted, assign a FortiToken Mobile (`FTKMOB…`) to the user and let the user activate it on the phone.',
    },
  ],
  needs: ['localUsers'],
  wants: ['attempts', 'described', ...VPN_ACCESS],
  references: ['AG183204'],
  check({ localUsers, attempts, ...facts }, context) {
    const access = vpnAccess(facts);
    const able = vpnUsers(localUsers.value, access);
    const withFactor = able.filter((user) => !hasNoFactor(user));
    const named = usersInQuestion(able, valueIfKnown(attempts), context);
    const asked = named.length > 0 ? named.filter((user) => !hasNoFactor(user)) : withFactor;
    const cannot = asked.filter((user) => pushless(user) !== undefined);
    const [first] = cannot;
    const missed = statedQuote(PUSH_MISSED, facts.described);
    const isEach = named.length > 0 || cannot.length === asked.length;
    if (first && (isEach || (missed && context.user === undefined))) {
      const isSure = named.length > 0 || (isEach && cannot.every((user) => access.of(user).kind === 'may'));
      const reserved = reservedToken(facts.described, cannot);
      return broken(isSure ? 'certain' : 'likely', {
        ...(isEach ? {} : { concerns: 'some-users' as const }),
        title: `${nameList(cannot.map((user) => user.name))} cannot get a push: the second factor is not a mobile token`,
        summary: `${cannot.map((user) => `${user.name} has ${pushless(user)}`).join('; ')}. Only a FortiToken Mobile (serial \`FTKMOB…\`) receives pushes.`,
        evidence: [
          ...cannot.flatMap((user) => [...(user.token?.quotes ?? []), ...user.twoFactor.quotes]),
          ...(isEach || !missed ? [] : [missed]),
        ],
        fix: perVdomFix(context, tokenlessUsers(cannot, reserved), (own) => ({
          apply: own.flatMap(({ user, serial }) =>
            configEntry('user local', user.name, ['set two-factor fortitoken', `set fortitoken "${serial}"`]),
          ),
          undo: own.flatMap(({ user }) => configEntry('user local', user.name, restore(user))),
          verify: own.map(({ user }) => `show user local ${quoteValue(user.name)}`),
          ...aboutTokenlessUsers(cannot, reserved),
        })),
      });
    }
    const hidden = asked.find(isHidden);
    if (hidden) {
      return undecided({
        reason: `the evidence does not show what kind of token ${hidden.name} has: its serial number is hidden`,
        need: 'the first six characters of the serial number: `FTKMOB` is a mobile token',
        commands: ['local-users'],
      });
    }
    if (withFactor.length === 0) {
      return notApplicable('nobody who can log in to the VPN has a second factor of this FortiGate');
    }
    return healthy(
      cannot.length === 0
        ? 'every second factor is a mobile token'
        : `other users have mobile tokens; ${nameList(cannot.map((user) => user.name))} cannot get pushes`,
      asked
        .filter((user) => !pushless(user))
        .flatMap((user) => user.token?.quotes ?? [])
        .slice(0, 3),
    );
  },
});

/** What the user has instead of a mobile token; `undefined` for a mobile token or no second factor. */
function pushless(user: LocalUser): string | undefined {
  const method = user.twoFactor.value;
  if (method === 'email' || method === 'sms') return `two-factor \`${method}\``;
  const serial = user.token?.value;
  if (method !== 'fortitoken' || serial === undefined || isMasked(serial)) return undefined;
  if (!/^FTK(?!MOB)/i.test(serial)) return undefined;
  return `the hardware token ${serial}`;
}

/** It may have been masked before the configuration was shared. */
function isHidden({ twoFactor, token }: LocalUser): boolean {
  if (twoFactor.value !== 'fortitoken' || token === undefined || /^FTKMOB/i.test(token.value)) return false;
  return isMasked(token.value) || !/^FTK/i.test(token.value);
}

function restore(user: LocalUser): readonly string[] {
  const method = `set two-factor ${user.twoFactor.value}`;
  // `fortitoken` can only be unset while the method uses a token; afterwards FortiOS hides it.
  return user.token
    ? [method, `set fortitoken ${quoteValue(user.token.value)}`]
    : ['unset fortitoken', method];
}
