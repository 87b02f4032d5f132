import { sampleConfig } from '../../src/simulator/samples.ts';
import { type Simulator, startSimulator } from '../../src/simulator/start-simulator.ts';
import { DEVICE_SECRETS } from './secrets.ts';

const DEVICE_USER = 'ftm-check';

export interface Devices extends AsyncDisposable {
  readonly aliases: readonly string[];
  readonly simulators: readonly Simulator[];
  /** Everybody may ask for everything, in a direct message too. */
  inventory(): string;
}

const NAMES = ['fgt-branch-01', 'fgt-branch-02', 'fgt-branch-03', 'fgt-branch-04', 'fgt-hq', 'fgt-campus'];

/** Look-alikes full of planted secrets, two names each. */
export async function startDevices(): Promise<Devices> {
  const users = [{ name: DEVICE_USER, password: DEVICE_SECRETS.login }];
  const simulators = await Promise.all(
    [5, 15, 40].map((commandDelayMs) =>
      startSimulator({ configText: configWithSecrets(), users, behaviour: { commandDelayMs } }),
    ),
  );
  return {
    aliases: NAMES,
    simulators,
    inventory() {
      const devices = NAMES.map((name, index) => {
        const { port, fingerprints } = simulators[index % simulators.length] ?? { port: 0, fingerprints: [] };
        return `  ${name}: { address: 127.0.0.1, port: ${port}, hostKeys: ["${fingerprints[0]}"] }`;
      });
      return `
defaults:
  username: ${DEVICE_USER}
  password: { env: DEVICE_PASSWORD }
  timeouts: { connect: 5s, command: 5s, job: 30s }
devices:
${devices.join('\n')}
access: [{ channels: ["*"], devices: ["*"] }]
`;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(simulators.map((simulator) => simulator.close()));
    },
  };
}

/** Debug that was switched on and never off again, by device. A check switches none on; a later one must not forget. */
export function debugLeftOn(simulators: readonly Simulator[]): number {
  return simulators.filter(({ commands }) => {
    const last = commands.findLast((line) => /^\s*diag\w*\s+deb\w*\s+(enable|disable|reset)/.test(line));
    return last !== undefined && /\benable\b/.test(last);
  }).length;
}

function configWithSecrets(): string {
  return `${sampleConfig('branch-07')}
config user radius
    edit "planted-radius"
        set server "192.0.2.50"
        set secret ENC ${DEVICE_SECRETS.radius}
    next
end
config user local
    edit "planted"
        set type password
        set passwd ENC ${DEVICE_SECRETS.local}
    next
end
config system admin
    edit "planted"
        set accprofile "super_admin"
        set password ENC ${DEVICE_SECRETS.admin}
    next
end
`;
}
