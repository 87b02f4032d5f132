import { expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import { renderText } from '../../../src/report/formats/text/render-text.ts';
import { diagnoseText } from '../../support/diagnose-text.ts';

const ADMIN =
  'config system admin\n    edit "admin"\n        set trusthost1 10.0.0.0 255.0.0.0\n        set accprofile "super_admin"\n    next\nend\n';

function profile(name: string, lines: string) {
  return `config system accprofile\n    edit "${name}"\n${lines}    next\nend\n`;
}

it.each([
  [
    'is made where there is none',
    profile('prof_admin', '        set sysgrp read-write\n'),
    'ftm_no_access',
    true,
  ],
  ['is taken where it allows nothing', profile('ftm_no_access', ''), 'ftm_no_access', false],
  [
    'gets another name where it allows something',
    profile('ftm_no_access', '        set sysgrp read-write\n'),
    'ftm_no_access-2',
    true,
  ],
])('the profile of the fix %s', (_name, profiles, used, made) => {
  const { findings } = diagnose([{ name: 'paste', text: profiles + ADMIN }]);
  const fix = findings.find((each) => each.rule === 'admin-trusthost-blocks-callback')?.fix;
  expect(fix?.apply.map((line) => line.trim())).toContain(`set accprofile "${used}"`);
  expect(fix?.apply.includes('config system accprofile')).toBe(made);
  expect(fix?.undo.map((line) => line.trim()).includes(`delete "${used}"`)).toBe(made);
});

const head = (release: string, vdoms: 0 | 1) =>
  `#config-version=FGT60F-${release}-FW-build1000-250101:opmode=0:vdom=${vdoms}:user=admin\n`;

function linesOf(text: string): readonly string[] {
  const { findings } = diagnose([{ name: 'backup.conf', text }]);
  const fix = findings.find((each) => each.rule === 'admin-trusthost-blocks-callback')?.fix;
  return fix?.apply.map((line) => line.trim()) ?? [];
}

it.each([
  ['6.2.12', false],
  ['6.4.0', true],
  ['7.4.1', true],
  ['7.4.2', false],
  ['7.6.4', false],
] as const)('on %s the new profile is denied diagnose: %s', (release, denied) => {
  expect(linesOf(head(release, 0) + ADMIN).includes('set system-diagnostics disable')).toBe(denied);
});

it('with VDOMs the administrator belongs to the one the answer arrives in', () => {
  const text = `${head('7.2.8', 1)}config vdom
edit root
next
edit outside
next
end
config global
${ADMIN}config system interface
    edit "port1"
        set vdom "outside"
        set ip 198.51.100.10 255.255.255.0
        set allowaccess ftm
    next
end
config system ftm-push
    set server "198.51.100.10"
    set status enable
end
end
`;
  expect(linesOf(text)).toContain('set vdom "outside"');
  expect(linesOf(text.replace('set server "198.51.100.10"', 'set server "push.example.net"'))).toContain(
    'set vdom "root"',
  );
  expect(linesOf(head('7.2.8', 0) + ADMIN).join()).not.toContain('set vdom');
});

it.each([
  ['a block on its own, which may not be all', ADMIN, 'likely'],
  ['the answer to the command', `EDGE # show system admin\n${ADMIN}EDGE # \n`, 'certain'],
  ['one administrator that was asked for', `EDGE # show system admin admin\n${ADMIN}EDGE # \n`, undefined],
])('every administrator of %s has trusted hosts', (_what, text, confidence) => {
  const { findings } = diagnose([{ name: 'paste', text }]);
  expect(findings.find((each) => each.rule === 'admin-trusthost-blocks-callback')?.confidence).toBe(
    confidence,
  );
});

const wan = (access: string) =>
  `config system interface\n    edit "port9"\n        set ip 198.51.100.130 255.255.255.240\n        set allowaccess ${access}\n    next\nend\n`;
const FLOW =
  'id=65308 trace_id=4 func=print_pkt_detail line=5892 msg="vd-root:0 received a packet(proto=6, 203.0.113.99:40118->198.51.100.130:4433) tun_id=0.0.0.0 from port9. flag [S], seq 1, ack 0, win 65535"\nid=65308 trace_id=4 func=fw_local_in_handler line=620 msg="iprope_in_check() check failed on policy 0, drop"\n';
const PUSH = 'config system ftm-push\n    set server "198.51.100.130"\n    set status enable\nend\n';
const found = (...texts: readonly string[]) =>
  diagnose([{ name: 'paste', text: texts.join('\n') }]).findings.find(
    ({ rule }) => rule === 'admin-trusthost-blocks-callback',
  );
const TWO = ADMIN.replace(
  '    next\nend',
  '    next\n    edit "noc"\n        set trusthost1 10.7.0.0 255.255.0.0\n        set trusthost2 203.0.113.40 255.255.255.255\n    next\nend',
);

it('the interface that shows its login page is named, with the sources that a local-in policy lets in', () => {
  const note = found(PUSH, wan('ping https ssh ftm'), TWO)?.fix.note;
  expect(note).toContain(
    'First restrict the login page of port9 (https and ssh), which the fix opens to every source',
  );
  expect(note).toContain(
    'Type this in the VDOM of port9, from one of these sources: `config firewall address`',
  );
  expect(note).toContain('`edit "ftm-admin-2"`, `set subnet 203.0.113.40/32`');
  expect(note).toContain('`set intf "port9"`, `set srcaddr "ftm-admin-1" "ftm-admin-2"`');
});

it('no interface is named that shows no login page', () => {
  expect(found(PUSH, wan('ping ftm'), TWO)?.fix.note).not.toContain('port9');
});

it('the packet of the phone that was dropped is quoted', () => {
  const lines = found(PUSH, wan('ping ftm'), TWO, FLOW)?.evidence.map(({ text }) => text);
  expect(lines?.some((text) => text.includes('check failed on policy 0, drop'))).toBe(true);
});

it('the local-in policies to type first are a block of their own', () => {
  const lines = renderText(diagnoseText([PUSH, wan('ping https ftm'), TWO].join('\n'))).split('\n');
  const policies = lines.findIndex((line) => line.trim() === 'config firewall local-in-policy');
  expect(policies).toBeGreaterThan(0);
  expect(policies).toBeLessThan(lines.indexOf('Fix'));
});
