import type { Duplex } from 'node:stream';
import type { Device, JumpHost } from '../../platform/config/inventory-types.ts';
import type { Logger } from '../../platform/observe/logger.ts';
import { openBudget } from '../budget.ts';
import { createByteBudget, SESSION_BYTES } from '../byte-budget.ts';
import { forwardError, timedOut } from '../device-errors.ts';
import type { Connection } from './connect.ts';
import type { ReadSecret } from './credential.ts';
import { signIn } from './sign-in.ts';

export type Route = Awaited<ReturnType<typeof openRoute>>;

/** Signs in to each jump host through the one before it, each within its own `timeouts.connect`. */
export async function openRoute(
  device: Device,
  readSecret: ReadSecret,
  signal: AbortSignal,
  logger?: Pick<Logger, 'debug'>,
) {
  const hosts: { readonly jump: JumpHost; readonly connection: Connection }[] = [];

  async function through(next: JumpHost | Device, nextSignal: AbortSignal): Promise<Duplex | undefined> {
    const last = hosts.at(-1);
    if (!last) return undefined;
    try {
      return await last.connection.forward(next.address, next.port, nextSignal);
    } catch (error) {
      throw forwardError(last.jump, next, error);
    }
  }

  /** Closes all of its hosts, the last first. */
  async function close(): Promise<void> {
    for (const { connection } of hosts.toReversed()) await connection.close();
  }

  try {
    for (const jump of device.jumps ?? []) {
      using budget = openBudget(jump.timeouts.connect, () => timedOut(jump, 'connect'), signal);
      const stream = await through(jump, budget.signal);
      // It also carries what the device sends, which is counted there.
      const byteBudget = createByteBudget(jump.alias, 2 * SESSION_BYTES);
      const { signal: within } = budget;
      const connection = await signIn({
        endpoint: jump,
        readSecret,
        signal: within,
        byteBudget,
        stream,
        logger,
      });
      hosts.push({ jump, connection });
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    /** A stream to the device through the last host; `undefined` without jump hosts. */
    toDevice: (deviceSignal: AbortSignal) => through(device, deviceSignal),
    close,
  };
}
