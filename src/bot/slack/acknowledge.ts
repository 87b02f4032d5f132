import { setTimeout as sleep } from 'node:timers/promises';
import type { App, Authorize, Receiver, ReceiverEvent } from '@slack/bolt';

/** Slack waits 3 s; the rest is for the network and a busy machine. */
const EARLY_ACK_MS = 2300;
/** Deadline for recording a pending acknowledgement, which normally takes milliseconds. */
const ACK_DEADLINE_MS = 2850;

/**
 * Records that a person waits for a reply to this request, in case this process crashes before it is sent. Resolves
 * with a function that clears the record; with `undefined` if Slack itself reports a failed request.
 */
export type RecordPendingAck = (body: ReceiverEvent['body']) => Promise<(() => Promise<void>) | undefined>;

const SLACK_REPORTS: RecordPendingAck = async () => undefined;

/**
 * Slack never repeats an acknowledged request, and reports an unacknowledged command to the person. So a request is
 * acknowledged only after its listeners finished: it is in the queue, or was refused with a text that may be part of
 * the acknowledgement. A request that takes longer is acknowledged once a pending acknowledgement is recorded; if
 * that fails, Slack reports the failure. An event is left unacknowledged: its redelivery does no harm and may be
 * needed.
 */
export function acknowledgeWhenDone(recordPendingAck: RecordPendingAck = SLACK_REPORTS) {
  const unauthorised = new WeakSet<object>();
  const inProgress = new Set<Promise<void>>();

  async function processEvent(event: ReceiverEvent, process: App['processEvent']): Promise<void> {
    const startedAt = performance.now();
    let acknowledge: (() => Promise<void>) | undefined;
    let isDone = false;
    let isLate = false;
    const send = async (): Promise<void> => {
      const pending = acknowledge;
      acknowledge = undefined;
      // Slack closed the connection: it delivers the request again.
      await pending?.().catch(() => {});
    };
    const acknowledgeEarly = async (): Promise<(() => Promise<void>) | undefined> => {
      const clear = await recordPendingAck(event.body);
      if (clear === undefined || isDone || performance.now() - startedAt > ACK_DEADLINE_MS) return clear;
      isLate = true;
      await send();
      return clear;
    };
    let recorded: ReturnType<typeof acknowledgeEarly> | undefined;
    const timer = setTimeout(() => {
      recorded = acknowledgeEarly().catch(() => undefined);
    }, EARLY_ACK_MS);
    try {
      await process({
        ...event,
        async ack(response) {
          // Bolt acknowledges requests it could not authorise, and calls no listener for them.
          if (unauthorised.has(event.body)) return;
          const hasText = response !== undefined && response !== '';
          if (hasText && (isDone || performance.now() - startedAt > EARLY_ACK_MS))
            throw new Error('too late for words');
          acknowledge = hasText ? undefined : () => event.ack();
          if (hasText) await event.ack(response);
          else if (isLate) await send();
        },
      });
    } finally {
      isDone = true;
      clearTimeout(timer);
      await send();
      void recorded?.then((clear) => clear?.()).catch(() => {});
    }
    // The receiver answers 500, or nothing in Socket Mode.
    if (unauthorised.has(event.body)) throw new Error('Slack did not say who this app is');
  }

  function wrapProcessEvent(app: App): App['processEvent'] {
    return (event) => {
      const taken = processEvent(event, (given) => app.processEvent(given));
      const over = taken.catch(() => {});
      inProgress.add(over);
      void over.then(() => inProgress.delete(over));
      return taken;
    };
  }

  return {
    /** Wraps the app's `authorize` and remembers the requests it failed for. */
    authorize:
      (inner: Authorize<boolean>): Authorize<boolean> =>
      async (source, body) => {
        try {
          return await inner(source, body);
        } catch (error) {
          if (body !== undefined) unauthorised.add(body);
          throw error;
        }
      },
    /** Wraps the receiver so that requests are acknowledged this way. */
    wrap: (receiver: Receiver): Receiver => ({
      init: (app) =>
        receiver.init(Object.create(app, { processEvent: { value: wrapProcessEvent(app) } }) as App),
      start: (...given: unknown[]) => receiver.start(...given),
      stop: (...given: unknown[]) => receiver.stop(...given),
    }),
    /** Resolves when all requests are processed, or after `withinMs`. */
    async settled(withinMs: number) {
      // The timer keeps the process up: what is stopped after this has its turn even where nothing else is open.
      const over = new AbortController();
      const tooLong = sleep(withinMs, undefined, { signal: over.signal }).catch(() => undefined);
      await Promise.race([Promise.all(inProgress), tooLong]);
      over.abort();
    },
  };
}
