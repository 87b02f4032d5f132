import type { EvidenceItem } from '../../src/engine/evidence/types.ts';
import { FtmError } from '../../src/engine/ftm-error.ts';
import type { Device } from '../../src/platform/config/inventory-types.ts';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import { type Simulator, startSimulator } from '../../src/stand-ins/fortigate/start-simulator.ts';
import { type Cut, startCuttingProxy } from './cutting-proxy.ts';
import { ALL, collect, deviceAt } from './device-fixture.ts';

/** Short, since every silence runs into one of them; long where a loss has to be noticed without any. */
const SHORT: Device['timeouts'] = { connect: 1_500, command: 400, job: 4_000 };
const LONG: Device['timeouts'] = { connect: 60_000, command: 60_000, job: 60_000 };
/** What the machine may add to a budget when it is busy; a hang takes for ever. */
const SLACK_MS = 10_000;

export interface CutSubject extends AsyncDisposable {
  readonly simulator: Simulator;
  /** Bytes that a whole check receives, about: lengths of packets vary with their padding. */
  readonly bytes: number;
  /** What is wrong with what a cut led to; `undefined` when all is as it should be. */
  readonly tryCut: (at: number, cut: Cut) => Promise<string | undefined>;
}

/** A multi-VDOM look-alike with a banner, so that a check goes through everything it knows. */
export async function startCutSubject(): Promise<CutSubject> {
  const simulator = await startSimulator({
    configText: sampleConfig('campus'),
    behaviour: { postLoginBanner: 'Authorised use only' },
  });

  async function checkThrough(port: number, timeouts = LONG): Promise<readonly EvidenceItem[]> {
    const device = deviceAt(simulator, { port, timeouts });
    return await collect({ device, commands: ALL, vdom: 'campus' });
  }

  async function tryCut(at: number, cut: Cut): Promise<string | undefined> {
    await using proxy = await startCuttingProxy(simulator.port, at, cut);
    const timeouts = cut === 'silence' ? SHORT : LONG;
    const startedAt = performance.now();
    const outcome: unknown = await checkThrough(proxy.port, timeouts).catch((error: unknown) => error);
    const tookMs = performance.now() - startedAt;
    // One turn of the loop for the proxy to see that its client is gone.
    for (let turn = 0; proxy.open() > 0 && turn < 50; turn += 1) await pause();
    if (proxy.open() > 0) return 'a socket was left open';
    if (tookMs > SHORT.job + SLACK_MS) return `it took ${Math.round(tookMs)} ms`;
    if (!Array.isArray(outcome)) return wrongError(outcome, cut);
    const whole = (outcome as readonly EvidenceItem[]).length === ALL.length + 1;
    return whole && proxy.passed() < at ? undefined : wrongAnswer(outcome as readonly EvidenceItem[]);
  }

  await using whole = await startCuttingProxy(simulator.port);
  await checkThrough(whole.port);
  return { simulator, bytes: whole.passed(), tryCut, [Symbol.asyncDispose]: () => simulator.close() };
}

function wrongError(outcome: unknown, cut: Cut): string | undefined {
  if (!(outcome instanceof FtmError)) return `not an FtmError: ${String(outcome)}`;
  const expected =
    cut === 'silence'
      ? ['ftm_device_timeout']
      : // Cut in the identification or a packet, the rest reads like another protocol.
        ['ftm_device_unreachable', 'ftm_device_protocol', 'ftm_device_dialogue'];
  if (!expected.includes(outcome.code)) return `${outcome.code}: ${outcome.message}`;
  return outcome.advice ? undefined : `${outcome.code} without advice`;
}

/** After the last answer a cut is no loss; before it, an answer must not be half of one. */
function wrongAnswer(items: readonly EvidenceItem[]): string | undefined {
  const half = items.filter(
    ({ text, failure }) => !failure && /^config /m.test(text) && !/^end$/m.test(text),
  );
  return half.length === 0 ? undefined : `half an answer: ${half.map(({ name }) => name).join(', ')}`;
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 10));
