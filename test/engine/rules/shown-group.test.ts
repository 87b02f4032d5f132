import { expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

const REFUSED =
  'date=2026-03-02 time=09:12:04 devname="fgt-branch-07" logid="0101039426" type="event" subtype="vpn" level="alert" vd="root" logdesc="SSL VPN login fail" action="ssl-login-fail" tunneltype="ssl-web" tunnelid=0 remip=203.0.113.5 user="wren" group="N/A" dst_host="N/A" reason="sslvpn_login_unknown_user" msg="SSL user failed to logged in"';
const group = (name: string) =>
  ['config user group', `    edit "${name}"`, '        set member "marlow" "plover"', '    next', 'end'].join(
    '\n',
  );

it('the only group that is shown stands in the fix, to be compared with the rule first', () => {
  const [first] = diagnoseText(
    `${REFUSED}\n\nfgt-branch-07 # show user group crew\n${group('crew')}\n`,
  ).findings;
  expect(first?.rule).toBe('user-not-in-vpn-rule');
  expect(first?.fix.apply.join('\n')).toContain('edit "crew"');
  expect(JSON.stringify(first?.fix)).toContain('First see which group the VPN rule and the policy name');
});

it('of two groups none is chosen', () => {
  const [first] = diagnoseText(`${REFUSED}\n\n${group('crew')}\n${group('guests')}\n`).findings;
  expect(first?.fix.apply.join('\n')).toContain('<vpn-group>');
});
