import { describe, expect, it } from 'vitest';
import { known, type Sourced, unknown } from '../../../src/engine/facts/fact.ts';
import type { FactValues } from '../../../src/engine/facts/facts.ts';
import type { Interface } from '../../../src/engine/facts/network/interface-values.ts';
import type { PushService } from '../../../src/engine/facts/values.ts';
import { parseVersion } from '../../../src/engine/fortios/version.ts';
import { changeAddress, pushAddress } from '../../../src/engine/rules/shared/push-address.ts';
import { knowsServer } from '../../../src/engine/rules/shared/push-fields.ts';
import { type AddressSuggestion, suggestAddress } from '../../../src/engine/rules/shared/wan-interfaces.ts';

const NOTHING = unknown('not in this test');
const DYNAMIC: AddressSuggestion = { kind: 'dynamic', interface: 'wan1', mode: 'dhcp' };

describe('knowsServer', () => {
  it.each([
    ['6.2.16', false],
    ['6.4.9', false],
    ['6.4.10', true],
    ['6.4.15', true],
    ['7.0.0', true],
    ['7.6.4', true],
    ['5.4.12', false],
  ])('%s: %s', (text, expected) => {
    expect(knowsServer(parseVersion(text))).toBe(expected);
  });

  it.each([
    ['an old `get` prints no `server` line', {}, false],
    ['a newer `get` prints it, even empty', { server: set('') }, true],
    ['`show` leaves an empty one out', { server: unset('') }, undefined],
  ])('without a version: %s', (_, fields, expected) => {
    expect(knowsServer(undefined, service(fields))).toBe(expected);
  });
});

describe('pushAddress', () => {
  it.each([
    ['7.2.8', { server: set('198.51.100.10'), serverIp: set('203.0.113.7') }, 'server'],
    ['7.2.8', { server: unset(''), serverIp: set('203.0.113.7') }, undefined],
    ['6.4.9', { server: unset(''), serverIp: set('203.0.113.7') }, 'server-ip'],
    ['7.6.4', { server: unset(''), interface: set('wan1') }, 'interface'],
  ])('%s %o: %s', (version, fields, expected) => {
    expect(pushAddress(service(fields), contextOf(version))?.field).toBe(expected);
  });
});

describe('changeAddress', () => {
  it.each([
    ['6.2.12', {}, undefined, ['set server-ip <public-ip>'], ['unset server-ip']],
    [
      '6.4.9',
      { serverIp: set('10.0.0.1') },
      { kind: 'static', address: '198.51.100.10' },
      ['set server-ip 198.51.100.10'],
      ['set server-ip 10.0.0.1'],
    ],
    [
      '7.2.8',
      { server: set('10.0.0.1') },
      { kind: 'static', address: '198.51.100.10' },
      ['set server "198.51.100.10"'],
      ['set server "10.0.0.1"'],
    ],
    ['7.2.8', { server: unset('') }, DYNAMIC, ['set server <public-ip-or-fqdn>'], ['unset server']],
    [
      '7.6.4',
      { server: set('10.0.0.1') },
      DYNAMIC,
      ['unset server', 'set interface "wan1"'],
      ['unset interface', 'set server "10.0.0.1"'],
    ],
    [
      '7.6.4',
      { server: unset(''), interface: set('wan2') },
      { kind: 'static', address: '198.51.100.10' },
      ['unset interface', 'set server "198.51.100.10"'],
      ['unset server', 'set interface "wan2"'],
    ],
    // FortiOS takes no second address, and does not take an old `server-ip` back.
    [
      '7.2.8',
      { server: set('10.0.0.1'), serverIp: set('10.0.0.1') },
      undefined,
      ['unset server-ip', 'set server <public-ip-or-fqdn>'],
      ['set server "10.0.0.1"'],
    ],
  ] as const)('%s %o', (version, fields, suggestion, apply, undo) => {
    expect(changeAddress(contextOf(version), service(fields), suggestion)).toMatchObject({ apply, undo });
  });

  it('changes the field that is in use where the version is not known', () => {
    const change = changeAddress({}, service({ server: unset(''), serverIp: set('10.0.0.1') }), undefined);
    expect(change.apply).toEqual(['set server-ip <public-ip>']);
    expect(change.undo).toEqual(['set server-ip 10.0.0.1']);
    expect(change.note).toContain('6.4.10');
  });

  it('says what older versions need where the version is not known', () => {
    expect(changeAddress({}, undefined, undefined).note).toContain('server-ip');
  });
});

describe('suggestAddress', () => {
  const inner: Interface = wan('wan1', { address: set('192.168.1.2') });
  const outer: Interface = wan('wan1', { address: set('198.51.100.10') });
  const dhcp: Interface = wan('wan2', { mode: 'dhcp' });
  const live: FactValues['liveAddresses'] = new Map([['wan2', { ...set('100.64.0.9'), further: [] }]]);

  it.each([
    ['a public WAN', [outer], undefined, { kind: 'static', address: '198.51.100.10' }],
    ['a private WAN', [inner], undefined, undefined],
    ['a WAN by DHCP', [dhcp], undefined, { kind: 'dynamic', interface: 'wan2', mode: 'dhcp' }],
    ['a WAN by DHCP that got a private address', [dhcp], live, undefined],
    ['two that may be it', [outer, dhcp], undefined, undefined],
  ] as const)('%s', (_, interfaces, addresses, expected) => {
    const liveFact = addresses ? known(addresses, []) : NOTHING;
    expect(suggestAddress(known(interfaces, []), liveFact)).toEqual(expected);
  });
});

function contextOf(version: string) {
  const parsed = parseVersion(version);
  return parsed ? { version: parsed } : {};
}

function service(fields: Partial<PushService>): PushService {
  return { status: set('enable'), serverPort: set(4433), ...fields };
}

function wan(name: string, fields: Partial<Interface>): Interface {
  return {
    name,
    secondary: [],
    secondaryAccess: [],
    mode: 'static',
    role: 'wan',
    allowaccess: unset([]),
    ...fields,
  };
}

function set<T>(value: T): Sourced<T> {
  return { value, explicit: true, quotes: [] };
}

function unset<T>(value: T): Sourced<T> {
  return { value, explicit: false, quotes: [] };
}
