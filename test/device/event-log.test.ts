import { expect, it } from 'vitest';
import { commandSpec } from '../../src/engine/fortios/commands.ts';
import { collectionPlan } from '../../src/engine/rules/collection-plan.ts';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import { check } from './device-fixture.ts';

const { text: COMMAND, filter: FILTER = [] } = commandSpec('event-log');

function line(nth: number, at: string, id: string, fields: string): string {
  return `${nth}: date=${at.slice(0, 10)} time=${at.slice(11)} eventtime=1772442760000000000 tz="+0100" logid="01010${id}" type="event" subtype="vpn" level="alert" vd="root" ${fields}`;
}
const failed = (nth: number, at: string, user: string) =>
  line(
    nth,
    at,
    '39426',
    `action="ssl-login-fail" remip=203.0.113.70 user="${user}" reason="sslvpn_login_unknown_user"`,
  );
const cameIn = (nth: number, at: string, user: string) =>
  line(nth, at, '39947', `action="tunnel-up" remip=203.0.113.70 user="${user}" reason="tunnel established"`);
const refused = (nth: number, at: string, user: string) =>
  line(
    nth,
    at,
    '37121',
    `action="negotiate" remip=203.0.113.70 user="N/A" xauthuser="${user}" vpntunnel="dial"`,
  );

const LOG = [
  '7 logs found.',
  '7 logs returned.',
  '',
  failed(1, '2026-01-07 14:12:00', 'marlow'),
  cameIn(2, '2026-01-07 14:10:00', 'wren'),
  failed(3, '2026-01-07 14:09:00', 'wren'),
  refused(4, '2026-01-07 13:00:00', 'ines'),
  line(5, '2026-01-07 12:00:00', '37133', 'action="install_sa" user="N/A" xauthuser="N/A" vpntunnel="site"'),
  cameIn(6, '2026-01-07 09:00:00', 'marlow'),
  failed(7, '2026-01-05 09:00:00', 'plover'),
];

it('keeps logins of the last day that failed, of users who did not get in since', async () => {
  const outputs = { [COMMAND]: LOG.join('\n') };
  const behaviour = { clock: () => new Date('2026-01-07T14:30:09Z') };
  await check({ outputs, behaviour, request: { commands: ['event-log'] } }, ({ item, simulator }) => {
    expect(item(COMMAND)?.text.split('\n')).toEqual([LOG[3], LOG[6]]);
    expect(simulator.commands.filter((each) => each.includes(' log '))).toEqual([
      ...FILTER.slice(0, -1),
      COMMAND,
      FILTER.at(-1),
    ]);
    expect(simulator.writes).toEqual([]);
  });
});

it('says nothing where nothing was logged', async () => {
  await check({ request: { commands: ['event-log'] } }, ({ item }) => {
    expect(item(COMMAND)).toMatchObject({ text: '', failure: undefined });
  });
});

it('stops at the first line that the account may not send', async () => {
  const behaviour = { denied: FILTER.slice(0, 1) };
  await check({ behaviour, request: { commands: ['event-log', 'dns'] } }, ({ item, simulator }) => {
    expect(item(COMMAND)?.failure?.kind).toBe('not-permitted');
    expect(item('show system dns')?.failure).toBeUndefined();
    expect(simulator.commands.filter((each) => each.includes(' log '))).toEqual(FILTER.slice(0, 1));
  });
});

it('is read for a question about one user only', () => {
  expect(collectionPlan([])).toEqual([]);
  expect(collectionPlan([], { user: 'marlow' })).toEqual(['event-log']);
});

const DIRECTORY =
  'date=2026-01-07 time=14:12:00 eventtime=1767791520000000000 tz="+0100" logid="0100022113" type="event" subtype="system" level="warning" vd="root" logdesc="Authentication error" service="auth" msg="Authentication failed 9 times in the last 5 minutes (new requests: 31, request failures: 0, LDAP conn failures: 9)"';
const LDAP =
  'config user ldap\n    edit "dc01"\n        set server "192.0.2.20"\n    next\nend\nconfig user group\n    edit "vpn-ad"\n        set member "dc01"\n    next\nend\n';

it.each([
  ['a sweep', true, [`8: ${DIRECTORY}`]],
  ['a check', false, undefined],
])('%s reads of a device with a directory whether connections to it failed', async (_what, isSweep, text) => {
  const given = {
    configText: `${sampleConfig('branch-07').replace(/^config user group\n[\s\S]*?^end$/m, '')}\n${LDAP}`,
    outputs: { [COMMAND]: [...LOG, `8: ${DIRECTORY}`].join('\n') },
    behaviour: { clock: () => new Date('2026-01-07T14:30:09Z') },
    request: { commands: ['user-groups', 'local-users', 'ldap', 'system-global'] as const, isSweep },
  };
  await check(given, ({ item, simulator }) => {
    expect(item(COMMAND)?.text.split('\n')).toEqual(text);
    expect(simulator.writes).toEqual([]);
  });
});
