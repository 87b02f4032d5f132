import { parse } from 'yaml';
import { z } from 'zod';
import { parseVersion } from '../../engine/fortios/version.ts';
import { findTooDeep } from '../../engine/text/yaml-depth.ts';
import type { SimulatorBehaviour } from './behaviour.ts';

/** A simulated device as a file describes it. */
export interface Scenario {
  /** Path of a configuration backup, as written in the file. */
  readonly config?: string;
  /** FortiOS release, in place of the one in the configuration's header. */
  readonly version?: string;
  readonly user?: string;
  readonly password?: string;
  /** Command to its output; `(global)` or `(vdom NAME)` after the command limits it to that scope. */
  readonly outputs?: Readonly<Record<string, string>>;
  readonly behaviour: SimulatorBehaviour;
}

export type ReadScenario =
  | { readonly kind: 'scenario'; readonly scenario: Scenario }
  | { readonly kind: 'problem'; readonly path: string; readonly reason: string };

const milliseconds = z.number().int().min(0).max(3_600_000);
const command = z.string().min(1).max(1000);
const timedLine = z.union([
  z.string().transform((text) => ({ text })),
  z.strictObject({ text: z.string(), afterMs: milliseconds.exactOptional() }),
]);

const faults = z
  .strictObject({
    maxAdmins: z.boolean(),
    forcePasswordChange: z.union([z.boolean(), z.literal('after-upgrade')]),
    loginWarning: z.string(),
    noRsaSha2: z.boolean(),
    tokenPrompt: z.enum(['keyboard-interactive', 'shell']),
    tokenQuestion: z.string(),
    keyboardInteractiveOnly: z.boolean(),
    silentlyDenied: z.array(command),
    silentDeny: z.boolean(),
    chunkBytes: z.number().int().min(1),
    trickleMs: milliseconds,
    firstByteDelayMs: milliseconds,
    commandDelayMs: milliseconds,
    pingIntervalMs: milliseconds,
    idleTimeoutMs: milliseconds,
    silentAfter: z.union([z.enum(['tcp', 'authentication', 'prompt']), z.strictObject({ command })]),
    askAfterCommand: command,
    dropAfterCommand: command,
    dropAfterPrompt: command,
    dropAfterBytes: z.number().int().min(0),
    flipRoleAfter: command,
    deletedAfter: z.strictObject({ vdom: z.string(), command }),
    asyncLine: z.strictObject({
      text: z.string(),
      when: z.enum(['before-echo', 'in-output', 'after-prompt']),
    }),
    eatFirstChar: z.boolean(),
    eatChars: z.number().int().min(1).max(200),
    deafAfterPrompt: z.strictObject({
      ms: milliseconds,
      command: command.exactOptional(),
      times: z.number().int().min(1).exactOptional(),
    }),
    noise: z.strictObject({
      seed: z.number().int(),
      every: z.number().int().min(1),
      kind: z.enum(['known', 'foreign']),
      limit: z.number().int().min(1).exactOptional(),
    }),
    renameAfter: z.strictObject({ command, hostname: z.string().regex(/^[\w-]{1,35}$/) }),
    denied: z.array(command),
    drops: z.number().int().min(0),
    maxConnections: z.number().int().min(0),
    missingBlocks62: z.array(z.string()),
    pushServer: z.enum(['reachable', 'lost', 'unresolved']),
    deadDnsServers: z.array(z.string()),
    debugFlood: z.strictObject({
      daemon: z.string(),
      line: z.string(),
      perSecond: z.number().int().min(1).max(100_000),
    }),
    debugOutlivesSession: z.boolean(),
    debugMinuteMs: milliseconds,
    unknownDebug: z.array(z.string()),
  })
  .partial();

const identity = z
  .strictObject({
    hostname: z.string().max(35),
    model: z.string(),
    haRole: z.enum(['Primary', 'Secondary']),
    preLoginBanner: z.string(),
    postLoginBanner: z.string(),
    privilege: z.enum(['#', '$']),
    diagnose: z.boolean(),
    config: z.boolean(),
    sudo: z.boolean(),
    vdomAdmin: z.string(),
    editVdomPrompt: z.boolean(),
  })
  .partial();

const scenarioSchema = z.strictObject({
  config: z.string().exactOptional(),
  version: z
    .string()
    .regex(/^\d{1,2}\.\d{1,2}\.\d{1,2}$/, 'a release such as 7.4.8, in quotes')
    .refine((text) => parseVersion(text) !== undefined)
    .exactOptional(),
  user: z.string().exactOptional(),
  password: z.string().exactOptional(),
  outputs: z.record(command, z.string()).exactOptional(),
  device: identity.default({}),
  faults: faults.default({}),
  debug: z.record(z.string(), z.array(timedLine)).exactOptional(),
  sniffer: z.array(z.strictObject({ filter: z.string(), packets: z.array(timedLine) })).exactOptional(),
  hosts: z.record(z.string(), z.ipv4()).exactOptional(),
});

/** Reads a scenario file; errors are reported with their position in it. */
export function readScenario(text: string): ReadScenario {
  let written: unknown;
  try {
    written = parse(text);
  } catch (cause) {
    const deep = findTooDeep(text);
    const reason = cause instanceof Error ? cause.message : 'not YAML';
    return {
      kind: 'problem',
      path: '',
      reason: deep ? `nested too deeply at line ${deep.line}, column ${deep.column}` : reason,
    };
  }
  const parsed = scenarioSchema.safeParse(written ?? {});
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { kind: 'problem', path: issue?.path.join('.') ?? '', reason: issue?.message ?? 'not a scenario' };
  }
  const { device, faults: switched, debug, sniffer, hosts, ...rest } = parsed.data;
  const streams = {
    debug,
    sniffer,
    hosts,
  };
  return {
    kind: 'scenario',
    scenario: { ...rest, behaviour: { ...dropUndefined(device), ...dropUndefined(switched), ...streams } },
  };
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** A key without a value in the file counts as absent. */
function dropUndefined<T extends object>(given: T): Defined<T> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Defined<T>;
}
