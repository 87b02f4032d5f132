import { isComplete, valueIfKnown } from '../../facts/fact.ts';
import { broken, defineRule, healthy, notApplicable, undecided } from '../define-rule.ts';

import { NEXT_LOGIN } from '../shared/answers.ts';
import { nameList } from '../shared/logins.ts';
import { VPN_ACCESS, vpnAccess } from '../shared/vpn-access.ts';
import { shownBy } from '../shared/vpn-logins.ts';

/** Where SSL VPN and IPsec take the answer of the identity provider; other services have other paths. */
const VPN_REPLY = /\/remote\/saml\/login/;

export const rule = defineRule({
  id: 'saml-not-offered',
  title: 'No VPN offers the SAML login',
  severity: 'high',
  hop: 'login',
  number: 136,
  forCustomer: 'the firewall does not offer the single sign-on to this connection',
  disturbs: 'perhaps SSL VPN',
  place: 'on the FortiGate, where no VPN names a group with the SAML server',
  stops: 'every SAML login',
  answers: [
    [
      'enough',
      'Both are needed: the group with the SAML server in the VPN rule or tunnel, and in a firewall policy.',
    ],
    [
      'clients',
      'Clients in whose profile single sign-on is off have to be changed; the others stay as they are.',
    ],
    [
      'side-effect',
      'The group lets in what its `config match` names; without one, everybody whom the identity provider accepts.',
    ],
    ['which-group', 'The VPN needs a group that has the SAML server as a member.'],
    ['where', 'The group with the SAML server belongs in the VPN rule or tunnel, and in a firewall policy.'],
    [
      'verify',
      '`show user group` shows the group with the SAML server; a VPN rule and a firewall policy have to name it.',
    ],
    NEXT_LOGIN,
    [
      'own-change',
      'A rule, policy or group that was changed can leave the VPN without a group of the SAML server.',
    ],
    ['elsewhere', 'Logins with name and password do not need the group of the SAML server.'],
    [
      'prevent',
      'The group with the SAML server has to stay in the VPN rule or tunnel, and in a firewall policy.',
    ],
  ],
  descriptions: [
    {
      all: ['ssoButton', 'asks|only password'],
      or: [
        ['saml', 'group|rule missing|not|new', 'ssoButton'],
        ['saml', 'ssoButton off|not|missing'],
      ],
      also: ['asks password', 'saml', 'group|rule missing|not', 'ssoButton'],
      not: [
        'providerCode',
        'certificate changed|new|expired',
        'signing',
        'approval !not !saml',
        'request phone',
        'sessionEnded',
        'signedRelease',
        'windowFails',
      ],
      title: 'The SAML login is not offered to the user',
      fix: 'In the FortiClient profile tick “Enable Single Sign On (SSO) for VPN Tunnel”. If others have no button either, look on the FortiGate: a user group must hold the SAML server, and this group must be in an authentication rule of SSL VPN (or in the IPsec tunnel) and in a firewall policy. Add what is missing, and reload the page of the portal.',
    },
  ],
  needs: ['samlServers', 'userGroups'],
  wants: ['attempts', ...VPN_ACCESS.filter((key) => key !== 'userGroups')],
  versions: 'all with SAML',
  references: ['KB199784', 'KB217719'],
  check({ samlServers, userGroups, attempts, ...facts }) {
    const used = shownBy(valueIfKnown(attempts) ?? [], 'saml-job');
    if (used) {
      return healthy('a login was sent to the identity provider', [used.seen.quote], ['attempts']);
    }
    const servers = samlServers.value.filter(({ replyUrl }) => VPN_REPLY.test(replyUrl.value));
    if (servers.length === 0) {
      return notApplicable('no SAML server of this configuration answers to the VPN', ['samlServers']);
    }
    const access = vpnAccess({ ...facts, userGroups });
    const admitted = new Set(access.servers([]));
    const left = servers.filter(({ name }) => !admitted.has(name));
    if (left.length === 0) {
      const members = userGroups.value.filter(({ members: { value } }) =>
        servers.some(({ name }) => value.includes(name)),
      );
      return healthy(
        `a VPN rule, policy or tunnel names a group with ${nameList(servers.map(({ name }) => name))}`,
        members.flatMap(({ members: { quotes } }) => quotes).slice(0, 4),
      );
    }
    const names = nameList(left.map(({ name }) => name));
    const groups = userGroups.value.filter(({ members: { value } }) =>
      left.some(({ name }) => value.includes(name)),
    );
    // SSL VPN offers it in its own rules and policies; a tunnel that was not read may offer it too. A server that is in
    // none of all groups stands in no policy.
    const isRead = [facts.sslVpn, groups.length === 0 ? userGroups : facts.firewallPolicies].every(
      isComplete,
    );
    const areNamed = groups.length > 0 || !userGroups.value.some(({ partial }) => partial);
    const isOwn = (valueIfKnown(facts.sslVpn) ?? []).some(({ enabled }) => enabled.value);
    if (!access.complete && !(isRead && areNamed && isOwn)) {
      return undecided({
        reason: 'not every way into the VPN is in the evidence',
        need: 'which groups the VPN rules, policies and tunnels name',
        commands: ['ssl-vpn', 'policies', 'phase1-interfaces'],
      });
    }
    const held = nameList(groups.map(({ name }) => name));
    return broken(access.complete ? 'likely' : 'possible', {
      title:
        groups.length === 0
          ? `The SAML server ${names} is in no user group, so no VPN offers it`
          : `No VPN rule, policy or tunnel names ${held}, the group of the SAML server ${names}`,
      summary: `${names} answers to \`/remote/saml/login\`, the address of the VPN. ${
        groups.length === 0
          ? 'A VPN offers SAML only through a user group with that server as a member, and there is none.'
          : `Its group ${held} stands in no authentication rule of SSL VPN, in no firewall policy and in no dial-up tunnel.`
      } Clients then ask for a password, or show no button for single sign-on.`,
      evidence: [
        ...left.flatMap(({ replyUrl }) => replyUrl.quotes),
        ...groups.flatMap(({ members: { quotes } }) => quotes),
      ].slice(0, 6),
      fix: `${
        groups.length === 0
          ? `Make a user group with ${names} as a member, and name that group`
          : `Name ${held}`
      } in the authentication rule of SSL VPN and in a firewall policy from its interface, or as \`authusrgrp\` of the IPsec tunnel. In FortiClient, single sign-on must be enabled for the connection.`,
    });
  },
});
