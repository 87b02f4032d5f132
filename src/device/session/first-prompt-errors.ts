import { FtmError } from '../../ftm-error.ts';
import type { SshEndpoint } from '../../platform/config/inventory-types.ts';
import { sessionLost } from '../device-errors.ts';
import type { OutputBuffer } from './output-buffer.ts';

/** The text itself is not part of the error: it is not redacted. */
export function noPrompt(device: SshEndpoint, screen: OutputBuffer, cause: FtmError): FtmError {
  const lines =
    screen.lines.filter((line) => line.trim() !== '').length + (screen.tail().trim() === '' ? 0 : 1);
  const [looks, advice] = appearance(screen);
  return new FtmError(
    'ftm_device_timeout',
    `${device.alias} sent ${screen.received()} characters in ${lines} ${lines === 1 ? 'line' : 'lines'}, but no FortiOS ` +
      `prompt within ${device.timeouts.connect / 1000} s. ${looks}`,
    { advice, retryable: true, cause },
  );
}

const BY_HAND = 'Sign in by hand with this account to see what it shows.';

function appearance(screen: OutputBuffer): readonly [looks: string, advice: string] {
  const last = (screen.tail().trim() || screen.lines.findLast((line) => line.trim() !== '')?.trim()) ?? '';
  if (last === '')
    return ['Only empty lines came.', `${BY_HAND} A slow device can be given a larger \`timeouts.connect\`.`];
  if (/\p{C}/u.test(last))
    return [
      'The last line holds control characters.',
      `${BY_HAND} A menu or another product may answer there.`,
    ];
  if (/[:?]$/.test(last))
    return [`The last line ends in \`${last.at(-1)}\`, like a question.`, `${BY_HAND} Nothing was answered.`];
  if (/[#$>%]$/.test(last))
    return [`The last line ends in \`${last.at(-1)}\`, like a prompt of another product.`, BY_HAND];
  return [
    'The last line looks like a banner.',
    `${BY_HAND} A slow device can be given a larger \`timeouts.connect\`.`,
  ];
}

/** A complete line was printed before the close. Its text is not part of the error: it is not redacted. */
export function refusedShell(device: SshEndpoint, { lines }: OutputBuffer): FtmError {
  if (lines.every((line) => line.trim() === '')) return sessionLost(device);
  return new FtmError('ftm_device_dialogue', `${device.alias} closed the session before the first prompt.`, {
    advice: 'Sign in by hand with this account to see what it shows.',
    retryable: true,
  });
}
