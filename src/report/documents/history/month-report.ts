import Papa from 'papaparse';
import { utcMinute } from '../../../engine/text/utc-minute.ts';
import {
  type DeviceChecks,
  isRepairedBy,
  MAX_CHECKS,
  openCauses,
  type PastCheck,
} from '../../../platform/runs/past-check.ts';
import { agoText } from '../answer/comparison.ts';
import type { Document, Table } from '../document.ts';
import { placeCells, placeTitles, shownPlaces } from '../places.ts';
import { formatNumber, plural, printable } from '../printable.ts';

/** Milliseconds since the Unix epoch; `until` is excluded. */
export interface Month {
  /** `2026-11`, in UTC. */
  readonly name: string;
  readonly from: number;
  readonly until: number;
}

/** A cause from the first check that found it to the first that excluded it. */
interface Problem {
  readonly rule: string;
  readonly foundAt: number;
  readonly repairedAt?: number;
  /** The last check of the month shows it. Neither repaired nor open: a later check says nothing about it. */
  readonly isOpen: boolean;
}

interface DeviceMonth {
  readonly device: DeviceChecks;
  readonly checks: number;
  readonly problems: readonly Problem[];
}

/** Undefined if the text is no month such as `2026-11`. */
export function readMonth(name: string): Month | undefined {
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(name) ?? [];
  if (year === undefined) return undefined;
  const from = Date.UTC(Number(year), Number(month) - 1);
  return { name, from, until: Date.UTC(Number(year), Number(month)) };
}

/** What was checked, found and repaired on devices in a month, and what is open at its end; earlier checks count too. */
export function createMonthReport(title: string, devices: readonly DeviceChecks[], month: Month): Document {
  const months = devices.map((device) => deviceMonth(device, month));
  const problems = months.flatMap((each) => each.problems);
  const repaired = problems.flatMap((each) => repairMs(each) ?? []).toSorted((a, b) => a - b);
  const median = repaired[Math.floor(repaired.length / 2)];
  const took = median === undefined ? '' : ` (half of them within ${agoText(median)})`;
  const checks = months.reduce((sum, each) => sum + each.checks, 0);
  const open = problems.filter(({ isOpen }) => isOpen).length;
  return {
    headline: `${title}, ${month.name}: ${plural(devices.length, 'device')}, ${plural(checks, 'check')}, ${plural(problems.length, 'finding')}, ${repaired.length} repaired${took}, ${open} open`,
    parts: [deviceTable(months), ...problemTable(months)],
    foot: [
      'A finding is repaired by the first check that excluded its cause; its time runs from the first check that found the cause.',
      ...devices.flatMap((device) => cutText(device, month)),
    ],
  };
}

/** One line a finding, and one a device without any, with a header (RFC 4180). */
export function renderMonthCsv(devices: readonly DeviceChecks[], month: Month): string {
  const lines = devices.flatMap((device): readonly Readonly<Record<string, string>>[] => {
    const { checks, problems } = deviceMonth(device, month);
    const { alias, customer = '', site = '' } = device;
    const head = {
      month: month.name,
      customer: printable(customer),
      site: printable(site),
      device: alias,
      checks: String(checks),
    };
    if (problems.length === 0) return [{ ...head, rule: '', found: '', repaired: '', hours: '', state: '' }];
    return problems.map((problem) => ({
      ...head,
      rule: problem.rule,
      found: utcMinute(problem.foundAt),
      repaired: problem.repairedAt === undefined ? '' : utcMinute(problem.repairedAt),
      hours: hoursText(repairMs(problem)),
      state: stateText(problem),
    }));
  });
  return Papa.unparse(lines, { escapeFormulae: true, newline: '\r\n' });
}

function deviceMonth(device: DeviceChecks, { from, until }: Month): DeviceMonth {
  const known = device.checks.filter(({ at }) => at < until);
  return {
    device,
    checks: known.filter(({ at }) => at >= from).length,
    problems: listProblems(known).filter(
      ({ foundAt, repairedAt = until }) => foundAt < until && repairedAt >= from,
    ),
  };
}

function listProblems(checks: readonly PastCheck[]): readonly Problem[] {
  const repaired = checks.flatMap((check, index) =>
    [...openCauses(checks.slice(0, index))]
      .filter(([rule]) => isRepairedBy(check, rule))
      .map(([rule, foundAt]) => ({ rule, foundAt, repairedAt: check.at, isOpen: false })),
  );
  const last = new Set(checks.findLast(({ verdict }) => verdict !== 'failed')?.rules);
  const left = [...openCauses(checks)].map(([rule, foundAt]) => ({ rule, foundAt, isOpen: last.has(rule) }));
  return [...repaired, ...left].toSorted((one, other) => one.foundAt - other.foundAt);
}

/** Only so many checks of a device are kept. */
function cutText({ alias, checks }: DeviceChecks, { from, until }: Month): readonly string[] {
  const [oldest] = checks;
  if (checks.length < MAX_CHECKS || oldest === undefined || oldest.at < from || oldest.at >= until) return [];
  return [`Not all checks of ${alias} are kept: the oldest is of ${utcMinute(oldest.at)}.`];
}

function deviceTable(months: readonly DeviceMonth[]): Table {
  const places = shownPlaces(months.map(({ device }) => device));
  return {
    kind: 'table',
    caption: 'Devices',
    titles: ['Device', ...placeTitles(places), 'Checks', 'Findings', 'Open'],
    rows: months.map(({ device, checks, problems }) => {
      const open = problems.filter(({ isOpen }) => isOpen).length;
      const counts = [checks, problems.length, open].map(formatNumber);
      return {
        state: open > 0 ? 'bad' : checks === 0 ? 'unused' : 'good',
        cells: [device.alias, ...placeCells(device, places), ...counts],
      };
    }),
    what: 'device',
  };
}

function problemTable(months: readonly DeviceMonth[]): readonly Table[] {
  const rows = months.flatMap(({ device, problems }) => problems.map((problem) => ({ device, problem })));
  if (rows.length === 0) return [];
  const places = shownPlaces(rows.map(({ device }) => device));
  return [
    {
      kind: 'table',
      caption: 'Findings',
      titles: ['Device', ...placeTitles(places), 'Cause', 'Found', 'State', 'Time to repair'],
      rows: rows.map(({ device, problem }) => {
        const took = repairMs(problem);
        return {
          state: took === undefined ? 'bad' : 'good',
          cells: [
            device.alias,
            ...placeCells(device, places),
            problem.rule,
            utcMinute(problem.foundAt),
            stateText(problem),
            took === undefined ? '' : agoText(took),
          ],
        };
      }),
      what: 'finding',
    },
  ];
}

function stateText({ repairedAt, isOpen }: Problem): string {
  if (repairedAt !== undefined) return 'repaired';
  return isOpen ? 'open' : 'not seen again';
}

function repairMs({ foundAt, repairedAt }: Problem): number | undefined {
  return repairedAt === undefined ? undefined : repairedAt - foundAt;
}

function hoursText(ms: number | undefined): string {
  return ms === undefined ? '' : (ms / 3_600_000).toFixed(1);
}
