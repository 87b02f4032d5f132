import { expect, it } from 'vitest';
import { toSections } from '../../../../src/engine/evidence/sections.ts';
import { readFacts } from '../../../../src/engine/facts/read-facts.ts';

const push = (status: string) =>
  `config system ftm-push\n    set server "198.51.100.10"\n    set status ${status}\nend\n`;
const admin = (host: string) =>
  `config system admin\n    edit "admin"\n        set trusthost1 ${host} 255.0.0.0\n    next\nend\n`;
const get = (status: string) =>
  `server              : 198.51.100.10\nserver-port         : 4433\nstatus              : ${status}\n`;
const version = (release: string) => `Version: FortiGate-60F v${release},build2795,250523 (GA.M)\n`;

function factsOf(...typed: readonly (readonly [host: string, command: string, output: string])[]) {
  const text = typed.map(([host, command, output]) => `${host} # ${command}\n${output}\n`).join('');
  return readFacts(toSections({ name: 'paste', text })).facts;
}

it('takes the later of two answers of one device', () => {
  const { pushService, administrators } = factsOf(
    ['FGT-A', 'show system ftm-push', push('disable')],
    ['FGT-A', 'show system admin', admin('10.0.0.0')],
    ['FGT-A', 'show system ftm-push', push('enable')],
    ['FGT-A', 'show system admin', admin('11.0.0.0')],
  );
  expect(pushService).toMatchObject({ state: 'known', value: { status: { value: 'enable' } } });
  expect(administrators).toMatchObject({ state: 'known', value: [{ name: 'admin' }] });
});

it.each([
  ['show', push],
  ['get', get],
] as const)('takes what two devices answer to `%s` in one text for a contradiction', (verb, output) => {
  const { pushService } = factsOf(
    ['FGT-A', `${verb} system ftm-push`, output('disable')],
    ['FGT-B', `${verb} system ftm-push`, output('enable')],
  );
  expect(pushService).toMatchObject({
    state: 'conflicting',
    reason: 'paste (FGT-A) and paste (FGT-B) say different things about `system ftm-push`',
  });
});

it('does so of tables and of releases, too', () => {
  const { administrators, version: release } = factsOf(
    ['FGT-A', 'get system status', version('7.4.8')],
    ['FGT-A', 'show system admin', admin('10.0.0.0')],
    ['FGT-B', 'get system status', version('7.4.9')],
    ['FGT-B', 'show system admin', admin('11.0.0.0')],
  );
  expect(administrators.state).toBe('conflicting');
  expect(release.state).toBe('conflicting');
});

it('finds no fault with two members of a cluster that say the same', () => {
  const { pushService, administrators } = factsOf(
    ['FGT-A', 'show system ftm-push', push('enable')],
    ['FGT-A', 'show system admin', admin('10.0.0.0')],
    ['FGT-B(Secondary)', 'show system ftm-push', push('enable')],
    ['FGT-B(Secondary)', 'show system admin', admin('10.0.0.0')],
  );
  expect(pushService.state).toBe('known');
  expect(administrators).toMatchObject({ state: 'known', value: [{ name: 'admin' }] });
});

const HEADER = '#config-version=FGT60F-7.4.8-FW-build2795-250523:opmode=0:vdom=0:user=admin\n';
const VIP = 'config firewall vip\n    edit "mail"\n        set extip 198.51.100.10\n    next\nend\n';
const whole = (more: string) =>
  `${HEADER}config system global\nend\nconfig system interface\nend\n${admin('10.0.0.0')}${more}config router multicast\nend\n`;

it.each([
  ['lists what a whole configuration lists', whole(VIP), 'known'],
  ['lists what a whole configuration does not', whole(''), 'conflicting'],
  [
    'lists less than a whole configuration',
    whole(VIP.replace('end\n', '    edit "web"\n    next\nend\n')),
    'conflicting',
  ],
  ['lists what a picked table does not', `${HEADER}config firewall vip\nend\n`, 'known'],
])('a complete answer that %s', (_what, backup, state) => {
  const { vips } = readFacts([
    ...toSections({ name: 'backup.conf', text: backup }),
    ...toSections({ name: 'paste', text: `FGT-A # show firewall vip\n${VIP}FGT-A # \n` }),
  ]).facts;
  expect(vips.state).toBe(state);
});

it('what a device no longer lists is gone', () => {
  const { vips } = factsOf(
    ['FGT-A', 'show firewall vip', VIP],
    ['FGT-A', 'show firewall vip', 'config firewall vip\nend\n'],
  );
  expect(vips).toMatchObject({ state: 'known', value: [] });
});
