import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';

export interface Sockets {
  /** Returns a single-use address, as `apps.connections.open` does. */
  open(): string;
  count(): number;
  /** Sends an envelope to one of the open sockets. `acked` is false if none acknowledged it within `waitMs`. */
  send(envelope: object, waitMs: number): Promise<{ readonly acked: boolean; readonly payload?: unknown }>;
  /** As Slack does every few hours: asks every client to reconnect, then closes the connections. */
  disconnectAll(): void;
  close(): Promise<void>;
}

interface Acknowledgement {
  readonly envelope_id?: string;
  readonly payload?: unknown;
}

/** For a client that does not answer the close frame. */
const CLOSE_TIMEOUT_MS = 500;

/** Often enough for a client that expects a ping every 30 s. */
const PING_INTERVAL_MS = 10_000;

export function createSockets(server: Server, baseUrl: () => string, onChange: () => void): Sockets {
  const wss = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const waiting = new Map<string, (acknowledgement: Acknowledgement) => void>();
  let turn = 0;

  server.on('upgrade', (request: IncomingMessage, socket, head) => {
    const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
    if (!tickets.delete(ticket)) {
      socket.destroy();
      return;
    }
    wss.handleUpgrade(request, socket, head, sendHello);
  });

  function sendHello(socket: WebSocket): void {
    const ping = setInterval(() => socket.ping(), PING_INTERVAL_MS).unref();
    socket.on('close', () => {
      clearInterval(ping);
      onChange();
    });
    socket.on('error', () => socket.terminate());
    socket.on('message', (data: Buffer) => {
      const acknowledgement = JSON.parse(data.toString('utf8')) as Acknowledgement;
      waiting.get(acknowledgement.envelope_id ?? '')?.(acknowledgement);
    });
    socket.send(JSON.stringify({ type: 'hello', num_connections: wss.clients.size }));
    onChange();
  }

  function openSockets(): WebSocket[] {
    return [...wss.clients].filter((socket) => socket.readyState === socket.OPEN);
  }

  return {
    open() {
      const ticket = randomUUID();
      tickets.add(ticket);
      return `${baseUrl().replace('http', 'ws')}/link?ticket=${ticket}`;
    },
    count: () => openSockets().length,
    async send(envelope, waitMs) {
      const sockets = openSockets();
      turn += 1;
      const socket = sockets[turn % Math.max(1, sockets.length)];
      if (!socket) return { acked: false };
      const id = randomUUID();
      return await new Promise((resolve) => {
        const timer = setTimeout(() => {
          waiting.delete(id);
          resolve({ acked: false });
        }, waitMs);
        waiting.set(id, ({ payload }) => {
          clearTimeout(timer);
          waiting.delete(id);
          resolve({ acked: true, payload });
        });
        socket.send(JSON.stringify({ ...envelope, envelope_id: id }));
      });
    },
    disconnectAll() {
      for (const socket of openSockets()) {
        socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
        socket.close(1000);
      }
    },
    async close() {
      wss.close();
      await Promise.all([...wss.clients].map(hangUp));
    },
  };
}

async function hangUp(socket: WebSocket): Promise<void> {
  if (socket.readyState === socket.CLOSED) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => socket.terminate(), CLOSE_TIMEOUT_MS);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    socket.close(1001);
  });
}
