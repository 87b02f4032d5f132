import { describe, expect, it } from 'vitest';
import type { SimulatorBehaviour } from '../../../src/stand-ins/fortigate/behaviour.ts';
import { Cli } from '../../../src/stand-ins/fortigate/cli.ts';
import { createDeviceState } from '../../../src/stand-ins/fortigate/device-state.ts';
import { type SampleName, sampleConfig } from '../../../src/stand-ins/fortigate/samples.ts';

function device(
  sample: SampleName,
  behaviour: SimulatorBehaviour = {},
  outputs: Record<string, string> = {},
) {
  const state = createDeviceState(sampleConfig(sample));
  const cli = new Cli({ state, behaviour, outputs: new Map(Object.entries(outputs)), record: () => {} });
  const say = (line: string) => {
    const { lines, stream } = cli.execute(line);
    const streamed = stream
      ? [...stream.lines.map((each) => each.text), ...stream.footer(stream.lines.length)]
      : [];
    return [...lines, ...streamed].join('\n');
  };
  return { cli, state, say };
}

describe('sudo reads another scope and creates none', () => {
  it.each([
    ['sudo global show system ftm-push', 'set server "198.51.100.66"'],
    ['sudo campus show user local', 'edit "ines"'],
    ['sudo campus sh us loc', 'edit "ines"'],
    ['sudo dmgmt-vdom get system status', 'Current virtual domain: dmgmt-vdom'],
    ['sudo campsu show user local', "command parse error before 'campsu'"],
    ['sudo campus config user local', 'Unknown action 0'],
    ['sudo campus', 'incomplete command in the end'],
  ])('%s', (line, said) => {
    const { say, state, cli } = device('campus');
    expect(say(line)).toContain(said);
    expect(state.vdoms()).toEqual(['root', 'campus', 'guests']);
    expect(cli.prompt()).toBe('fgt-campus-01 # ');
  });

  it('is unknown where there are no VDOMs, and to the administrator of one', () => {
    expect(device('branch-07').say('sudo global show system dns')).toContain('Unknown action 0');
    expect(device('campus', { vdomAdmin: 'campus' }).say('sudo root show user local')).toContain(
      'Unknown action 0',
    );
  });
});

describe('VDOMs', () => {
  it('a reserved one cannot be entered', () => {
    const { cli, say } = device('campus');
    say('config vdom');
    expect(say('edit dmgmt-vdom')).toBe("'dmgmt-vdom' is reserved and cannot be edited directly");
    expect(cli.prompt()).toBe('fgt-campus-01 (vdom) # ');
  });

  it('the configuration says whether a new one is asked about', () => {
    const { cli, say } = device('campus');
    for (const line of [
      'config global',
      'config system global',
      'set edit-vdom-prompt enable',
      'end',
      'end',
    ]) {
      expect(say(line)).toBe('');
    }
    say('config vdom');
    expect(cli.execute('edit new').question).toBeDefined();
  });
});

describe('abbreviations, by unique beginnings', () => {
  it.each([
    ['sh sys ftm', 'config system ftm-push'],
    ['show full sys ftm', 'set server-port 4433'],
    ['get sys stat', 'Hostname: fgt-branch-07'],
    ['get sys int phy', '==[wan1]'],
    ['diag fortitoken i', 'FORTITOKEN'],
    ['di sys vd l', 'name=root/root'],
    ['exe ping push.fortinet.com', 'PING push.fortinet.com'],
    ['exe pin push.fortinet.com', "command parse error before 'pin'"],
    ['s sys dns', 'Unknown action 0'],
    ['show sys d', "command parse error before 'd'"],
  ])('%s', (line, said) => {
    expect(device('branch-07').say(line)).toContain(said);
  });
});

describe('ping', () => {
  it.each<[SimulatorBehaviour, string, string]>([
    [{}, 'push.fortinet.com', '5 packets transmitted, 5 packets received, 0% packet loss'],
    [
      { pushServer: 'lost' },
      'push.fortinet.com',
      '5 packets transmitted, 0 packets received, 100% packet loss',
    ],
    [{ pushServer: 'unresolved' }, 'push.fortinet.com', 'Unable to resolve hostname.'],
    [
      { deadDnsServers: ['203.0.113.53', '203.0.113.54'] },
      'push.fortinet.com',
      'Unable to resolve hostname.',
    ],
    [
      { hosts: { 'fgt.example.net': '198.51.100.7' } },
      'fgt.example.net',
      'PING fgt.example.net (198.51.100.7)',
    ],
    [{}, 'nowhere.example.net', 'Unable to resolve hostname.'],
    [{}, '192.0.2.1', 'PING 192.0.2.1 (192.0.2.1)'],
  ])('%j: %s', (behaviour, host, said) => {
    expect(device('branch-07', behaviour).say(`execute ping ${host}`)).toContain(said);
  });
});

describe('outputs that are given', () => {
  it('stand for a command however it is abbreviated, and may be for one scope', () => {
    const given = { 'show user local (vdom campus)': 'campus only', 'show user local': 'any other' };
    const { say } = device('campus', {}, given);
    say('config vdom');
    say('edit campus');
    expect(say('sh us loc')).toBe('campus only');
    say('end');
    say('config vdom');
    say('edit guests');
    expect(say('show user local')).toBe('any other');
  });
});

it('the tightest profiles print nothing at all', () => {
  const { say } = device('branch-07', { silentDeny: true });
  expect(say('show system dns')).toBe('');
  expect(say('diagnose fortitoken info')).toBe('');
  expect(say('get system status')).toContain('Hostname');
});

it('a root-level show of 6.2 leaves blocks out', () => {
  const text = sampleConfig('campus').replace('-7.4.8-', '-6.2.9-');
  const state = createDeviceState(text);
  const behaviour = { missingBlocks62: ['user local'] };
  const cli = new Cli({ state, behaviour, outputs: new Map(), record: () => {} });
  expect(cli.execute('show').lines.join('\n')).not.toContain('config user local');
  cli.execute('config vdom');
  cli.execute('edit campus');
  expect(cli.execute('show').lines.join('\n')).toContain('config user local');
});
