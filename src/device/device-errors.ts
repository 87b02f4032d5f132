import type { Device } from '../config/inventory-types.ts';
import { FtmError } from '../ftm-error.ts';

/** Turns what ssh2 and the socket report into what a person can act on. */
export function connectionError(device: Device, error: unknown): FtmError {
  if (error instanceof FtmError) return error;
  const { code, level, message } = readError(error);
  const place = `${device.alias} (port ${device.port})`;
  if (level === 'client-authentication') return authenticationFailed(device, error);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || level === 'client-dns') {
    return unreachable(`The address of ${device.alias} could not be resolved.`, {
      advice: 'Check `address` of the device in the inventory, and the DNS of the machine this runs on.',
      cause: error,
    });
  }
  if (code === 'ECONNREFUSED') {
    return unreachable(`${place} refused the connection.`, {
      advice: 'Check that SSH is in `allowaccess` of that interface, and that `admin-ssh-port` is this port.',
      cause: error,
    });
  }
  if (level === 'client-timeout' || code === 'ETIMEDOUT') return timedOut(device, 'keepalive', error);
  if (message.includes('rsa-sha2-512') && message.includes('public key type')) {
    return protocolError(`${device.alias} sends an RSA host key with a wrong label, a known FortiOS fault.`, {
      advice:
        'Let the device offer another host key type: `set ssh-hostkey-algo ssh-ed25519` in ' +
        '`config system global` (7.4.0 to 7.4.3), `ssh-hsk-algo` in `config system ssh-config` (7.4.4 and later).',
      cause: error,
    });
  }
  if (level === 'handshake') {
    return protocolError(`${device.alias} and this program share no SSH algorithm.`, {
      advice:
        device.algorithms === 'legacy'
          ? 'The device offers less than the legacy profile takes; upgrade it or widen its SSH settings.'
          : 'If it runs an old FortiOS, set `algorithms: legacy` for it in the inventory.',
      cause: error,
    });
  }
  return unreachable(`The connection to ${place} broke.`, {
    advice:
      'If it breaks at once each time, the device may drop this machine because of `trusthost` of the ' +
      'administrator or a local-in policy; otherwise try again.',
    cause: error,
  });
}

function authenticationFailed(device: Device, cause?: unknown): FtmError {
  return new FtmError(
    'ftm_device_auth_failed',
    `${device.alias} did not accept the credential of ${device.username}.`,
    {
      advice:
        'It was tried once and not again, to keep the account from being locked. Check the user name and the ' +
        'secret the inventory points to, and `trusthost` of that administrator.',
      cause,
    },
  );
}

const SLOW_ADVICE = {
  connect:
    'Check address and port, and whether a firewall or `trusthost` drops this machine. A slow device can be ' +
    'given a larger `timeouts.connect` in the inventory.',
  command: 'The device may be busy; try again, or give it a larger `timeouts.command` in the inventory.',
  job: 'The device may be busy; try again, or give it a larger `timeouts.job` in the inventory.',
  keepalive: 'It stopped answering in the middle; try again once it is reachable.',
} as const;

export function timedOut(device: Device, budget: keyof typeof SLOW_ADVICE, cause?: unknown): FtmError {
  const limit = budget === 'keepalive' ? '' : ` within ${device.timeouts[budget] / 1000} s`;
  const what = {
    connect: `${device.alias} gave no prompt${limit}.`,
    command: `${device.alias} did not finish a command${limit}.`,
    job: `${device.alias} did not answer everything${limit}.`,
    keepalive: `${device.alias} stopped answering.`,
  }[budget];
  return new FtmError('ftm_device_timeout', what, { advice: SLOW_ADVICE[budget], retryable: true, cause });
}

export function sessionLost(device: Device, cause?: unknown): FtmError {
  return unreachable(`${device.alias} closed the session in the middle of the check.`, {
    advice: 'A failover, an upgrade or an idle limit does that. Try again in a minute.',
    cause,
  });
}

export function protocolError(message: string, options: { advice?: string; cause?: unknown } = {}): FtmError {
  return new FtmError('ftm_device_protocol', message, options);
}

function unreachable(message: string, options: { advice: string; cause?: unknown }): FtmError {
  return new FtmError('ftm_device_unreachable', message, { ...options, retryable: true });
}

function readError(error: unknown): { code: string; level: string; message: string } {
  if (!(error instanceof Error)) return { code: '', level: '', message: String(error) };
  const { code, level } = error as Error & { code?: unknown; level?: unknown };
  return {
    code: typeof code === 'string' ? code : '',
    level: typeof level === 'string' ? level : '',
    message: error.message,
  };
}
