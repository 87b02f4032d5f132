import { FtmError } from '../../ftm-error.ts';
import { type Simulator, startSimulator } from '../../simulator/start-simulator.ts';
import { EXIT } from '../exit-status.ts';
import { aborted, type Io, print } from '../io.ts';
import { parseOutputs } from '../parse-outputs.ts';
import type { SimulateOptions } from '../program.ts';
import { readTextFile } from '../read-evidence.ts';

export async function simulate(options: SimulateOptions, io: Io): Promise<number> {
  const configText = await readTextFile(options.config);
  const outputs =
    options.outputs === undefined ? {} : parseOutputs(await readTextFile(options.outputs), options.outputs);
  const simulator = await start(options, configText, outputs);
  try {
    await print(io.stderr, describe(simulator, options));
    await aborted(io.signal);
  } finally {
    await simulator.close();
  }
  return EXIT.healthy;
}

async function start(
  { port, user, password }: SimulateOptions,
  configText: string,
  outputs: Readonly<Record<string, string>>,
): Promise<Simulator> {
  try {
    return await startSimulator({ configText, outputs, port, users: [{ name: user, password }] });
  } catch (cause) {
    const inUse = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
    throw new FtmError('ftm_usage', `Port ${port} ${inUse ? 'is in use' : 'cannot be listened on'}.`, {
      advice: 'Choose another with --port, or leave it out to take a free one.',
      cause,
    });
  }
}

function describe(simulator: Simulator, { user, password }: SimulateOptions): string {
  return `A FortiGate look-alike listens on 127.0.0.1 port ${simulator.port}; Ctrl+C stops it.
Host key: ${simulator.fingerprints.join(', ')}
Sign in:  ssh -p ${simulator.port} ${user}@127.0.0.1   (password: ${password})

For the inventory, with the password in the environment variable SIMULATED_PASSWORD:
  devices:
    simulated:
      address: 127.0.0.1
      port: ${simulator.port}
      username: ${user}
      password: { env: SIMULATED_PASSWORD }
      hostKeys: [${simulator.fingerprints.map((each) => `"${each}"`).join(', ')}]`;
}
