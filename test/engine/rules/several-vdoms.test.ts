import { expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';

const HEAD = '#config-version=FGT60F-7.2.8-FW-build1639-240313:opmode=0:vdom=1:user=admin';

function configuration(vdoms: Readonly<Record<string, readonly string[]>>): string {
  return [
    HEAD,
    ...Object.keys(vdoms).flatMap((name) => ['config vdom', `edit ${name}`, 'next', 'end']),
    'config global',
    'config system global',
    '    set vdom-mode multi-vdom',
    'end',
    'end',
    ...Object.entries(vdoms).flatMap(([name, lines]) => ['config vdom', `edit ${name}`, ...lines, 'end']),
  ].join('\n');
}

function user(name: string, ...lines: readonly string[]): readonly string[] {
  const set = ['set type password', ...lines].map((line) => `        ${line}`);
  return ['config user local', `    edit "${name}"`, ...set, '    next', 'end'];
}

const FACTOR = 'set two-factor fortitoken';
const RADIUS = [
  'config user radius',
  '    edit "corp"',
  '        set server "192.0.2.7"',
  '        set all-usergroup enable',
  '    next',
  'end',
];

/** `edit` of what another VDOM holds would create it there: each thing is changed in its own. */
it.each([
  ['two-factor-not-assigned', user('ana', FACTOR), user('bob', FACTOR), 'ana', 'bob'],
  [
    'token-not-mobile',
    user('ana', FACTOR, 'set fortitoken "FTK2000000000001"'),
    user('bob', FACTOR, 'set fortitoken "FTK2000000000002"'),
    'ana',
    'bob',
  ],
  ['radius-all-usergroup', RADIUS, RADIUS.map((line) => line.replace('corp', 'branch')), 'corp', 'branch'],
  [
    'token-locked',
    ['config user fortitoken', '    edit "FTKMOB1100000011"', '        set status lock', '    next', 'end'],
    ['config user fortitoken', '    edit "FTKMOB2200000022"', '        set status lock', '    next', 'end'],
    'FTKMOB1100000011',
    'FTKMOB2200000022',
  ],
])('%s: what two VDOMs hold is mended in both', (rule, here, there, first, second) => {
  const text = configuration({ root: here, sales: there });
  const diagnosis = diagnose([{ name: 'backup.conf', text }]);
  const fix = diagnosis.findings.find((each) => each.rule === rule)?.fix;
  for (const block of [fix?.apply ?? [], fix?.undo ?? []]) {
    expect(block.filter((line) => line === 'config vdom')).toHaveLength(2);
    const [root = '', sales = ''] = block.join('\n').split('config vdom\n').slice(1);
    expect(root).toMatch(/^edit root\n/);
    expect(sales).toMatch(/^edit sales\n/);
    expect(root).toContain(first);
    expect(root).not.toContain(second);
    expect(sales).toContain(second);
    expect(sales).not.toContain(first);
  }
});
