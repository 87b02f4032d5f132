import type { Section } from '../../evidence/types.ts';
import { commandSpec } from '../../fortios/commands.ts';
import { parseClock } from '../../fortios/output/clock.ts';
import { parseHaStatus } from '../../fortios/output/ha-status.ts';
import { parseKeyValue } from '../../fortios/output/key-value.ts';
import { parseSslVpnBlocklist } from '../../fortios/output/ssl-vpn-blocklist.ts';
import type { ConfigView } from '../config/config-view.ts';
import { outputBounds, quoteAt } from '../config/quote-output.ts';
import { notSeen } from '../config/reading.ts';
import { flagSetting } from '../config/setting.ts';
import { type Fact, known, unknown } from '../fact.ts';
import type { BlocklistEntry, DeviceLicence, HaStatus, MissingUser, TimeSync } from '../values.ts';

/** Among the last lines of `get system status` of every release. */
const STATUS_END = 'System time';

/** The cluster according to the last `get system ha status` of the evidence. */
export function readHaStatus(sections: readonly Section[]): Fact<HaStatus> {
  const section = lastOutput(sections, commandSpec('ha-status').text);
  const output = section && parseHaStatus(section.lines);
  if (!section || !output?.mode) return notSeen('haStatus', sections);
  const quotes = [quoteAt(section, output.mode.index)];
  return known(
    {
      mode: { value: output.mode.value, explicit: true, quotes },
      members: output.members.map(({ role, serial, index }) => ({
        role,
        serial,
        quotes: [quoteAt(section, index)],
      })),
    },
    quotes,
  );
}

/**
 * Licence lines of `get system status`. Hardware prints none, which means no special licence. For a virtual machine
 * the status must be complete, because the lines are in its middle.
 */
export function readLicence(sections: readonly Section[]): Fact<DeviceLicence> {
  const section = lastOutput(sections, commandSpec('system-status').text);
  if (!section) return notSeen('licence', sections);
  const rows = parseKeyValue(section.lines);
  const status = rows.find((row) => row.key === 'License Status');
  const expires = rows.find((row) => row.key === 'Evaluation License Expires');
  const version = rows.find((row) => row.key === 'Version');
  const isHardware = version !== undefined && !/^\S*-VM/.test(version.value);
  const ended = version !== undefined && rows.some((row) => row.key === STATUS_END);
  if (!status && !expires && !isHardware && !ended) return notSeen('licence', sections);
  const quotes = [status, expires].flatMap((row) => (row ? [quoteAt(section, row.index)] : []));
  return known(
    {
      status: status && { value: status.value, explicit: true, quotes },
      evaluation: expires !== undefined || /\beval/i.test(status?.value ?? ''),
    },
    quotes,
    outputBounds(section),
  );
}

/** An empty list is not used as a fact: an account without permission gets the same output. */
export function readSslVpnBlocklist(sections: readonly Section[]): Fact<readonly BlocklistEntry[]> {
  const section = lastOutput(sections, commandSpec('ssl-vpn-blocklist').text);
  const rows = section ? parseSslVpnBlocklist(section.lines) : [];
  if (!section || rows.length === 0) return notSeen('sslVpnBlocklist', sections);
  return known(
    rows.map(({ address, status, remaining, index }) => ({
      address,
      remaining,
      status: { value: status, explicit: true, quotes: [quoteAt(section, index)] },
    })),
    rows.map((row) => quoteAt(section, row.index)),
    outputBounds(section),
  );
}

/** `synchronized: no, ntpsync: disabled, server-mode: disabled` of `diagnose sys ntp status`. */
const NTP_STATUS = /^\s*synchronized: (yes|no), ntpsync: (enabled|disabled)\b/;

/** Whether the clock follows NTP: the last status that the evidence shows, else a line of `config system ntp`. */
export function readTimeSync(view: ConfigView): Fact<TimeSync> {
  const statuses = view.sections.flatMap((section) =>
    section.kind === 'debug' || section.failure || section.instruction
      ? []
      : section.lines.flatMap((line, index) => {
          const [, synchronized, ntp] = NTP_STATUS.exec(line) ?? [];
          return ntp === undefined ? [] : [{ section, index, synchronized: synchronized === 'yes', ntp }];
        }),
  );
  const last = statuses.at(-1);
  if (last) {
    const { section, index, synchronized, ntp } = last;
    const { time: shown, quotes = [] } = lastShownTime(view.sections) ?? {};
    return known({ isOn: ntp === 'enabled', synchronized, ...(shown ? { shown } : {}) }, [
      quoteAt(section, index),
      ...quotes,
    ]);
  }
  const placed = view.objects('system ntp').at(-1);
  const set = placed && flagSetting(placed, placed.block, 'ntpsync', false);
  if (set?.explicit) return known({ isOn: set.value }, set.quotes);
  return readShownTime(view.sections) ?? notSeen('timeSync', view.sections);
}

/** `current time is: 04:11:52` and `last ntp sync:Sat Feb 28 23:40:10 2026` of `execute time` */
const SHOWN_TIME = /^\s*current time is: ?(\d\d:\d\d:\d\d)\s*$/;
const LAST_SYNC = /^\s*last ntp sync: ?(\w[\w: ]{1,40}?)\s*$/;

function readShownTime(sections: readonly Section[]): Fact<TimeSync> | undefined {
  const last = lastShownTime(sections);
  if (!last) return undefined;
  const { time, lastSync, quotes } = last;
  return known({ shown: time, ...(lastSync ? { lastSync } : {}) }, quotes);
}

/** The clock of `execute time`: the day of the last synchronisation, or the one after it. */
export function readShownClock(sections: readonly Section[]): Fact<number> | undefined {
  const { time = '', lastSync = '', quotes = [] } = lastShownTime(sections) ?? {};
  const synchronised = parseClock(lastSync);
  const shown = parseClock(lastSync.replace(/\d\d:\d\d:\d\d/, time));
  if (synchronised === undefined || shown === undefined) return undefined;
  return known(shown < synchronised ? shown + DAY_MS : shown, quotes);
}

const DAY_MS = 86_400_000;

function lastShownTime(sections: readonly Section[]) {
  const shown = sections.flatMap((section) =>
    section.lines.flatMap((line, index) => {
      const time = SHOWN_TIME.exec(line)?.[1];
      return time === undefined ? [] : [{ section, index, time }];
    }),
  );
  const last = shown.at(-1);
  if (!last) return undefined;
  const { section, index, time } = last;
  const [, lastSync] = LAST_SYNC.exec(section.lines[index + 1] ?? '') ?? [];
  return {
    time,
    lastSync,
    quotes: [quoteAt(section, index), ...(lastSync ? [quoteAt(section, index + 1)] : [])],
  };
}

function lastOutput(sections: readonly Section[], command: string): Section | undefined {
  return sections.findLast((each) => each.kind === 'output' && each.command === command && !each.failure);
}

/** `show user local plover` */
const ONE_USER = /^(?:show|get) (?:full-configuration )?user local "?([^"|]{1,64}?)"?$/;
const NOT_THERE = /^\s*entry (?:is )?not found in table\b/;

/** `entry is not found in table` below the command that asks for one user. */
export function readMissingUsers(sections: readonly Section[]): Fact<readonly MissingUser[]> {
  const missing = sections.flatMap((section): readonly MissingUser[] => {
    const name = ONE_USER.exec(section.command ?? '')?.[1];
    const index = section.lines.findIndex((line) => NOT_THERE.test(line));
    if (name === undefined || index === -1) return [];
    // Above the answer of a session stands what was typed.
    return [{ name, quotes: [...(index > 0 ? [quoteAt(section, 0)] : []), quoteAt(section, index)] }];
  });
  return missing.length > 0
    ? known(
        missing,
        missing.flatMap(({ quotes }) => quotes),
      )
    : unknown('the evidence shows no user that the device does not have');
}
