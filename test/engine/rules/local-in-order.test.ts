import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';

const DEVICE = `config system ftm-push
    set server "198.51.100.10"
    set status enable
end
config system interface
    edit "wan1"
        set ip 198.51.100.10 255.255.255.0
        set allowaccess ftm
        set role wan
    next
end
config firewall address
    edit "branch"
        set subnet 203.0.113.0 255.255.255.0
    next
    edit "inside"
        set subnet 10.0.0.0 255.0.0.0
    next
end
config firewall schedule onetime
    edit "move"
        set start 22:00 2026/03/07
        set end 06:00 2026/03/08
    next
end
`;
const DURING = Date.UTC(2026, 2, 7, 23);

interface Policy {
  readonly source: 'all' | 'none' | 'branch' | 'inside';
  readonly negated: boolean;
  readonly service: 'ALL' | 'HTTPS';
  readonly otherService: boolean;
  readonly schedule: 'always' | 'none' | 'move';
  readonly enabled: boolean;
  readonly action: 'accept' | 'deny';
}

function textOf(policies: readonly Policy[]): string {
  const entries = policies.map((each, index) =>
    [
      `    edit ${index + 1}`,
      '        set intf "wan1"',
      `        set srcaddr "${each.source}"`,
      ...(each.negated ? ['        set srcaddr-negate enable'] : []),
      '        set dstaddr "all"',
      `        set action ${each.action}`,
      `        set service "${each.service}"`,
      ...(each.otherService ? ['        set service-negate enable'] : []),
      `        set schedule "${each.schedule}"`,
      ...(each.enabled ? [] : ['        set status disable']),
      '    next',
    ].join('\n'),
  );
  return `${DEVICE}config firewall local-in-policy\n${entries.join('\n')}\nend\n`;
}

function verdictOn(text: string, readAt?: number) {
  const { checks, missing } = diagnose([{ name: 'paste', text }], { readAt });
  return {
    ...checks.find(({ rule }) => rule === 'local-in-policy-denies'),
    commands: missing.find(({ rule }) => rule === 'local-in-policy-denies')?.commands,
  };
}

/** As FortiOS decides for one phone on a mobile network, that is in none of the networks named here. */
function isDenied(policies: readonly Policy[], during: boolean): boolean {
  const first = policies.find(({ source, negated, service, otherService, schedule, enabled }) => {
    const isSource = (source === 'all') !== negated;
    const isService = (service === 'ALL') !== otherService;
    return enabled && isSource && isService && (schedule === 'always' || (schedule === 'move' && during));
  });
  return first?.action === 'deny';
}

const policy: fc.Arbitrary<Policy> = fc.record({
  source: fc.constantFrom('all', 'none', 'branch', 'inside'),
  negated: fc.boolean(),
  service: fc.constantFrom('ALL', 'HTTPS'),
  otherService: fc.boolean(),
  schedule: fc.constantFrom('always', 'none', 'move'),
  enabled: fc.boolean(),
  action: fc.constantFrom('accept', 'deny'),
});

it('the first policy that fits a phone decides, whatever stands in it', () => {
  fc.assert(
    fc.property(fc.array(policy, { minLength: 1, maxLength: 5 }), fc.boolean(), (policies, during) => {
      const expected = isDenied(policies, during) ? 'broken' : 'healthy';
      const readAt = during ? DURING : DURING + 30 * 86_400_000;
      const { verdict } = verdictOn(`${textOf(policies)}${clock(readAt)}`);
      expect(verdict).toBe(expected);
    }),
    { numRuns: 150 },
  );
});

/** The status line by which the device's own clock is known. */
function clock(ms: number): string {
  const [day, time] = new Date(ms).toISOString().slice(0, 19).split('T');
  return `\nfgt # get system status\nVersion: FortiGate-60F v7.2.8,build1639,240313 (GA.M)\nHostname: fgt\nSystem time: ${weekday(day)} ${time} ${day?.slice(0, 4)}\nfgt # \n`;
}

function weekday(day: string | undefined): string {
  const date = new Date(`${day}T00:00:00Z`);
  const [name, dayOfMonth, month] = date.toUTCString().replace(',', '').split(' ');
  return `${name} ${month} ${dayOfMonth}`;
}

const ONCE = textOf([
  {
    source: 'all',
    negated: false,
    service: 'ALL',
    otherService: false,
    schedule: 'move',
    enabled: true,
    action: 'deny',
  },
]);

it.each([
  ['an hour before it ends, by a clock whose zone may be another', DURING, 'unknown'],
  ['ten days later', DURING + 10 * 86_400_000, 'healthy'],
  ['ten days before', DURING - 10 * 86_400_000, 'healthy'],
  ['at no known time', undefined, 'unknown'],
])('a deny with a one-time schedule, %s', (_when, readAt, verdict) => {
  expect(verdictOn(ONCE, readAt).verdict).toBe(verdict);
});

it('asks for the objects that a policy names and nobody has read', () => {
  const text = textOf([])
    .replace(/config firewall address\n(?: .*\n)*end\n/, '')
    .replace(
      'config firewall local-in-policy\n',
      'config firewall local-in-policy\n    edit 1\n        set intf "wan1"\n        set srcaddr "offices"\n        set dstaddr "all"\n        set service "ALL"\n        set schedule "always"\n    next',
    );
  expect(verdictOn(text)).toMatchObject({
    verdict: 'unknown',
    reason: expect.stringContaining('`offices`'),
    commands: ['show firewall address', 'show firewall addrgrp'],
  });
});
