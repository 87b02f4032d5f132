import type { App, Authorize, Receiver, ReceiverEvent } from '@slack/bolt';

/** Slack waits for 3 s; the rest is for the network and a busy machine. */
const EARLY_ACK_MS = 2300;
/** Writing it down may take so long, and is a matter of milliseconds where all is well. */
const TOO_LATE_MS = 2850;

/**
 * Writes down that somebody is owed a word about this request, in case this process dies before it has given it.
 * Resolves with how to strike that out; with nothing where Slack itself tells a person of a request that failed.
 */
export type RecordPendingAck = (body: ReceiverEvent['body']) => Promise<(() => Promise<void>) | undefined>;

export interface Acknowledging {
  /** Around the `authorize` of the app: remembers which request it failed for. */
  authorize(inner: Authorize<boolean>): Authorize<boolean>;
  /** The same receiver, whose requests are acknowledged in this way. */
  wrap(receiver: Receiver): Receiver;
  /** Resolves when all requests that were taken are dealt with, or after `withinMs`. */
  settled(withinMs: number): Promise<void>;
}

const SLACK_TELLS: RecordPendingAck = async () => undefined;

/**
 * Slack never repeats what was acknowledged, and tells a person of a command that was not. So an acknowledgement waits
 * until the listeners are done: the request is in the queue, or was refused in words, which may go with it. What takes
 * longer than Slack waits is acknowledged only when it is written down that a word is owed; where that cannot be done
 * Slack says that it failed. An event is not: its second delivery does no harm and may be needed.
 */
export function acknowledgeWhenDone(
  owe: RecordPendingAck = SLACK_TELLS,
  afterMs = EARLY_ACK_MS,
): Acknowledging {
  const unauthorised = new WeakSet<object>();
  const underWay = new Set<Promise<void>>();

  async function take(event: ReceiverEvent, process: App['processEvent']): Promise<void> {
    const begun = performance.now();
    let acknowledge: (() => Promise<void>) | undefined;
    let isDone = false;
    let isLate = false;
    const send = async (): Promise<void> => {
      const pending = acknowledge;
      acknowledge = undefined;
      // Slack has hung up, or the socket is gone: it delivers again.
      await pending?.().catch(() => {});
    };
    const due = async (): Promise<(() => Promise<void>) | undefined> => {
      const strikeOut = await owe(event.body);
      if (strikeOut === undefined || isDone || performance.now() - begun > TOO_LATE_MS) return strikeOut;
      isLate = true;
      await send();
      return strikeOut;
    };
    let owed: ReturnType<typeof due> | undefined;
    const timer = setTimeout(() => {
      owed = due().catch(() => undefined);
    }, afterMs);
    try {
      await process({
        ...event,
        async ack(response) {
          // Bolt acknowledges what it could not authorise, and calls no listener for it.
          if (unauthorised.has(event.body)) return;
          const isWorded = response !== undefined && response !== '';
          if (isWorded && (isDone || performance.now() - begun > afterMs))
            throw new Error('too late for words');
          acknowledge = isWorded ? undefined : () => event.ack();
          if (isWorded) await event.ack(response);
          else if (isLate) await send();
        },
      });
    } finally {
      isDone = true;
      clearTimeout(timer);
      await send();
      void owed?.then((strikeOut) => strikeOut?.()).catch(() => {});
    }
    // The receiver answers 500, or nothing over a socket.
    if (unauthorised.has(event.body)) throw new Error('Slack did not say who this app is');
  }

  function takeFor(app: App): App['processEvent'] {
    return (event) => {
      const taken = take(event, (given) => app.processEvent(given));
      const over = taken.catch(() => {});
      underWay.add(over);
      void over.then(() => underWay.delete(over));
      return taken;
    };
  }

  return {
    authorize: (inner) => async (source, body) => {
      try {
        return await inner(source, body);
      } catch (error) {
        if (body !== undefined) unauthorised.add(body);
        throw error;
      }
    },
    wrap: (receiver) => ({
      init: (app) => receiver.init(Object.create(app, { processEvent: { value: takeFor(app) } }) as App),
      start: (...given: unknown[]) => receiver.start(...given),
      stop: (...given: unknown[]) => receiver.stop(...given),
    }),
    async settled(withinMs) {
      const { promise: tooLong, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, withinMs);
      await Promise.race([Promise.all(underWay), tooLong]);
      clearTimeout(timer);
    },
  };
}
