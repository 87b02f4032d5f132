import { expect, it } from 'vitest';
import { diagnose as diagnoseItems } from '../../../src/engine/diagnosis/diagnose.ts';

const HEADER = (vdom: 0 | 1) =>
  `#config-version=FGT60F-7.2.8-FW-build1639-240313:opmode=0:vdom=${vdom}:user=admin\n#buildno=1639\n`;
const GLOBAL = `config system global
    set admin-sport 8443
end
config system interface
    edit "wan1"
        set vdom "root"
        set ip 198.51.100.10 255.255.255.0
        set allowaccess ping https ftm
        set role wan
    next
end
config system custom-language
    edit "en"
        set filename "en"
    next
end
config system admin
    edit "admin"
        set accprofile "super_admin"
        set vdom "root"
    next
end
`;
const PUSH = `config system ftm-push
    set server "198.51.100.10"
    set status enable
end
`;
const USERS = 'config system settings\nend\nconfig user local\nend\nconfig vpn ssl settings\nend\n';
const POLICIES = 'config firewall policy\nend\nconfig firewall local-in-policy\nend\n';
const ROUTING = 'config router bgp\nend\nconfig router multicast\nend\n';

function diagnose(text: string) {
  const diagnosis = diagnoseItems([{ name: 'fgt.conf', text }]);
  const verdicts = Object.fromEntries(diagnosis.checks.map((check) => [check.rule, check]));
  return { ...diagnosis, verdicts };
}

it('says of the part that was read only that no cause is in it', () => {
  expect(diagnose(HEADER(0) + GLOBAL + PUSH).headline).toBe(
    'fgt.conf is incomplete: the last section in it is `config system ftm-push`. No cause in what was read',
  );
});

it('is healthy to its end', () => {
  const { verdict, verdicts } = diagnose(HEADER(0) + GLOBAL + PUSH + USERS + POLICIES + ROUTING);
  expect(verdict).toBe('healthy');
  expect(verdicts['port-conflict-vip']?.verdict).toBe('healthy');
});

it.each([
  ['the administrators', GLOBAL],
  ['the push service', GLOBAL + PUSH],
  ['the users', GLOBAL + PUSH + USERS],
  ['the policies', GLOBAL + PUSH + USERS + POLICIES],
  [
    'the middle of a policy',
    `${GLOBAL + PUSH + USERS}config firewall policy\n    edit 1\n        set name "a`,
  ],
])('is neither healthy nor broken where it is cut behind %s', (_where, text) => {
  const { verdict, findings, headline } = diagnose(HEADER(0) + text);
  expect(findings).toEqual([]);
  expect(verdict).toBe('inconclusive');
  expect(headline).toMatch(/^fgt\.conf is incomplete: the last section in it is `config \S/);
});

it('claims nothing wherever it is cut before its routing', () => {
  const lines = (HEADER(0) + GLOBAL + PUSH + USERS + POLICIES + ROUTING).split('\n');
  const routing = lines.indexOf('config router bgp');
  for (let end = 3; end <= routing; end += 1) {
    const { verdict, findings } = diagnose(`${lines.slice(0, end).join('\n')}\n`);
    expect([end, verdict, findings.map((each) => each.rule)]).toEqual([end, 'inconclusive', []]);
  }
});

it('leaves open what would stand behind the cut, and says so', () => {
  const { verdicts } = diagnose(HEADER(0) + GLOBAL);
  expect(verdicts['push-disabled']).toMatchObject({
    verdict: 'unknown',
    reason: 'fgt.conf ends with `config system admin`: the rest of the configuration is missing',
  });
  expect(verdicts['port-conflict-vip']?.verdict).toBe('unknown');
});

it('still shows what is wrong before the cut', () => {
  const { verdict, findings } = diagnose(HEADER(0) + GLOBAL + PUSH.replace('enable', 'disable'));
  expect(verdict).toBe('broken');
  expect(findings.map((each) => each.rule)).toEqual(['push-disabled']);
});

it('claims nothing of the VDOMs that are cut off', () => {
  const listed = 'config vdom\nedit root\nnext\nedit dmz\nnext\nend\n\n';
  const root = `config vdom\nedit root\n${USERS}config firewall vip\nend\n${POLICIES}${ROUTING}end\n\n`;
  const whole = `${HEADER(1)}${listed}config global\n${GLOBAL}${PUSH}end\n\n${root}`;
  const cut = diagnose(whole);
  expect(cut.verdict).toBe('inconclusive');
  expect(cut.verdicts['port-conflict-vip']?.verdict).toBe('unknown');
  expect(cut.verdicts['push-disabled']?.verdict).toBe('healthy');
  const second = root.replace('edit root', 'edit dmz').replace('config firewall vip\nend\n', '');
  expect(diagnose(whole + second).verdict).toBe('healthy');
  expect(diagnose(whole + second).verdicts['port-conflict-vip']?.verdict).toBe('healthy');
});

it('knows nothing of push by the backup of another product', () => {
  const text = (HEADER(0) + GLOBAL + PUSH + USERS + ROUTING).replace('FGT60F', 'FAZ200F');
  const { verdict, findings } = diagnose(
    text.replace('set accprofile', 'set trusthost1 10.0.0.0 255.0.0.0\n  set accprofile'),
  );
  expect(findings).toEqual([]);
  expect(verdict).toBe('inconclusive');
});

it('does not take the administrators of one VDOM for all', () => {
  const text = `${HEADER(1)}#global_vdom=0:vd_name=dmz/dmz\n${GLOBAL.replace(
    'set accprofile',
    'set trusthost1 192.0.2.0 255.255.255.0\n        set accprofile',
  )}${USERS}${POLICIES}${ROUTING}`;
  const { verdicts, verdict } = diagnose(text);
  expect(verdict).toBe('inconclusive');
  expect(verdicts['admin-trusthost-blocks-callback']?.verdict).toBe('unknown');
});

it.each([
  ['to its end', 'EDGE (global) # ', 'broken'],
  ['to the end of the paste', '', 'unknown'],
])('knows that push is off by a `show` in global that goes %s', (_where, behind, verdict) => {
  const text = `EDGE # config global\n\nEDGE (global) # show\n${GLOBAL}\n${behind}`;
  expect(diagnose(text).verdicts['push-disabled']?.verdict).toBe(verdict);
});

const ADMIN = 'config system admin\n    edit "wren"\n        set accprofile "super_admin"\n';

it.each([
  ['one command', `EDGE # show system admin\n${ADMIN}`, 'system admin'],
  ['blocks without a header', `${PUSH}${ADMIN}`, 'system admin'],
  [
    'a nested block',
    `${PUSH}config system interface\n    edit "wan1"\n        config ipv6\n`,
    'system interface',
  ],
])('names the block that the text of %s ends in', (_what, text, path) => {
  const { verdict, headline } = diagnose(text);
  expect(verdict).toBe('inconclusive');
  expect(headline).toBe(`fgt.conf is cut off inside \`config ${path}\``);
});

it.each([
  ['the same block stands whole elsewhere', `${PUSH}${GLOBAL}EDGE # show system admin\n${ADMIN}`],
  [
    'lines were picked out',
    'EDGE # show system admin | grep -f accprofile\n        set accprofile "super_admin"\n',
  ],
])('names no block where %s', (_why, text) => {
  expect(diagnose(text).headline).not.toContain('cut off');
});
