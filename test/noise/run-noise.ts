import { checkDevice } from '../../src/bot/worker/check-device.ts';
import type { Diagnosis } from '../../src/engine/diagnosis/diagnosis.ts';
import type { CommandSpec } from '../../src/engine/fortios/commands.ts';
import { COMMANDS } from '../../src/engine/fortios/commands.ts';
import { FtmError } from '../../src/engine/ftm-error.ts';
import type { SimulatorBehaviour } from '../../src/stand-ins/fortigate/behaviour.ts';
import { type SampleName, sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import { createSeededRandom, type SeededRandom } from '../../src/stand-ins/fortigate/seeded-random.ts';
import { startSimulator } from '../../src/stand-ins/fortigate/start-simulator.ts';
import { collect, deviceAt } from '../device/device-fixture.ts';

/** One disturbed session. */
interface Session {
  readonly sample: SampleName;
  readonly vdom?: string;
  readonly behaviour: SimulatorBehaviour;
}

export interface NoiseFailure {
  /** `npm run noise -- 1 <seed>` runs this session again. */
  readonly seed: number;
  readonly why: string;
  readonly behaviour: SimulatorBehaviour;
}

export interface NoiseResult {
  readonly sessions: number;
  /** The same diagnosis as without any disturbance. */
  readonly same: number;
  /** Less was read, and nothing else is claimed. */
  readonly partial: number;
  /** No answer: the session could not be held at all. */
  readonly errors: readonly NoiseFailure[];
  readonly failures: readonly NoiseFailure[];
}

export interface NoiseOptions {
  readonly sessions: number;
  readonly seed: number;
  readonly atOnce?: number;
  readonly onProgress?: (done: number) => void;
}

const TIMEOUTS = { connect: 20_000, command: 20_000, job: 90_000 };
/** Beyond the job's limit: a hang, not a slow machine. */
const HANG_MS = 120_000;
/** A device that loses its connection may be asked for these again, besides what is read twice. */
const PER_CONNECTION = ['get system status', 'diagnose sys vd list', 'get system vdom-property'];

/** Runs disturbed sessions, and compares each diagnosis with that of the undisturbed device. */
export async function runNoise({
  sessions,
  seed,
  atOnce = 4,
  onProgress,
}: NoiseOptions): Promise<NoiseResult> {
  const failures: NoiseFailure[] = [];
  const errors: NoiseFailure[] = [];
  const count = { same: 0, partial: 0 };
  let next = 0;
  let done = 0;
  async function work(): Promise<void> {
    while (next < sessions) {
      const own = seed + next;
      next += 1;
      const session = sessionOf(createSeededRandom(own));
      const { kind, wrong } = await runSession(session);
      if (kind === 'same' || kind === 'partial') count[kind] += 1;
      else errors.push({ seed: own, why: kind.error, behaviour: session.behaviour });
      for (const why of wrong) failures.push({ seed: own, why, behaviour: session.behaviour });
      done += 1;
      onProgress?.(done);
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, sessions) }, work));
  return { sessions, same: count.same, partial: count.partial, errors, failures };
}

function sessionOf(random: SeededRandom): Session {
  const sample = random.pick<SampleName>(['branch-07', 'campus']);
  const chance = (percent: number) => random.int(100) < percent;
  const noise = chance(85)
    ? chance(60)
      ? { kind: 'known' as const, every: random.pick([2, 5, 12, 40]) }
      : { kind: 'foreign' as const, every: random.pick([4, 12, 40]), limit: 1 + random.int(4) }
    : undefined;
  const denied = chance(10) ? [random.pick(Object.values<CommandSpec>(COMMANDS)).text] : undefined;
  return {
    sample,
    ...(sample === 'campus' ? { vdom: 'campus' } : {}),
    behaviour: {
      ...(noise ? { noise: { ...noise, seed: random.int(1 << 30) } } : {}),
      ...(denied && denied[0] !== 'get system status' ? { denied } : {}),
      ...(chance(15)
        ? { deafAfterPrompt: { ms: 20 + random.int(381), times: 1 + random.int(3) } }
        : chance(15)
          ? { eatChars: 1 + random.int(17) }
          : {}),
      ...(chance(25) ? { dropAfterBytes: 100 + random.int(14_000), drops: random.pick([1, 1, 2]) } : {}),
      ...(chance(10)
        ? {
            renameAfter: {
              command: random.pick(['show system dns', 'show user local']),
              hostname: 'renamed-07',
            },
          }
        : {}),
      ...(chance(20) ? { postLoginBanner: 'Authorised use only' } : {}),
      ...(chance(20) ? { chunkBytes: 1 + random.int(200) } : {}),
    },
  };
}

async function runSession({ sample, vdom, behaviour }: Session): Promise<{
  readonly kind: 'same' | 'partial' | { readonly error: string };
  readonly wrong: readonly string[];
}> {
  const { denied } = behaviour;
  const plain = await undisturbed(sample, vdom, denied ?? []);
  if (!plain.diagnosis) throw new Error('the undisturbed device has no diagnosis');
  const begun = performance.now();
  const disturbed = await diagnosed(sample, vdom, behaviour);
  const tookMs = performance.now() - begun;
  const wrong = [...sessionFaults(disturbed, plain, behaviour)];
  if (tookMs > HANG_MS) wrong.push(`took ${Math.round(tookMs)} ms`);
  const { diagnosis } = disturbed;
  if (!diagnosis)
    return { kind: { error: String(disturbed.error) }, wrong: [...wrong, ...errorFaults(disturbed.error)] };
  wrong.push(...falseClaims(diagnosis, plain.diagnosis));
  return { kind: sameClaims(diagnosis, plain.diagnosis) ? 'same' : 'partial', wrong };
}

const UNDISTURBED = new Map<string, Promise<Diagnosed>>();

/** Read once for all sessions with the same device. */
function undisturbed(
  sample: SampleName,
  vdom: string | undefined,
  denied: readonly string[],
): Promise<Diagnosed> {
  const key = JSON.stringify([sample, vdom, denied]);
  const known = UNDISTURBED.get(key) ?? diagnosed(sample, vdom, denied.length > 0 ? { denied } : {});
  UNDISTURBED.set(key, known);
  return known;
}

interface Diagnosed {
  readonly diagnosis?: Diagnosis;
  readonly error?: unknown;
  readonly commands: readonly string[];
  readonly writes: number;
}

async function diagnosed(
  sample: SampleName,
  vdom: string | undefined,
  behaviour: SimulatorBehaviour,
): Promise<Diagnosed> {
  const simulator = await startSimulator({ configText: sampleConfig(sample), behaviour });
  try {
    const check = {
      device: deviceAt(simulator, { timeouts: TIMEOUTS }),
      vdom,
      readAt: Date.UTC(2026, 0, 7, 14, 30),
      signal: new AbortController().signal,
    };
    const result = await checkDevice(check, collect).then(
      (diagnosis) => ({ diagnosis }),
      (error: unknown) => ({ error }),
    );
    return { ...result, commands: [...simulator.commands], writes: simulator.writes.length };
  } finally {
    await simulator.close();
  }
}

function* sessionFaults(
  { commands, writes }: Diagnosed,
  plain: Diagnosed,
  behaviour: SimulatorBehaviour,
): Generator<string> {
  if (writes > 0) yield 'it wrote to the device';
  const losses = behaviour.drops ?? 0;
  for (const command of new Set(commands)) {
    if (!/^(?:get|show|diagnose|execute) /.test(command)) continue;
    const usual = countOf(plain.commands, command);
    const allowed = PER_CONNECTION.includes(command)
      ? usual * (1 + losses) + 1 + losses + 3
      : usual + 1 + losses;
    const sent = countOf(commands, command);
    if (usual > 0 && sent > allowed) yield `${command} was sent ${sent} times instead of ${usual}`;
  }
}

function countOf(commands: readonly string[], command: string): number {
  return commands.filter((each) => each === command).length;
}

function* errorFaults(error: unknown): Generator<string> {
  if (!(error instanceof FtmError)) yield `not an FtmError: ${String(error)}`;
  else if (!error.code.startsWith('ftm_device_')) yield `${error.code}: ${error.message}`;
  else if (error.advice === undefined) yield `${error.code} without advice`;
}

/** What is claimed only because of the disturbance. */
function* falseClaims(diagnosis: Diagnosis, plain: Diagnosis): Generator<string> {
  const usual = new Map(plain.checks.map(({ rule, verdict }) => [rule, verdict]));
  for (const { rule, verdict } of diagnosis.checks) {
    if (verdict !== 'unknown' && verdict !== usual.get(rule)) {
      yield `${rule} is ${verdict} instead of ${usual.get(rule)}`;
    }
  }
  const { verdict } = diagnosis;
  if (verdict !== plain.verdict && verdict !== 'inconclusive') {
    yield `the case is ${verdict} instead of ${plain.verdict}`;
  }
}

function sameClaims(diagnosis: Diagnosis, plain: Diagnosis): boolean {
  const claims = ({ verdict, checks }: Diagnosis) =>
    JSON.stringify([verdict, checks.map((check) => [check.rule, check.verdict])]);
  return claims(diagnosis) === claims(plain);
}
