import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type SampleName, sampleConfig } from '../../../src/stand-ins/fortigate/samples.ts';
import { SIMULATED_USER, startSimulator } from '../../../src/stand-ins/fortigate/start-simulator.ts';

const PYTHON = '/usr/bin/python3';
const present = spawnSync(PYTHON, ['-c', 'import netmiko']).status === 0;
if (!present) console.warn('Netmiko as a peer skipped: install python3-netmiko');

const SCRIPT = `
import sys
from netmiko import ConnectHandler
port, user, password, *lines = sys.argv[1:]
peer = ConnectHandler(device_type='fortinet', host='127.0.0.1', port=int(port), username=user, password=password)
print(peer.find_prompt())
for line in lines:
    print(peer.send_command(line, expect_string=r'[#$] ?$'))
peer.disconnect()
`;

describe.skipIf(!present)('a client nobody here wrote reads the look-alike', () => {
  it.each<[SampleName, string[], string]>([
    ['branch-07', ['show system ftm-push'], 'set server "198.51.100.10"'],
    ['campus', ['config global', 'show system ftm-push', 'end'], 'set server "198.51.100.66"'],
  ])('%s', async (sample, lines, expected) => {
    const simulator = await startSimulator({ configText: sampleConfig(sample) });
    try {
      const { name, password } = SIMULATED_USER;
      const { stdout } = await promisify(execFile)(PYTHON, [
        '-c',
        SCRIPT,
        String(simulator.port),
        name,
        password,
        ...lines,
      ]);
      expect(stdout).toContain(expected);
      // What our own client never does: Netmiko switches the pager off, and on again.
      expect(simulator.writes.map((write) => write.line)).toEqual(['set output standard', 'set output more']);
    } finally {
      await simulator.close();
    }
  });
});
