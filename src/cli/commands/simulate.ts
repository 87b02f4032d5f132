import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { FtmError } from '../../engine/ftm-error.ts';
import { findTooDeep } from '../../engine/text/yaml-depth.ts';
import { type SampleName, sampleConfig } from '../../stand-ins/fortigate/samples.ts';
import { readScenario, type Scenario } from '../../stand-ins/fortigate/scenario.ts';
import {
  SIMULATED_USER,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../stand-ins/fortigate/start-simulator.ts';
import { readTextFile } from '../evidence/read-evidence.ts';
import { EXIT } from '../process/exit-status.ts';
import type { SimulateOptions } from '../program/options.ts';
import { type Io, print, untilAborted } from '../terminal/io.ts';

interface Plan {
  readonly options: SimulatorOptions & { readonly port: number };
  readonly user: string;
  readonly password: string;
}

export async function simulate(options: SimulateOptions, io: Io): Promise<number> {
  const plan = await toPlan(options);
  const simulator = await start(plan);
  try {
    await print(io.stderr, describe(simulator, plan));
    await untilAborted(io.signal);
  } finally {
    await simulator.close();
  }
  return EXIT.healthy;
}

/** Merges the options with the scenario; an option wins. */
async function toPlan(options: SimulateOptions): Promise<Plan> {
  const { config, sample, scenario: file, outputs, port } = options;
  const scenario = file === undefined ? undefined : await loadScenario(file);
  const configText = await readConfigText(config, sample, scenario?.config);
  const recorded = outputs === undefined ? {} : parseOutputs(await readTextFile(outputs), outputs);
  const user = options.user ?? scenario?.user ?? SIMULATED_USER.name;
  const password = options.password ?? scenario?.password ?? SIMULATED_USER.password;
  return {
    user,
    password,
    options: {
      configText,
      port,
      users: [{ name: user, password }],
      outputs: { ...scenario?.outputs, ...recorded },
      behaviour: scenario?.behaviour,
      version: scenario?.version,
    },
  };
}

async function readConfigText(
  config: string | undefined,
  sample: SampleName | undefined,
  ofScenario: string | undefined,
): Promise<string> {
  if (sample !== undefined) return sampleConfig(sample);
  const path = config ?? ofScenario;
  if (path !== undefined) return await readTextFile(path);
  throw new FtmError('ftm_usage', 'No configuration to simulate.', {
    advice:
      'Give a FortiOS backup with --config, a shipped one with --sample branch-07, or name one in the scenario: `config: branch.conf`.',
  });
}

/** `config` is relative to the scenario file. */
async function loadScenario(path: string): Promise<Scenario> {
  const read = readScenario(await readTextFile(path));
  if (read.kind === 'problem') {
    const where = read.path === '' ? '' : ` at \`${read.path}\``;
    throw new FtmError('ftm_usage', `${path} is not a scenario${where}: ${read.reason}`, {
      advice: 'docs/reference/simulator.md lists all keys of a scenario.',
    });
  }
  const { config, ...rest } = read.scenario;
  return config === undefined ? rest : { ...rest, config: resolve(dirname(path), config) };
}

async function start({ options }: Plan): Promise<Simulator> {
  try {
    return await startSimulator(options);
  } catch (cause) {
    const inUse = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
    throw new FtmError('ftm_usage', `Port ${options.port} ${inUse ? 'is in use' : 'cannot be used'}.`, {
      advice: 'Choose another port with --port, or omit --port to use a free one.',
      cause,
    });
  }
}

function describe(simulator: Simulator, { user, password }: Plan): string {
  return `A simulated FortiGate listens on 127.0.0.1 port ${simulator.port}; Ctrl+C stops it.
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

const outputsSchema = z.record(z.string(), z.string());

/** Recorded outputs for the simulator: YAML or JSON with commands as keys and outputs as values. */
function parseOutputs(text: string, path: string): Readonly<Record<string, string>> {
  const parsed = outputsSchema.safeParse(parseYaml(text));
  if (parsed.success) return parsed.data;
  const deep = findTooDeep(text);
  const where = deep ? `${path}:${deep.line}:${deep.column} is nested too deeply and` : path;
  throw new FtmError('ftm_usage', `${where} contains no recorded outputs.`, {
    advice:
      'Expected a YAML file with commands and their output: `get system status: |`, and below it the output, indented.',
  });
}

function parseYaml(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
