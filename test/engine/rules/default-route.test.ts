import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import type { EvidenceItem } from '../../../src/engine/evidence/types.ts';

const ROUTE = 'get router info routing-table details 0.0.0.0';

function answer(command: string, text: string, vdom?: string): EvidenceItem {
  const where = vdom === undefined ? {} : { vdom };
  return { name: vdom === undefined ? command : `${command} (vdom ${vdom})`, command, text, ...where };
}

function route(name: string, gateway: string, vdom?: string): EvidenceItem {
  const text = `Routing entry for 0.0.0.0/0\n  Known via "static", distance 10, metric 0, best\n  * ${gateway}, via ${name}`;
  return answer(ROUTE, text, vdom);
}

/** The phone calls wan1 in VDOM edge; pushes leave from VDOM root. */
const DEVICE: readonly EvidenceItem[] = [
  answer(
    'get system status',
    'Version: FortiGate-60F v7.4.8,build2795,250523 (GA.M)\nVirtual domain configuration: multiple\nCurrent virtual domain: root',
  ),
  answer(
    'show full-configuration system global',
    'config system global\n    set management-vdom "root"\nend',
  ),
  answer(
    'show full-configuration system ftm-push',
    'config system ftm-push\n    set server "198.51.100.10"\n    set status enable\nend',
  ),
  answer(
    'show system interface',
    `config system interface
${[
  ['wan1', 'edge', '198.51.100.10'],
  ['wan2', 'edge', '203.0.113.10'],
  ['wan3', 'root', '192.0.2.10'],
]
  .map(
    ([name, vdom, ip]) =>
      `    edit "${name}"\n        set vdom "${vdom}"\n        set ip ${ip} 255.255.255.0\n        set allowaccess ping ftm\n        set role wan\n    next`,
  )
  .join('\n')}
end`,
  ),
  answer(
    'get system interface physical',
    '== [onboard]\n\t==[wan1]\n\t\tmode: static\n\t\tip: 198.51.100.10 255.255.255.0',
  ),
];

function verdicts(...routes: readonly EvidenceItem[]): readonly (string | undefined)[] {
  const { checks } = diagnose([...DEVICE, ...routes], { alias: 'fgt' });
  const of = (id: string) => checks.find(({ rule }) => rule === id)?.verdict;
  return [of('callback-asymmetric-route'), of('push-egress-unsuitable')];
}

describe('default routes with VDOMs', () => {
  it('judges the answer of the phone by the VDOM it arrives in, and the push by the management VDOM', () => {
    expect(verdicts(route('wan1', '198.51.100.1', 'edge'), route('wan3', '192.0.2.1', 'root'))).toEqual([
      'healthy',
      'healthy',
    ]);
    expect(verdicts(route('wan2', '203.0.113.1', 'edge'), route('wan3', '192.0.2.1', 'root'))).toEqual([
      'broken',
      'healthy',
    ]);
  });

  it.each([
    ['no VDOM was read', []],
    ['the VDOM of the answer is not known', [route('wan1', '198.51.100.1')]],
    ['another VDOM was read', [route('wan1', '198.51.100.1', 'guests')]],
    ['the answers are empty', [answer(ROUTE, '', 'edge'), answer(ROUTE, '', 'root')]],
    [
      'there is none',
      [answer(ROUTE, '% Network not in table', 'edge'), answer(ROUTE, '% Network not in table', 'root')],
    ],
    [
      'they were refused',
      [answer(ROUTE, 'Unknown action 0', 'edge'), answer(ROUTE, 'Unknown action 0', 'root')],
    ],
  ])('decides nothing where %s', (_what, routes) => {
    expect(verdicts(...routes)).toEqual(['unknown', 'unknown']);
  });

  it('calls nothing healthy where the routes of the other VDOM were refused', () => {
    const refused = {
      ...answer(ROUTE, '', 'root'),
      failure: { kind: 'not-permitted' as const, reason: 'no rights' },
    };
    expect(verdicts(route('wan1', '198.51.100.1', 'edge'), refused)).toEqual(['unknown', 'unknown']);
  });
});
