import type { Collect } from '../../device/collector.ts';
import { createCollector } from '../../device/create-collector.ts';
import type { OnReceived } from '../../device/device-connection.ts';
import { readSecret } from '../../platform/config/read-secret.ts';
import { hideSecretsInFields } from '../../platform/observe/hide-secrets.ts';
import type { Logger } from '../../platform/observe/logger.ts';
import { type Io, printNow } from './io.ts';

/** Reads devices with the secrets of the environment. `onReceived`: what a device prints. */
export function createTerminalCollector(io: Io, onReceived?: OnReceived): Collect {
  return createCollector({
    readSecret: (ref) => readSecret(ref, io.env),
    onReceived,
    logger: debugLogger(io),
  });
}

/** With `LOG_LEVEL=debug`, a line on standard error for each step of the dialogue with a device; otherwise nothing. */
function debugLogger(io: Io): Pick<Logger, 'debug'> | undefined {
  if (io.env.LOG_LEVEL !== 'debug') return undefined;
  const began = performance.now();
  return {
    debug(fields, message) {
      const seconds = ((performance.now() - began) / 1000).toFixed(3);
      const known = Object.entries(hideSecretsInFields({ ...fields }));
      const details = known
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => `${name}=${JSON.stringify(value)}`);
      printNow(io.stderr, [`debug ${seconds} ${message}`, ...details].join(' '));
    },
  };
}
