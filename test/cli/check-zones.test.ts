import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Diagnosis } from '../../src/engine/diagnosis/diagnosis.ts';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import { SIMULATED_USER, startSimulator } from '../../src/stand-ins/fortigate/start-simulator.ts';
import { ftmCheck } from './test-io.ts';

const ZONE_AND_GROUP = `
config system zone
    edit "outside"
        set interface "wan1"
    next
end
config firewall service custom
    edit "push"
        set tcp-portrange 4433
    next
end
config firewall service group
    edit "from-phones"
        set member "HTTPS" "push"
    next
end
config firewall local-in-policy
    edit 1
        set intf "outside"
        set srcaddr "all"
        set dstaddr "all"
        set action deny
        set service "from-phones"
        set schedule "always"
    next
end
`;

/** The callback arrives on wan1, which belongs to one zone of SD-WAN; the policy and the virtual IP are about another. */
const SDWAN = (zone: string) => `
config system sdwan
    set status enable
    config zone
        edit "virtual-wan-link"
        next
        edit "internet"
        next
    end
    config members
        edit 1
            set interface "wan1"
            set zone "internet"
        next
        edit 2
            set interface "internal"
        next
    end
end
config firewall vip
    edit "everything"
        set extip 198.51.100.10
        set extintf "${zone}"
        set mappedip "10.7.0.50"
    next
end
config firewall local-in-policy
    edit 1
        set intf "${zone}"
        set srcaddr "all"
        set dstaddr "all"
        set action deny
        set service "ALL"
        set schedule "always"
    next
end
`;

it.each([
  ['asks the device what the names in a local-in policy stand for', ZONE_AND_GROUP, 'broken', 'healthy'],
  ['finds the callback in a zone of SD-WAN', SDWAN('internet'), 'broken', 'broken'],
  ['leaves alone what is about another zone of SD-WAN', SDWAN('virtual-wan-link'), 'healthy', 'healthy'],
])('%s', async (_what, more, localIn, vip) => {
  await using folder = await temporaryFolder();
  const simulator = await startSimulator({ configText: sampleConfig('branch-07') + more });
  try {
    const inventory = join(folder.path, 'inventory.yaml');
    const device = {
      address: '127.0.0.1',
      port: simulator.port,
      username: SIMULATED_USER.name,
      password: { env: 'FGT_PASSWORD' },
      hostKeys: simulator.hostKeyLines,
    };
    await writeFile(inventory, JSON.stringify({ devices: { fgt: device } }));
    const ran = await ftmCheck(['check', 'fgt', '--inventory', inventory, '--format', 'json'], {
      env: { FGT_PASSWORD: SIMULATED_USER.password },
    });
    const { checks }: Diagnosis = JSON.parse(ran.stdout);
    const verdictOf = (id: string) => checks.find(({ rule }) => rule === id)?.verdict;
    expect(verdictOf('local-in-policy-denies')).toBe(localIn);
    expect(verdictOf('port-conflict-vip')).toBe(vip);
    expect(simulator.writes).toEqual([]);
  } finally {
    await simulator.close();
  }
});

async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), 'ftm-check-test-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}
