import { describe, expect, it } from 'vitest';
import { parseRoute } from '../../../../src/engine/fortios/output/routing-table.ts';
import { outputShape } from '../../../../src/engine/fortios/output-shape.ts';

const COMMAND = 'get router info routing-table details 0.0.0.0';
const BEST = '  Known via "static", distance 10, metric 0, best';
const DEFAULT = 'Routing entry for 0.0.0.0/0';

describe('the default routes in use', () => {
  it.each([
    ['before 7.0', [DEFAULT, BEST, '  * 192.0.2.1, via wan1'], ['wan1 192.0.2.1']],
    [
      'of several lines',
      [
        'Routing table for VRF=0',
        DEFAULT,
        BEST,
        '  * vrf 0 192.0.2.1, via wan1',
        '  * vrf 0 203.0.113.1, via wan2',
      ],
      ['wan1 192.0.2.1', 'wan2 203.0.113.1'],
    ],
    ['without gateway', [DEFAULT, BEST, '           * directly connected, VPN_01'], ['VPN_01 -']],
    ['through a tunnel', [DEFAULT, BEST, '  * via HUB1 tunnel 203.0.113.9 vrf 0'], ['HUB1 - tunnel']],
    ['with a space in the name', [DEFAULT, BEST, '  * 192.0.2.1, via wan line 1'], ['wan line 1 192.0.2.1']],
    [
      'without those marked inactive',
      [DEFAULT, BEST, '    192.0.2.1, via wan1 inactive', '  * 203.0.113.1, via wan2'],
      ['wan2 203.0.113.1'],
    ],
    [
      'without an entry that is not the best',
      [
        DEFAULT,
        '  Known via "static", distance 15, metric 0',
        '    via OLD tunnel 203.0.113.9 vrf 0',
        '',
        DEFAULT,
        BEST,
        '  * vrf 0 192.0.2.1, via wan1',
      ],
      ['wan1 192.0.2.1'],
    ],
  ])('%s', (_what, lines, expected) => {
    const answer = parseRoute(lines);
    const hops = answer?.kind === 'hops' ? answer.hops : [];
    expect(
      hops.map(
        ({ interface: name, gateway = '-', isTunnel }) => `${name} ${gateway}${isTunnel ? ' tunnel' : ''}`,
      ),
    ).toEqual(expected);
    expect(outputShape(COMMAND)?.irregular(lines)).toEqual([]);
  });

  it('says which network the route is for', () => {
    const lines = [
      'Routing entry for 10.20.0.0/16',
      '  Known via "connected", distance 0, metric 0, best',
      '  * directly connected, internal',
    ];
    expect(parseRoute(lines)).toMatchObject({ prefix: '10.20.0.0/16', hops: [{ interface: 'internal' }] });
    expect(outputShape('get router info routing-table details 10.20.1.9')?.irregular(lines)).toEqual([]);
  });

  it('knows that there is none', () => {
    expect(parseRoute(['% Network not in table'])).toEqual({ kind: 'none', index: 0 });
  });

  it.each([
    ['nothing', []],
    ['a refusal', ['Unknown action 0']],
    [
      'both halves',
      [
        'Routing entry for 0.0.0.0/1',
        BEST,
        '  * 192.0.2.1, via wan1',
        DEFAULT,
        BEST,
        '  * 192.0.2.1, via wan1',
      ],
    ],
    ['a cut answer', [DEFAULT, BEST]],
    ['two answers at odds', [DEFAULT, BEST, '  * 192.0.2.1, via wan1', '% Network not in table']],
  ])('takes nothing from %s', (_what, lines) => {
    expect(parseRoute(lines)).toBeUndefined();
  });
});
