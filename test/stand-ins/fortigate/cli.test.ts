import { describe, expect, it } from 'vitest';
import type { SimulatorBehaviour } from '../../../src/stand-ins/fortigate/behaviour.ts';
import { Cli } from '../../../src/stand-ins/fortigate/cli.ts';
import { type ConfigWrite, createDeviceState } from '../../../src/stand-ins/fortigate/device-state.ts';
import { type SampleName, sampleConfig } from '../../../src/stand-ins/fortigate/samples.ts';

function cliOf(sample: SampleName, behaviour: SimulatorBehaviour = {}, configText = sampleConfig(sample)) {
  const writes: ConfigWrite[] = [];
  const state = createDeviceState(configText);
  const cli = new Cli({ state, behaviour, outputs: new Map(), record: (write) => writes.push(write) });
  const say = (line: string) => cli.execute(line).lines.join('\n');
  return { cli, say, writes, state, type: (...lines: string[]) => lines.map(say) };
}

describe('prompts', () => {
  it.each<[SimulatorBehaviour, string[], string]>([
    [{}, [], 'fgt-campus-01 # '],
    [{ privilege: '$' }, ['config global'], 'fgt-campus-01 (global) $ '],
    [{ haRole: 'Primary' }, ['config global'], 'fgt-campus-01(Primary) (global) # '],
    [{}, ['config vdom'], 'fgt-campus-01 (vdom) # '],
    [{}, ['config vdom', 'edit campus'], 'fgt-campus-01 (campus) # '],
    [{}, ['config vdom', 'edit campus', 'end'], 'fgt-campus-01 # '],
    [{}, ['config global', 'config system ftm-push'], 'fgt-campus-01 (ftm-push) # '],
    [{}, ['config global', 'config system interface', 'edit wan1'], 'fgt-campus-01 (wan1) # '],
    [{}, ['config global', 'config system interface', 'edit wan1', 'abort'], 'fgt-campus-01 (global) # '],
    [{ vdomAdmin: 'campus' }, [], 'fgt-campus-01 # '],
    [{ hostname: 'FW02-0_MAR02_SBMDEVELOPMENT_ROOM_MEN' }, [], 'FW02-0_MAR02_SBMDEVE~MEN # '],
  ])('%j after %j: %s', (behaviour, lines, prompt) => {
    const { cli, type, writes } = cliOf('campus', behaviour);
    type(...lines);
    expect(cli.prompt()).toBe(prompt);
    expect(writes).toEqual([]);
  });
});

describe('errors are printed as FortiOS prints them', () => {
  it.each([
    ['gibberish', '\nUnknown action 0\nCommand fail. Return code -1'],
    ['show system psu', "\ncommand parse error before 'psu'\nCommand fail. Return code -61"],
    ['get', '\nincomplete command in the end\nCommand fail. Return code -160'],
    ['diagnose nonsense', "\ncommand parse error before 'nonsense'\nCommand fail. Return code -61"],
  ])('%s', (line, text) => {
    expect(cliOf('branch-07').say(line)).toBe(text);
  });

  it('diagnose is unknown to an account that may not run it', () => {
    expect(cliOf('branch-07', { diagnose: false }).say('diagnose fortitoken info')).toMatch(
      /^\nUnknown action 0/,
    );
  });

  it('nothing but the status can be read at the root of a multi-VDOM device', () => {
    const { say } = cliOf('campus');
    expect(say('get system interface physical')).toContain('Command fail');
    expect(say('diagnose fortitoken info')).toContain('Unknown action 0');
    expect(say('get system status')).toContain('Virtual domain configuration: multiple');
  });
});

describe('get system status has the shape of its version', () => {
  it.each([
    ['6.0.7', 'Virtual domain configuration: enable', 'Firmware Signature'],
    ['6.2.6', 'Virtual domain configuration: multiple', 'Security Level'],
    ['7.4.1', 'Security Level: Low', 'First GA patch'],
    ['7.6.7', 'Current Security Level: Low', 'nothing-of-this'],
  ])('%s', (version, present, absent) => {
    const config = sampleConfig('campus').replace('FGT60F-7.4.8', `FGT60F-${version}`);
    const status = cliOf('campus', {}, config).say('get system status');
    expect(status).toContain(`v${version},build2795`);
    expect(status).toContain(present);
    expect(status).not.toContain(absent);
  });
});

describe('show and get', () => {
  it.each([
    ['6.2.9', ['server-port', 'server-ip', 'status']],
    ['6.4.5', ['server-port', 'server-cert', 'server-ip', 'status']],
    ['7.2.8', ['server-port', 'server-cert', 'server-ip', 'server', 'status']],
    ['7.4.1', ['proxy', 'server-port', 'server-cert', 'server-ip', 'server', 'status']],
    ['7.6.4', ['proxy', 'interface', 'server-port', 'server-cert', 'server-ip', 'server', 'status']],
  ])('ftm-push on %s has %j', (version, names) => {
    const { say } = cliOf(
      'branch-07',
      {},
      `#config-version=FGT60F-${version}-FW-build1000-250101:opmode=0:vdom=0`,
    );
    const rows = say('get system ftm-push').split('\n');
    expect(rows.map((row) => row.split(' ')[0])).toEqual(names);
    const lines = say('show full-configuration system ftm-push').split('\n').slice(1, -1);
    expect(lines.map((line) => line.trim().split(' ')[1])).toEqual(names);
    expect(say('show system ftm-push')).toBe('config system ftm-push\nend');
  });

  it('takes abbreviations and an entry name', () => {
    const { say } = cliOf('branch-07');
    expect(say('sh sys ftm')).toBe(say('show system ftm-push'));
    expect(say('show system interface wan1')).toMatch(/^config system interface\n {4}edit "wan1"\n/);
    expect(say('show system interface wan9')).toContain('Command fail. Return code -3');
    expect(say('get sys stat')).toContain('Hostname: fgt-branch-07');
  });

  it('prints the whole configuration so that it can be read back', () => {
    for (const sample of ['branch-07', 'campus'] as const) {
      const { say } = cliOf(sample);
      const again = cliOf(sample, {}, say('show'));
      expect(again.say('show')).toBe(say('show'));
      expect(say('show')).toContain('config user fortitoken');
    }
  });
});

describe('grep', () => {
  it.each([
    ['get system status | grep Hostname', 'Hostname: fgt-branch-07'],
    ['get system status | grep -i hostname', 'Hostname: fgt-branch-07'],
    ['show system dns | grep -n primary', '2:    set primary 203.0.113.53'],
    ['show system dns | grep -c set', '2'],
    ['show system dns | grep -v set', 'config system dns\nend'],
    ['show system dns | grep primary -A1', '    set primary 203.0.113.53\n    set secondary 203.0.113.54'],
    ['show system dns | grep -A 1 primary', '    set primary 203.0.113.53\n    set secondary 203.0.113.54'],
    [
      'show | grep -f primary',
      'config system dns\n    set primary 203.0.113.53 <---\n    set secondary 203.0.113.54\nend',
    ],
    ['show system dns | grep nothing', ''],
    ['show system dns | grep', "\ncommand parse error before '|'"],
    ['show system dns | grep -fi a b', "\ncommand parse error before '|'"],
    ['show system dnx | grep x', "\ncommand parse error before 'dnx'\nCommand fail. Return code -61"],
  ])('%s', (line, text) => {
    expect(cliOf('branch-07').say(line)).toBe(text);
  });
});

describe('configuration', () => {
  it('is applied at end, recorded line by line, and undone by nothing but abort', () => {
    const { say, type, writes } = cliOf('branch-07');
    type('config system ftm-push', 'set server-port 4434');
    expect(writes).toHaveLength(1);
    expect(type('end', 'show system ftm-push')[1]).toContain('set server-port 4434');
    type('config system ftm-push', 'set server-port 9999', 'abort');
    expect(say('show system ftm-push')).toContain('set server-port 4434');
    type('config system ftm-push', 'unset server-port', 'end');
    expect(say('show system ftm-push')).not.toContain('server-port');
  });

  it('takes the fix of a rule: an entry with settings, and another that refers to it', () => {
    const { type, say } = cliOf('branch-07');
    type('config system accprofile', 'edit "ftm_no_access"', 'next', 'end');
    type(
      'config system admin',
      'edit "ftm-callback"',
      'set accprofile "ftm_no_access"',
      'set password x',
      'next',
      'end',
    );
    // A password is never shown as it was typed.
    expect(say('show system admin ftm-callback')).toMatch(
      /^config system admin\n {4}edit "ftm-callback"\n {8}set accprofile "ftm_no_access"\n {8}set password ENC \S{20,}\n {4}next\nend$/,
    );
    type('config system admin', 'delete ftm-callback', 'end');
    expect(say('show system admin')).not.toContain('ftm-callback');
  });

  it('append and unselect change a list', () => {
    const { type, say } = cliOf('branch-07');
    type(
      'config system interface',
      'edit wan2',
      'append allowaccess ftm https',
      'unselect allowaccess https',
      'end',
    );
    expect(say('show system interface wan2')).toMatch(/set allowaccess ftm\n/);
  });

  it('push cannot be switched on without an address', () => {
    const { type } = cliOf('branch-07');
    const said = type('config system ftm-push', 'unset server', 'end').at(-1);
    expect(said).toBe(
      '\nMissing server address.\nobject check operator error, -56, discard the setting\nCommand fail. Return code -56',
    );
    expect(type('show system ftm-push')[0]).toContain('198.51.100.10');
  });
});

describe('edit in config vdom', () => {
  it('creates what it does not know', () => {
    const { type, state, writes } = cliOf('campus');
    expect(type('config vdom', 'edit campsu').at(-1)).toBe('current vf=campsu:3');
    expect(state.vdoms()).toContain('campsu');
    expect(writes).toHaveLength(1);
  });

  it('asks first where it is told to', () => {
    const { cli, type, state } = cliOf('campus', { editVdomPrompt: true });
    type('config vdom');
    const { question } = cli.execute('edit campsu');
    expect(question?.text.at(-1)).toMatch(/\(y\/n\)$/);
    question?.answer('n');
    expect(state.vdoms()).not.toContain('campsu');
  });
});
