import { expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import { fold } from '../../scenarios/terminal.ts';

const USERS = `FGT-EDGE # show user local
config user local
    edit "marlow"
        set type password
        set two-factor fortitoken
        set fortitoken "FTKMOB11AA22BB33"
    next
end

`;

function table(status: string): string {
  return `${USERS}FGT-EDGE # diagnose fortitoken info
FORTITOKEN           DRIFT  STATUS
FTKMOB11AA22BB33     0      ${status}
FTKMOB11AA22BB44     0      new

Total activated token: 0
Total global activated token: 0

Token server status: reachable

FGT-EDGE #
`;
}

const REPLY = `{"d":{"__type":"SoftToken.ProvisionResponse","__version":"4","serial_number":"FG100E0000000001","__device_version":"7.0","__clustered_sns":[{"sn":"FG100E0000000002","error":null}],"tokens":[{"token":"FTKMOB11AA22BB33","license":null,"token_activation_code":null,"qr_code":null,"error":{"error_code":31,"error_message":"token does not belong to product"}}],"result":0,"error":null}}
2025-11-24 09:12:04 [5784:root:d9]sslvpn_authenticate_user:191 authenticate user: [marlow]
`;

function answer(text: string): string {
  const { verdict, findings, attempts } = diagnose([{ name: 'mail', text }]);
  return [verdict, ...findings.map(({ rule }) => rule), ...attempts.map(({ user }) => user)].join(' ');
}

it.each([
  [
    'a token whose seed is gone',
    table("token already activated, and seed won't be returned"),
    'token-seed-unavailable',
  ],
  [
    'a token that FortiGuard lacks',
    table('activation error (token not exist in FortiGuard)'),
    'token-seed-unavailable',
  ],
  ['a token whose activation ran out', table('provision timeout'), 'token-activation-expired'],
  ['a reply of the token server', REPLY, 'token-wrong-owner'],
])('%s is read at any width of a mail', (_what, text, rule) => {
  const whole = answer(text);
  expect(whole).toContain(rule);
  for (let width = 60; width <= 79; width += 1) expect(answer(fold(text, width)), `${width}`).toBe(whole);
});

it('a reply that is cut off takes nothing of what follows', () => {
  const [reply = '', login = ''] = REPLY.split('\n');
  expect(answer(`${fold(reply.slice(0, 200), 79)}\n${login}\n`)).toContain('marlow');
});
