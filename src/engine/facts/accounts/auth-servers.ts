import type { Section } from '../../evidence/types.ts';
import type { ConfigView, PlacedEntry } from '../config/config-view.ts';
import { flagSetting, notSeen, numberSetting, wordSetting } from '../config/reading.ts';
import { tableFact } from '../config/table.ts';
import type { Fact } from '../fact.ts';
import type {
  CertificatePeer,
  LdapSettings,
  NamedServer,
  PasswordPolicy,
  RadiusSettings,
  SamlServer,
} from './auth-server-values.ts';

export function readLdapServers(
  sections: readonly Section[],
  view: ConfigView,
): Fact<readonly LdapSettings[]> {
  return tableFact(view, 'user ldap', ldapOf, () => notSeen('ldapServers', sections));
}

export function readSamlServers(sections: readonly Section[], view: ConfigView): Fact<readonly SamlServer[]> {
  return tableFact(view, 'user saml', samlOf, () => notSeen('samlServers', sections));
}

export function readRadiusServers(
  sections: readonly Section[],
  view: ConfigView,
): Fact<readonly RadiusSettings[]> {
  return tableFact(view, 'user radius', radiusOf, () => notSeen('radiusServers', sections));
}

export function readCertificatePeers(
  sections: readonly Section[],
  view: ConfigView,
): Fact<readonly CertificatePeer[]> {
  return tableFact(view, 'user peer', peerOf, () => notSeen('certificatePeers', sections));
}

export function readPasswordPolicies(
  sections: readonly Section[],
  view: ConfigView,
): Fact<readonly PasswordPolicy[]> {
  return tableFact(
    view,
    'user password-policy',
    (placed) => ({
      ...nameOf(placed),
      expireDays: numberSetting(placed, placed.entry, 'expire-days', 180),
    }),
    () => notSeen('passwordPolicies', sections),
  );
}

function ldapOf(placed: PlacedEntry): LdapSettings {
  const { entry } = placed;
  return {
    ...nameOf(placed),
    nameAttribute: wordSetting(placed, entry, 'cnid', 'cn'),
    base: wordSetting(placed, entry, 'dn', ''),
    secure: wordSetting(placed, entry, 'secure', 'disable'),
    authority: wordSetting(placed, entry, 'ca-cert', ''),
  };
}

function samlOf(placed: PlacedEntry): SamlServer {
  const text = (name: string) => wordSetting(placed, placed.entry, name, '');
  return {
    ...nameOf(placed),
    replyUrl: text('single-sign-on-url'),
    issuer: text('idp-entity-id'),
    certificate: text('idp-cert'),
    userAttribute: text('user-name'),
    groupAttribute: text('group-name'),
    bothSigned: text('require-signed-resp-and-asrt'),
  };
}

function radiusOf(placed: PlacedEntry): RadiusSettings {
  const { entry } = placed;
  return {
    ...nameOf(placed),
    timeout: numberSetting(placed, entry, 'timeout', 5),
    allUsergroup: flagSetting(placed, entry, 'all-usergroup', false),
    scheme: wordSetting(placed, entry, 'auth-type', 'auto'),
    messageAuthenticator: flagSetting(placed, entry, 'require-message-authenticator', true),
  };
}

function peerOf(placed: PlacedEntry): CertificatePeer {
  return {
    ...nameOf(placed),
    authority: wordSetting(placed, placed.entry, 'ca', ''),
    subject: wordSetting(placed, placed.entry, 'subject', ''),
  };
}

function nameOf({ entry, vdom }: PlacedEntry): NamedServer {
  return { name: entry.key, vdom };
}
