import { describe, expect, it } from 'vitest';
import { toSections } from '../../../../src/engine/evidence/sections.ts';
import { readFacts } from '../../../../src/engine/facts/read-facts.ts';

const TABLES = `config system interface
    edit "wan1"
        set vdom "root"
        set ike-saml-server "entra"
    next
    edit "wan2"
        set vdom "root"
    next
end
config user radius
    edit "nps01"
        set server "10.20.1.31"
        set require-message-authenticator disable
    next
end
config user ldap
    edit "dc01"
        set server "10.20.1.5"
        set cnid "sAMAccountName"
        set dn "dc=heron,dc=example"
        set type regular
        set secure ldaps
        set ca-cert "Heron-Root"
    next
    edit "dc02"
        set server "10.20.1.6"
    next
end
config user saml
    edit "entra"
        set single-sign-on-url "https://vpn.heron.example:10443/remote/saml/login"
        set idp-entity-id "https://idp.example/heron/"
        set idp-cert "REMOTE_Cert_1"
        set user-name "username"
        set group-name "group"
    next
end
config user peer
    edit "laptops"
        set ca "Heron-SubCA"
        set subject "OU=Laptops"
    next
end
`;

function factsOf(text: string) {
  return readFacts(toSections({ name: 'paste.txt', text })).facts;
}

describe('servers and certificates that check a login', () => {
  const facts = factsOf(TABLES);

  it('reads what was set, with its line, and the default of what was not', () => {
    expect(facts.ldapServers).toMatchObject({
      value: [
        {
          name: 'dc01',
          nameAttribute: { value: 'sAMAccountName', explicit: true, quotes: [{ line: 19 }] },
          base: { value: 'dc=heron,dc=example' },
          secure: { value: 'ldaps' },
          authority: { value: 'Heron-Root' },
        },
        { name: 'dc02', nameAttribute: { value: 'cn', explicit: false }, secure: { value: 'disable' } },
      ],
    });
    expect(facts.samlServers).toMatchObject({
      value: [
        {
          name: 'entra',
          replyUrl: { value: 'https://vpn.heron.example:10443/remote/saml/login' },
          issuer: { value: 'https://idp.example/heron/' },
          certificate: { value: 'REMOTE_Cert_1' },
          userAttribute: { value: 'username' },
          groupAttribute: { value: 'group' },
          bothSigned: { value: '', explicit: false },
        },
      ],
    });
    expect(facts.radiusServers).toMatchObject({
      value: [{ name: 'nps01', scheme: { value: 'auto' }, messageAuthenticator: { value: false } }],
    });
    expect(facts.certificatePeers).toMatchObject({
      value: [{ name: 'laptops', authority: { value: 'Heron-SubCA' }, subject: { value: 'OU=Laptops' } }],
    });
  });

  it('reads which interface serves the SAML sign-in of IPsec', () => {
    expect(facts.interfaces).toMatchObject({
      value: [{ samlServer: { value: 'entra', explicit: true } }, { samlServer: { value: '' } }],
    });
  });

  it('does not know a table that the evidence does not hold', () => {
    const { ldapServers, samlServers, certificatePeers } = factsOf('config system global\nend\n');
    expect([ldapServers, samlServers, certificatePeers].map(({ state }) => state)).toEqual([
      'unknown',
      'unknown',
      'unknown',
    ]);
  });
});
