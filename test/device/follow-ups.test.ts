import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CommandId, commandSpec, commandWith } from '../../src/engine/fortios/commands.ts';
import type { SimulatorBehaviour } from '../../src/stand-ins/fortigate/behaviour.ts';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import { anyText } from '../support/any-text.ts';
import { check, LONG_TIMEOUTS } from './device-fixture.ts';
import { isOff, liveCheck } from './live-fixture.ts';

const ROUTE = commandSpec('server-route').text;
const INSIDE = `${ROUTE} 10.20.1.30`;
const OUTSIDE = `${ROUTE} 192.0.2.31`;
const TABLES: readonly CommandId[] = ['user-groups', 'local-users', 'radius', 'ldap'];

/** Servers by address, by name, and by text that no command may contain. */
const CONFIG = `${sampleConfig('branch-07').replace(/^config (?:router static|user (?:ldap|radius|group))\n[\s\S]*?^end$/gm, '')}
config user ldap
    edit "dc01"
        set server "10.20.1.30"
    next
    edit "dc02"
        set server "dc02.example.net"
    next
    edit "dc03"
        set server "10.20.1.31 ; execute reboot"
    next
end
config user radius
    edit "nps01"
        set server "192.0.2.31"
    next
end
config user group
    edit "vpn-users"
        set member "dc01" "dc02" "dc03" "nps01"
    next
end
config router static
    edit 1
        set gateway 198.51.100.1
        set device "wan1"
    next
end
`;

/** On a busy machine, too, the window is open by then, and open long enough. */
const LATER_MS = 1_500;
const PATIENT_S = 6;

const TIMED_OUT = {
  fnbamd: [
    {
      text: "[856] __fnbamd_cfg_get_ldap_list_by_group-Loaded LDAP server 'dc01' for usergroup 'vpn-users' (8)",
    },
    { text: '[597] __ldap_conn_timeout-Connction with dc01:10.20.1.30 timed out.', afterMs: LATER_MS },
  ],
};

const CAMPUS = { names: ['campus'], next: () => TABLES };

const routes = (commands: readonly string[]) => commands.filter((line) => line.includes('router'));

describe.concurrent('the route to a server', () => {
  it('is read in a sweep, of every server whose address is known', async () => {
    const request = { commands: TABLES, isSweep: true };
    await check({ configText: CONFIG, request }, ({ simulator, item }) => {
      expect(routes(simulator.commands)).toEqual([INSIDE, OUTSIDE]);
      expect(item(INSIDE)?.text).toMatch(/^Routing (?:table for VRF=0\nRouting )?entry for 0\.0\.0\.0\/0$/m);
      expect(simulator.writes).toEqual([]);
    });
  });

  it('is not read for a question that needs none', async () => {
    await check({ configText: CONFIG, request: { commands: TABLES } }, ({ simulator }) => {
      expect(routes(simulator.commands)).toEqual([]);
    });
  });

  it('is read of the server alone that did not answer a login, once the debug is off', async () => {
    const given = {
      configText: CONFIG,
      behaviour: { debug: TIMED_OUT },
      seconds: PATIENT_S,
      request: { commands: TABLES },
    };
    await liveCheck(given, (seen) => {
      expect(seen.error).toBeUndefined();
      expect(routes(seen.simulator.commands)).toEqual([INSIDE]);
      expect(seen.simulator.commands.slice(-2)).toEqual([INSIDE, 'exit']);
      isOff(seen);
    });
  });

  it('is read of a server with a name by the address that the debug shows', async () => {
    const text = '[597] __ldap_conn_timeout-Connction with dc02:10.20.1.44 timed out.';
    const given = {
      configText: CONFIG,
      behaviour: { debug: { fnbamd: [...TIMED_OUT.fnbamd.slice(0, 1), { text, afterMs: LATER_MS }] } },
      seconds: PATIENT_S,
      request: { commands: TABLES },
    };
    await liveCheck(given, ({ simulator }) => {
      expect(routes(simulator.commands)).toEqual([`${ROUTE} 10.20.1.44`]);
    });
  });

  it('is read in the VDOM of the server', async () => {
    const configText = sampleConfig('campus').replace(
      /^edit campus\nconfig user fortitoken$/m,
      'edit campus\nconfig user radius\nedit "nps01"\nset server "10.20.1.30"\nnext\nend\nconfig user fortitoken',
    );
    const request = { commands: TABLES, vdom: 'campus', isSweep: true, planVdoms: () => CAMPUS };
    await check({ configText, request }, ({ item, simulator }) => {
      expect(item(INSIDE)).toMatchObject({ vdom: 'campus', failure: undefined });
      expect(simulator.vdoms()).toEqual(['root', 'campus', 'guests']);
    });
  });

  it.each<[string, SimulatorBehaviour]>([
    ['in single bytes', { chunkBytes: 1 }],
    ['slowly', { trickleMs: 1, chunkBytes: 64 }],
    ['with its first character lost', { eatFirstChar: true }],
    ['deaf after a prompt', { deafAfterPrompt: { ms: 120, command: INSIDE, times: 2 } }],
    [
      'with a message behind the prompt',
      { asyncLine: { text: 'System file integrity init check failed!', when: 'after-prompt' } },
    ],
    [
      'with a message before the echo',
      { asyncLine: { text: 'logout all admin users', when: 'before-echo' } },
    ],
  ])('is the same on a device that answers %s', async (_what, behaviour) => {
    const request = { commands: TABLES, isSweep: true };
    let clean: string | undefined;
    await check({ configText: CONFIG, request }, ({ item }) => {
      clean = item(INSIDE)?.text;
    });
    await check({ configText: CONFIG, behaviour, request }, ({ item }) => {
      expect([item(INSIDE)?.text, item(OUTSIDE)?.text]).toEqual([clean, clean]);
    });
  });

  it.each([1, 2, 3])('is right or not used, with messages everywhere; seed %i', async (seed) => {
    const request = { commands: TABLES, isSweep: true };
    const behaviour = { noise: { seed, every: 4, kind: 'foreign', limit: 12 } } as const;
    // Half of it is how long the client waits where a message hides an end.
    const device = { timeouts: { ...LONG_TIMEOUTS, command: 3_000 } };
    await check({ configText: CONFIG, behaviour, request, device }, ({ item }) => {
      const { text = '', failure } = item(INSIDE) ?? {};
      if (failure === undefined && text !== '') expect(text).toContain('* vrf 0 198.51.100.1, via wan1');
    });
  });

  it('may be refused or lost: the rest is an answer', async () => {
    const request = { commands: TABLES, isSweep: true };
    await check({ configText: CONFIG, behaviour: { denied: [INSIDE] }, request }, ({ item }) => {
      expect(item(INSIDE)?.failure?.kind).toBe('not-permitted');
      expect(item(OUTSIDE)?.failure).toBeUndefined();
    });
    await check(
      { configText: CONFIG, behaviour: { dropAfterCommand: INSIDE }, request },
      ({ items, item }) => {
        expect(item(INSIDE)).toBeUndefined();
        expect(item('show user ldap')?.failure).toBeUndefined();
        expect(items.length).toBeGreaterThan(TABLES.length);
      },
    );
  });
});

it('takes an address and nothing else', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        anyText({ maxLength: 40 }),
        fc.ipV4(),
        fc.ipV4().map((each) => `${each}\nexit`),
      ),
      (word) => {
        const line = commandWith('server-route', word);
        if (line !== undefined) expect(line.slice(ROUTE.length)).toMatch(/^ \d{1,3}(?:\.\d{1,3}){3}$/);
        expect(commandWith('dns', word)).toBeUndefined();
      },
    ),
  );
  expect(commandWith('server-route', '10.20.1.30')).toBe(INSIDE);
});
