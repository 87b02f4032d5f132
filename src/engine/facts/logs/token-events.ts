import type { Quote } from '../../evidence/types.ts';
import type { EventLogEvent } from '../../fortios/debug/event-log.ts';
import type { TokenMessage } from '../../fortios/debug/token-messages.ts';
import type { TokenEvent } from '../log-events.ts';
import { keepSome } from './keep-some.ts';

/** Lines below a token command within which a general refusal is its answer. */
const LOOKAHEAD_LINES = 12;

export function createTokenEventFold() {
  const events = keepSome<TokenEvent>();
  let command: Quote | undefined;

  return {
    list: events.list,
    logged({ meaning, at, vdom, user, tokenSerial, message }: EventLogEvent, quote: Quote): void {
      if (meaning === 'push-sent' || meaning === 'push-failed') return;
      events.add(
        {
          kind: meaning,
          at,
          vdom,
          user,
          tokenSerial,
          text: message,
          quotes: [quote],
        },
        meaning,
      );
    },
    addMessage(
      message: Exclude<TokenMessage, { kind: 'not-of-product' | 'return-code' }>,
      quote: Quote,
    ): void {
      switch (message.kind) {
        case 'token-command':
          command = quote;
          return;
        case 'code-reused':
          events.add({ kind: message.kind, seconds: message.seconds, quotes: [quote] }, message.kind);
          return;
        case 'no-valid-token':
          events.add({ kind: message.kind, quotes: command ? [command, quote] : [quote] }, message.kind);
          return;
        case 'invalid-value': {
          // Any command may be answered this way: it counts only after a token command.
          if (!command || command.source !== quote.source || quote.line - command.line > LOOKAHEAD_LINES)
            return;
          events.add({ kind: message.kind, quotes: [command, quote] }, message.kind);
        }
      }
    },
  };
}
