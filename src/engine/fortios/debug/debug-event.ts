import { type EventLogEvent, type LocalDenial, readEventLog, readLocalDenial } from './event-log.ts';
import { type FlowEvent, readFlowEvent } from './flow-events.ts';
import { type FnbamdEvent, readFnbamdEvent } from './fnbamd-events.ts';
import { type FtmPushEvent, readFtmPushEvent } from './ftm-push-events.ts';
import { type IkeLine, readIkeLine } from './ike-events.ts';
import type { DebugRecord } from './record.ts';
import { readSnifferEvent, type SnifferEvent } from './sniffer-events.ts';
import { readSslVpnEvent, type SslVpnEvent } from './sslvpn-events.ts';
import { readTokenMessage, type TokenMessage } from './token-messages.ts';

/** Events of a push login. */
export type LoginEvent = SslVpnEvent | FnbamdEvent | FtmPushEvent | DebugCommandEvent;

/** Events besides logins. */
export type SideEvent =
  | FlowEvent
  | EventLogEvent
  | LocalDenial
  | SnifferEvent
  | PushdLine
  | TokenMessage
  | IkeLine;

export type DebugEvent = LoginEvent | SideEvent;

const SIDE_KINDS: ReadonlySet<string> = new Set<SideEvent['kind']>([
  'flow-packet',
  'flow-drop',
  'flow-refused',
  'flow-route',
  'flow-dnat',
  'logged',
  'local-denied',
  'sniffer-interfaces',
  'sniffer-filter',
  'sniffed-packet',
  'sniffer-end',
  'pushd-error',
  'pushd-queued',
  'pushd-sent',
  'code-reused',
  'no-valid-token',
  'invalid-value',
  'token-command',
  'not-of-product',
  'return-code',
  'ike',
]);

export function isSideEvent(event: DebugEvent): event is SideEvent {
  return SIDE_KINDS.has(event.kind);
}

/** The relevant part of a message is near its start; the rest of a very long one is not read. */
const LOOKAHEAD_CHARS = 4_096;

/** What a message says, if the diagnosis knows it. */
export function readDebugEvent(record: DebugRecord): DebugEvent | undefined {
  const text = record.text.length > LOOKAHEAD_CHARS ? record.text.slice(0, LOOKAHEAD_CHARS) : record.text;
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
      return readEventLog(text) ?? readLocalDenial(text);
    case 'ike':
      return readIkeLine(text);
    case 'eap_proxy':
    case 'samld':
    case 'authd':
    case 'openfortivpn':
    case 'charon':
    case 'native-client':
      return undefined;
    case 'other':
      break;
  }
  // A JSON body that a terminal wrapped continues in lines without a prefix.
  return readDebugCommand(text) ?? readFtmPushEvent(text) ?? readUnmarked(text);
}

/** Lines without a debug prefix: recognised by their text alone. */
function readUnmarked(text: string): SideEvent | undefined {
  return readSnifferEvent(text) ?? readPushdLine(text) ?? readTokenMessage(text);
}

interface DebugCommandEvent {
  readonly kind: 'debug-command';
  /** The daemon whose debug output it enables or disables; `all` for a reset. */
  readonly application: string;
  readonly on: boolean;
}

const APPLICATION = /\bdiag(?:nose)? +deb(?:ug)? +app(?:lication)? +([a-z][\w-]{0,30}) +(-?\d{1,10})\b/;
const RESET = /\bdiag(?:nose)? +deb(?:ug)? +res(?:et)?\b/;

/** A typed command that changes which daemons print debug, with or without a prompt before it. */
function readDebugCommand(text: string): DebugCommandEvent | undefined {
  if (!text.includes('diag')) return undefined;
  const match = APPLICATION.exec(text);
  if (match) return { kind: 'debug-command', application: match[1] ?? '', on: Number(match[2]) !== 0 };
  return RESET.test(text) ? { kind: 'debug-command', application: 'all', on: false } : undefined;
}

type PushdLine =
  | { readonly kind: 'pushd-error'; readonly code: number; readonly text: string }
  | { readonly kind: 'pushd-queued' }
  | { readonly kind: 'pushd-sent'; readonly user?: string };

const ERROR = /\bpushd error (-?\d{1,6}): (.{0,160})/;
const QUEUED = /\bBroker: Deliver push task to job queue/;
const SENT = /\bSending push message\[[^\]]{0,80}\] to User\[([^\]]{0,256})\]/;

/** Messages of FortiAuthenticator's push daemon (KB333425, KB230258). */
function readPushdLine(text: string): PushdLine | undefined {
  const error = ERROR.exec(text);
  if (error) return { kind: 'pushd-error', code: Number(error[1]), text: (error[2] ?? '').trim() };
  if (QUEUED.test(text)) return { kind: 'pushd-queued' };
  const sent = SENT.exec(text);
  if (!sent) return undefined;
  return { kind: 'pushd-sent', ...(sent[1] ? { user: sent[1] } : {}) };
}
