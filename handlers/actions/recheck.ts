import type { Requests } from '../../src/bot/requests/ports.ts';
import { recheckRunId } from '../../src/bot/requests/run-ids.ts';
import { isUnchanged } from '../../src/engine/diagnosis/compare.ts';
import type { Run } from '../../src/platform/runs/run.ts';
import { getThread } from '../../src/platform/store/run-fields.ts';
import { section } from '../../src/report/block-kit/build-blocks.ts';
import { pressBlock } from '../../src/report/formats/slack/controls.ts';
import type { RunPress } from '../shared/listeners.ts';
import { type AskingPerson, acceptRun } from '../shared/request-context.ts';
import { watchText } from '../text/follow-ups.ts';
import { cannotRecheckText, cannotWatchText, recheckRunningText } from '../text/replies.ts';

const MAX_ROUNDS = 50;
/** A re-check without an answer after this time was lost and does not block another one. */
const MAX_RUN_MS = 20 * 60_000;

/** Watches the next login with the request. Whether this person may watch this device is decided with it. */
export async function watchAgain(press: RunPress<'check'>): Promise<void> {
  const live = watchSeconds(press);
  if (live === undefined) await press.reply(cannotWatchText);
  else await recheck({ ...press, live });
}

function watchSeconds({ run: { alias }, requests }: Recheck): number | undefined {
  return alias === undefined ? undefined : requests.watchSeconds(alias);
}

/** After the fix is pasted: reads the device again, and offers to watch the next login, which proves it. */
export async function proveFix(press: Recheck): Promise<void> {
  await recheck({ ...press, afterFix: true });
  const { id, user } = press.run;
  const seconds = watchSeconds(press);
  if (user === undefined || seconds === undefined) return;
  const text = watchText(user, seconds);
  await press.reply(text, [section(text), pressBlock('watch', id)]);
}

interface Recheck extends AskingPerson {
  readonly run: Run;
  /** Thread to answer in; absent if none is known. */
  readonly thread: string | undefined;
  /** Seconds for which the next login is watched. */
  readonly live?: number | undefined;
  readonly afterFix?: true;
  /** When it was asked for, by Slack's clock: milliseconds since the Unix epoch. */
  readonly askedAt: number;
  /** The id of a check of another user: there is nothing to compare with. */
  readonly otherRunId?: string | undefined;
}

/** Repeats the request, and has the answer compared with this one. False if nothing is read: the person is told why. */
export async function recheck(press: Recheck): Promise<boolean> {
  const { run, thread, reply, requests, live, afterFix, askedAt, otherRunId } = press;
  const { alias, user, vdom, details } = run;
  if (alias === undefined) {
    await reply(cannotRecheckText);
    return false;
  }
  const base = await shownAnswer(run, requests);
  const recent = await requests.past.listByDevice(alias, MAX_ROUNDS);
  // The same request that comes again belongs to the round that it began.
  const before = recent.filter((each) => each.comparesTo === base.id && each.acceptedAt < askedAt);
  const round = before.filter(isOver).length;
  const state = await acceptRun(
    {
      runId: otherRunId ?? recheckRunId(base.id, round, { live: live !== undefined }),
      // Slack does not say the thread of a message that only one person sees.
      replyTo: { ...run.replyTo, thread: getThread(run) ?? thread },
      kind: 'check',
      alias,
      user,
      vdom,
      live,
      details,
      afterFix,
      comparesTo: otherRunId === undefined ? base.id : undefined,
    },
    press,
  );
  if (state === 'duplicate') await reply(recheckRunningText);
  return state !== 'refused';
}

/** The run whose answer stands in the thread: a re-check that changed nothing points to an earlier one. */
async function shownAnswer(run: Run, { past }: Requests): Promise<Run> {
  if (run.comparesTo === undefined || run.outcome?.kind !== 'diagnosed') return run;
  const earlier = await past.find(run.comparesTo);
  if (earlier?.outcome?.kind !== 'diagnosed') return run;
  return isUnchanged(earlier.outcome.diagnosis, run.outcome.diagnosis) ? earlier : run;
}

function isOver({ answeredAt, acceptedAt }: Run): boolean {
  return answeredAt !== undefined || acceptedAt + MAX_RUN_MS < Date.now();
}
