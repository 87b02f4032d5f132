import { describe, expect, it } from 'vitest';
import { diagnoseText, rulesIn } from '../../support/diagnose-text.ts';

const BACKUP = `#config-version=FGT60F-7.2.8-FW-build1639-240313:opmode=0:vdom=0:user=admin
config system global
    set hostname "fgt-branch-07"
end
config system interface
    edit "wan1"
        set vdom "root"
        set ip 198.51.100.10 255.255.255.0
        set allowaccess ping
    next
end
config system admin
    edit "admin"
        set accprofile "super_admin"
    next
end
config user radius
    edit "nps01"
        set server "10.20.1.31"
    next
end
config user ldap
    edit "dc01"
        set server "10.20.1.5"
        set cnid "sAMAccountName"
        set secure ldaps
    next
    edit "old"
        set server "10.20.1.9"
        set secure ldaps
    next
end
config user saml
    edit "entra"
        set idp-entity-id "https://idp.example/heron/"
    next
end
config user group
    edit "vpn-entra"
        set member "entra"
    next
    edit "vpn-ad"
        set member "dc01"
    next
    edit "vpn-nps"
        set member "nps01"
    next
end
config vpn ssl settings
    set source-interface "wan1"
    config authentication-rule
        edit 1
            set groups "vpn-entra" "vpn-ad" "vpn-nps"
            set portal "full-access"
        next
    end
end
config firewall policy
    edit 1
        set srcintf "ssl.root"
        set dstintf "internal"
        set action accept
        set srcaddr "all"
        set dstaddr "all"
        set schedule "always"
        set service "ALL"
        set groups "vpn-entra" "vpn-ad" "vpn-nps"
    next
end
config router multicast
end
`;

function stoppedBy(upgradeTo: string, text = BACKUP): readonly string[] {
  return rulesIn(diagnoseText(text, { upgradeTo }));
}

describe('which logins an upgrade stops', () => {
  it.each([
    ['7.2.9', []],
    ['7.2.12', ['radius-authenticator-invalid', 'saml-response-unsigned']],
    ['7.4.3', []],
    ['7.4.9', ['ldaps-certificate-untrusted', 'radius-authenticator-invalid', 'saml-response-unsigned']],
    [
      '7.6.4',
      [
        'ssl-vpn-removed',
        'ldaps-certificate-untrusted',
        'radius-authenticator-invalid',
        'saml-response-unsigned',
      ],
    ],
  ])('%s', (release, expected) => {
    expect(stoppedBy(release)).toEqual(expected);
  });

  it('names the servers that a VPN asks, and the release', () => {
    const { headline, findings, upgradeTo } = diagnoseText(BACKUP, { upgradeTo: '7.4.9' });
    expect(upgradeTo).toBe('7.4.9');
    expect(headline).toBe(findings[0]?.title);
    expect(headline).toContain('LDAP server dc01 stop with FortiOS 7.4.9');
    expect(JSON.stringify(findings)).not.toContain('old');
  });

  it('leaves out what the device has already, or what is set so that it does not matter', () => {
    expect(
      stoppedBy('7.4.9', BACKUP.replace('FW-build1639', 'FW-build1702').replace('7.2.8', '7.4.9')),
    ).toEqual([]);
    const set = BACKUP.replace(
      'set secure ldaps',
      'set secure ldaps\n        set ca-cert "Heron-Root"',
    ).replace('set idp-entity-id', 'set require-signed-resp-and-asrt disable\n        set idp-entity-id');
    expect(stoppedBy('7.4.9', set)).toEqual(['radius-authenticator-invalid']);
  });

  it.each([
    ['7.2.8', 'FortiOS 7.2.8 is no upgrade: the device runs it already'],
    ['7.0.1', 'FortiOS 7.0.1 is no upgrade: the device runs 7.2.8'],
  ])('does not answer for %s, which is not newer', (upgradeTo, headline) => {
    expect(diagnoseText(BACKUP, { upgradeTo })).toMatchObject({
      verdict: 'inconclusive',
      headline,
      findings: [],
    });
  });

  it('says when it is safe as far as known, and when the configuration does not tell', () => {
    expect(diagnoseText(BACKUP, { upgradeTo: '7.2.9' })).toMatchObject({ verdict: 'healthy' });
    expect(diagnoseText('config system global\nend\n', { upgradeTo: '7.4.9' })).toMatchObject({
      verdict: 'inconclusive',
      headline: expect.stringContaining('Which logins stop with FortiOS 7.4.9 is not known'),
    });
  });
});
