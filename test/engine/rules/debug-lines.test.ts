import { expect, it } from 'vitest';
import { renderText } from '../../../src/report/formats/text/render-text.ts';
import { diagnoseText } from '../../support/diagnose-text.ts';

const event = (logid: string, fields: string) =>
  `date=2026-05-12 time=06:40:11 devname="FGT-Leine" logid="${logid}" type="event" vd="root" ${fields}\n`;

it.each([
  [
    'a refusal of SSL VPN',
    event(
      '0101039426',
      'subtype="vpn" level="alert" logdesc="SSL VPN login fail" action="ssl-login-fail" tunneltype="ssl-web" remip=203.0.113.19 user="dunlin" group="N/A" reason="sslvpn_login_permission_denied" msg="SSL user failed to logged in"',
    ),
    ['fnbamd', 'sslvpn'],
  ],
  [
    'a proposal of IKE',
    event(
      '0101037124',
      'subtype="vpn" level="error" logdesc="IPsec phase 1 error" msg="IPsec phase 1 error" action="negotiate" remip=203.0.113.19 locip=198.51.100.7 remport=500 locport=500 outintf="wan1" user="N/A" vpntunnel="N/A" status="negotiate_error" reason="peer SA proposal not match local policy" peer_notif="NOT-APPLICABLE"',
    ),
    ['ike'],
  ],
])(
  'a debug to run stands in lines of its own, and so do those that switch it off: %s',
  (_, text, daemons) => {
    const lines = renderText(diagnoseText(text))
      .split('\n')
      .map((line) => line.trim());
    const on = [
      ...daemons.map((daemon) => `diagnose debug application ${daemon} -1`),
      'diagnose debug enable',
    ];
    const begin = lines.indexOf(on[0] ?? '');
    expect(lines.slice(begin, begin + on.length)).toEqual(on);
    const end = lines.indexOf('diagnose debug disable');
    expect(end).toBeGreaterThan(begin);
    expect(lines[end + 1]).toBe('diagnose debug reset');
  },
);
