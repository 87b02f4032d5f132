import { describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../../../src/engine/diagnosis/diagnosis.ts';
import { portLine, portMatters, portNote } from '../../../../src/report/documents/answer/port-line.ts';
import { renderSlack } from '../../../../src/report/formats/slack/render-slack.ts';
import { DEVICE_CHECK } from '../../fixtures.ts';

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

describe('the port that the phone connects to', () => {
  it.each([
    ['alone', ALONE, 'No port conflict on TCP 4433 of wan1 (198.51.100.10).'],
    [
      'with a rival',
      RIVAL,
      'Port conflict on TCP 4433 of wan1 (198.51.100.10): a virtual IP and the push service use it; the virtual IP forwards the connection to an internal server.',
    ],
    [
      'with a rival that probably wins',
      { ...mapOf('local-in-policy', 'ftm-push'), confidence: 'likely' as const },
      'TCP 4433 of wan1 (198.51.100.10): probably the local-in policy drops the connection.',
    ],
    [
      'of another service, with push off',
      mapOf('admin-https'),
      'TCP 4433 of wan1 (198.51.100.10): the admin page answers, and the push service is off.',
    ],
    ['unanswered', mapOf(), 'TCP 4433 of wan1 (198.51.100.10): nothing listens, the push service is off.'],
    [
      'alone, as far as the evidence shows',
      { ...ALONE, unseen: ['virtual-ip', 'ssl-vpn', 'ike-tcp'] },
      'No port conflict on TCP 4433 of wan1 (198.51.100.10) in what was read. Not checked: a virtual IP, the SSL VPN portal and IKE over TCP.',
    ],
    [
      'unanswered, as far as the evidence shows',
      { ...mapOf(), unseen: ['virtual-ip'] },
      'TCP 4433 of wan1 (198.51.100.10): the push service is off. Not checked: a virtual IP.',
    ],
    ['unknown', undefined, ''],
  ] satisfies (readonly [string, PortMap | undefined, string])[])('%s', (_, map, expected) => {
    expect(portLine(map)).toBe(expected);
  });

  it.each([
    ['alone, and the phone gets through', ALONE, 'token', false],
    ['alone, and the answer of the phone is lost', ALONE, 'callback', true],
    ['alone, and the phone cannot agree on TLS', ALONE, 'tls', true],
    ['with a rival', RIVAL, 'token', true],
    ['unanswered', mapOf(), null, true],
  ] as const)('is part of a Slack answer where it matters: %s', (_, portMap, firstBrokenHop, expected) => {
    // A finding says by itself who has the port.
    expect(portMatters({ ...DEVICE_CHECK, portMap, firstBrokenHop })).toBe(false);
    const diagnosis: Diagnosis = {
      ...DEVICE_CHECK,
      findings: [],
      verdict: 'inconclusive',
      portMap,
      firstBrokenHop,
    };
    expect(portMatters(diagnosis)).toBe(expected);
    const { text, blocks } = renderSlack(diagnosis);
    expect(text.includes('TCP 4433')).toBe(expected);
    expect(JSON.stringify(blocks).includes('TCP 4433')).toBe(expected);
  });

  it('is no note below the path where services that were not read leave open who has the port', () => {
    expect(portNote({ ...DEVICE_CHECK, portMap: ALONE })).toBe(portLine(ALONE));
    expect(portNote({ ...DEVICE_CHECK, portMap: { ...ALONE, unseen: ['virtual-ip'] } })).toBe('');
  });

  it('is left out where it is not known', () => {
    expect(portMatters(DEVICE_CHECK)).toBe(false);
  });
});
