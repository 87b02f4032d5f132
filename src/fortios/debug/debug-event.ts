import { type DebugCommandEvent, readDebugCommand } from './debug-command.ts';
import { type EventLogEvent, readEventLog } from './event-log.ts';
import { type FlowEvent, readFlowEvent } from './flow-events.ts';
import { type FnbamdEvent, readFnbamdEvent } from './fnbamd-events.ts';
import { type FtmPushEvent, readFtmPushEvent } from './ftm-push-events.ts';
import type { DebugRecord } from './record.ts';
import { readSslVpnEvent, type SslVpnEvent } from './sslvpn-events.ts';

export type DebugEvent =
  | SslVpnEvent
  | FnbamdEvent
  | FtmPushEvent
  | FlowEvent
  | EventLogEvent
  | DebugCommandEvent;

/** Everything worth reading stands early in a message; the rest of a giant one is ballast. */
const REACH = 4_096;

/** What a message says, if it is one that a push login is made of. */
export function readDebugEvent(record: DebugRecord): DebugEvent | undefined {
  const text = record.text.length > REACH ? record.text.slice(0, REACH) : record.text;
  switch (record.daemon) {
    case 'sslvpn':
      return readSslVpnEvent(text);
    case 'fnbamd':
      return readFnbamdEvent(text);
    case 'ftm-push':
      return readFtmPushEvent(text);
    case 'flow':
      return readFlowEvent(text);
    case 'event':
      return readEventLog(text);
    case 'ike':
      return undefined;
    case 'other':
      break;
  }
  // A JSON body that a terminal wrapped goes on in lines without any mark of their own.
  return readDebugCommand(text) ?? readFtmPushEvent(text);
}
