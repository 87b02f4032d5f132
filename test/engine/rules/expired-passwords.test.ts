import { expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

const refused = (user: string, time: string) =>
  `date=2026-04-07 time=${time} devname="FGT-Ems" logid="0101039426" type="event" subtype="vpn" level="alert" vd="root" logdesc="SSL VPN login fail" action="ssl-login-fail" tunneltype="ssl-web" remip=203.0.113.88 user="${user}" group="ra-local" dst_host="N/A" reason="sslvpn_login_password_expired" msg="SSL user failed to logged in"\n`;
const entry = (name: string, type: string) =>
  `config user local\n    edit "${name}"\n        set type ${type}\n    next\nend\n`;
const block = (name: string) =>
  `config user local|    edit "${name}"|        set passwd <new-password>|    next|end`;

it.each([
  ['one user, whose entry was not read', refused('osprey', '07:10:02'), [block('osprey')], 'Set a new'],
  [
    'two users',
    refused('osprey', '07:10:02') + refused('teal', '07:14:40'),
    [block('osprey'), block('teal')],
    'Set a new',
  ],
  [
    'a name in capitals, whose entry was read',
    entry('osprey', 'password') + refused('Osprey', '07:10:02'),
    [block('osprey')],
    '',
  ],
  ['a user of a server', entry('osprey', 'ldap') + refused('osprey', '07:10:02'), [], ''],
])(
  'an expired password is set by lines with a placeholder that is said above them: %s',
  (_, text, blocks, before) => {
    const fix = diagnoseText(text).findings.find(
      ({ rule }) => rule === 'local-account-expired-or-disabled',
    )?.fix;
    expect(fix?.apply.join('|')).toBe(blocks.join('|'));
    expect(fix?.replace ?? '').toBe(
      blocks.length === 0
        ? ''
        : 'Replace `<new-password>` of `set passwd <new-password>` first, or everyone who reads these lines knows the password.',
    );
    expect(fix?.before?.slice(0, 9) ?? '').toBe(before);
  },
);
