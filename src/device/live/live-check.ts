import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandFailure, EvidenceItem } from '../../engine/evidence/types.ts';
import { type CommandId, commandSpec } from '../../engine/fortios/commands.ts';
import {
  DEBUG_OFF,
  type DebugApplication,
  debugApplications,
  debugLine,
} from '../../engine/fortios/debug-commands.ts';
import { abortError, FtmError } from '../../engine/ftm-error.ts';
import { openBudget, openBudgetAfter } from '../budget.ts';
import { isFlood, isLoss } from '../collect/collect-failures.ts';
import { Navigator } from '../collect/navigator.ts';
import { readStatus } from '../collect/read-status.ts';
import { notRun } from '../collect/refusal.ts';
import type { CollectionRequest } from '../collector.ts';
import type { DeviceConnection } from '../device-connection.ts';
import { timedOut } from '../device-errors.ts';
import { createCapture, type DebugCapture } from './debug-capture.ts';
import {
  type DebugSessionTiming,
  listenToDebug,
  prepareDebugSession,
  refuseDebugSession,
} from './debug-session.ts';
import { createIkeFilter, type IkeFilterSession } from './ike-filter.ts';
import { type DebugSessionEnd, LIVE_ITEM, type LiveRequest } from './live-types.ts';
import { type SwitchedOff, switchOff, switchOffAnywhere } from './switch-off.ts';

export interface LiveOptions {
  readonly navigator: Navigator;
  readonly connection: DeviceConnection;
  readonly request: CollectionRequest;
  readonly live: LiveRequest;
  /** Output read before, which shows how users log in. */
  readonly items: readonly EvidenceItem[];
  readonly timing: DebugSessionTiming;
  /** Of the whole check. Closing has its own time limit. */
  readonly signal: AbortSignal;
}

const RETRY_DELAY_MS = 1_000;

/**
 * Opens a debug session, listens, and closes it in any case. Resolves with the item of what was seen, or of why
 * nothing was enabled. Rejects with the reason of the signal, or with `ftm_debug_left_on` if the session could not be
 * closed then.
 */
export async function watchLogin(options: LiveOptions): Promise<EvidenceItem> {
  const { navigator, live, request, items } = options;
  const status = readStatus(findLines(items, 'system-status') ?? []);
  const applications = debugApplications({
    client: live.client,
    sslVpn: findLines(items, 'ssl-vpn'),
    phase1: findLines(items, 'phase1-interfaces'),
    saml: findLines(items, 'saml'),
  });
  const filter = ikeFilterFor(options, applications, status);
  const refused =
    (await preflight(navigator, status, options.signal)) ?? (await announceOpening(live, applications));
  if (refused) return notOpened(live, refused);

  const began = performance.now();
  const capture = createCapture(navigator.session().wire.matcher.host);
  const outcome = await openAndListen(options, { capture, applications, status, filter });
  const { isOff, others } = await close(options, capture, outcome, { applications, filter });
  if (isOff) await live.onClosed?.().catch(() => undefined);

  if ('broke' in outcome) {
    if (!isOff) throw leftOn(request.device.alias, outcome.broke, filter);
    throw outcome.broke;
  }
  if ('refused' in outcome && isOff) return notOpened(live, outcome.refused);
  const watched = 'ended' in outcome ? outcome.applications : [];
  live.onReport({
    state: isOff ? 'watched' : 'left-on',
    ended: 'ended' in outcome ? outcome.ended : 'session-lost',
    seconds: Math.round((performance.now() - began) / 1000),
    lines: capture.lines.length,
    applications: [...watched],
    ...(others.length === 0 ? {} : { others: [...others] }),
    unwatched: explainUnwatchedIke(options, outcome),
    commands: isOff ? [] : switchOffLines(filter),
  });
  return { ...LIVE_ITEM, text: transcript(watched, capture) };
}

type Outcome =
  /** The daemons with enabled debug: only their silence proves anything. */
  | {
      readonly ended: DebugSessionEnd;
      readonly applications: readonly DebugApplication[];
      /** Why IKE was left out. */
      readonly withoutIke?: CommandFailure;
    }
  | { readonly refused: CommandFailure }
  /** Cancelled, out of time, or an internal error: there will be no diagnosis. */
  | { readonly broke: unknown };

interface Opening {
  readonly capture: DebugCapture;
  readonly applications: readonly DebugApplication[];
  readonly status: ReturnType<typeof readStatus>;
  readonly filter: IkeFilterSession | undefined;
}

async function openAndListen(
  { navigator, live, request, timing, signal }: LiveOptions,
  { capture, applications, status, filter }: Opening,
): Promise<Outcome> {
  let on: readonly DebugApplication[] = [];
  let withoutIke: CommandFailure | undefined;
  try {
    withoutIke = await filter?.set(navigator);
    if (filter && status?.multiVdom) await navigator.go({ kind: 'global' });
    const session = navigator.session();
    const opened = withoutIke ? applications.filter((each) => each !== 'ike') : applications;
    const prepared = await prepareDebugSession(session, opened, live.seconds, status?.version);
    if ('kind' in prepared) return { refused: prepared };
    on = prepared;
    const onProgress = (remainingMs: number, lines: number, logins: number) =>
      request.onProgress?.({ phase: 'watching', step: 0, steps: 0, live: { remainingMs, lines, logins } });
    const ended = await listenToDebug({ session, live, capture, timing, signal, onProgress });
    return { ended, applications: on, withoutIke };
  } catch (error) {
    if (signal.aborted) return { broke: abortError(signal) };
    if (isFlood(error)) return { ended: 'flood', applications: on, withoutIke };
    if (isLoss(error)) return { ended: 'session-lost', applications: on, withoutIke };
    return { broke: error };
  }
}

interface Closed {
  /** Confirmed by the device. */
  readonly isOff: boolean;
  /** Daemons whose debug another administrator enabled meanwhile; it was left on. */
  readonly others: readonly string[];
}

/** A lost session is replaced for it. `applications`: what was to be enabled. */
async function close(
  { navigator, connection, request, timing, signal }: LiveOptions,
  capture: DebugCapture,
  outcome: Outcome,
  { applications, filter }: Pick<Opening, 'applications' | 'filter'>,
): Promise<Closed> {
  const { device } = request;
  request.onProgress?.({ phase: 'closing', step: 0, steps: 0 });
  const tooLong = () => timedOut(device, 'job');
  using stopped = openBudgetAfter(signal, timing.closeWhenStopped, tooLong);
  using budget = openBudget(timing.closeWhenLost, tooLong, stopped.signal);
  const isFlooded = 'ended' in outcome && outcome.ended === 'flood';
  const keep = (line: string) => (isFlooded ? undefined : capture.add(line, performance.now()));
  const isLost = 'ended' in outcome && outcome.ended === 'session-lost';
  const isSetUp = 'ended' in outcome && outcome.applications.length > 0;
  let others: readonly string[] = [];
  const options = {
    ours: isSetUp ? outcome.applications : applications,
    signal: budget.signal,
    fast: timing.fast,
    onOthers: (daemons: readonly string[]) => {
      others = daemons;
    },
  };
  /** The filter goes last: without it, IKE would print everything. */
  const andFilter = async (off: SwitchedOff, at: Navigator): Promise<SwitchedOff> =>
    off !== 'off' || !filter || (await filter.clear(at)) ? off : 'unconfirmed';
  const here = async () =>
    andFilter(await switchOff(navigator.session(), { ...options, onLine: keep }), navigator);
  if (!isLost && (await tryOnce(here)) === 'off') return { isOff: true, others };
  while (!budget.signal.aborted) {
    const again = await tryOnce(async () => {
      const { signal: within } = budget;
      const fresh = new Navigator(await connection.connect(within), connection, within);
      return await andFilter(await switchOffAnywhere(fresh, options), fresh);
    });
    if (again === 'off') return { isOff: true, others };
    // Another refused login could lock the account.
    if (again === 'hopeless') break;
    await sleep(RETRY_DELAY_MS, undefined, { signal: budget.signal }).catch(() => undefined);
  }
  return { isOff: false, others: [] };
}

async function tryOnce(work: () => Promise<SwitchedOff>): Promise<SwitchedOff | 'failed' | 'hopeless'> {
  try {
    return await work();
  } catch (error) {
    return error instanceof FtmError && !error.retryable && error.code !== 'ftm_device_protocol'
      ? 'hopeless'
      : 'failed';
  }
}

/** A session that was ended because it printed too much opens no debug session; what was read before is kept. */
async function preflight(
  navigator: Navigator,
  status: ReturnType<typeof readStatus>,
  signal: AbortSignal,
): Promise<CommandFailure | undefined> {
  try {
    if (status?.multiVdom) await navigator.go({ kind: 'global' });
    return await refuseDebugSession(navigator, status?.version);
  } catch (error) {
    // The configuration that was read is worth an answer, with or without a live session.
    if (!(error instanceof FtmError) || !(isFlood(error) || isLoss(error)) || signal.aborted) throw error;
    return notRun(`${error.message} Debug was not enabled.`);
  }
}

/** An action that cannot be recorded does not happen. */
async function announceOpening(
  live: LiveRequest,
  applications: readonly DebugApplication[],
): Promise<CommandFailure | undefined> {
  try {
    await live.onOpening?.(applications);
    return undefined;
  } catch {
    return notRun('The debug session could not be recorded, so debug was not enabled.');
  }
}

function notOpened(live: LiveRequest, failure: CommandFailure): EvidenceItem {
  live.onReport({ state: 'not-opened', applications: [], commands: [] });
  return { ...LIVE_ITEM, text: '', failure };
}

/** In the form of a paste: the enabled daemons come before the output, so that missing output is evidence too. */
function transcript(applications: readonly DebugApplication[], { lines }: DebugCapture): string {
  return [
    ...applications.map((application) => debugLine({ id: 'debug-application', application })),
    debugLine({ id: 'debug-enable' }),
    ...lines,
    ...DEBUG_OFF,
  ].join('\n');
}

function leftOn(alias: string, cause: unknown, filter: IkeFilterSession | undefined): FtmError {
  const what = cause instanceof FtmError ? `${cause.message} ` : '';
  return new FtmError('ftm_debug_left_on', `${what}Debug on ${alias} could not be disabled.`, {
    advice: `Debug may still be enabled. Please run \`${switchOffLines(filter).join('` and `')}\` there.`,
    cause,
  });
}

/** For a person, where the device did not confirm that all is off. */
function switchOffLines(filter: IkeFilterSession | undefined): string[] {
  return [...DEBUG_OFF, ...[filter?.clearLine() ?? []].flat()];
}

/** Only where IKE is to be watched. */
function ikeFilterFor(
  { live: { client }, items }: LiveOptions,
  applications: readonly DebugApplication[],
  status: ReturnType<typeof readStatus>,
): IkeFilterSession | undefined {
  if (client === undefined || status === undefined || !applications.includes('ike')) return undefined;
  const vdom = findAnswers(items, 'phase1-interfaces').find(({ text }) =>
    /^\s*set type dynamic\s*$/m.test(text),
  )?.vdom;
  return createIkeFilter(client, status.version, vdom);
}

function explainUnwatchedIke({ live, items }: LiveOptions, outcome: Outcome): string | undefined {
  if ('ended' in outcome && outcome.withoutIke) return outcome.withoutIke.reason;
  const phase1 = findLines(items, 'phase1-interfaces');
  const isUsed = debugApplications({ phase1, client: '::' }).includes('ike');
  return isUsed && live.client === undefined
    ? 'The debug of IKE is enabled only with the public address of the client, which was not given.'
    : undefined;
}

function findAnswers(items: readonly EvidenceItem[], id: CommandId): readonly EvidenceItem[] {
  return items.filter(({ command, failure }) => command === commandSpec(id).text && !failure);
}

/** Of all VDOMs. */
function findLines(items: readonly EvidenceItem[], id: CommandId): readonly string[] | undefined {
  const answers = findAnswers(items, id);
  return answers.length === 0 ? undefined : answers.flatMap(({ text }) => text.split('\n'));
}
