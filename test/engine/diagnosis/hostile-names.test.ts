import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';

const PUSH = 'config system ftm-push\n    set server "198.51.100.10"\n    set status enable\nend\n';
const ATTACK = 'x\nexecute factoryreset\n';

function wan(name: string, access: string) {
  return `config system interface\n    edit "${name}"\n        set ip 198.51.100.10 255.255.255.0\n        set allowaccess ${access}\n        set role wan\n    next\nend\n`;
}

function policy(id: string) {
  return `config firewall local-in-policy\n    edit "${id}"\n        set intf "wan1"\n        set srcaddr "all"\n        set dstaddr "all"\n        set service "ALL"\n        set schedule "always"\n    next\nend\n`;
}

function vip(name: string) {
  return `config firewall vip\n    edit "${name}"\n        set extip 198.51.100.10\n        set extintf "any"\n    next\nend\n`;
}

const header = '#config-version=FGT60F-7.2.8-FW-build1639-240313:opmode=0:vdom=1:user=admin\n';

describe('a line break in a name never reaches a line to paste', () => {
  it.each([
    ['an interface', PUSH + wan(ATTACK, 'ping')],
    ['a policy', PUSH + wan('wan1', 'ftm') + policy(ATTACK)],
    ['a virtual IP', PUSH + wan('wan1', 'ftm') + vip(ATTACK)],
    [
      'a VDOM',
      `${header}config global\n${PUSH}${wan('wan1', 'ftm')}end\nconfig vdom\nedit "${ATTACK}"\n${vip('web')}end\n`,
    ],
    ['an address', PUSH.replace('set server "198.51.100.10"', `set server-ip "${ATTACK}"`)],
    ['a question mark', PUSH + wan('wan?', 'ping')],
  ])('of %s', (_name, text) => {
    const { findings } = diagnose([{ name: 'paste', text }]);
    const lines = findings.flatMap(({ fix }) => [...fix.apply, ...fix.undo, ...fix.verify]);
    for (const line of lines) expect(line).not.toMatch(/[\n\r?]|factoryreset/);
  });

  it('and the finding stands', () => {
    const text = PUSH + wan('wan1', 'ftm') + policy(ATTACK);
    const [first] = diagnose([{ name: 'paste', text }]).findings;
    expect(first?.rule).toBe('local-in-policy-denies');
    expect(first?.fix).toMatchObject({ apply: [], undo: [], verify: [] });
    expect(first?.fix.note).toContain('no lines to paste');
  });
});
