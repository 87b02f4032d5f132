import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

const POSTED = readFileSync(
  new URL(
    '../../../src/engine/rules/local-in-policy-denies/fixtures/broken.traffic-log.txt',
    import.meta.url,
  ),
  'utf8',
);

function found(text: string) {
  return diagnoseText(text).findings.find(({ rule }) => rule === 'local-in-policy-denies');
}

/** The same two lines for another client. */
const others = (...addresses: readonly string[]) =>
  POSTED.replace(/(?:^date=.*\n)+/m, (lines) =>
    addresses.map((address) => lines.replaceAll('203.0.113.140', address)).join(''),
  );

const TUNNEL = `config vpn ipsec phase1-interface
    edit "ra-staff"
        set type dynamic
        set interface "wan1"
        set ike-version 2
        set proposal aes256-sha256
        set eap enable
        set authusrgrp "crew"
    next
end
`;

describe('the local traffic log shows a client that a local-in policy denies', () => {
  it('with lines that accept this client above the policy', () => {
    const finding = found(POSTED);
    expect(finding).toMatchObject({
      title:
        'Local-in policy 6 (geo-abroad) drops 203.0.113.140 (Portugal) at TCP 10443, the usual port of SSL VPN',
      confidence: 'likely',
      hop: 'connection',
    });
    expect(finding?.fix.apply.join('\n')).toContain('set srcaddr "VPN-203.0.113.140"');
    expect(finding?.fix.apply.join('\n')).toContain('move 10443 before 6');
    expect(finding?.fix.apply.join('\n')).not.toContain(
      '"all"\n        set dstaddr "all"\n        set action',
    );
    expect(finding?.fix.undo.join('\n')).toContain('delete "VPN-203.0.113.140"');
    expect(finding?.fix.before).toContain('take Portugal out of geo-abroad');
  });

  it('on the interface of the log where the policy was not read', () => {
    const finding = found(POSTED.split('FGT-HERON #')[0] ?? '');
    expect(finding?.title).toContain('Local-in policy 6 drops 203.0.113.140 (Portugal)');
    expect(finding?.fix.apply.join('\n')).toContain('set intf "wan1"');
  });

  it('over IPsec', () => {
    const ipsec = POSTED.replaceAll('dstport=10443', 'dstport=500').replaceAll('proto=6', 'proto=17');
    expect(found(ipsec)).toMatchObject({
      title: 'Local-in policy 6 (geo-abroad) drops 203.0.113.140 (Portugal) at UDP 500, a port of IPsec',
      confidence: 'likely',
    });
    const finding = found(`${TUNNEL}${ipsec}`);
    expect(finding).toMatchObject({
      title:
        'Local-in policy 6 (geo-abroad) drops 203.0.113.140 (Portugal), which connects to the VPN (UDP 500)',
      confidence: 'certain',
    });
    expect(finding?.fix.apply.join('\n')).toContain('set udp-portrange 500');
  });

  it('among strangers, where the text names the address', () => {
    const text = others('203.0.113.9', '203.0.113.140').replace('in Lisbon', 'in Lisbon (203.0.113.140)');
    expect(found(text)).toMatchObject({ title: expect.stringContaining('drops 203.0.113.140 (') });
  });

  it('is only possible where several addresses are denied, and has no lines', () => {
    const finding = found(others('203.0.113.9', '203.0.113.140'));
    expect(finding).toMatchObject({ confidence: 'possible', fix: { apply: [] } });
    expect(finding?.title).toContain('203.0.113.9 and 1 more');
  });
});

it.each([
  ['the connection is accepted', POSTED.replaceAll('action="deny"', 'action="accept"')],
  ['the line is about forwarded traffic', POSTED.replaceAll('subtype="local"', 'subtype="forward"')],
  ['the port is that of the administrators', POSTED.replaceAll('dstport=10443', 'dstport=22')],
  [
    'strangers are denied and no user misses the VPN',
    others('203.0.113.9', '203.0.113.7').replace(/^Oriole.*\n/, ''),
  ],
])('shows none where %s', (_why, text) => {
  expect(found(text)).toBeUndefined();
});

it('shows the phone’s answer that a local-in policy denies', () => {
  const text = POSTED.replace(/^Oriole.*\n/, 'Approve does nothing on any phone.\n').replaceAll(
    '10443',
    '4433',
  );
  expect(found(text)).toMatchObject({ title: 'Local-in policy 6 drops the phone’s answer', hop: 'callback' });
});
