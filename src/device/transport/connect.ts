import { connect as openSocket, Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { Algorithms, AuthHandlerMiddleware, Client, ClientChannel } from 'ssh2';
import ssh2 from 'ssh2';
import { abortError, type FtmError } from '../../engine/ftm-error.ts';
import type { SshEndpoint } from '../../platform/config/inventory-types.ts';
import { joinWrites } from '../../platform/net/join-writes.ts';
import { prepareKeys } from '../../platform/net/prepare-keys.ts';
import { type Logger, silentLogger } from '../../platform/observe/logger.ts';
import { raceAbort } from '../budget.ts';
import type { ByteBudget } from '../byte-budget.ts';
import { connectionError, notSsh } from '../device-errors.ts';
import { passwordChangeError } from '../sign-in-questions.ts';
import { describeKey, type PresentedKey } from './host-keys.ts';

export interface ConnectOptions {
  readonly endpoint: SshEndpoint;
  /** Transport for SSH; a TCP connection to the endpoint by default. It is destroyed on any failure. */
  readonly stream?: Duplex | undefined;
  readonly algorithms: Algorithms;
  /** Why the key has to be refused, if it has to be. */
  readonly judgeKey: (key: PresentedKey) => FtmError | undefined;
  /** Its argument ends the attempt with a specific error. */
  readonly authenticate: (fail: (error: FtmError) => void) => AuthHandlerMiddleware;
  readonly logger?: Pick<Logger, 'debug'> | undefined;
  /** Limit for everything read from the host. */
  readonly byteBudget: ByteBudget;
  readonly signal: AbortSignal;
}

const KEEPALIVE = { keepaliveInterval: 10_000, keepaliveCountMax: 3 };
/**
 * The pager's page is the PTY's rows less two: taller than any answer, so that the device's configuration need not be
 * changed. Wide, since rows are counted after wrapping.
 */
const PTY = { term: 'vt100', rows: 10_000, cols: 511 } as const;
const CLOSE_GRACE_MS = 1_000;
const GREETING_BYTES = 1024;

export async function connect(options: ConnectOptions) {
  const { endpoint, stream } = options;
  const { address: host, port } = endpoint;
  const step = stepLogger(options);
  const client = new ssh2.Client();
  // Our own socket, so that it can be destroyed at any moment: ssh2 leaves a half-closed socket to its peer.
  const socket = stream ?? openSocket({ host, port, noDelay: true });
  joinWrites(socket);
  prepareKeys(client);
  step('connecting', { address: host, port, throughJumpHost: stream !== undefined });
  socket.once('connect', () => step('TCP connection open'));
  client.once('handshake', ({ kex, serverHostKey, cs }) =>
    step('algorithms agreed', { kex, hostKey: serverHostKey, cipher: cs.cipher }),
  );
  await startClient(client, socket, options, step);

  return {
    openShell: (shellSignal: AbortSignal) =>
      raceAbort(
        new Promise<ClientChannel>((resolve, reject) => {
          client.shell(PTY, (error, channel) => {
            if (error) reject(connectionError(endpoint, error));
            else resolve(channel);
          });
        }),
        shellSignal,
      ),
    /** A stream to an address that this host can reach. Rejects with what ssh2 reports, or when the signal aborts. */
    forward: (address: string, port: number, forwardSignal: AbortSignal) =>
      raceAbort(
        new Promise<Duplex>((resolve, reject) => {
          client.forwardOut('127.0.0.1', 0, address, port, (error, channel) => {
            if (error) reject(error);
            else resolve(forwardedStream(client, channel));
          });
        }),
        forwardSignal,
      ),
    close: () => closeClient(client, socket),
  };
}

/** An authenticated connection; `close` ends it and waits a short time for the socket to close. */
export type Connection = Awaited<ReturnType<typeof connect>>;

/** Rejects with why the host was not reached or did not accept the user; the socket is destroyed then. */
function startClient(client: Client, socket: Duplex, options: ConnectOptions, step: Step): Promise<void> {
  const { endpoint, signal, byteBudget } = options;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let greeting = '';
  let keyRefusal: FtmError | undefined;
  let failure: FtmError | undefined;

  const stop = () => fail(abortError(signal));
  function fail(error: FtmError): void {
    if (!failure) step('connection failed', { code: error.code });
    failure ??= error;
    signal.removeEventListener('abort', stop);
    socket.destroy();
    reject(failure);
  }
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  client.once('ready', () => {
    signal.removeEventListener('abort', stop);
    step('signed in', { username: endpoint.username });
    resolve();
  });
  client.once('change password', () => fail(passwordChangeError(endpoint)));
  // Stays attached: a reset after the end of the session is normal and must not become an uncaught error.
  const failed = (error: Error) =>
    fail(keyRefusal ?? (isForeign(greeting) ? notSsh(endpoint) : connectionError(endpoint, error)));
  client.on('error', failed);
  client.once('close', () => failed(new Error('closed')));
  try {
    client.connect({
      sock: socket,
      username: endpoint.username,
      algorithms: options.algorithms,
      // The signal is the time limit; ssh2's own would start late, after name resolution.
      readyTimeout: 0,
      ...KEEPALIVE,
      hostVerifier: (blob: Buffer) => {
        const key = describeKey(blob);
        keyRefusal = options.judgeKey(key);
        step('host key checked', { type: key.type, fingerprint: key.fingerprint, refused: keyRefusal?.code });
        return keyRefusal === undefined;
      },
      authHandler: loggedAuthentication(options.authenticate(fail), step),
    });
  } catch (error) {
    fail(connectionError(endpoint, error));
  }
  // In every state of the connection: a host that sends too much is not read any further, because `fail` destroys the socket.
  socket.on('data', (chunk: Buffer) => byteBudget.count(chunk.length));
  const { exceeded } = byteBudget;
  exceeded.addEventListener('abort', () => fail(abortError(exceeded)));
  socket.on('data', function onData(chunk: Buffer) {
    greeting += chunk.toString('latin1', 0, GREETING_BYTES - greeting.length);
    if (greeting.length >= GREETING_BYTES) socket.off('data', onData);
  });
  return promise;
}

type Step = (message: string, fields?: object) => void;

/** With the time since the connection began. */
function stepLogger({ endpoint, logger = silentLogger }: ConnectOptions): Step {
  const began = performance.now();
  return (message, fields) =>
    logger.debug({ device: endpoint.alias, ms: Math.round(performance.now() - began), ...fields }, message);
}

function loggedAuthentication(middleware: AuthHandlerMiddleware, step: Step): AuthHandlerMiddleware {
  return (offered, partialSuccess, next) =>
    middleware(offered, partialSuccess, (method) => {
      const type = typeof method === 'object' ? method.type : method || 'none left';
      step('authentication method', { method: type, offered, partialSuccess });
      next(method);
    });
}

/** An SSH server may send other lines before the one with its version (RFC 4253, 4.2). */
function isForeign(greeting: string): boolean {
  return !'SSH-'.startsWith(greeting) && !/^SSH-/m.test(greeting);
}

function closeClient(client: Client, socket: Duplex): Promise<void> {
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
    // On a forwarded stream the close of the other end arrives only after a full round trip; nothing more is sent by then.
    if (!(socket instanceof Socket)) socket.once('finish', () => socket.destroy());
    client.end();
  });
}

/**
 * A forwarded channel as a stream that closes on request, and when the connection that carries it is lost: a channel
 * of ssh2 does neither, and its client would wait for ever.
 */
function forwardedStream(client: Client, channel: ClientChannel): Duplex {
  const stream = new Duplex({
    read: () => void channel.resume(),
    write: (chunk, encoding, done) => void channel.write(chunk, encoding, done),
    final: (done) => void channel.end(done),
    destroy(error, done) {
      channel.close();
      done(error);
    },
  });
  const gone = () => void stream.destroy();
  channel.on('data', (chunk: Buffer) => {
    if (!stream.push(chunk)) channel.pause();
  });
  channel.once('end', () => stream.push(null));
  channel.on('error', gone);
  channel.once('close', gone);
  client.once('close', gone);
  return stream;
}
