import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

const RULES_FOLDER = new URL('../../../src/engine/rules/', import.meta.url);

/** Causes to repair outside the FortiGate: the directory, the RADIUS server, the identity provider, a network, a client. */
const OF_OTHERS = [
  'forticlient-too-old',
  'host-check-failed',
  'ike-certificate-mismatch',
  'ike-udp-blocked',
  'ldap-bind-account-refused',
  'ldap-group-mismatch',
  'ldap-server-unreachable',
  'ldap-user-not-found',
  'ldap-user-refused',
  'ldaps-certificate-untrusted',
  'radius-authenticator-invalid',
  'radius-group-attribute-missing',
  'radius-rejected',
  'radius-server-unreachable',
  'saml-attribute-or-group-mismatch',
  'saml-idp-certificate-wrong',
  'saml-response-unsigned',
  'saml-url-or-entity-mismatch',
  'vpn-port-unreachable',
];

describe('a message ready to forward', () => {
  it.each(OF_OTHERS)('%s', (rule) => {
    const fixtures = new URL(`${rule}/fixtures/`, RULES_FOLDER);
    const [file] = readdirSync(fixtures).filter((name) => /^broken\.\w+$/.test(name));
    const { findings } = diagnoseText(readFileSync(new URL(file ?? '', fixtures), 'utf8'));
    const note = findings.find((finding) => finding.rule === rule)?.fix.note;
    expect(note).toMatch(/(?:forward|message for|to whoever)/i);
    expect(note).toMatch(/“[^”]{30,}”|: [^.]{30,}\./);
  });
});
