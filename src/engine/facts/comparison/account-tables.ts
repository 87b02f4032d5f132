import type { Facts } from '../facts.ts';
import { type SettingGroup, sourced, unsourced, unsureDefault } from './settings.ts';
import {
  comparedTable,
  IDENTITY,
  OF_THE_TEXT,
  PLACE,
  status,
  type TableFact,
  WITH_ANOTHER,
} from './table.ts';

/** Tables of who may log in and who checks it, each as a function that reads it from the facts. */
export const ACCOUNT_TABLES = {
  administrators: comparedTable({
    fact: 'administrators',
    area: 'administrators',
    path: 'system admin',
    nameOf: ({ name }) => name,
    fields: {
      name: IDENTITY,
      partial: OF_THE_TEXT,
      trustedHosts: (each) => sourced('administrators', 'trusthost', each.trustedHosts),
      trustedHosts6: (each) => sourced('administrators', 'ip6-trusthost', each.trustedHosts6),
      profile: (each) => unsourced('administrators', 'accprofile', each.profile),
      twoFactor: (each) => sourced('administrators', 'two-factor', each.twoFactor),
      token: (each) => sourced('administrators', 'fortitoken', each.token),
    },
  }),
  adminProfiles: comparedTable({
    fact: 'adminProfiles',
    area: 'administrators',
    path: 'system accprofile',
    nameOf: ({ name }) => name,
    isNamedByOthers: true,
    fields: {
      name: IDENTITY,
      grants: (each) => unsourced('administrators', 'grants anything', each.grants),
    },
  }),
  localUsers: comparedTable({
    fact: 'localUsers',
    area: 'users',
    path: 'user local',
    nameOf: ({ name }) => name,
    fields: {
      name: IDENTITY,
      vdom: PLACE,
      partial: OF_THE_TEXT,
      shownAlone: OF_THE_TEXT,
      twoFactor: (each) => sourced('users', 'two-factor', each.twoFactor),
      token: (each) => sourced('users', 'fortitoken', each.token),
      type: (each) => unsourced('users', 'type', each.type),
      remoteServer: (each) => unsourced('users', 'server', each.remoteServer),
      hasEmail: (each) => unsourced('users', 'email-to is set', each.hasEmail),
      caseSensitive: (each) => unsourced('users', 'username-sensitivity', each.caseSensitive),
      passwordPolicy: (each) => unsourced('users', 'passwd-policy', each.passwordPolicy),
      enabled: (each) => status('users', each.enabled, each.disabledBy),
      disabledBy: WITH_ANOTHER,
    },
  }),
  userGroups: comparedTable({
    fact: 'userGroups',
    area: 'users',
    path: 'user group',
    nameOf: ({ name }) => name,
    fields: {
      name: IDENTITY,
      vdom: PLACE,
      members: (each) => sourced('users', 'member', each.members),
      matches: (each) =>
        each.matches.map(({ key, server, group, quotes }) =>
          unsourced('users', `match ${key}`, `${server}: ${group}`, quotes),
        ),
    },
  }),
  radiusServers: comparedTable({
    fact: 'radiusServers',
    area: 'timers',
    path: 'user radius',
    nameOf: ({ name }) => name,
    fields: {
      name: IDENTITY,
      vdom: PLACE,
      timeout: (each) => sourced('timers', 'timeout', each.timeout),
      allUsergroup: (each) => sourced('users', 'all-usergroup', each.allUsergroup),
      scheme: (each) => sourced('users', 'auth-type', each.scheme),
      messageAuthenticator: (each) =>
        sourced('users', 'require-message-authenticator', each.messageAuthenticator),
    },
  }),
  ldapServers: comparedTable({
    fact: 'ldapServers',
    area: 'users',
    path: 'user ldap',
    nameOf: ({ name }) => name,
    isNamedByOthers: true,
    fields: {
      name: IDENTITY,
      vdom: PLACE,
      nameAttribute: (each) => sourced('users', 'cnid', each.nameAttribute),
      base: (each) => sourced('users', 'dn', each.base),
      secure: (each) => sourced('users', 'secure', each.secure),
      authority: (each) => sourced('users', 'ca-cert', each.authority),
    },
  }),
  samlServers: comparedTable({
    fact: 'samlServers',
    area: 'users',
    path: 'user saml',
    nameOf: ({ name }) => name,
    isNamedByOthers: true,
    fields: {
      name: IDENTITY,
      vdom: PLACE,
      replyUrl: (each) => sourced('users', 'single-sign-on-url', each.replyUrl),
      issuer: (each) => sourced('users', 'idp-entity-id', each.issuer),
      certificate: (each) => sourced('users', 'idp-cert', each.certificate),
      userAttribute: (each) => sourced('users', 'user-name', each.userAttribute),
      groupAttribute: (each) => sourced('users', 'group-name', each.groupAttribute),
      bothSigned: (each) => unsureDefault(sourced('users', 'require-signed-resp-and-asrt', each.bothSigned)),
    },
  }),
  passwordPolicies: comparedTable({
    fact: 'passwordPolicies',
    area: 'users',
    path: 'user password-policy',
    nameOf: ({ name }) => name,
    isNamedByOthers: true,
    fields: {
      name: IDENTITY,
      vdom: PLACE,
      expireDays: (each) => sourced('users', 'expire-days', each.expireDays),
    },
  }),
  certificatePeers: comparedTable({
    fact: 'certificatePeers',
    area: 'users',
    path: 'user peer',
    nameOf: ({ name }) => name,
    isNamedByOthers: true,
    fields: {
      name: IDENTITY,
      vdom: PLACE,
      authority: (each) => sourced('users', 'ca', each.authority),
      subject: (each) => sourced('users', 'subject', each.subject),
    },
  }),
} satisfies { readonly [K in TableFact]?: (facts: Facts) => SettingGroup };
