import type { Requests } from '../../src/bot/requests/ports.ts';
import { recheckRunId } from '../../src/bot/requests/run-ids.ts';
import { isUnchanged } from '../../src/engine/diagnosis/compare.ts';
import type { Run } from '../../src/platform/runs/run.ts';
import { threadOf } from '../../src/platform/store/run-fields.ts';
import { ACTIONS } from '../../src/report/block-kit/action-ids.ts';
import { section } from '../../src/report/block-kit/build-blocks.ts';
import { pressBlock } from '../../src/report/formats/slack/controls.ts';
import { explainPostRefused, replyToAcceptance } from '../shared/acceptance-reply.ts';
import { type Listening, onRunPress, type RunPress } from '../shared/listeners.ts';
import { toAsker } from '../shared/request-context.ts';
import { watchText } from '../text/follow-ups.ts';
import { cannotRecheckText, cannotWatchText, recheckRunningText } from '../text/replies.ts';

const MAX_ROUNDS = 50;
/** A re-check without an answer after this time was lost and does not block another one. */
const MAX_RUN_MS = 20 * 60_000;

/** Repeats the request, or watches the next login with it, and has the answer compared with this one. */
export function handleRecheck(listening: Listening): void {
  const { requests } = listening;
  onRunPress(listening, ACTIONS.recheck, 'check', async (press) => void (await recheck(press, requests)));
  onRunPress(listening, ACTIONS.pasted, 'check', (press) => proveFix(press, requests));
  // Whether this person may watch this device is decided with the request.
  onRunPress(listening, ACTIONS.watch, 'check', async (press) => {
    const { alias } = press.run;
    const live = alias === undefined ? undefined : requests.watchSeconds(alias);
    if (live === undefined) await press.reply(cannotWatchText);
    else await recheck({ ...press, live }, requests);
  });
}

/** After the fix is pasted: reads the device again, and offers to watch the next login, which proves it. */
export async function proveFix(press: Recheck, requests: Requests): Promise<void> {
  await recheck({ ...press, afterFix: true }, requests);
  const { id, alias, user } = press.run;
  const seconds = alias === undefined ? undefined : requests.watchSeconds(alias);
  if (user === undefined || seconds === undefined) return;
  const text = watchText(user, seconds);
  await press.reply(text, [section(text), pressBlock('watch', id)]);
}

type Recheck = Pick<RunPress<'check'>, 'act' | 'run' | 'caller' | 'callerName' | 'reply'> & {
  /** Thread to answer in; absent if none is known. */
  readonly thread: string | undefined;
  /** Seconds for which the next login is watched. */
  readonly live?: number | undefined;
  readonly afterFix?: true;
  /** When it was asked for, by Slack's clock: milliseconds since the Unix epoch. */
  readonly askedAt: number;
  /** The id of a check of another user: there is nothing to compare with. */
  readonly otherRunId?: string | undefined;
};

/** False if nothing is read: the person is told why. */
export async function recheck(press: Recheck, requests: Requests): Promise<boolean> {
  const { run, thread, reply, live, afterFix, askedAt, otherRunId } = press;
  const { alias, user, vdom, details } = run;
  if (alias === undefined) {
    await reply(cannotRecheckText);
    return false;
  }
  const base = await shownAnswer(run, requests);
  const recent = await requests.past.ofDevice(alias, MAX_ROUNDS);
  // The same request that comes again belongs to the round that it began.
  const before = recent.filter((each) => each.comparesTo === base.id && each.acceptedAt < askedAt);
  const round = before.filter(isOver).length;
  const acceptance = await requests.accept(
    {
      runId: otherRunId ?? recheckRunId(base.id, round, { live: live !== undefined }),
      asker: toAsker(press),
      // Slack does not say the thread of a message that only one person sees.
      replyTo: { ...run.replyTo, thread: threadOf(run) ?? thread },
      kind: 'check',
      alias,
      user,
      vdom,
      live,
      details,
      afterFix,
      ...(otherRunId === undefined ? { comparesTo: base.id } : {}),
    },
    explainPostRefused(reply, run.replyTo.channel),
    press.act.way,
  );
  if (acceptance.state === 'duplicate') await reply(recheckRunningText);
  else await replyToAcceptance(acceptance, reply);
  return acceptance.state !== 'refused';
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
