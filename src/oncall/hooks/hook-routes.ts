import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBoundedBody } from '../../bot/slack/read-bounded-body.ts';
import { parseJson } from '../../engine/text/parse-json.ts';
import type { AlertSettings } from '../../platform/config/escalation-schema.ts';
import type { SecretRef } from '../../platform/config/inventory-parts.ts';
import type { Dependencies } from '../../platform/dependencies.ts';
import type { Records } from '../../platform/store/records.ts';
import { sha256 } from '../../platform/store/sha256.ts';
import type { AlertTaken, IncomingAlert } from '../intake/alert.ts';
import type { EscalationEvent } from '../jobs.ts';
import { readAlertmanager } from './alertmanager.ts';
import { readGeneric } from './generic.ts';
import { type HookMessage, type ReadMessages, redactMessage } from './message.ts';
import { readPagerDuty } from './pagerduty.ts';
import { type Headers, hasBearer, hasOwnSignature, hasPagerDutySignature } from './verify.ts';

/** A route in Bolt's form: webhooks share Bolt's port, in Socket Mode too. */
export interface HookRoute {
  readonly path: string;
  readonly method: 'POST';
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void;
}

export interface HookOptions extends Pick<Dependencies, 'logger' | 'now'> {
  /** The current settings; a source without a secret is disabled. */
  readonly settings: () => AlertSettings | undefined;
  readonly readSecret: (ref: SecretRef) => Promise<string>;
  readonly takeAlert: (alert: IncomingAlert) => Promise<AlertTaken>;
  readonly takeEndedAlert: (alert: IncomingAlert) => Promise<AlertTaken>;
  /** False while too many alerts of the source name no device: its answers say nothing about devices then. */
  readonly mayTell: (source: IncomingAlert['source']) => boolean;
  readonly receiveEvent: (key: string, event: EscalationEvent, eventId: string) => Promise<void>;
  readonly onDelivered?: (source: string, status: number) => void;
  readonly records: Pick<Records, 'get' | 'put'>;
}

interface Source {
  readonly name: IncomingAlert['source'];
  readonly secret: (settings: AlertSettings) => SecretRef | undefined;
  readonly isGenuine: (headers: Headers, body: Buffer, secret: string, now: number) => boolean;
  readonly read: (body: unknown, now: number, settings: AlertSettings) => ReadMessages;
}

const SOURCES: readonly Source[] = [
  {
    name: 'alertmanager',
    secret: ({ alertmanager }) => alertmanager?.token,
    isGenuine: (headers, _, token) => hasBearer(headers, token),
    read: (body, _, { labels = [] }) => readAlertmanager(body, labels),
  },
  {
    name: 'pagerduty',
    secret: ({ pagerduty }) => pagerduty?.secret,
    isGenuine: hasPagerDutySignature,
    read: readPagerDuty,
  },
  {
    name: 'generic',
    secret: ({ generic }) => generic?.secret,
    isGenuine: hasOwnSignature,
    read: readGeneric,
  },
];

const MAX_BODY_BYTES = 1024 * 1024;
/** Deliveries are remembered for this long: longer than providers repeat them and than a signature is valid. */
const RETENTION_MS = 25 * 3_600_000;

/** Creates one route per source. Bolt takes routes only at start, so each delivery reads the settings. */
export function createHookRoutes(options: HookOptions): readonly HookRoute[] {
  return SOURCES.map((source) => ({
    path: `/hooks/${source.name}`,
    method: 'POST' as const,
    handler: (request, response) => {
      handleDelivery(source, request, options)
        .catch((error: unknown): Answer => {
          options.logger.error({ err: error, hook: source.name }, 'delivery could not be accepted');
          return { status: 503, body: { error: 'not accepted, send it again' } };
        })
        .then((answer) => {
          options.onDelivered?.(source.name, answer.status);
          return send(response, answer);
        })
        .catch((error: unknown) => options.logger.debug({ err: error }, 'delivery was not answered'));
    },
  }));
}

function send(response: ServerResponse, { status, body }: Answer): ServerResponse {
  return response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

interface Answer {
  readonly status: number;
  readonly body: object;
}

async function handleDelivery(
  source: Source,
  request: IncomingMessage,
  options: HookOptions,
): Promise<Answer> {
  const { logger, now, readSecret, records } = options;
  const settings = options.settings();
  const ref = settings && source.secret(settings);
  if (settings === undefined || ref === undefined) return { status: 404, body: { error: 'not set up' } };
  const body = await readBoundedBody(request, MAX_BODY_BYTES);
  if (body.kind === 'refused') return { status: body.status, body: { error: body.reason } };
  const { bytes } = body;
  const secret = await readSecret(ref);
  if (!source.isGenuine(request.headers, bytes, secret, now())) {
    logger.warn({ audit: 'refused', hook: source.name }, 'delivery without a valid signature');
    return { status: 401, body: { error: 'the signature or the token is invalid' } };
  }
  const parsed = parseJson(bytes.toString('utf8'));
  if (parsed === undefined) return { status: 400, body: { error: 'not JSON' } };
  const read = source.read(parsed, now(), settings);
  if (read.kind === 'unreadable') return { status: 400, body: { error: read.reason } };

  const seen = `hook:${source.name}:${sha256(bytes)}`;
  const told = (body: object): Answer => ({
    status: 200,
    body: options.mayTell(source.name) ? body : WITHHELD,
  });
  if ((await records.get(seen)) !== undefined) return told({ duplicate: true });
  const results: Result[] = [];
  for (const message of read.messages) {
    results.push(await handleMessage(redactMessage(message), options));
  }
  // What was refused may be allowed when it comes again: a channel was mapped, or a grant added.
  if (results.every(({ kind }) => kind !== 'ignored')) await records.put(seen, '1', 0, RETENTION_MS);
  logger.info({ hook: source.name, results }, 'delivery accepted');
  return told({ results });
}

/** The same whatever the delivery names. It was processed as any other, and the log has its results. */
const WITHHELD = { withheld: 'too many alerts name no device of the inventory' };

async function handleMessage(
  message: HookMessage,
  { takeAlert, takeEndedAlert, receiveEvent }: HookOptions,
): Promise<Result> {
  if (message.kind === 'alert') return await takeAlert(message.alert);
  if (message.kind === 'over') return await takeEndedAlert(message.alert);
  if (message.kind === 'nothing') return { kind: 'ignored', reason: message.reason };
  await receiveEvent(message.key, message.event, message.id);
  return { kind: 'noted' };
}

type Result = AlertTaken | { readonly kind: 'noted' };
