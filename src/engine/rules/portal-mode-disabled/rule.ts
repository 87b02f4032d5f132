import { sameUser } from '../../facts/accounts/same-user.ts';
import type { Attempt, SeenSign } from '../../facts/attempt.ts';
import { statedQuote } from '../../facts/described/described.ts';
import type { SslPortal, SslVpnSettings } from '../../facts/device/settings.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts, FactValues } from '../../facts/facts.ts';
import type { UserNotice } from '../../facts/values.ts';
import { atLeast } from '../../fortios/version.ts';
import { broken, defineRule, healthy, notApplicable, undecided } from '../define-rule.ts';
import type { Fix, Judgement, RuleContext } from '../rule.ts';
import { CHANGE_BROKE_IT, NEXT_LOGIN } from '../shared/answers.ts';
import { CLIENT_FAILS, WEB_WORKS } from '../shared/described-symptoms.ts';
import { configEntry, perVdomFix, quoteValue } from '../shared/fix.ts';
import { isAskedAbout, nameList } from '../shared/logins.ts';
import { noCliFix } from '../shared/no-cli-fix.ts';
import { listQuotes, usersWithTunnel, whoseLogins } from '../shared/vpn-logins.ts';

const DENIED = 'sslvpn_login_permission_denied';

/** `FortiClient with IPsec stops at 98 %` */
const IPSEC = /\b(?:IPsec|IKE(?:v[12])?)\b/i;
/** A release from which FortiOS has no tunnel mode. */
const NO_TUNNEL_SINCE = '7.6.3';

export const rule = defineRule({
  id: 'portal-mode-disabled',
  title: 'The portal has the mode off that the client needs',
  severity: 'medium',
  hop: 'login',
  number: 139,
  forCustomer: 'the program in use for the connection is not allowed here',
  disturbs: 'nobody: only new logins',
  stops: 'every user of this portal',
  place: 'on the FortiGate, whose portal has a mode off that the client needs',
  answers: [
    [
      'enough',
      '`tunnel-mode` is needed for FortiClient, `web-mode` for browsers and for clients that FortiOS takes for one, such as openfortivpn.',
    ],
    [
      CHANGE_BROKE_IT,
      'Yes, if the portal or its rule was part of it: a portal without `tunnel-mode enable` gives FortiClient no tunnel.',
    ],
    [
      'side-effect',
      '`web-mode` opens the portal’s page in browsers, `tunnel-mode` gives a tunnel, each to everybody of this portal.',
    ],
    ['clients', 'The clients stay as they are: the portal on the FortiGate has to be changed.'],
    ['who', 'Every user of this portal is concerned; users of another portal are not.'],
    ['reinstall', 'A new installation does not help: the portal on the FortiGate has the mode off.'],
    ['elsewhere', 'A browser uses web mode and FortiClient tunnel mode: the portal has a switch for each.'],
    ['where', '`tunnel-mode` and `web-mode` are in the portal, `config vpn ssl web portal`.'],
    NEXT_LOGIN,
    ['verify', 'A login with this client shows it: the tunnel has to come up.'],
    ['own-change', 'A new portal or a changed rule can give users a portal with another mode.'],
    ['choice', '`tunnel-mode` serves FortiClient, `web-mode` a browser; both can be on.'],
    ['prevent', 'A new portal needs a test with the client that its users have.'],
    // `does it make a web portal visible?`
    [
      /(?<!\p{L})(?:web ?portal|visible|sichtbar|visibile|visível|zichtbaar)(?!\p{L})/iu,
      '`web-mode` opens the portal’s page in browsers, `tunnel-mode` gives a tunnel, each to everybody of this portal.',
    ],
  ],
  descriptions: [
    {
      all: ['tunnelMode off', 'webPortal|browser|client'],
      or: [
        ['webMode off', 'webPortal|browser|client'],
        ['tunnelMode', 'browser works', 'client fails'],
      ],
      also: ['browser works', 'client fails', 'webPortal'],
      not: ['approval !not !saml', 'request phone', 'radiusServer', 'ipsec'],
      confidence: 'likely',
      title: 'The portal has the mode off that the client needs',
      fix: 'Look at the portal of the user under “VPN > SSL-VPN Portals”: FortiClient needs “Tunnel Mode”, the browser needs “Web Mode”. Switch on the one that is used, or give the group another portal in “VPN > SSL-VPN Settings”.',
      decided: {
        all: ['tunnelMode off', 'client fails|not'],
        fix: 'Switch on the mode that the client needs: `config vpn ssl web portal`, `edit "<portal>"`, `set tunnel-mode enable`, `next`, `end`. That gives everybody of this portal a tunnel; for some of them make a portal and a row in “VPN > SSL-VPN Settings” of their own. `set tunnel-mode disable` is the way back.',
      },
    },
  ],
  needs: ['attempts'],
  wants: ['userNotices', 'described', 'sslPortals', 'sslVpn', 'shownRules', 'userGroups'],
  versions: 'all with SSL VPN',
  references: ['KB232277'],
  checkPartial: (facts, context) =>
    (valueIfKnown(facts.attempts) ?? []).every(({ trace }) => trace.signs['endpoint-no-tunnel'])
      ? withoutLogin(facts, context)
      : undefined,
  check({ attempts, userNotices, sslPortals, sslVpn }, context) {
    const stopped = valueIfKnown(userNotices)?.find(
      ({ kind }) => kind === 'no-tunnel' || kind === 'late-end' || kind === 'not-in',
    );
    const webOnly = withoutTunnel(attempts.value, { sslPortals, sslVpn }, stopped, context);
    if (webOnly) return webOnly;
    const client = valueIfKnown(userNotices)?.find(({ kind }) => kind === 'other-client');
    if (!client) return notApplicable('nothing in the evidence is of a client such as openfortivpn');
    // A login with FortiClient goes another way, so a later one does not resolve what another client was refused.
    const refused = attempts.value.flatMap((login) => {
      if (!isAskedAbout(login.user, context)) return [];
      const seen = login.trace.signs['event-login-failed']?.findLast(
        ({ fields }) => fields.reason === DENIED && fields.tunneltype === 'ssl-web',
      );
      return seen ? [{ login, seen }] : [];
    });
    const groups = new Set(refused.flatMap(({ seen }) => seen.fields.group ?? []));
    const used = new Set(
      (valueIfKnown(sslVpn) ?? [])
        .flatMap(({ rules }) => rules)
        .filter((rule) => rule.groups.value.some((group) => groups.has(group)))
        .map((rule) => rule.portal.value),
    );
    // A portal that is pasted without the rules is that of the users in question.
    const areRulesShown = (valueIfKnown(sslVpn) ?? []).some(({ rules }) => rules.length > 0);
    const portals = (valueIfKnown(sslPortals) ?? []).filter(({ name }) => used.has(name) || !areRulesShown);
    const closed = portals.filter(({ tunnelMode, webMode }) => tunnelMode.value && !webMode.value);
    if (refused.length > 0 && closed.length > 0 && closed.length === portals.length) {
      const names = nameList(closed.map(({ name }) => name));
      return broken('possible', {
        title: `openfortivpn may be refused because portal ${names} has no web mode`,
        summary: `The FortiGate counts the login of such a client as \`ssl-web\`, and refuses it with “permission denied” where the portal of the group has \`web-mode disable\`, although name and password of ${whoseLogins(refused.map(({ login }) => login))} may be right. A wrong password looks the same in this log.`,
        evidence: [
          ...closed.flatMap(({ webMode }) => webMode.quotes),
          ...listQuotes(refused, 2),
          client.quote,
        ],
        fix: perVdomFix(context, closed, (own) => ({
          apply: own.flatMap(({ name }) => configEntry('vpn ssl web portal', name, ['set web-mode enable'])),
          undo: own.flatMap(({ name }) => configEntry('vpn ssl web portal', name, ['set web-mode disable'])),
          verify: own.map(({ name }) => `show vpn ssl web portal ${quoteValue(name)}`),
          before: 'First try the same name and password with FortiClient.',
          note: 'Web mode opens the portal’s page in browsers for every user of this portal.',
        })),
        explains: ['local-password-wrong', 'password-rejected', 'source-ip-blocked'],
      });
    }
    const open = portals.filter(({ name, webMode }) => used.has(name) && webMode.value);
    if (open.length > 0) {
      return healthy(
        `portal ${nameList(open.map(({ name }) => name))} has web mode on`,
        open.flatMap(({ webMode }) => webMode.quotes),
      );
    }
    return undecided({
      reason: 'which portal the login would get is not shown',
      need: 'the event log of the refused login, the authentication rules and the portal (`show vpn ssl web portal`)',
      commands: ['ssl-vpn'],
    });
  },
});

/** A tunnel client was given a portal that serves browsers only. */
function withoutTunnel(
  attempts: readonly Attempt[],
  facts: Pick<Facts, 'sslPortals' | 'sslVpn'>,
  stopped: UserNotice | undefined,
  context: RuleContext,
): Judgement | undefined {
  const connected = usersWithTunnel(attempts);
  const shown = attempts.flatMap((login) => {
    const { signs } = login.trace;
    const seen = signs['portal-given']?.at(-1) ?? signs['event-login']?.at(-1);
    if (
      !seen ||
      connected.has(login.user) ||
      !(signs['from-forticlient'] ?? stopped) ||
      !isAskedAbout(login.user, context)
    )
      return [];
    return closedPortals(seen, facts).map((portal) => ({ login, seen, portal }));
  });
  const closed = [...new Set(shown.map(({ portal }) => portal))];
  if (closed.length === 0) return undefined;
  const names = nameList(closed.map(({ name }) => name));
  const users = whoseLogins(shown.map(({ login }) => login));
  const isSeen = shown.every(({ login }) => login.trace.signs['from-forticlient']);
  const isGiven =
    facts.sslVpn.state === 'known' || shown.every(({ seen }) => seen.fields.portal !== undefined);
  const client = !isSeen && stopped?.kind === 'no-tunnel' ? 'openfortivpn' : 'FortiClient';
  const areRulesShown = (valueIfKnown(facts.sslVpn) ?? []).some(({ rules }) => rules.length > 0);
  const isNamed = areRulesShown || shown.every(({ seen }) => seen.fields.portal !== undefined);
  const isSet = isNamed && closed.every(({ tunnelMode }) => tunnelMode.explicit);
  // Without the line of the portal, a person’s words do not tell this login from one of a browser.
  return broken(isSet ? 'certain' : isSeen ? 'likely' : 'possible', {
    hop: 'tunnel',
    title: `Portal ${names} has no tunnel mode, so ${client} of ${users} gets no tunnel`,
    summary: `The login succeeded, and ${isGiven ? `its rule gave the portal ${names}, which` : `the log shows no tunnel after it. Portal ${names}`} serves browsers only (\`tunnel-mode\` is off, as by default). ${client} ${client === 'FortiClient' ? 'stops late, at 80 to 98 %' : 'gets no configuration'}.`,
    evidence: [
      ...closed.flatMap(({ tunnelMode }) => tunnelMode.quotes),
      ...(isSeen || !stopped ? [] : [stopped.quote]),
      ...listQuotes(shown),
    ].slice(0, 6),
    fix: openTunnel(closed, context),
    explains: ['ssl-portal-or-realm-mismatch'],
  });
}

/**
 * The portal of a login, where it gives no tunnel. The event log names the group, and its rule the portal; a portal that
 * is pasted without the rules is that of the users in question.
 */
function closedPortals(
  { fields }: SeenSign,
  { sslPortals, sslVpn }: Pick<Facts, 'sslPortals' | 'sslVpn'>,
): readonly SslPortal[] {
  const portals = valueIfKnown(sslPortals) ?? [];
  const rules = (valueIfKnown(sslVpn) ?? []).flatMap((vpn) => vpn.rules);
  const rule = rules.find(({ groups }) => groups.value.includes(fields.group ?? ''));
  const name = fields.portal ?? rule?.portal.value;
  if (name !== undefined) return portals.filter((each) => each.name === name && !each.tunnelMode.value);
  const isClosed = portals.every(({ tunnelMode }) => tunnelMode.explicit && !tunnelMode.value);
  return isClosed && rules.length === 0 ? portals : [];
}

/** What the FortiGate’s rules say, where a person’s words are all that there is of the login. */
function withoutLogin(
  facts: Pick<Facts, 'userNotices' | 'described' | 'sslPortals' | 'sslVpn' | 'shownRules' | 'userGroups'>,
  context: RuleContext,
): Judgement | undefined {
  const notices = valueIfKnown(facts.userNotices) ?? [];
  const refused = notices.find(({ kind }) => kind === 'no-tunnel')?.quote;
  const overIpsec = context.overIke || notices.some(({ kind }) => kind === 'ipsec-client');
  const late = overIpsec
    ? undefined
    : notices.find(({ kind, quote }) => kind === 'late-end' && !IPSEC.test(quote.text))?.quote;
  const webWorks = statedQuote(WEB_WORKS, facts.described);
  const failed = webWorks && !overIpsec ? statedQuote(CLIENT_FAILS, facts.described) : undefined;
  const said = refused ?? late ?? failed;
  if (!said) return undefined;
  const portals = valueIfKnown(facts.sslPortals) ?? [];
  const vpns =
    valueIfKnown(facts.sslVpn)?.filter(({ enabled }) => !enabled.explicit || enabled.value) ??
    valueIfKnown(facts.shownRules) ??
    [];
  const given = vpns.flatMap(({ vdom, rules }) =>
    rulesFor(context.user, rules, valueIfKnown(facts.userGroups) ?? [], said.text).map(
      ({ portal: { value, quotes }, groups }) => ({
        portal: portals.find((each) => each.name === value && each.vdom === vdom),
        groups: groups.value,
        quotes,
      }),
    ),
  );
  // `show` omits the default; beside a portal with the setting, one without it has it off.
  const isModeShown = portals.some(({ tunnelMode }) => tunnelMode.explicit);
  const shut = given.filter(
    ({ portal }) => portal && !portal.tunnelMode.value && (portal.tunnelMode.explicit || isModeShown),
  );
  const closed = shut.flatMap(({ portal }) => portal ?? []);
  const groups = nameList(shut.flatMap((each) => each.groups));
  const isWebOnly = webWorks !== undefined && closed.every(({ webMode }) => webMode.value);
  // A rule with another portal may be that of the person, except where the page works and the client does not.
  if (closed.length === 0 || (closed.length < given.length && !isWebOnly)) return undefined;
  const own = [...new Set(closed)];
  const names = nameList(own.map(({ name }) => name));
  const others = vpns.flatMap(({ rules }) => rules);
  const open = others.find(
    ({ groups, portal }) =>
      groups.value.length > 0 &&
      portals.some(({ name, tunnelMode }) => name === portal.value && tunnelMode.value),
  );
  // A rule is that of the person where it is one of several, and the words or the configuration name its group or user.
  const isChosen =
    given.length < vpns.flatMap(({ rules }) => rules).length &&
    closed.every(({ tunnelMode }) => tunnelMode.explicit);
  return broken(refused || isWebOnly || isChosen ? 'likely' : 'possible', {
    hop: 'tunnel',
    title: `Portal ${names} has no tunnel mode, so a tunnel client gets no tunnel`,
    summary: `${refused ? `The FortiGate accepted the login of openfortivpn and ${/\b403\b/.test(refused.text) ? 'answered 403 to its tunnel' : 'gave it no configuration of a tunnel'}.` : `FortiClient ${late ? 'stops late' : 'fails while the page of the VPN lets people in'}, as where the login succeeds and no tunnel follows.`} The authentication rules give ${groups === '' ? '' : `${groups} `}the portal ${names}, which serves browsers only (\`tunnel-mode\` is off).${open ? ` Portal ${open.portal.value}, which ${nameList(open.groups.value)} gets, has it on.` : ''}`,
    evidence: [
      ...own.flatMap(({ tunnelMode }) => tunnelMode.quotes),
      said,
      ...(webWorks && webWorks.line !== said.line ? [webWorks] : []),
      ...shut.flatMap(({ quotes }) => quotes),
    ].slice(0, 6),
    fix: openTunnel(own, context),
  });
}

/** The rules that name the user in question, or a group with this member, or a group that a person names; else all. */
function rulesFor(
  user: string | undefined,
  rules: SslVpnSettings['rules'],
  userGroups: FactValues['userGroups'],
  said: string,
): SslVpnSettings['rules'] {
  const told = rules.filter(({ groups }) => groups.value.some((group) => isSaidToFail(group, said)));
  const otherwise = told.length > 0 ? told : rules;
  if (user === undefined) return otherwise;
  const isNamed = (names: readonly string[]) => names.some((name) => sameUser(name, user));
  const joined = new Set(userGroups.filter(({ members }) => isNamed(members.value)).map(({ name }) => name));
  const own = rules.filter(
    ({ users, groups }) => isNamed(users.value) || groups.value.some((group) => joined.has(group)),
  );
  return own.length > 0 ? own : otherwise;
}

/** `group crew1 stops at 98 %`, and not `crew1 is fine`. */
function isSaidToFail(group: string, said: string): boolean {
  const at = said.indexOf(group);
  const behind = said.slice(at + group.length);
  return at !== -1 && !/[\w-]$/.test(said.slice(0, at)) && !/^[\w-]/.test(behind) && !IN_ORDER.test(behind);
}

/** Behind the name of a group: ` is fine`, ` users can`. */
const IN_ORDER = /^["”’)]? ?(?:users? )?(?:are|is|works?|ok|fine|geht|gehen|can)\b/i;

function openTunnel(closed: readonly SslPortal[], context: RuleContext): Fix {
  if (context.version && atLeast(context.version, NO_TUNNEL_SINCE))
    return noCliFix('This FortiOS has no SSL VPN tunnels: FortiClient needs an IPsec dial-up tunnel.');
  return perVdomFix(context, closed, (own) => ({
    apply: own.flatMap(({ name }) => configEntry('vpn ssl web portal', name, ['set tunnel-mode enable'])),
    undo: own.flatMap(({ name }) => configEntry('vpn ssl web portal', name, ['set tunnel-mode disable'])),
    verify: own.map(({ name }) => `show vpn ssl web portal ${quoteValue(name)}`),
    note: 'Gives everybody of this portal a tunnel. If only some are meant to have one, give their group a rule with another portal instead, above this one. A firewall policy from SSL VPN has to name their group, too.',
  }));
}
