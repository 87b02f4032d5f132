import type { NoiseBehaviour } from './behaviour.ts';
import { createSeededRandom } from './seeded-random.ts';

/** Messages of FortiOS as they are printed on a console. */
export const KNOWN_MESSAGES: readonly string[] = [
  'System file integrity init check failed!',
  "slave's configuration is not in sync with master's, sequence:0",
  "secondary's configuration is not in sync with primary's, sequence:3",
  "slave's external files are not in sync with master, sequence:1. (type CERT_LOCAL)",
  'secondary starts to sync with primary',
  'secondary succeeded to sync external files with primary',
  'logout all admin users',
  'Wait for HA to be primary of all clusters...',
  'Get image from ha primary OK.',
  'The system is going down NOW !!',
  'Please stand by while rebooting the system.',
  "*ATTENTION*: Admin sessions removed because license registration status changed to 'INVALID'",
  'The system has entered conserve mode',
  'date=2026-01-07 time=14:30:09 devname="EDGE" logid="0100032001" type="event" subtype="system" level="information" msg="login"',
];

/** Made up, so that no list of messages holds them. */
export const FOREIGN_MESSAGES: readonly string[] = [
  'fan tray 2 reports low speed',
  'npu0: queue stalled, resetting',
  'HA: heartbeat lost on port4',
  'kernel: device wan1 entered promiscuous mode',
  '[ 1234.567] usb 1-1: new device found',
  'License check: contract expires in 5 days',
  'backup job finished (0 errors)',
  'Broadcast message from admin: maintenance at noon',
  'set of rules reloaded',
  'end of self test',
];

const MAX_AT_ONCE = 3;

/**
 * A function that inserts messages into what a session writes: anywhere in a line, an echo or a prompt, or after it.
 */
export function createNoise({
  seed,
  every,
  kind,
  limit = Number.POSITIVE_INFINITY,
}: NoiseBehaviour): (text: string) => string {
  const random = createSeededRandom(seed);
  let left = limit;

  function message(): string {
    // A client can separate a known message from the output around it; for any other, the line end has to help.
    if (kind === 'foreign') return `${random.pick(['\r\n', ''])}${random.pick(FOREIGN_MESSAGES)}\r\n`;
    const [before, after] = random.pick(FORMS);
    return before + random.pick(KNOWN_MESSAGES) + after;
  }

  return (text) => {
    if (left <= 0 || text === '' || random.int(every) > 0) return text;
    // From the end, so that no message is inserted into another.
    const count = Math.min(left, 1 + random.int(MAX_AT_ONCE));
    const places = Array.from({ length: count }, () => findPlace(text, random.int(text.length + 1)));
    left -= count;
    return places
      .toSorted((a, b) => b - a)
      .reduce((written, at) => written.slice(0, at) + message() + written.slice(at), text);
  };
}

/** Most often with a line end. */
const FORMS: readonly (readonly [before: string, after: string])[] = [
  ['\r\n', '\r\n'],
  ['\r\n', '\r\n'],
  ['', '\r\n'],
  ['', '\r\n'],
  ['', ''],
];

/** Not between the bytes of one line end. */
function findPlace(text: string, at: number): number {
  let place = at;
  while (place > 0 && text[place - 1] === '\r') place -= 1;
  return place;
}
