import { describe, expect, it } from 'vitest';
import type { AttemptMilestones } from '../../../src/engine/facts/attempt.ts';
import type { GlobalSettings } from '../../../src/engine/facts/device/settings.ts';
import type { Sourced } from '../../../src/engine/facts/fact.ts';
import { parseVersion } from '../../../src/engine/fortios/version.ts';
import { activationWindowNote, getVpnWait, timeBudget } from '../../../src/engine/rules/shared/timers.ts';

const QUOTE = { source: 'log', line: 1, text: '' };
const NOBODY = { radiusServers: [], phase1s: [], ike: false } as const;

describe('vpnWaitOf', () => {
  it.each([
    ['7.4.0', 5, 120, 80],
    ['7.4.1', 5, 120, 120],
    ['7.4.1', 60, 120, 630],
    [undefined, 5, 120, 80],
  ])('%s, remoteauthtimeout %i, token %i s: %i s', (version, remote, token, expected) => {
    const settings = global({ remoteAuthTimeout: set(remote), ftkExpiry: set(token) });
    expect(getVpnWait(settings, version === undefined ? undefined : parseVersion(version))).toBe(expected);
  });
});

describe('timeBudget', () => {
  it.each([
    [
      'what the log says goes before what is set',
      { vpnWait: { quote: QUOTE, seconds: 80 }, tokenWait: { quote: QUOTE, seconds: 60 } },
      { ...NOBODY, global: global({}), version: undefined },
      ' The user had 60 s: the token ends first (then SSL VPN, 80 s).',
    ],
    [
      'from 7.4.1 the VPN waits as long as the token is valid',
      {},
      { ...NOBODY, global: global({ ftkExpiry: set(300) }), version: parseVersion('7.4.1') },
      ' The user had 300 s: SSL VPN ends first (then the token, 300 s).',
    ],
    [
      'FortiAuthenticator’s push ends with RADIUS',
      { tokenType: { quote: QUOTE, type: 7 } },
      {
        ...NOBODY,
        global: global({}),
        version: undefined,
        radiusServers: [{ name: 'fac', timeout: set(7), allUsergroup: set(false) }],
      },
      ' The user had 5 s: `remoteauthtimeout` ends first (then RADIUS server fac, 7 s; the token, 60 s; SSL VPN, 80 s).',
    ],
    [
      'over IKE the negotiation counts, SSL VPN does not',
      {},
      {
        ...NOBODY,
        global: global({}),
        version: undefined,
        ike: true,
        phase1s: [
          {
            name: 'dialup',
            dialup: true,
            eap: set(true),
            eapIdentity: set('send-request'),
            authMethod: set('psk'),
            certificate: set(''),
            interface: set('wan1'),
            mode: set('main'),
            peerType: set('any'),
            peerId: set(''),
            localGateway: set('0.0.0.0'),
            networkId: set(0),
            dhGroups: set([]),
            proposals: set([]),
            remoteMatch: set('any'),
            firstAddress: set(''),
            lastAddress: set(''),
            ikeVersion: set(2),
            negotiateTimeout: set(30),
            userGroup: undefined,
            xauthType: set('disable'),
            peerGroup: undefined,
            onlyFortiClient: set(false),
          },
        ],
      },
      ' The user had 30 s: the negotiation of dialup ends first (then the token, 60 s).',
    ],
    ['one limit alone is no race', {}, { ...NOBODY, global: global({}), version: undefined, ike: true }, ''],
    ['nothing known', {}, { ...NOBODY, global: undefined, version: undefined }, ''],
  ] as const)('%s', (_, marks: AttemptMilestones, settings, expected) => {
    expect(
      timeBudget(
        { user: 'ana', outcome: 'timed-out', hops: [], milestones: marks, trace: { signs: {} } },
        settings,
      ),
    ).toBe(expected);
  });
});

describe('activationWindowNote', () => {
  it.each([
    [72, ''],
    [168, 'counts hours'],
    [5, 'counts hours'],
  ])('%i: %s', (hours, words) => {
    const note = activationWindowNote(global({ ftmExpiry: set(hours) }));
    if (words === '') expect(note).toBe('');
    else expect(note).toContain(words);
  });
});

function global(fields: Partial<GlobalSettings>): GlobalSettings {
  return {
    managementVdom: { value: 'root', explicit: false, quotes: [] },
    adminSport: set(443),
    adminPort: set(80),
    adminSshPort: set(22),
    adminTelnetPort: set(23),
    remoteAuthTimeout: set(5),
    ftkExpiry: set(60),
    facExpiry: set(60),
    ftmExpiry: set(72),
    ikeSamlPort: set(1001),
    cloudCommunication: set(true),
    fortitokenCloud: set(true),
    fortitokenCloudPush: set(true),
    ...fields,
  };
}

function set<T>(value: T): Sourced<T> {
  return { value, explicit: true, quotes: [] };
}
