import { isShippedCertificate } from '../../fortios/shipped-certificates.ts';
import { calledName } from '../../fortios/x509/distinguished-name.ts';
import type { ConfigView } from '../config/config-view.ts';
import { notSeen } from '../config/reading.ts';
import { type Fact, known, type Sourced, valueIfKnown } from '../fact.ts';
import type { Facts } from '../facts.ts';
import { readNamedCertificate } from '../push/push-certificate.ts';
import type { LoginCertificate } from './auth-server-values.ts';

const TABLES = { 'identity-provider': 'remote', directory: 'ca', 'ssl-vpn': 'local' } as const;

/** Reads the certificates that SAML, LDAPS and SSL VPN name, besides those that FortiOS ships. */
export function readLoginCertificates(
  view: ConfigView,
  {
    ldapServers,
    samlServers,
    sslVpn,
    shownSettings,
  }: Pick<Facts, 'ldapServers' | 'samlServers' | 'sslVpn' | 'shownSettings'>,
): Fact<readonly LoginCertificate[]> {
  // `show vpn ssl settings | grep servercert` names it without the settings that could switch SSL VPN off.
  const picked =
    sslVpn.state === 'known' ? undefined : valueIfKnown(shownSettings)?.get('vpn ssl settings servercert');
  const named = [
    ...(picked ? [findCertificate('ssl-vpn', '', picked)] : []),
    ...(valueIfKnown(samlServers) ?? []).map(({ name, certificate }) =>
      findCertificate('identity-provider', name, certificate),
    ),
    ...(valueIfKnown(ldapServers) ?? [])
      .filter(({ secure }) => secure.value !== 'disable')
      .map(({ name, authority }) => findCertificate('directory', name, authority)),
    ...(valueIfKnown(sslVpn) ?? [])
      .filter(({ enabled }) => enabled.value)
      .map(({ certificate }) => findCertificate('ssl-vpn', '', certificate)),
  ].filter(({ name }) => name !== '' && !isShippedCertificate(name));
  // A table that was not read may name one.
  if (named.length === 0 && [ldapServers, samlServers, sslVpn].some(({ state }) => state !== 'known'))
    return notSeen('loginCertificates', view.sections);
  const value = named.map((each): LoginCertificate => {
    const shown = readNamedCertificate(TABLES[each.use], each.name, view);
    if (!shown) return each;
    const { certificate, quotes } = shown;
    return {
      ...each,
      issuedTo: calledName(certificate.subject),
      notAfter: { value: certificate.notAfter, explicit: true, quotes: quotes.notAfter },
    };
  });
  return known(
    value,
    value.flatMap(({ namedBy }) => namedBy),
    [samlServers, ldapServers, sslVpn].flatMap((fact) =>
      fact.state === 'known' ? (fact.bounds ?? fact.quotes) : [],
    ),
  );
}

function findCertificate(
  use: LoginCertificate['use'],
  server: string,
  { value, quotes }: Sourced<string>,
): LoginCertificate {
  return { name: value, use, server, namedBy: quotes };
}
