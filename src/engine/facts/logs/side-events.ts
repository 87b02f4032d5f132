import type { Quote } from '../../evidence/types.ts';
import type { SideEvent } from '../../fortios/debug/debug-event.ts';
import type { EventLogEvent } from '../../fortios/debug/event-log.ts';
import type { DebugRecord } from '../../fortios/debug/record.ts';
import type { SslVpnEvent } from '../../fortios/debug/sslvpn-events.ts';
import type { TokenMessage } from '../../fortios/debug/token-messages.ts';
import type { PushEvent } from '../attempt.ts';
import { type Fact, known, unknown } from '../fact.ts';
import type { Facts } from '../facts.ts';
import type { BlockedSource, DirectoryFailures, PushdEvent, TokenEvent } from '../log-events.ts';
import { createFlowFold } from './flow-traces.ts';
import { createIkeLoginFold } from './ike-logins.ts';
import { keepSome } from './keep-some.ts';
import { createProvisioningFold } from './provisioning.ts';
import { createSnifferFold } from './sniffer.ts';

export type SideFacts = Pick<
  Facts,
  | 'flowDrops'
  | 'pushEvents'
  | 'callbackPackets'
  | 'flowEvents'
  | 'pushdEvents'
  | 'provisioningErrors'
  | 'blockedSources'
  | 'tokenEvents'
  | 'directoryFailures'
  | 'ikeLogins'
>;

type Blocked = Extract<SslVpnEvent, { readonly kind: 'blocklist' }>;

/** `Authentication failed 9 times in the last 5 minutes (new requests: 31, request failures: 0, LDAP conn failures: 9)` */
const LDAP_FAILURES = /\bin the last 5 minutes \(.{0,120}\bLDAP conn failures: ([1-9]\d{0,8})\)/;

/** A fact quotes a few of its lines; its entries hold the others. */
const MAX_QUOTES = 20;

/** Collects everything in logs besides logins: packets, drops, event-log lines, tokens, other daemons. */
export function createSideEvents() {
  const sniffer = createSnifferFold();
  const flow = createFlowFold();
  const provisioning = createProvisioningFold();
  const ike = createIkeLoginFold();
  const tokens = createTokenEventFold();
  const pushes = keepSome<PushEvent>();
  const pushd = keepSome<PushdEvent>();
  const blocked = keepSome<BlockedSource>();
  const directories = keepSome<DirectoryFailures>();
  const seenDaemons = new Set<string>();

  return {
    /** Called for a line of this output, so that the absence of events is meaningful. */
    onDaemonLine: (daemon: 'flow' | 'ike') => seenDaemons.add(daemon),

    /** Handles every message without a daemon prefix: the token server's replies have none, and may be split anywhere. */
    see: (record: DebugRecord, from: string): void => provisioning.see(record, from),

    add(event: SideEvent | Blocked, quote: Quote): void {
      switch (event.kind) {
        case 'sniffer-interfaces':
        case 'sniffer-filter':
        case 'sniffer-end':
        case 'sniffed-packet':
          sniffer.add(event, quote);
          return;
        case 'flow-packet':
        case 'flow-drop':
        case 'flow-refused':
        case 'flow-route':
        case 'flow-dnat':
          flow.add(event, quote);
          return;
        case 'local-denied':
          flow.denied(event, quote);
          return;
        case 'logged':
          if (event.meaning === 'push-sent' || event.meaning === 'push-failed') {
            pushes.add({
              sent: event.meaning === 'push-sent',
              at: event.at,
              vdom: event.vdom,
              quotes: [quote],
            });
          } else if (event.meaning === 'directory-failures') {
            const count = LDAP_FAILURES.exec(event.message ?? '')?.[1];
            if (count !== undefined) directories.add({ count: Number(count), at: event.at, quotes: [quote] });
          } else tokens.logged(event, quote);
          return;
        case 'pushd-error':
          pushd.add({ kind: 'error', code: event.code, text: event.text, quotes: [quote] }, event.kind);
          return;
        case 'pushd-queued':
          pushd.add({ kind: 'queued', quotes: [quote] }, event.kind);
          return;
        case 'pushd-sent':
          pushd.add({ kind: 'sent', user: event.user, quotes: [quote] }, event.kind);
          return;
        case 'ike':
          ike.add(event, quote);
          return;
        case 'blocklist': {
          const { host, fails, status } = event;
          blocked.add({
            host,
            seen: 'debug',
            ...(fails === undefined ? { locked: true } : { fails }),
            status,
            quotes: [quote],
          });
          return;
        }
        case 'not-of-product':
          provisioning.said(event.message, quote);
          return;
        case 'return-code':
          provisioning.returned(quote);
          return;
        case 'code-reused':
        case 'no-valid-token':
        case 'invalid-value':
        case 'token-command':
          tokens.addMessage(event, quote);
      }
    },

    finish(): SideFacts {
      const capture = sniffer.value();
      return {
        callbackPackets: capture
          ? known(capture, listQuotes([...capture.captures, ...capture.packets]))
          : unknown('the evidence contains no sniffer output'),
        flowEvents: listFact(
          flow.list,
          'the evidence contains no debug flow output',
          seenDaemons.has('flow'),
        ),
        flowDrops: listFact(
          flow.drops,
          'the evidence contains no debug flow output',
          seenDaemons.has('flow'),
        ),
        pushEvents: listFact(pushes.list, 'the evidence contains no event-log line about a push'),
        pushdEvents: listFact(pushd.list, "the evidence contains no log of FortiAuthenticator's push daemon"),
        provisioningErrors: listFact(
          provisioning.list(),
          'the evidence contains no refusal of the token server',
        ),
        blockedSources: listFact(
          blocked.list,
          'the evidence contains no line about sources that SSL VPN blocks',
        ),
        tokenEvents: listFact(tokens.list, 'the evidence contains no message about a token'),
        directoryFailures: listFact(
          directories.list,
          'the evidence contains no count of failed connections to LDAP servers',
        ),
        ikeLogins: listFact(
          ike.list(),
          'the evidence contains no IKE debug output of a login',
          seenDaemons.has('ike'),
        ),
      };
    },
  };
}

function listFact<T extends { readonly quotes: readonly Quote[] }>(
  list: readonly T[],
  otherwise: string,
  seen = false,
): Fact<readonly T[]> {
  return list.length > 0 || seen ? known(list, listQuotes(list)) : unknown(otherwise);
}

function listQuotes(list: readonly { readonly quotes: readonly Quote[] }[]): readonly Quote[] {
  return list.slice(0, MAX_QUOTES).flatMap((each) => each.quotes);
}

/** Lines below a token command within which a general refusal is its answer. */
const LOOKAHEAD_LINES = 12;

function createTokenEventFold() {
  const events = keepSome<TokenEvent>();
  let command: Quote | undefined;

  return {
    list: events.list,
    logged({ meaning, at, vdom, user, tokenSerial, message }: EventLogEvent, quote: Quote): void {
      if (meaning === 'push-sent' || meaning === 'push-failed' || meaning === 'directory-failures') return;
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
