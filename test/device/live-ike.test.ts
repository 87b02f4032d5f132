import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIpAddress } from '../../src/engine/fortios/address.ts';
import { debugLine } from '../../src/engine/fortios/debug-commands.ts';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import { anyText } from '../support/any-text.ts';
import { isOff, type LiveGiven, type LiveSeen, liveCheck } from './live-fixture.ts';

/** Each window takes its second, and on a busy machine everything around it longer. */
const PATIENT = { timeout: 300_000 };
const CLIENT = '203.0.113.41';
const OTHER = '203.0.113.99';
const DIALUP = `
config vpn ipsec phase1-interface
    edit "ra-staff"
        set type dynamic
        set interface "wan1"
        set ike-version 2
        set eap enable
        set authusrgrp "vpn-users"
    next
end
config user local
    edit "marlow"
        set type password
    next
end
config user group
    edit "vpn-users"
        set member "marlow"
    next
end
config firewall policy
    edit 1
        set srcintf "ra-staff"
        set dstintf "internal"
        set action accept
    next
end
`;

const configOf = (release: string) =>
  sampleConfig('branch-07').replace(/FGT60F-[\d.]+-/, `FGT60F-${release}-`) + DIALUP;

/** Two clients log in to the tunnel once the device listens. */
const LOGINS: Pick<LiveGiven, 'onWatching'> = {
  onWatching: (simulator) =>
    setTimeout(() => {
      for (const client of [CLIENT, OTHER]) simulator.logIn({ user: 'marlow', vpn: 'ikev2', client });
    }, 300),
};

const filterLines = ({ simulator }: LiveSeen) =>
  simulator.commands.filter((line) => line.startsWith('diagnose vpn ike'));
const opensIke = ({ debugLines }: LiveSeen) => debugLines.includes('diagnose debug application ike -1');

describe.concurrent('IKE in a debug window', PATIENT, () => {
  it.each([
    ['7.2.8', 'log-filter', 'dst-addr4'],
    ['7.4.0', 'log filter', 'dst-addr4'],
    ['7.4.8', 'log filter', 'rem-addr4'],
  ])(
    'FortiOS %s: is watched behind a filter on the client, which goes afterwards',
    async (release, path, name) => {
      const live = { client: CLIENT };
      await liveCheck({ configText: configOf(release), live, ...LOGINS }, (seen) => {
        expect(seen.error).toBeUndefined();
        expect(filterLines(seen)).toEqual([
          `diagnose vpn ike ${path} list`,
          `diagnose vpn ike ${path} ${name} ${CLIENT}`,
          `diagnose vpn ike ${path} list`,
          `diagnose vpn ike ${path} list`,
          `diagnose vpn ike ${path} clear`,
          `diagnose vpn ike ${path} list`,
        ]);
        const { commands } = seen.simulator;
        expect(commands.lastIndexOf(`diagnose vpn ike ${path} clear`)).toBeGreaterThan(
          commands.lastIndexOf('diagnose debug reset'),
        );
        expect(seen.report).toMatchObject({
          state: 'watched',
          applications: ['fnbamd', 'sslvpn', 'ike', 'eap_proxy', 'ftm-push'],
        });
        expect(seen.report?.unwatched).toBeUndefined();
        expect(seen.item?.text).toContain(`comes ${CLIENT}:`);
        expect(seen.item?.text).not.toContain(OTHER);
        isClosed(seen);
      });
    },
  );

  it('is not watched without the address of the client', async () => {
    await liveCheck({ configText: configOf('7.4.8'), ...LOGINS }, (seen) => {
      expect(filterLines(seen)).toEqual([]);
      expect(opensIke(seen)).toBe(false);
      expect(seen.report).toMatchObject({
        state: 'watched',
        unwatched: expect.stringContaining('public address'),
      });
      expect(seen.item?.text).not.toContain('comes ');
      isClosed(seen);
    });
  });

  it('is not watched while another person has set a filter, which stays', async () => {
    const behaviour = { ikeFilter: { 'rem-addr4': OTHER } };
    const live = { client: CLIENT };
    await liveCheck({ configText: configOf('7.4.8'), behaviour, live, ...LOGINS }, (seen) => {
      expect(filterLines(seen)).toEqual(['diagnose vpn ike log filter list']);
      expect(opensIke(seen)).toBe(false);
      expect(seen.report).toMatchObject({ unwatched: expect.stringContaining(`IPv4 remote: ${OTHER}`) });
      expect(seen.simulator.ikeFilter()).toEqual([`rem-addr4 ${OTHER}`]);
      isOff(seen);
    });
  });

  it('is not watched where the device does not keep the filter', async () => {
    const live = { client: CLIENT };
    await liveCheck({ configText: configOf('7.4.8'), behaviour: { losesIkeFilter: true }, live }, (seen) => {
      expect(opensIke(seen)).toBe(false);
      expect(seen.report).toMatchObject({ unwatched: expect.stringContaining('did not take') });
      isClosed(seen);
    });
  });

  it('is closed after its session was cut', async () => {
    const onWatching: LiveGiven['onWatching'] = (simulator) => setTimeout(() => simulator.cutAll(), 200);
    const live = { client: CLIENT };
    await liveCheck({ configText: configOf('7.4.8'), live, onWatching, seconds: 5 }, (seen) => {
      expect(seen.report).toMatchObject({ state: 'watched', ended: 'session-lost' });
      expect(opensIke(seen)).toBe(true);
      isClosed(seen);
    });
  });

  it('is closed where the check is cancelled', async () => {
    const cancel = new AbortController();
    const onWatching = () => setTimeout(() => cancel.abort(new Error('stopped')), 200);
    const request = { signal: cancel.signal };
    const live = { client: CLIENT };
    await liveCheck({ configText: configOf('7.4.8'), live, request, onWatching, seconds: 20 }, (seen) => {
      expect(seen.error).toBeDefined();
      expect(opensIke(seen)).toBe(true);
      isClosed(seen);
    });
  });

  it('of a process that was killed: its filter is cleared with its debug', async () => {
    const behaviour = { ikeFilter: { 'rem-addr4': CLIENT } };
    const states: boolean[] = [];
    const request: LiveGiven['request'] = {
      closeDebugFirst: true,
      onLeftover: async (off) => void states.push(off),
    };
    const before: LiveGiven['before'] = (simulator) => {
      for (const line of ['diagnose debug application ike -1', 'diagnose debug enable'])
        simulator.console().execute(line);
    };
    await liveCheck({ configText: configOf('7.4.8'), behaviour, request, before }, (seen) => {
      expect(states).toEqual([true]);
      isClosed(seen);
    });
  });

  it('on a device with VDOMs', async () => {
    const inVdom = DIALUP.replace(/^/gm, '');
    const configText = sampleConfig('campus').replace(/(config vdom\nedit campus\n)(?!next)/, `$1${inVdom}`);
    const live = { client: CLIENT };
    const request = { vdom: 'campus' };
    await liveCheck({ configText, live, request }, (seen) => {
      expect(seen.error).toBeUndefined();
      expect(opensIke(seen)).toBe(true);
      isClosed(seen);
    });
  });
});

it('takes no text but an address for a client', () => {
  fc.assert(
    fc.property(
      anyText({ maxLength: 60 }),
      fc.constantFrom('up to 7.2', '7.4.0', 'since 7.4.1', 'constructor'),
      (client, filter) => {
        const line = debugLine({ id: 'ike-filter-set', filter: filter as 'since 7.4.1', client });
        expect(line === undefined).toBe(!isIpAddress(client) || filter === 'constructor');
      },
    ),
  );
  expect(debugLine({ id: 'ike-filter-set', filter: 'since 7.4.1', client: '2001:db8::7' })).toBe(
    'diagnose vpn ike log filter rem-addr6 2001:db8::7',
  );
  for (const client of ['203.0.113.7\nexecute reboot', '203.0.113.7 ', '203.0.113.7/0', '', '203.0.113'])
    expect(debugLine({ id: 'ike-filter-set', filter: '7.4.0', client })).toBeUndefined();
});

function isClosed(seen: LiveSeen): void {
  isOff(seen);
  expect(seen.simulator.ikeFilter()).toEqual([]);
}
