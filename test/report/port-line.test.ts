import { describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts';
import { portLine, portMatters } from '../../src/report/port-line.ts';
import { renderSlack } from '../../src/report/slack/render-slack.ts';
import { DEVICE_CHECK } from './fixtures.ts';

type PortMap = NonNullable<Diagnosis['portMap']>;

function mapOf(...services: readonly PortMap['claims'][number]['service'][]): PortMap {
  return {
    port: 4433,
    address: '198.51.100.10',
    interface: 'wan1',
    claims: services.map((service) => ({ service, detail: 'x', evidence: [] })),
    winner: services[0] ?? null,
    confidence: 'certain',
    unseen: [],
  };
}

const ALONE = mapOf('ftm-push');
const RIVAL = mapOf('virtual-ip', 'ftm-push');

describe('the port that the phone calls', () => {
  it.each([
    ['alone', ALONE, 'TCP 4433 on wan1 (198.51.100.10): the push service alone.'],
    [
      'with a rival',
      RIVAL,
      'TCP 4433 on wan1 (198.51.100.10): claimed by a virtual IP and the push service; a virtual IP gets the connection.',
    ],
    ['unanswered', mapOf(), 'TCP 4433 on wan1 (198.51.100.10): nothing answers, the push service is off.'],
    ['unknown', undefined, ''],
  ])('%s', (_, map, expected) => {
    expect(portLine(map)).toBe(expected);
  });

  it.each([
    ['alone, and the phone gets through', ALONE, 'token', false],
    ['alone, and the answer of the phone is lost', ALONE, 'callback', true],
    ['alone, and the phone cannot agree on TLS', ALONE, 'tls', true],
    ['with a rival', RIVAL, 'token', true],
    ['unanswered', mapOf(), null, true],
  ] as const)('is part of a Slack answer where it matters: %s', (_, portMap, firstBrokenHop, expected) => {
    const diagnosis: Diagnosis = { ...DEVICE_CHECK, portMap, firstBrokenHop };
    expect(portMatters(diagnosis)).toBe(expected);
    const { text, blocks } = renderSlack(diagnosis);
    expect(text.includes('TCP 4433')).toBe(expected);
    expect(JSON.stringify(blocks).includes('TCP 4433')).toBe(expected);
  });

  it('is left out where it is not known', () => {
    expect(portMatters(DEVICE_CHECK)).toBe(false);
  });
});
