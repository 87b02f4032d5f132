import type { App, Authorize, ReceiverEvent } from '@slack/bolt';

/** Slack waits for 3 s; the rest is for the network and a busy machine. */
const ACKNOWLEDGE_AFTER_MS = 2400;

export interface Acknowledging {
  /** Around the `authorize` of the app: remembers which request it failed for. */
  authorize(inner: Authorize<boolean>): Authorize<boolean>;
  /** Around the app's way of taking a request. */
  apply(app: App): void;
  /** Resolves when all requests that were taken are dealt with, or after `withinMs`. */
  settled(withinMs: number): Promise<void>;
}

/**
 * Slack never repeats what was acknowledged. So an acknowledgement without words waits until the listeners are done
 * (the request is in the queue, or was refused in private). A process that dies before leaves the request
 * unacknowledged: Slack delivers an event again, and tells who typed a command that it failed. What takes long is
 * acknowledged before Slack gives up; but not an event, whose second delivery does no harm and may be needed.
 */
export function acknowledgeWhenDone(afterMs = ACKNOWLEDGE_AFTER_MS): Acknowledging {
  const unauthorised = new WeakSet<object>();
  const underWay = new Set<Promise<void>>();

  async function take(event: ReceiverEvent, process: App['processEvent']): Promise<void> {
    let acknowledge: (() => Promise<void>) | undefined;
    const send = async (): Promise<void> => {
      const pending = acknowledge;
      acknowledge = undefined;
      // Slack has hung up, or the socket is gone: it delivers again.
      await pending?.().catch(() => {});
    };
    const isEvent = event.body.type === 'event_callback';
    let isDue = false;
    const due = (): void => {
      isDue = true;
      void send();
    };
    const timer = isEvent ? undefined : setTimeout(due, afterMs);
    try {
      await process({
        ...event,
        async ack(response) {
          // Bolt acknowledges what it could not authorise, and calls no listener for it.
          if (unauthorised.has(event.body)) return;
          if (isDue || (response !== undefined && response !== '')) return event.ack(response);
          acknowledge = () => event.ack();
        },
      });
    } finally {
      clearTimeout(timer);
      await send();
    }
    // The receiver answers 500, or nothing over a socket.
    if (unauthorised.has(event.body)) throw new Error('Slack did not say who this app is');
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
    apply(app) {
      const process = app.processEvent.bind(app);
      app.processEvent = (event) => {
        const taken = take(event, process);
        const over = taken.catch(() => {});
        underWay.add(over);
        void over.then(() => underWay.delete(over));
        return taken;
      };
    },
    async settled(withinMs) {
      const { promise: tooLong, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, withinMs);
      await Promise.race([Promise.all(underWay), tooLong]);
      clearTimeout(timer);
    },
  };
}
