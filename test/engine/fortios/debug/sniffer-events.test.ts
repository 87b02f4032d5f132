import { describe, expect, it } from 'vitest';
import { portsOfFilter, readSnifferEvent } from '../../../../src/engine/fortios/debug/sniffer-events.ts';

describe('readSnifferEvent', () => {
  const phone = { address: '203.0.113.55', port: 51522 };
  const gate = { address: '198.51.100.10', port: 4433 };

  it.each([
    ['interfaces=[any]', { kind: 'sniffer-interfaces', interfaces: ['any'] }],
    ['filters=[tcp port 4433]', { kind: 'sniffer-filter', filter: 'tcp port 4433' }],
    ['218 packets received by filter', { kind: 'sniffer-end', received: 218 }],
    [
      '4.118312 wan1 in 203.0.113.55.51522 -> 198.51.100.10.4433: syn 2870211',
      {
        kind: 'sniffed-packet',
        interface: 'wan1',
        direction: 'in',
        from: phone,
        to: gate,
        flags: ['syn'],
        at: 4,
      },
    ],
    [
      '2025-11-24 09:12:05.118312 wan1 out 198.51.100.10.4433 -> 203.0.113.55.51522: syn 99 ack 2870212',
      {
        kind: 'sniffed-packet',
        interface: 'wan1',
        direction: 'out',
        from: gate,
        to: phone,
        flags: ['syn', 'ack'],
        at: Date.UTC(2025, 10, 24, 9, 12, 5) / 1000,
      },
    ],
    [
      '0.951319 wan1 -- 203.0.113.55.51522 -> 198.51.100.10.4433: psh 8148 ack 3631',
      { kind: 'sniffed-packet', interface: 'wan1', from: phone, to: gate, flags: ['psh', 'ack'], at: 0 },
    ],
    [
      'wan1 in 203.0.113.55.51522 -> 198.51.100.10.4433: syn 2870211',
      {
        kind: 'sniffed-packet',
        interface: 'wan1',
        direction: 'in',
        from: phone,
        to: gate,
        flags: ['syn'],
      },
    ],
    [
      '0.951319 203.0.113.55.51522 -> 198.51.100.10.4433: rst 8148',
      { kind: 'sniffed-packet', from: phone, to: gate, flags: ['rst'], at: 0 },
    ],
    [
      '1.138754 wan1 in 2001:db8::9.546 -> 2001:db8::1.4433: syn 1',
      {
        kind: 'sniffed-packet',
        interface: 'wan1',
        direction: 'in',
        from: { address: '2001:db8::9', port: 546 },
        to: { address: '2001:db8::1', port: 4433 },
        flags: ['syn'],
        at: 1,
      },
    ],
    [
      '1.138754 203.0.113.55 -> 198.51.100.10: icmp: echo request',
      {
        kind: 'sniffed-packet',
        from: { address: '203.0.113.55' },
        to: { address: '198.51.100.10' },
        flags: [],
        at: 1,
      },
    ],
    ['1.138754 wan1 in arp who-has 198.51.100.10 tell 198.51.100.1', undefined],
    ['0x0010\t 00a1 03f9 0000 0111 56da a9fe c480 efff\t........V.......', undefined],
    ['the phone -> the FortiGate: nothing', undefined],
  ])('%s', (line, event) => {
    expect(readSnifferEvent(line)).toEqual(event);
  });
});

describe('portsOfFilter', () => {
  it.each([
    ['', 'all'],
    ['none', 'all'],
    ['tcp port 4433', [4433]],
    ['port 4433 or port 443', [4433, 443]],
    ['(tcp port 4433) or (tcp port 10443)', [4433, 10443]],
    ['tcp and port 4433', [4433]],
    ['host 203.0.113.55 and port 4433', []],
    ['udp port 500', []],
    ['port not 22', []],
    ['src port 4433', []],
  ])('%j covers %j', (filter, ports) => {
    expect(portsOfFilter(filter)).toEqual(ports);
  });
});
