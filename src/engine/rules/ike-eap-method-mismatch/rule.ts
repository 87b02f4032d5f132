import type { Quote } from '../../evidence/types.ts';
import type { LocalUser } from '../../facts/accounts/account-values.ts';
import { sameUser } from '../../facts/accounts/same-user.ts';
import type { Attempt, SeenSign } from '../../facts/attempt.ts';
import { statedQuote } from '../../facts/described/described.ts';
import { statedClients } from '../../facts/described/stated-values.ts';
import { isComplete, valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import { atLeast, type FortiosVersion, formatVersion } from '../../fortios/version.ts';
import { broken, defineRule, healthy, notApplicable } from '../define-rule.ts';
import type { Broken, LoginReasons, RuleContext } from '../rule.ts';
import { NEXT_LOGIN, OPENS_NOTHING } from '../shared/answers.ts';
import { DIRECTORY_FAILS, LOCAL_WORKS } from '../shared/described-symptoms.ts';
import { byLines } from '../shared/disturbed.ts';

import { findPhase1 } from '../shared/ike-logins.ts';
import { nameList } from '../shared/logins.ts';
import {
  countOfLogins,
  failedWith,
  firstQuotes,
  listQuotes,
  type ShownLogin,
  shownBy,
  vpnLoginsInQuestion,
  whoseLogins,
} from '../shared/vpn-logins.ts';

/** EAP-MSCHAPv2 (IANA, EAP method types): FortiClient’s default. */
const MSCHAP_V2 = '26';
/** EAP-TTLS, which carries the password. */
const TTLS = '21';
/** Payload that answers EAP with something else than the method that was offered. */
const NOTIFY = '41';

export const rule = defineRule({
  id: 'ike-eap-method-mismatch',
  title: 'The EAP method cannot ask the server that knows the user',
  severity: 'high',
  hop: 'login',
  number: 148,
  forCustomer: 'the program sends the password in a form that the directory cannot check',
  disturbs: byLines('only this computer'),
  stops: 'every client with this profile',
  place: 'in the client’s login method (EAP or MS-CHAPv2), which the server behind it cannot check',
  answers: [
    // `would NPS solve it?`
    [
      /\bNPS\b/,
      'A RADIUS server such as NPS in front of the directory solves it, and the clients stay as they are.',
    ],
    [
      /^(?=.*\b(?:DC|AD|domain controller|Domänencontroller)\b).*(?:\bchange\b|ändern\b)/i,
      'Nothing on the domain controller has to be changed: the method in the client changes, or a RADIUS server such as NPS goes in front.',
    ],
    ['password', 'A new password does not help: with this method any password fails.'],
    [
      /\bIKE ?v?1\b/i,
      'IKEv1 with XAUTH works with LDAP up to FortiClient 7.4.3; later FortiClients have no IKEv1.',
    ],
    [
      'buy',
      'EMS is not needed: the free FortiClient has EAP-TTLS from 7.4.3 on, in its XML. With FortiToken a licensed FortiClient 7.4.4 is needed; NPS or SAML need neither.',
    ],
    [
      'clients',
      'Every client has to be changed if its method changes; with a RADIUS server in front of the directory the clients stay.',
    ],
    ['who', 'Every user of this server with the same login method is concerned.'],
    [
      [/\bRADIUS\b/, 'choice'],
      'A RADIUS server such as NPS in front of the directory is one way; EAP-TTLS or SAML is another, where both sides have it.',
    ],
    ['elsewhere', 'Local users and RADIUS servers work with MS-CHAPv2; an LDAP server cannot check it.'],
    ['verify', 'A login of a user of the directory shows it.'],
    ['where', 'The method is in the profile of the client; the server is in the group of the tunnel.'],
    NEXT_LOGIN,
    OPENS_NOTHING,
  ],
  descriptions: [
    {
      all: ['ipsec', 'ldap fails|not|invalidCredentials', 'local works|yes !not'],
      or: [
        ['eapMethod', 'ldap', 'ipsec'],
        ['ikev2', 'ldap fails|not', 'works'],
      ],
      also: ['ikev2', 'eapMethod', 'local works|yes !not', 'ldap', 'test works'],
      not: ['approval !not !saml', 'request phone', 'radiusServer !noRadius'],
      title: 'The EAP method of the client cannot ask the directory that knows the user',
      fix: 'FortiClient logs in with EAP-MSCHAPv2 unless its profile says otherwise, and the FortiGate cannot check that at an LDAP server. Use EAP-TTLS on both sides (FortiOS 7.4.3 or newer with `set eap-cert-auth` unchanged, FortiClient 7.4.3 or newer with `<eap_method>2</eap_method>` in the profile), or ask the directory through a RADIUS server such as NPS. Local users are not concerned.',
      decided: {
        all: ['eapMethod', 'ldap not|fails', 'local works|yes|connects !not'],
        fix: 'Use EAP-TTLS on both sides: FortiClient 7.4.3 or newer (the free edition, too) with `<eap_method>2</eap_method>` in the XML of its profile, and FortiOS 7.4.3 or newer with `eap-cert-auth` unchanged. Or ask the directory through a RADIUS server such as NPS, or log in with SAML. FortiClient uses EAP-MSCHAPv2 by default, which the FortiGate cannot check at an LDAP server.',
      },
    },
  ],
  needs: ['attempts'],
  wants: ['localUsers', 'phase1s', 'userGroups', 'ldapServers', 'userNotices', 'described'],
  versions: 'all with IKEv2',
  references: ['KB207007', 'KB407272', 'KB418199', 'F227609'],
  checkPartial({ attempts, ...facts }, context) {
    return (valueIfKnown(attempts) ?? []).length > 0 ? undefined : bySettings(facts, context);
  },
  check({ attempts, localUsers, phase1s, userGroups, ldapServers, described }, context) {
    const users = valueIfKnown(localUsers) ?? [];
    const directories = { phase1s, userGroups, ldapServers };
    const serverOf = (login: Attempt) =>
      loadedServer(login) ?? configuredServer(login, directories) ?? searchedServer(login, directories);
    const ldap = vpnLoginsInQuestion(attempts.value, context).flatMap((login) => {
      const seen = withoutPassword(login);
      const server = seen && serverOf(login);
      return server && !hasLocalPassword(login, users) ? [{ login, seen, server }] : [];
    });
    if (ldap.length > 0) {
      const logins = ldap.map(({ login }) => login);
      const named = nameList(ldap.flatMap(({ server }) => server.name ?? []));
      const servers = named === '' ? 'of the group' : named;
      const who = whoseLogins(logins);
      if (ldap.every(({ login }) => !usesEap(login))) return ofChallenge(servers, who, ldap);
      const versions = nameList(
        logins.flatMap(({ trace }) => trace.signs['forticlient-version']?.at(-1)?.fields.version ?? []),
      );
      // A local password of the same name, where the users were not read, may have been wrong.
      const hasNone = ldap.every(({ login }) => hasNoLocalPassword(login));
      return broken(isComplete(localUsers) || hasNone ? 'certain' : 'likely', {
        title: `EAP-MSCHAPv2 cannot ask the LDAP server ${servers}: ${whoseLogins(logins)} cannot log in, whatever the password`,
        summary: `The client uses EAP-MSCHAPv2, FortiClient’s default (method 26), which carries no password that an LDAP server could check. The FortiGate ends it itself and knows the passwords of its local users only, so users of ${named === '' ? 'the directory' : named} always fail; ${countOfLogins(logins, attempts.value)} ended this way.${localUsers.state === 'known' || hasNone ? '' : ` If ${whoseLogins(logins)} also has a local user with a password, that password was wrong.`}`,
        evidence: firstQuotes([
          ...listQuotes(ldap, 3),
          ...ldap.slice(0, 3).map(({ server }) => server.quote),
        ]),
        fix: otherWays(versions, described, context),
        loginReasons: notCheckable(logins),
        explains: ['password-rejected', 'local-password-wrong', 'user-not-in-vpn-rule', 'source-ip-blocked'],
      });
    }
    const refused = failedWith(
      attempts.value,
      context,
      'unexpected-payload',
      ({ fields }, { trace: { signs } }) =>
        fields.type === NOTIFY && (signs['eap-asked'] ?? signs['eap-received']) !== undefined,
    );
    if (refused.length > 0) {
      const logins = refused.map(({ login }) => login);
      return broken('possible', {
        hop: 'connection',
        title: 'The client stops at the EAP method of the FortiGate',
        summary: `After EAP had begun the client sent a payload that does not belong there (type 41); ${countOfLogins(logins, attempts.value)} ended this way. It has been reported of FortiClients whose profile of EMS sets an EAP method: the client then answers a SAML tunnel with NAK. Neither the FortiGate nor its tunnel is at fault then.`,
        evidence: listQuotes(refused),
        fix: {
          todo: 'Compare a client that EMS manages with one that it does not: if only managed ones fail, take the element `<eap_method>` out of the profile in EMS for this tunnel.',
          forward: {
            to: 'the administrator of EMS',
            text: 'Does the remote access profile set an EAP method for our IPsec tunnel? Our FortiGate sees clients stop in the middle of EAP. Please remove the setting and send the profile again.',
          },
        },
        explains: ['ike-psk-mismatch'],
      });
    }
    const asked = shownBy(
      attempts.value.filter(({ outcome }) => outcome === 'succeeded'),
      'eap-received',
    );
    return asked
      ? healthy('a login over IKEv2 with EAP succeeded', [asked.seen.quote])
      : notApplicable('no login in the evidence used EAP with a directory');
  },
});

/** A local user of the same log may have typed a wrong password. */
function notCheckable(logins: readonly Attempt[]): LoginReasons {
  const reason = (_: SeenSign, { user }: Attempt) =>
    logins.some((login) => login.user === user) ? 'EAP-MSCHAPv2 cannot ask LDAP' : undefined;
  return { 'eap-password-wrong': reason, 'eap-mschapv2': reason };
}

const TTLS_SINCE = '7.4.3';

/** `versions`: those of FortiClient, as the log has them. */
function otherWays(
  versions: string,
  described: Facts['described'],
  { version }: Pick<RuleContext, 'version'>,
): string {
  const own = version ? [version] : [];
  const clients = statedClients(valueIfKnown(described) ?? []);
  const names = (product: string, all: readonly FortiosVersion[]) =>
    all.length === 1 && all.every((each) => !atLeast(each, TTLS_SINCE))
      ? all.map((each) => `${product} ${formatVersion(each)}`)
      : [];
  const tooOld = [...names('FortiOS', own), ...names('FortiClient', clients)];
  if (tooOld.length > 0)
    return `Choose one that works with what is there: a RADIUS server in front of the directory that does MS-CHAPv2, such as NPS, as the member of the group; or IKEv1 with XAUTH, which works with LDAP unchanged; or SAML. EAP-TTLS needs ${TTLS_SINCE} of both FortiOS and FortiClient, so ${nameList(tooOld)} cannot do it before an upgrade.`;
  return `Choose one: EAP-TTLS in the profile of FortiClient (7.4.3 or later${versions === '' ? '' : `; here ${versions}`}), a RADIUS server in front of the directory that does MS-CHAPv2, such as NPS, or SAML. IKEv1 with XAUTH works with LDAP unchanged. With EAP-TTLS and FortiToken, FortiOS 7.4.9 and FortiClient 7.4.4 are needed.`;
}

/** No login was seen: the group of a tunnel of IKEv2 with EAP holds an LDAP server, and a person says that its users fail. */
function bySettings(
  {
    phase1s,
    userGroups,
    ldapServers,
    userNotices,
    described,
  }: Pick<Facts, 'phase1s' | 'userGroups' | 'ldapServers' | 'userNotices' | 'described'>,
  context: RuleContext,
): Broken | undefined {
  const isSaid = statedQuote(LOCAL_WORKS, described) !== undefined;
  const said =
    (isSaid ? statedQuote(DIRECTORY_FAILS, described) : undefined) ??
    valueIfKnown(userNotices)?.find(({ kind }) => kind === 'eap-password-error')?.quote;
  const [tunnel, another] = (valueIfKnown(phase1s) ?? []).filter(
    ({ dialup, ikeVersion, eap }) => dialup && ikeVersion.value === 2 && eap.value,
  );
  const group = valueIfKnown(userGroups)?.find(({ name }) => name === tunnel?.userGroup);
  if (!said || !tunnel || another || !group) return undefined;
  const directories = new Set((valueIfKnown(ldapServers) ?? []).map(({ name }) => name));
  const [ofDirectory, others] = [true, false].map((isWanted) =>
    group.members.value.filter((name) => directories.has(name) === isWanted),
  );
  const servers = nameList(ofDirectory ?? []);
  if (servers === '') return undefined;
  return broken(isSaid || others?.length === 0 ? 'likely' : 'possible', {
    title: `EAP-MSCHAPv2 cannot ask the LDAP server ${servers}: its users cannot log in to ${tunnel.name}, whatever the password`,
    summary: `${tunnel.name} uses IKEv2 with EAP, and its group ${group.name} holds ${servers}. FortiClient’s default, EAP-MSCHAPv2, carries no password that an LDAP server could check; the FortiGate knows the passwords of its local users only. SSL VPN sends the password itself, so the same server works there.`,
    evidence: [said, ...tunnel.ikeVersion.quotes, ...tunnel.eap.quotes, ...group.members.quotes],
    fix: otherWays(
      /\bFortiClient (?:VPN )?v?(\d\.\d{1,2}\.\d{1,2})\b/i.exec(said.text)?.[1] ?? '',
      described,
      context,
    ),
    concerns: 'some-users',
  });
}

/** Without EAP: L2TP and PPTP, whose clients answer a challenge too. */
function ofChallenge(servers: string, who: string, shown: readonly ShownLogin[]): Broken {
  return broken('likely', {
    title: `fnbamd has no password of ${who} that the LDAP server ${servers} can check`,
    summary:
      'An LDAP server checks the password itself. Clients of L2TP and PPTP answer a challenge instead (MS-CHAPv2 or CHAP), which carries none, so users of the directory always fail there; local users do not. A login with an empty password looks the same.',
    evidence: listQuotes(shown),
    fix: 'For L2TP over IPsec, allow PAP and nothing else in the client (Windows: properties of the connection, *Security*): IPsec encrypts it. Or put a RADIUS server that does MS-CHAPv2 in front of the directory, such as NPS, and make it the member of the group; or use FortiClient with IKEv1 (XAUTH), EAP-TTLS or SAML.',
    loginReasons: notCheckable(shown.map(({ login }) => login)),
    explains: ['password-rejected', 'user-not-in-vpn-rule', 'source-ip-blocked'],
  });
}

function usesEap({ trace: { vpn, signs } }: Attempt): boolean {
  return vpn === 'ike' || (signs['eap-local'] ?? signs['eap-mschapv2'] ?? signs['eap-method']) !== undefined;
}

interface AskedServer {
  /** Absent where the log shows only that a directory was searched. */
  readonly name?: string;
  readonly quote: Quote;
}

/** The line that shows EAP-MSCHAPv2, where no directory was asked; or that the FortiGate ended EAP and asked none. */
function withoutPassword({
  outcome,
  session = '',
  trace: { signs },
  milestones,
}: Attempt): SeenSign | undefined {
  const methods = signs['eap-method'] ?? [];
  // eap_proxy is the FortiGate itself, whichever line of it was kept.
  const method = methods.find(({ fields }) => fields.method === MSCHAP_V2) ?? signs['eap-mschapv2']?.at(-1);
  const shown = method ?? (signs['eap-local'] ?? signs['eap-password-wrong'])?.at(-1);
  // fnbamd had nothing to bind with: EAP had brought no password.
  // Through SSL VPN and XAUTH the password itself comes: of L2TP and PPTP the log names the request alone.
  const isAnswer = shown !== undefined || /^\d*$/.test(session);
  const unable = outcome !== 'succeeded' && isAnswer ? signs['ldap-without-password'] : undefined;
  if (unable) return unable.at(-1);
  const isOther = signs['eap-ttls'] !== undefined || methods.some(({ fields }) => fields.method === TTLS);
  // A search in the directory, also for `userPassword`, checks no password.
  const bound = signs['ldap-state']?.find(({ fields }) => fields.to === 'User Binding');
  const asked = bound ?? signs['server-timeout'] ?? signs['server-unresolved'] ?? signs['saml-cached'];
  const isRefused = outcome === 'failed' && (milestones.refused ?? milestones.passwordRefused);
  return isOther || asked || !isRefused ? undefined : shown;
}

type Directories = Pick<Facts, 'phase1s' | 'userGroups' | 'ldapServers'>;

/** The group of the tunnel, or those that fnbamd was asked about, as far as they were read. */
function groupsOfLogin(login: Attempt, { phase1s, userGroups }: Directories) {
  const asked = (login.trace.signs['group-asked'] ?? []).flatMap(({ fields }) => fields.group ?? []);
  const own = findPhase1(login, phase1s)?.userGroup;
  const names = new Set(own === undefined ? asked : [own]);
  const groups = (valueIfKnown(userGroups) ?? []).filter(({ name }) => names.has(name));
  return { groups, isWhole: groups.length === names.size };
}

/** The LDAP server of the tunnel’s group, or of those that fnbamd was asked about, if they have no other members. */
function configuredServer(login: Attempt, directories: Directories): AskedServer | undefined {
  const { groups, isWhole } = groupsOfLogin(login, directories);
  if (!isWhole) return undefined;
  const known = new Set((valueIfKnown(directories.ldapServers) ?? []).map(({ name }) => name));
  const members = groups.flatMap((group) => group.members.value);
  const [quote] = groups.flatMap((group) => group.members.quotes);
  const isDirectory = members.length > 0 && members.every((name) => known.has(name));
  return isDirectory && quote ? { name: nameList(members), quote } : undefined;
}

function loadedServer({ trace }: Attempt): AskedServer | undefined {
  const loaded = trace.signs['server-loaded']?.find(({ fields }) => fields.kind === 'LDAP');
  return loaded && { name: loaded.fields.server ?? '', quote: loaded.quote };
}

/** A directory was searched for the user; where the log does not name it, the group may take its groups from one server. */
function searchedServer(login: Attempt, directories: Directories): AskedServer | undefined {
  const { signs } = login.trace;
  const seen = (signs['ldap-search'] ?? signs['ldap-dn'])?.at(-1);
  const { groups } = groupsOfLogin(login, directories);
  const [name, another] = new Set(groups.flatMap(({ matches }) => matches.map(({ server }) => server)));
  return seen && { quote: seen.quote, ...(name !== undefined && another === undefined && { name }) };
}

/** `EAP-MSCHAPV2: Password not configured`: the name has no local password that could have been wrong. */
function hasNoLocalPassword({ trace: { signs } }: Attempt): boolean {
  return signs['eap-mschapv2']?.some(({ quote }) => quote.text.includes('Password not configured')) === true;
}

/** The FortiGate can check these itself. */
function hasLocalPassword({ user, trace }: Attempt, users: readonly LocalUser[]): boolean {
  return (
    trace.signs['local-password-found'] !== undefined ||
    users.some((each) => each.type === 'password' && sameUser(each.name, user))
  );
}
