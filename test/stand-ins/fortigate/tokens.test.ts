import { expect, it } from 'vitest';
import { Cli } from '../../../src/stand-ins/fortigate/cli.ts';
import { type ConfigWrite, createDeviceState } from '../../../src/stand-ins/fortigate/device-state.ts';

const TOKENS = [
  'config user fortitoken',
  '    edit "FTKMOB11AA22BB33"',
  '        set reg-id "old-phone"',
  '    next',
  '    edit "FTK2000000000001"',
  '    next',
  'end',
];
const SINGLE = ['#config-version=FGT60F-7.2.8-FW-build1639-240313:opmode=0:vdom=0:user=admin', ...TOKENS];
const MULTI = [
  '#config-version=FGT60F-7.2.8-FW-build1639-240313:opmode=0:vdom=1:user=admin',
  'config vdom',
  'edit root',
  'next',
  'end',
  'config vdom',
  'edit root',
  ...TOKENS,
  'end',
];

function deviceOf(lines: readonly string[]) {
  const clock = { now: new Date('2026-03-02T09:12:00Z') };
  const writes: ConfigWrite[] = [];
  const state = createDeviceState(lines.join('\n'));
  const cli = new Cli({
    state,
    behaviour: { clock: () => clock.now },
    outputs: new Map(),
    record: (write) => writes.push(write),
  });
  const say = (line: string) => cli.execute(line).lines.join('\n');
  const status = () => /^FTKMOB11AA22BB33 +0 +(.*)$/m.exec(say('diagnose fortitoken info'))?.[1];
  const pass = (hours: number) => {
    clock.now = new Date(clock.now.getTime() + hours * 3_600_000);
  };
  return { say, status, pass, writes };
}

it('provisions a mobile token again: its phone loses it, and the message runs out', () => {
  const { say, status, pass, writes } = deviceOf(SINGLE);
  expect(status()).toBe('provisioned');
  expect(say('execute fortitoken-mobile provision FTKMOB11AA22BB33')).toBe('');
  expect(status()).toBe('provisioning');
  expect(say('show user fortitoken')).not.toContain('old-phone');
  pass(71);
  expect(status()).toBe('provisioning');
  pass(1);
  expect(status()).toBe('provision timeout');
  expect(writes.map((each) => each.line)).toEqual(['execute fortitoken-mobile provision FTKMOB11AA22BB33']);
});

it('gives the message as many hours as two-factor-ftm-expiry says', () => {
  const { say, status, pass } = deviceOf(SINGLE);
  for (const line of ['config system global', 'set two-factor-ftm-expiry 168', 'end']) say(line);
  say('execute fortitoken-mobile provision FTKMOB11AA22BB33');
  pass(167);
  expect(status()).toBe('provisioning');
  pass(1);
  expect(status()).toBe('provision timeout');
});

it.each([
  ['execute fortitoken-mobile provision', 'incomplete command'],
  ['execute fortitoken-mobile provision FTKMOB0000000000', 'entry not found'],
  ['execute fortitoken-mobile provision FTK2000000000001', "value parse error before 'FTK2000000000001'"],
  ['execute fortitoken-mobile provision FTKMOB11AA22BB33 now', "command parse error before 'now'"],
])('refuses %s', (line, error) => {
  const { say, status } = deviceOf(SINGLE);
  expect(say(line)).toContain(error);
  expect(status()).toBe('provisioned');
});

it('provisions in the VDOM of the token only', () => {
  const { say, status } = deviceOf(MULTI);
  say('config global');
  expect(say('execute fortitoken-mobile provision FTKMOB11AA22BB33')).toContain('command parse error');
  for (const line of ['end', 'config vdom', 'edit root']) say(line);
  expect(say('execute fortitoken-mobile provision FTKMOB11AA22BB33')).toBe('');
  expect(status()).toBe('provisioning');
});
