import type { LocalUser } from '../../facts/accounts/account-values.ts';
import type { Attempt } from '../../facts/attempt.ts';
import { unresolved } from '../../facts/attempts/got-in.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import { PUSH_HOPS } from '../../facts/hop.ts';
import { broken, defineRule, healthy, notApplicable, undecided } from '../define-rule.ts';
import type { Broken, Judgement, RuleContext } from '../rule.ts';
import { NEEDS_FREE_TOKEN, OPENS_NOTHING } from '../shared/answers.ts';
import { NO_FACTOR } from '../shared/described-symptoms.ts';
import { configEntry, perVdomFix, quoteValue } from '../shared/fix.ts';
import { nameList, usersInQuestion } from '../shared/logins.ts';
import { hasNoFactor, isAskedByServer, vpnUsers } from '../shared/second-factor.ts';
import { aboutTokenlessUsers, reservedToken, tokenlessUsers } from '../shared/tokenless-users.ts';
import { VPN_ACCESS, type VpnAccess, vpnAccess } from '../shared/vpn-access.ts';

export const rule = defineRule({
  id: 'two-factor-not-assigned',
  title: 'The user has no token',
  severity: 'high',
  hop: 'second-factor',
  number: 52,
  forCustomer: 'no second step is set up for the account',
  disturbs: 'only this account',
  stops: 'one account',
  place: 'on the FortiGate, where the user has no token',
  answers: [
    NEEDS_FREE_TOKEN,
    ['token', 'A FortiToken Mobile is needed, assigned to the user and activated on the phone.'],
    ['factor', 'The second factor is not asked for from this user.'],
    ['risk', 'The login of this user fails until the token is active; no other user is touched.'],
    [
      /\b(?:his|her|the|seine?|ihre?|son|sa|su|suo|sua|zijn|haar) (?:\w+ )?(?:app|phone|Handy|téléphone|teléfono|telefono|telefone|telefoon)\b/i,
      'The app is not the reason: the entry of this user has no token.',
    ],
    ['duration', 'A free token works as soon as it is assigned and activated on the phone.'],
    ['elsewhere', 'Colleagues have a token in their entry; this user has none, so no code is asked for.'],
    [
      'verify',
      '`show user local` shows it: the entry of the user has to hold `two-factor` and `fortitoken`.',
    ],
    ['where', '`two-factor` and `fortitoken` are in the entry of the user, `config user local`.'],
    ['prevent', 'A token belongs to each new entry of a VPN user, so that none is left without one.'],
    OPENS_NOTHING,
    // `does he get a mail?`
    [
      /(?<!\p{L})(?:e-?)?mail\p{L}*/iu,
      'The FortiGate sends the activation if the entry of the user has a mail address and a mail server is set; it is valid for 72 hours by default.',
    ],
    // `does he need a code at once?`
    [
      /\bcodes?\b/i,
      'The code is asked for from the next login on, once the token is assigned; the phone has to have it by then.',
    ],
  ],
  descriptions: [
    {
      all: ['noToken', NO_FACTOR],
      or: [
        ['token|factor asks not', 'others asks|token|request'],
        ['noToken', 'others approve|request|asks|phone|token'],
        ['bypass', 'noToken|newUser', 'others token|asks|approve|request'],
        ['noToken', 'others approve|request|asks|token'],
        ['newUser', 'bypass|token|code|asks not', 'others asks|token|approve|request'],
      ],
      also: ['others asks|token|approve|request', 'newUser', 'bypass'],
      not: [
        'unopened activation|mail',
        'pending',
        'ldap joins',
        'everyGroup',
        'capitals',
        'nameTwice',
        'group ldap',
      ],
      title: 'The user has no token',
      fix: {
        todo: 'Look at the user: `show user local <name>`. Without `set two-factor fortitoken` and `set fortitoken "<serial>"` the password alone is enough. Assign a free FortiToken Mobile, send the activation, and let the user log in once with it.',
        asksForLogin: true,
      },
    },
  ],
  needs: ['localUsers'],
  wants: ['attempts', 'administrators', 'described', ...VPN_ACCESS],
  references: ['AG183204', 'KB382760'],
  check({ localUsers, attempts, administrators, described: said, ...facts }, context) {
    const access = vpnAccess(facts);
    const shownAlone = localUsers.value.filter((user) => user.shownAlone);
    const asked = usersInQuestion(localUsers.value, valueIfKnown(attempts), context);
    const named = asked.length > 0 ? asked : shownAlone;
    const stopped = refusedBefore(valueIfKnown(attempts) ?? []);
    const reached = named.filter(({ name }) => !stopped.has(name.toLowerCase()));
    if (reached.length > 0) return judgeNamed(reached, access, said, context);
    if (named.length > 0) {
      return notApplicable(
        `the login of ${nameList(named.map(({ name }) => name))} ended before a second factor could be asked for`,
      );
    }
    const users = vpnUsers(localUsers.value, access);
    const administrator = valueIfKnown(administrators)?.find(({ token }) => token !== undefined);
    if (administrator && users.every((user) => hasNoFactor(user))) {
      return notApplicable(
        `no VPN user has a second factor; the administrator ${administrator.name} has one`,
      );
    }
    return judgeAll(users, access, said, context);
  },
});

/** Users in lower case whose failed login shows another reason: it did not come as far as a second factor. */
function refusedBefore(attempts: readonly Attempt[]): ReadonlySet<string> {
  const stopped = unresolved(attempts).filter(({ hops, milestones }) => {
    const report = hops.find(({ status }) => status === 'broken');
    // IKE prints of a refused password and of a refused code that the login was denied: only the second was asked for.
    const isDenied = milestones.refused !== undefined && milestones.secondFactorAsked === undefined;
    return report === undefined ? isDenied : !PUSH_HOPS.has(report.id);
  });
  return new Set(stopped.map(({ user }) => user.toLowerCase()));
}

/** For a user in question every doubt is reported; a user who cannot log in at all has another problem. */
function judgeNamed(
  named: readonly LocalUser[],
  access: VpnAccess,
  said: Facts['described'],
  context: RuleContext,
): Judgement {
  const able = named.filter((user) => user.enabled.value && access.of(user).kind !== 'may-not');
  if (able.length === 0) {
    const names = nameList(named.map((user) => user.name));
    return notApplicable(
      named.some((user) => user.enabled.value)
        ? `no VPN rule, policy or tunnel lets ${names} in`
        : `${names} is disabled (\`status disable\`)`,
    );
  }
  const without = able.filter((user) => isHalfDone(user) || (hasNoFactor(user) && !isAskedByServer(user)));
  if (without.length > 0) return lacking(without, 'certain', said, context);
  return inOrder(able);
}

function judgeAll(
  users: readonly LocalUser[],
  access: VpnAccess,
  said: Facts['described'],
  context: RuleContext,
): Judgement {
  const may = (user: LocalUser) => access.of(user).kind === 'may';
  const halfDone = users.filter(isHalfDone);
  const without = users.filter((user) => hasNoFactor(user) && !isAskedByServer(user));
  const holders = users.filter((user) => !hasNoFactor(user) && !isHalfDone(user));
  const sure = [...halfDone, ...without.filter(may)];
  if (sure.length > 0) {
    const finding = lacking(
      sure,
      sure.every(may) && holders.length > 0 ? 'certain' : 'likely',
      said,
      context,
    );
    // If others have a token, this does not explain why push does not work for them.
    return holders.length > 0 ? { ...finding, concerns: 'some-users' } : finding;
  }
  const open = without.find((user) => access.of(user).kind === 'cannot-tell');
  const why = open && access.of(open);
  if (open && why?.kind === 'cannot-tell') {
    return undecided({
      reason: `${open.name} has no second factor, and whether ${open.name} can log in to the VPN is not shown: ${why.reason}`,
      need: 'who can log in to the VPN',
      commands: why.commands,
    });
  }
  return inOrder(users);
}

function inOrder(users: readonly LocalUser[]): Judgement {
  const holders = users.filter((user) => !hasNoFactor(user));
  if (holders.length > 0) {
    return healthy(
      `${nameList(holders.map((user) => user.name))} ${holders.length === 1 ? 'has' : 'have'} a second factor`,
      holders.flatMap((user) => user.twoFactor.quotes).slice(0, 3),
    );
  }
  const elsewhere = users.filter(isAskedByServer);
  return notApplicable(
    elsewhere.length > 0
      ? `the second factor of ${nameList(elsewhere.map((user) => user.name))} is not asked for by this FortiGate but by ${nameList(elsewhere.map(serverText))}`
      : 'no local user of the evidence can log in to the VPN',
  );
}

function serverText({ type, remoteServer }: LocalUser): string {
  const kind = type === 'radius' ? 'RADIUS' : type === 'saml' ? 'SAML' : 'TACACS+';
  return remoteServer === undefined ? `the ${kind} server` : `${kind} server ${remoteServer}`;
}

function lacking(
  affected: readonly LocalUser[],
  confidence: Broken['confidence'],
  said: Facts['described'],
  context: RuleContext,
): Broken {
  const names = nameList(affected.map((user) => user.name));
  const reserved = reservedToken(said, affected);
  return broken(confidence, {
    title: `${names} ${affected.length === 1 ? 'has' : 'have'} no token, so no second factor is asked for`,
    summary: `${describeUsers(affected)}. Without a linked token FortiOS sends no push.`,
    evidence: affected.flatMap((user) => user.twoFactor.quotes),
    fix: perVdomFix(context, tokenlessUsers(affected, reserved), (own) => ({
      apply: own.flatMap(({ user, serial, address }) =>
        configEntry('user local', user.name, [
          'set two-factor fortitoken',
          `set fortitoken "${serial}"`,
          ...(user.hasEmail ? [] : [`set email-to "${address}"`]),
        ]),
      ),
      undo: own.flatMap(({ user }) =>
        configEntry('user local', user.name, [
          ...(user.hasEmail ? [] : ['unset email-to']),
          // `fortitoken` can only be unset while the method uses a token; afterwards FortiOS hides it.
          'unset fortitoken',
          user.twoFactor.explicit ? `set two-factor ${user.twoFactor.value}` : 'unset two-factor',
        ]),
      ),
      verify: own.map(({ user }) => `show user local ${quoteValue(user.name)}`),
      ...aboutTokenlessUsers(affected, reserved),
    })),
  });
}

function isHalfDone(user: LocalUser): boolean {
  return user.twoFactor.value === 'fortitoken' && user.token === undefined;
}

function describeUsers(users: readonly LocalUser[]): string {
  const halfDone = users.filter(isHalfDone);
  const unset = users.filter((user) => !isHalfDone(user));
  const verb = (those: readonly LocalUser[], one: string, several: string) =>
    `${nameList(those.map(({ name }) => name))} ${those.length === 1 ? one : several}`;
  return [
    ...(halfDone.length > 0
      ? [`${verb(halfDone, 'is', 'are')} set to \`two-factor fortitoken\`, but no token is linked`]
      : []),
    ...(unset.length > 0 ? [`${verb(unset, 'has', 'have')} no \`two-factor\` setting`] : []),
  ].join('; ');
}
