import type { IncomingMessage, ServerResponse } from 'node:http';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { ExpressAdapter } from '@bull-board/express';
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Logger } from '../observe/logger.ts';
import { disconnect } from './redis-connection.ts';

/** Pages that show the queue and cannot change it. Loads a web framework, so import it only when it is needed. */
export interface QueueBoard {
  /** The request's `url` begins below `place`. */
  show(request: IncomingMessage, response: ServerResponse): void;
  close(): Promise<void>;
}

export interface QueueBoardOptions {
  /** Closed with the board. */
  readonly connection: Redis;
  readonly prefix?: string;
  readonly names: readonly string[];
  /** Path at which it is shown, such as `/queues`. */
  readonly place: string;
  readonly log: Logger;
}

export function openQueueBoard(options: QueueBoardOptions): QueueBoard {
  const { connection, prefix = '{ftm}', log, place } = options;
  const queues = options.names.map((name) => {
    // Without these two it would write the queue's description again, and ask Redis for its version.
    const queue = new Queue(name, { connection, prefix, skipMetasUpdate: true, skipVersionCheck: true });
    queue.on('error', (error) => log.debug({ err: error }, 'dashboard connection'));
    return queue;
  });
  const server = new ExpressAdapter();
  server.setBasePath(place);
  createBullBoard({
    queues: queues.map(readOnly),
    serverAdapter: server,
    options: { uiConfig: { boardTitle: 'ftm-check' } },
  });
  const pages = server.getRouter() as Pages;
  pages.disable('x-powered-by');
  return {
    show: pages,
    async close() {
      await Promise.all(
        queues.map((queue) => queue.close().catch((error: unknown) => log.debug({ err: error }, 'close'))),
      );
      await disconnect(connection);
    },
  };
}

/** An Express application, whose types say nothing about it. */
type Pages = QueueBoard['show'] & { disable(setting: string): void };

function readOnly(queue: Queue): BullMQAdapter {
  const adapter = new BullMQAdapter(queue, { readOnlyMode: true });
  adapter.setFormatter('data', hidePrivate);
  adapter.setFormatter('returnValue', () => '');
  return adapter;
}

/** The fields that show the state of a job. What people wrote or pasted is private, even without its secrets. */
const SHOWN: ReadonlySet<string> = new Set([
  'acceptedAt',
  'alias',
  'at',
  'ended',
  'escalation',
  'jobGroup',
  'kind',
  'payload',
  'policy',
  'runId',
  'sequence',
]);

function hidePrivate(data: unknown): unknown {
  if (typeof data === 'string') return data.slice(0, 100);
  if (typeof data !== 'object' || data === null) return data;
  const entries = Object.entries(data).filter(([name]) => SHOWN.has(name));
  return Object.fromEntries(entries.map(([name, value]) => [name, hidePrivate(value)]));
}
