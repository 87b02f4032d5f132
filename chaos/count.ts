import type { Run } from '../src/platform/runs/run.ts';
import type { EventDelivery } from '../src/stand-ins/slack/types.ts';
import { type Asked, KINDS, type Kind } from './planned-request.ts';
import { isFinal, type SlackSeen } from './slack-seen.ts';

/** How one request ended, as the person saw it. */
export type Ending =
  /** Slack itself told the person that it failed, and nothing came. */
  | 'not taken'
  /** In private: nothing was started; and nothing came. */
  | 'refused'
  /** Private, so it cannot be seen; and no answer came. */
  | 'uncertain, not started'
  | 'answered once'
  /** Answered once, after a bot had said that nothing was started, and was killed before it could say otherwise. */
  | 'answered against its word'
  | 'lost'
  | 'doubled'
  /** Answered once, and not where it was asked. */
  | 'misplaced';

/** What must not happen to any request. */
export const BAD_ENDINGS: readonly Ending[] = ['lost', 'doubled', 'misplaced'];

export interface Counted {
  readonly asked: Asked;
  readonly ending: Ending;
  /** The app acknowledged it and took it on: an answer is owed. */
  readonly accepted: boolean;
  /** When a bot first said in private that it did not take the request: milliseconds after it was sent. */
  readonly toldAfterMs?: number;
  /** How often its final answer was edited into something that is none, and into another answer. */
  readonly undone: number;
  readonly rewritten: number;
  /** For the search for the cause. */
  readonly note: string;
}

export const UNCERTAIN = /not clear yet whether your request was accepted/;
const CORRECTED = /was accepted after all/;
export const REFUSED = /nothing was started/i;

export function countOne(asked: Asked, run: Run | undefined, seen: SlackSeen): Counted {
  const answers = seen.messages(asked.runId, 'answer');
  const roots = seen.messages(asked.runId, 'root');
  const privately = seen.privately(asked.channel, asked.user);
  const inForm = asked.deliveries.flatMap(formErrors);
  const whispers = [...privately.map(({ text }) => text), ...inForm];
  const privateAnswers = privately.filter(({ text }) => /here is the answer/i.test(text)).length;
  const files = seen.files(asked.runId);
  const isDone = run?.answeredAt !== undefined && answers.every(({ blocks }) => isFinal(blocks));
  const total = answers.length + privateAnswers;
  const place = asked.thread ?? roots[0]?.ts;
  const isMisplaced = answers.some(
    ({ channel, thread_ts }) => channel !== asked.channel || thread_ts === undefined || thread_ts !== place,
  );

  const wasRefused = whispers.some((text) => REFUSED.test(text));
  const wasUncertain = whispers.some((text) => UNCERTAIN.test(text));
  const wasCorrected = whispers.some((text) => CORRECTED.test(text));
  const tooMuch = total > 1 || roots.length > (asked.thread === undefined ? 1 : 0) || files > 1;
  const edits = answers.map((answer) => seen.edits(answer));
  const note = JSON.stringify({
    kind: asked.kind,
    run: asked.runId,
    user: asked.user,
    statuses: asked.deliveries.map(({ status }) => status),
    roots: roots.length,
    answers: edits.map((each) => each.answers.map((text) => text.slice(0, 80))),
    isMisplaced,
    files,
    privateAnswers,
    whispers,
    outcome: run?.outcome?.kind,
    answered: run?.answeredAt !== undefined,
    known: run !== undefined,
  });
  const toldAt = privately.find(({ text }) => REFUSED.test(text) || UNCERTAIN.test(text))?.ts;
  const toldInFormAt = inForm.length > 0 ? asked.ackedAt : undefined;
  const told = toldAfter(toldInFormAt ?? (toldAt === undefined ? undefined : Number(toldAt) * 1000));
  const undone = addUp(edits.map((each) => each.undone));
  const rewritten = addUp(edits.map((each) => each.rewritten));
  return { asked, note, undone, rewritten, ...told, ...judge() };

  function toldAfter(at: number | undefined): Pick<Counted, 'toldAfterMs'> {
    return at === undefined ? {} : { toldAfterMs: at - asked.sentAt };
  }

  function judge(): Pick<Counted, 'ending' | 'accepted'> {
    if (tooMuch) return { ending: 'doubled', accepted: true };
    if (isMisplaced) return { ending: 'misplaced', accepted: true };
    if (total === 1 && isDone && wasRefused && !wasCorrected) {
      return { ending: 'answered against its word', accepted: true };
    }
    if (total === 1 && isDone) return { ending: 'answered once', accepted: true };
    if (total === 1) return { ending: 'lost', accepted: true };
    if (asked.ackedAt === undefined && run === undefined) return { ending: 'not taken', accepted: false };
    if (wasRefused && run === undefined) return { ending: 'refused', accepted: false };
    if (wasUncertain && run === undefined) return { ending: 'uncertain, not started', accepted: false };
    return { ending: 'lost', accepted: true };
  }
}

/** A form that is refused stays open, and shows why. */
function formErrors({ ack }: EventDelivery): readonly string[] {
  const { errors = {} } = (ack ?? {}) as { readonly errors?: Readonly<Record<string, unknown>> };
  return Object.values(errors).map(String);
}

export interface Report {
  readonly counted: readonly Counted[];
  readonly failedAnswers: number;
  /** Devices with a debug on at the end, and how often one was switched on. */
  readonly debugLeftOn: number;
  readonly debugOpened: number;
  /** Filters of the IKE debug that are set at the end, and how often IKE was watched. */
  readonly filtersLeft: number;
  readonly ikeOpened: number;
  readonly sessionsOpen: number;
  readonly secrets: readonly string[];
  readonly writes: number;
  readonly crashes: readonly string[];
  /** Block Kit limits that were broken. */
  readonly violations: number;
  /** Milliseconds, of all deliveries of Slack that were acknowledged. */
  readonly slowestAckMs: number;
  /** How long after its acknowledgement a request was safe in the queue, at worst; negative: before. */
  readonly riskMs: number;
  readonly redeliveries: number;
  readonly struck: ReadonlyMap<string, number>;
  readonly tookS: number;
}

export function countEnding(report: Report, ending: Ending): number {
  return report.counted.filter((each) => each.ending === ending).length;
}

/** Sentences that say what was promised and did not hold; none when all is well. */
export function broken(report: Report, { everyAck }: { readonly everyAck: boolean }): readonly string[] {
  const bad: readonly (readonly [number, string])[] = [
    [countEnding(report, 'lost'), 'lost'],
    [countEnding(report, 'doubled'), 'doubled'],
    [countEnding(report, 'misplaced'), 'answered in another place'],
    [countUndone(report), 'final answers undone by a later edit'],
    [report.debugLeftOn, 'debug left on'],
    [report.filtersLeft, 'filters left set'],
    [report.sessionsOpen, 'SSH sessions left open'],
    [report.secrets.length, 'secrets found'],
    [report.writes, 'lines written to a device'],
    [report.crashes.length, 'processes that ended by themselves'],
    [report.violations, 'Block Kit limits broken'],
    [everyAck ? countEnding(report, 'not taken') + countLate(report) : 0, 'not acknowledged within 3 s'],
    [
      everyAck ? countEnding(report, 'refused') + countEnding(report, 'uncertain, not started') : 0,
      'refused',
    ],
  ];
  return bad.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
}

function addUp(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function countUndone({ counted }: Report): number {
  return addUp(counted.map(({ undone }) => undone));
}

/** Answered, though Slack had told the person that it failed: slower than Slack waits, and not lost. */
function countLate({ counted }: Report): number {
  return counted.filter(({ asked, accepted }) => accepted && asked.ackedAt === undefined).length;
}

export function table(report: Report): string {
  const accepted = report.counted.filter((each) => each.accepted);
  const told = report.counted.flatMap(({ toldAfterMs }) => toldAfterMs ?? []);
  const against = countEnding(report, 'answered against its word');
  const once = countEnding(report, 'answered once') + against;
  const lines = [
    `${accepted.length} accepted, ${once} answered once, ${countEnding(report, 'lost')} lost, ${countEnding(report, 'doubled')} doubled, ` +
      `${countEnding(report, 'misplaced')} in another place, ${countUndone(report)} undone by a later edit, ` +
      `${report.debugLeftOn} debug left on (of ${report.debugOpened} opened), ${report.filtersLeft} filters left set (IKE watched ${report.ikeOpened} times), ${report.sessionsOpen} sessions left open, ${report.secrets.length} secrets found`,
    `  by kind: ${KINDS.map((kind) => `${kind} ${ofKind(accepted, kind)}`).join(', ')}`,
    `  answers that say why there is no diagnosis: ${report.failedAnswers}`,
    `  beside them: ${countEnding(report, 'refused')} refused in private, ${countEnding(report, 'uncertain, not started')} told that nobody knows, ` +
      `${countEnding(report, 'not taken')} not acknowledged (Slack says so to the person)`,
    `  answered although a bot had said that nothing was started, and could not take it back: ${against}`,
    `  final answers that were edited into another answer: ${addUp(report.counted.map(({ rewritten }) => rewritten))}`,
    `  answered although Slack had said that it failed (slower than Slack waits): ${countLate(report)}`,
    `  time until somebody was told in private: ${seconds(median(told))} (half of them), ${seconds(Math.max(0, ...told))} (the last)`,
    `  events delivered again: ${report.redeliveries}`,
    `  slowest acknowledgement: ${(report.slowestAckMs / 1000).toFixed(2)} s; longest time between an acknowledgement and the queue: ` +
      `${Math.max(0, Math.round(report.riskMs))} ms`,
    `  troubles: ${[...report.struck].map(([what, count]) => `${what} ${count}`).join(', ') || 'none'}`,
    `  took ${Math.round(report.tookS)} s`,
  ];
  return `${lines.join('\n')}\n`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function ofKind(accepted: readonly Counted[], kind: Kind): number {
  return accepted.filter(({ asked }) => asked.kind === kind).length;
}
