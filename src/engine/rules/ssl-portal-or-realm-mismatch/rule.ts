import { sameUser } from '../../facts/accounts/same-user.ts';
import type { SslVpnSettings } from '../../facts/device/settings.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import { broken, defineRule, healthy } from '../define-rule.ts';
import type { Instead, Judgement, RuleContext } from '../rule.ts';

import { CHANGE_BROKE_IT, NEXT_LOGIN } from '../shared/answers.ts';
import { isAskedAbout, nameList, needsLogin } from '../shared/logins.ts';
import {
  countOfLogins,
  failedWith,
  lastSign,
  listQuotes,
  rulesLeftOutFor,
  shownBy,
  whoseLogins,
} from '../shared/vpn-logins.ts';

type SslVpnRule = SslVpnSettings['rules'][number];

const NONE = new Set(['', '(null)', 'null']);

export const rule = defineRule({
  id: 'ssl-portal-or-realm-mismatch',
  title: 'The authentication rules of SSL VPN give the user no portal, or another one',
  severity: 'high',
  hop: 'login',
  number: 138,
  forCustomer: 'the rules of the firewall do not fit the account and the address that was typed',
  disturbs: 'perhaps SSL VPN',
  place: 'in the realm of the client’s address or in the authentication rules of the FortiGate',
  answers: [
    // `is it the order of the rules?`
    [
      /(?<!\p{L})(?:order|Reihenfolge|ordre|orden|ordine|ordem|volgorde)(?!\p{L})/iu,
      'The order decides: the first authentication rule that fits group and realm gives the portal.',
    ],
    [CHANGE_BROKE_IT, 'Yes, if the rules were part of it: the first row that fits decides the portal.'],
    [
      /\b(?:other|another|new|otro|nuevo|neuen|anderen|autre|nouveau|altro|nuovo|outro|novo|andere|nieuwe) (?:user|account|usuario|cuenta|Benutzer|Konto|utilisateur|compte|utente|usuário|conta|gebruiker)\b/i,
      'A new account is not needed: the first authentication rule that fits the user decides the portal.',
    ],
    [
      'change',
      'The FortiGate has to be changed if the client’s address is the one that is meant: then a rule or its order changes.',
    ],
    ['who', 'Every user of the same realm and rule is concerned.'],
    [
      'elsewhere',
      'Colleagues have another authentication rule, and so another portal: the first rule that fits group and realm decides.',
    ],
    [
      'where',
      'The portal of a group is in the authentication rules of `config vpn ssl settings`, whose order counts.',
    ],
    ['verify', '`get vpn ssl monitor` or the event of the login shows the portal that the user got.'],
    NEXT_LOGIN,
    [
      'choice',
      'The client’s address names the realm: it or the rule has to be corrected, whichever is not as meant.',
    ],
    ['own-change', 'A new rule above, or another order of the rules, gives users another portal.'],
    ['prevent', 'The special rule belongs above the general one: the first that fits decides.'],
  ],
  descriptions: [
    {
      all: ['webPortal mapping', 'group|works|fails|not'],
      or: [
        ['webPortal landsElsewhere', 'group|rule|mapping'],
        ['webPortal differs', 'rule|group|mapping|all|others'],
        ['realm', 'webPortal|sslvpn', 'fails|works'],
        ['mapping', 'webPortal', 'group|new'],
      ],
      also: ['group', 'mapping', 'webPortal', 'works'],
      not: [
        'approval !not !saml',
        'request phone',
        'radiusServer',
        'saml',
        'ipsec',
        'tunnelMode off',
        'webMode off',
      ],
      title: 'The authentication rules of SSL VPN give the user no portal, or another one',
      fix: 'Look at “VPN > SSL-VPN Settings”, “Authentication/Portal Mapping”, from top to bottom: the first row with a group of the user counts, and “All Other Users/Groups” takes the rest. Add a row for the group or move it above the others. If a realm is used, the user must open the address with it.',
    },
  ],
  needs: ['attempts'],
  wants: ['sslVpn', 'sslPortals', 'userGroups'],
  versions: 'all with SSL VPN',
  references: ['KB214433'],
  check({ attempts, sslVpn, sslPortals, userGroups }, context) {
    const rules = valueIfKnown(sslVpn)?.flatMap((vpn) => vpn.rules);
    const shown = failedWith(attempts.value, context, 'rules-asked', ({ fields }, login) => {
      const { realm = '' } = fields;
      const { users, groups } = lastSign(login, 'candidates')?.fields ?? {};
      const leftOut = rulesLeftOutFor(login);
      if (leftOut.size === 1 && leftOut.has('realm')) return true;
      return (
        users === '0:0' &&
        groups === '0:0' &&
        rules !== undefined &&
        rules.length > 0 &&
        !rules.some((rule) => sameRealm(rule.realm.value, realm)) &&
        (!NONE.has(realm) || rules.every((rule) => rule.realm.value !== ''))
      );
    });
    if (shown.length === 0) {
      const earlier = earlierRule({ attempts, sslVpn, sslPortals, userGroups }, context);
      if (earlier) return earlier;
      const asked = shownBy(attempts.value, 'portal-given');
      return asked
        ? healthy('a rule gave the user a portal', [asked.seen.quote])
        : needsLogin('no login in the evidence, with the authentication rules, shows a realm without a rule');
    }
    const logins = shown.map(({ login }) => login);
    const realms = nameList(
      shown.map(({ seen }) =>
        NONE.has(seen.fields.realm ?? '') ? 'no realm' : `realm ${seen.fields.realm}`,
      ),
    );
    const others = nameList(
      (rules ?? []).map(({ realm }) => (realm.value === '' ? 'no realm' : `realm ${realm.value}`)),
    );
    return broken('likely', {
      title: `${whoseLogins(logins)} came with ${realms}, for which there is no authentication rule`,
      summary: `${countOfLogins(logins, attempts.value)} failed because ${others === '' ? 'sslvpn left every rule out when it compared the realm' : `the rules of SSL VPN are for ${others}`}; with ${realms} no group was left to ask. The password was not checked.`,
      evidence: [
        ...listQuotes(shown, 2),
        ...logins.slice(0, 2).flatMap((login) => lastSign(login, 'candidates')?.quote ?? []),
        ...(rules ?? [])
          .flatMap(({ realm, portal }) => (realm.value === '' ? portal : realm).quotes)
          .slice(0, 2),
      ],
      fix: whatToDo(realms, rules ?? []),
      explains: ['user-not-in-vpn-rule', 'password-rejected', 'source-ip-blocked'],
    });
  },
});

/** Which addresses have a rule, and of which groups. */
function whatToDo(realms: string, rules: readonly SslVpnRule[]): Instead {
  const named = rules.filter(({ realm }) => realm.value !== '');
  const add = `add an authentication rule for ${realms} with the group and portal that are meant. The first rule that fits decides the portal.`;
  if (named.length === 0 || named.length < rules.length) {
    return {
      todo: `Let the user use the address that belongs to the rule (the realm is the part after the last slash of the gateway in FortiClient), or ${add}`,
      forward: {
        text: 'Please check the address of the VPN in FortiClient: the part after the slash does not belong to your account.',
      },
    };
  }
  const paths = nameList(named.map(({ realm }) => `/${realm.value}`));
  const owners = named
    .slice(0, 3)
    .flatMap(({ realm, groups }) =>
      groups.value.length === 0 ? [] : [`/${realm.value} is for ${nameList(groups.value)}`],
    );
  return {
    todo: `Let the user add the realm to the address of the VPN in FortiClient; ${paths} have a rule${owners.length === 0 ? '' : ` (${owners.join(', ')})`}. Or ${add}`,
    forward: {
      text: `Please add the part of your group to the address of the VPN in FortiClient: ${paths.replace(' and ', ' or ')} at its end.`,
    },
  };
}

/** A portal without tunnel mode by the first rule that fits, where a later rule for the same user gives one with it. */
function earlierRule(
  facts: Pick<Facts, 'attempts' | 'sslVpn' | 'sslPortals' | 'userGroups'>,
  context: RuleContext,
): Judgement | undefined {
  const portals = valueIfKnown(facts.sslPortals) ?? [];
  const groups = valueIfKnown(facts.userGroups) ?? [];
  const rules = (valueIfKnown(facts.sslVpn) ?? []).flatMap((vpn) => vpn.rules);
  const portalOf = (rule: SslVpnRule) => portals.find(({ name }) => name === rule.portal.value);
  const given = (valueIfKnown(facts.attempts) ?? [])
    .filter(({ user }) => isAskedAbout(user, context))
    .flatMap((login) => login.trace.signs['portal-given']?.at(-1) ?? []);
  for (const { fields, quote } of given) {
    const { user = '', group = '', portal = '' } = fields;
    const first = rules.findIndex(
      (rule) => rule.portal.value === portal && rule.groups.value.includes(group),
    );
    const used = rules[first];
    if (!used || portalOf(used)?.tunnelMode.value !== false) continue;
    const own = groups.filter(({ members }) => members.value.some((member) => sameUser(member, user)));
    const later = rules
      .slice(first + 1)
      .find(
        (rule) =>
          rule.realm.value === used.realm.value &&
          portalOf(rule)?.tunnelMode.value === true &&
          own.some(({ name }) => rule.groups.value.includes(name)),
      );
    if (!later) continue;
    return broken('possible', {
      hop: 'tunnel',
      title: `${user} gets portal ${portal}, which has no tunnel mode: its rule comes first`,
      summary: `The first authentication rule that fits decides the portal: that of ${group} gave ${portal}. A later rule, of ${nameList(later.groups.value)}, would give ${user} the portal ${later.portal.value} with tunnel mode. FortiClient gets no tunnel with ${portal}; in a browser this may be what is wanted.`,
      evidence: [
        quote,
        ...used.groups.quotes,
        ...used.portal.quotes,
        ...later.groups.quotes,
        ...later.portal.quotes,
      ],
      fix: `If ${user} is to have a tunnel, place the rule of ${nameList(later.groups.value)} above that of ${group} in \`config authentication-rule\`, or take ${user} out of ${group}.`,
    });
  }
  return undefined;
}

function sameRealm(ofRule: string, typed: string): boolean {
  return ofRule === (NONE.has(typed) ? '' : typed);
}
