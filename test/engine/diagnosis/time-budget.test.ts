import { expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import { type Login, loginFailed, successfulLogin, upToPush } from '../../fixtures/logs/login-lines.ts';

const ANA: Login = { user: 'ana', pid: 100, sid: 'd9' };
const SSL_VPN = 'config vpn ssl settings\n    set source-interface "wan1"\nend';
const NO_SSL_VPN = 'config vpn ssl settings\n    set status disable\nend';

function settings(version: string, ...lines: readonly string[]): string {
  return `#config-version=FGT60F-${version}-FW-build2795-250523:opmode=0:vdom=0:user=admin
config system global
    set hostname "fgt"
${lines.map((line) => `    ${line}\n`).join('')}end
config system interface
    edit "wan1"
        set ip 198.51.100.10 255.255.255.248
    next
end
config system admin
    edit "admin"
    next
end`;
}

function tunnel(version: number): string {
  return `config vpn ipsec phase1-interface
    edit "dialup"
        set type dynamic
        set ike-version ${version}
        set eap enable
        set negotiate-timeout 45
    next
end`;
}

const ROUTES = 'config router static\n    edit 1\n    next\nend\n';
const FAILED = [...upToPush(ANA, 0), ...loginFailed(ANA, 'sslvpn_login_permission_denied', 81)].join('\n');
const ACTIVATION =
  '`two-factor-ftm-expiry` is 120 here; it counts hours and concerns activation only, so it does not give more time to approve.';
const LONGER = 'From 7.4.1 on SSL VPN waits at least as long as the token is valid.';

function budgetOf(...texts: readonly string[]) {
  return diagnose([{ name: 'case', text: texts.join('\n') }]).timeBudget;
}

function limits(...each: readonly (readonly [name: string, seconds: number])[]) {
  return each.map(([name, seconds]) => ({ name, seconds }));
}

const TOKEN_FIRST = limits(['the token', 60], ['SSL VPN', 80]);

it.each([
  ['by the log, what the daemons said', [FAILED], { limits: TOKEN_FIRST }],
  ['by the configuration, its defaults', [settings('7.4.0'), SSL_VPN, ROUTES], { limits: TOKEN_FIRST }],
  [
    'to 7.4.0, SSL VPN first where the token lasts longer',
    [settings('7.4.0', 'set two-factor-ftk-expiry 120'), SSL_VPN, ROUTES],
    { limits: limits(['SSL VPN', 80], ['the token', 120]) },
  ],
  [
    'from 7.4.1, as long as the token is valid',
    [settings('7.4.1', 'set two-factor-ftk-expiry 120'), SSL_VPN, ROUTES],
    { limits: limits(['SSL VPN', 120], ['the token', 120]), note: LONGER },
  ],
  [
    'with the setting that counts hours',
    [settings('7.4.0', 'set two-factor-ftm-expiry 120'), SSL_VPN, ROUTES],
    { limits: TOKEN_FIRST, note: ACTIVATION },
  ],
  [
    'over IPsec, until the negotiation ends',
    [settings('7.4.8'), NO_SSL_VPN, tunnel(2), ROUTES],
    {
      limits: limits(['the negotiation of dialup', 45], ['the token', 60]),
      note: 'The negotiation probably also limits the approval; Fortinet does not document this.',
    },
  ],
  [
    'over IPsec is open where the tunnel keeps its default, which no source states',
    [settings('7.4.8'), NO_SSL_VPN, tunnel(2).replace(/.*negotiate-timeout.*\n/, ''), ROUTES],
    undefined,
  ],
  ['of a tunnel that gives no push', [settings('7.4.8'), NO_SSL_VPN, tunnel(1), ROUTES], undefined],
  ['of a login that got in', [successfulLogin(ANA, 0).join('\n')], undefined],
  ['of no VPN', [settings('7.4.8'), NO_SSL_VPN, ROUTES], undefined],
])('the time that a user has %s', (_, texts, expected) => {
  expect(budgetOf(...texts)).toEqual(expected);
});
