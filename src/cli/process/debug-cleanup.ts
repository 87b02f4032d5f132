import { withDebugSessionRegistry } from '../../bot/recovery/debug-sessions.ts';
import type { Collect } from '../../device/collector.ts';
import { DEBUG_OFF } from '../../engine/fortios/debug-commands.ts';
import type { Device } from '../../platform/config/inventory-types.ts';
import { silentLogger } from '../../platform/observe/logger.ts';
import { type Io, printNow } from '../terminal/io.ts';
import { debugSessionFiles } from './debug-session-files.ts';

/** The same collector, which also disables debug that a killed check of this machine left enabled. */
export function withDebugCleanup(collect: Collect, device: Device, io: Io): Collect {
  const { alias } = device;
  const warn = (text: string) => printNow(io.stderr, text);
  const sessions = debugSessionFiles({
    device,
    env: io.env,
    now: io.now,
    onUnrecorded: () =>
      warn(
        'The debug session cannot be recorded on this machine: if this process is killed, disable debug yourself.',
      ),
    onDamaged: (path) =>
      warn(
        `${path} should say on which device a check left debug enabled. It was damaged and has been removed. If a check ` +
          `with --live was killed on this machine, please run \`${DEBUG_OFF.join('` and `')}\` on that device.`,
      ),
  });
  const registered = withDebugSessionRegistry(collect, { debugSessions: sessions, logger: silentLogger });
  return (request) =>
    registered({
      ...request,
      async onLeftover(isOff) {
        warn(`An earlier check of ${alias} was killed before it disabled debug.`);
        warn(isOff ? 'Debug is off now.' : mayBeOn(alias));
        await request.onLeftover?.(isOff);
      },
    });
}

export function mayBeOn(alias: string): string {
  return `Debug may still be enabled on ${alias}. Please run \`${DEBUG_OFF.join('` and `')}\` there.`;
}
