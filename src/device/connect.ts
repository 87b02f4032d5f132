import { connect as openSocket, type Socket } from 'node:net';
import type { Client, ClientChannel } from 'ssh2';
import ssh2 from 'ssh2';
import type { Device } from '../config/inventory-types.ts';
import type { FtmError } from '../ftm-error.ts';
import { algorithmsFor } from './algorithms.ts';
import { authenticate, type ReadSecret, readCredential } from './authentication.ts';
import { abortError, raceAbort } from './budget.ts';
import { connectionError } from './device-errors.ts';
import { describeKey, refuseHostKey } from './host-keys.ts';
import { tokenQuestion } from './login.ts';

/** An authenticated connection; `close` ends it and waits, but never long, for the socket to go. */
export interface Connection {
  readonly openShell: (signal: AbortSignal) => Promise<ClientChannel>;
  readonly close: () => Promise<void>;
}

const KEEPALIVE = { keepaliveInterval: 10_000, keepaliveCountMax: 3 };
/**
 * The pager's page is the PTY's rows less two: taller than any answer, and no configuration has to be touched.
 * Wide, since rows are counted after wrapping.
 */
const PTY = { term: 'vt100', rows: 10_000, cols: 511 } as const;
const CLOSE_GRACE_MS = 1_000;

export async function connect(
  device: Device,
  readSecret: ReadSecret,
  signal: AbortSignal,
): Promise<Connection> {
  const secret = await raceAbort(readCredential(device, readSecret), signal);
  const client = new ssh2.Client();
  // Ours, so that it can be destroyed at any moment: ssh2 leaves a half-closed socket to its peer.
  const socket = openSocket({ host: device.address, port: device.port, noDelay: true });
  let verdict: FtmError | undefined;
  let failure: FtmError | undefined;

  await new Promise<void>((resolve, reject) => {
    const stop = () => fail(abortError(signal));
    function fail(error: FtmError): void {
      failure ??= error;
      signal.removeEventListener('abort', stop);
      socket.destroy();
      reject(failure);
    }
    signal.addEventListener('abort', stop, { once: true });
    client.once('ready', () => {
      signal.removeEventListener('abort', stop);
      resolve();
    });
    // Stays attached: a reset after the end of the session is normal and must not become an uncaught error.
    client.on('error', (error) => fail(verdict ?? connectionError(device, error)));
    client.once('close', () => fail(verdict ?? connectionError(device, new Error('closed'))));
    try {
      client.connect({
        sock: socket,
        username: device.username,
        algorithms: algorithmsFor(device),
        // The budget's signal is the clock; ssh2's own would start late, after name resolution.
        readyTimeout: 0,
        ...KEEPALIVE,
        hostVerifier: (blob: Buffer) => {
          verdict = refuseHostKey(device, describeKey(blob));
          return verdict === undefined;
        },
        authHandler: authenticate({ device, secret, onQuestion: () => fail(tokenQuestion(device)) }),
      });
    } catch (error) {
      fail(connectionError(device, error));
    }
  });

  return {
    openShell: (shellSignal) =>
      raceAbort(
        new Promise<ClientChannel>((resolve, reject) => {
          client.shell(PTY, (error, channel) => {
            if (error) reject(connectionError(device, error));
            else resolve(channel);
          });
        }),
        shellSignal,
      ),
    close: () => closeClient(client, socket),
  };
}

function closeClient(client: Client, socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.destroyed) {
      resolve();
      return;
    }
    const force = setTimeout(() => socket.destroy(), CLOSE_GRACE_MS);
    socket.once('close', () => {
      clearTimeout(force);
      resolve();
    });
    client.end();
  });
}
