import { type ClosedLoop, type DeviceView, sslVpn } from '../../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  kind: 'cli-fix',
  scenarios: [
    {
      name: 'openfortivpn and a portal without web mode',
      broken: () => ({
        'vpn ssl settings': sslVpn(10_443),
        'vpn ssl web portal': [
          'edit "full-access"',
          'set tunnel-mode enable',
          'set web-mode disable',
          'next',
        ],
      }),
      pasted: marlowTries,
    },
  ],
};

/** The portal is pasted too: a device check does not read it. */
function marlowTries(device: DeviceView): Readonly<Record<string, string>> {
  const open = device.entry('vpn ssl web portal', 'full-access', 'web-mode')[0] === 'enable';
  return {
    portal: [
      'config vpn ssl web portal',
      '    edit "full-access"',
      '        set tunnel-mode enable',
      `        set web-mode ${open ? 'enable' : 'disable'}`,
      '    next',
      'end',
    ].join('\n'),
    login: [
      '$ openfortivpn vpn.example.net:10443 -u marlow',
      'ERROR:  Could not authenticate to gateway. Please check the password, client certificate, etc.',
      '',
      `date=2026-03-02 time=09:12:40 devname="fgt-branch-07" logid="0101039426" type="event" subtype="vpn" level="alert" vd="${device.vdom}" logdesc="SSL VPN login fail" action="ssl-login-fail" tunneltype="ssl-web" tunnelid=0 remip=203.0.113.70 user="marlow" group="vpn-users" dst_host="N/A" reason="sslvpn_login_permission_denied" msg="SSL user failed to logged in"`,
    ].join('\n'),
  };
}
