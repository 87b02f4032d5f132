import type { ClientChannel } from 'ssh2';
import type { Device } from '../platform/config/inventory-types.ts';
import type { Logger } from '../platform/observe/logger.ts';
import { openBudget } from './budget.ts';
import { createByteBudget } from './byte-budget.ts';
import { timedOut } from './device-errors.ts';
import { openSession, type Session } from './session/session.ts';
import type { Connection } from './transport/connect.ts';
import type { ReadSecret } from './transport/credential.ts';
import { openRoute, type Route } from './transport/route.ts';
import { signIn } from './transport/sign-in.ts';

/** Called with everything that a device prints into a session, as it arrives. */
export type OnReceived = (bytes: Buffer) => void;

/** The route to a device through its jump hosts and the SSH connection to it; one at a time. */
export interface DeviceConnection extends AsyncDisposable {
  /** Signs in, after closing the previous connection. `signal` applies to this and to everything the session does. */
  readonly connect: (signal: AbortSignal) => Promise<Session>;
  /** Another session on the existing connection. */
  readonly openSession: (signal: AbortSignal) => Promise<Session>;
}

export interface DeviceConnectionOptions {
  readonly device: Device;
  readonly readSecret: ReadSecret;
  readonly logger: Pick<Logger, 'debug'>;
  readonly onSent?: ((text: string) => void) | undefined;
  readonly onReceived?: OnReceived | undefined;
}

export function createDeviceConnection(options: DeviceConnectionOptions): DeviceConnection {
  const { device, readSecret, logger, onSent, onReceived } = options;
  let route: Route | undefined;
  let connection: Connection | undefined;
  let byteBudget = createByteBudget(device.alias);

  async function close(): Promise<void> {
    await connection?.close();
    connection = undefined;
    await route?.close();
    route = undefined;
  }

  async function withinConnectBudget(
    signal: AbortSignal,
    work: (connectSignal: AbortSignal) => Promise<Session>,
  ): Promise<Session> {
    using budget = openBudget(device.timeouts.connect, () => timedOut(device, 'connect'), signal);
    return await work(budget.signal);
  }

  function startSession(connectSignal: AbortSignal, signal: AbortSignal): Promise<Session> {
    if (!connection) throw new Error('no connection yet');
    const from = onReceived ? reportReceived(connection, onReceived) : connection;
    return openSession({ connection: from, device, logger, connectSignal, signal, onSent, byteBudget });
  }

  return {
    async connect(signal) {
      if (connection) logger.debug({ device: device.alias }, 'connecting again');
      await close();
      const way = await openRoute(device, readSecret, signal, logger);
      route = way;
      byteBudget = createByteBudget(device.alias);
      return withinConnectBudget(signal, async (connectSignal) => {
        const stream = await way.toDevice(connectSignal);
        const limits = { signal: connectSignal, byteBudget };
        connection = await signIn({ endpoint: device, readSecret, stream, logger, ...limits });
        return startSession(connectSignal, signal);
      });
    },
    openSession(signal) {
      logger.debug({ device: device.alias }, 'opening another session');
      return withinConnectBudget(signal, (connectSignal) => startSession(connectSignal, signal));
    },
    [Symbol.asyncDispose]: close,
  };
}

/** The connection whose sessions report what the device prints; when the session reads it does not change. */
function reportReceived(connection: Connection, onReceived: OnReceived): Connection {
  return {
    ...connection,
    async openShell(signal) {
      const channel = await connection.openShell(signal);
      const emit = channel.emit.bind(channel);
      // A listener of its own would start the data flow before the session listens.
      channel.emit = ((event: string, ...values: unknown[]) => {
        if (event === 'data') onReceived(values[0] as Buffer);
        return emit(event, ...values);
      }) as ClientChannel['emit'];
      return channel;
    },
  };
}
