import { diagnoseReading, readDevice } from '../../bot/worker/check-device.ts';
import type { Collect, CollectionProgress } from '../../device/collector.ts';
import {
  type AccountCoverage,
  accountCoverage,
  type Undecidable,
} from '../../engine/diagnosis/account-coverage.ts';
import { RULES } from '../../engine/rules/all-rules.ts';
import type { Device } from '../../platform/config/inventory-types.ts';
import { EXIT } from '../process/exit-status.ts';
import type { CheckOptions } from '../program/options.ts';
import { type Io, print, printJson } from '../terminal/io.ts';

export interface DryRun {
  readonly device: Device;
  readonly collect: Collect;
  readonly options: CheckOptions;
  readonly onProgress: (progress: CollectionProgress) => void;
}

/**
 * Runs the commands the account may run and reports what they allow to judge: 0 if nothing is hidden from the
 * account, else 3.
 */
export async function dryRun({ device, collect, options, onProgress }: DryRun, io: Io): Promise<number> {
  const { user, vdom } = options;
  const check = { device, user, vdom, readAt: io.now(), signal: io.signal, onProgress };
  const reading = await readDevice(check, collect);
  const { diagnosis } = await diagnoseReading(check, reading);
  const coverage = accountCoverage(RULES, reading.evidence, diagnosis);
  const asText = options.format === 'text';
  if (asText) await print(io.stdout, describe(device, coverage));
  else await printJson(io.stdout, JSON.stringify(coverage, null, 2));
  return coverage.notWithThisAccount.length === 0 ? EXIT.healthy : EXIT.inconclusive;
}

function describe({ alias, username }: Device, coverage: AccountCoverage): string {
  const { decides, notWithThisAccount, notByReading, alsoRefused } = coverage;
  const total = decides.length + notWithThisAccount.length + notByReading.length;
  const refused =
    notWithThisAccount.length === 0
      ? ['  has all permissions that it needs']
      : [
          `  cannot decide ${notWithThisAccount.length}, because the account could not read what it takes:`,
          ...notWithThisAccount.flatMap(formatUndecidable),
        ];
  return [
    `Signed in to ${alias} as ${username}. Of ${total} causes, a check with this account`,
    '',
    `  can decide ${decides.length}:`,
    ...RULES.filter(({ id }) => decides.includes(id)).map(({ id, title }) => nameLine(id, title)),
    '',
    ...refused,
    ...alsoRefused.map((reason) => `  may not run ${reason}`),
    '',
    `  cannot decide ${notByReading.length}, which takes more than reading the device:`,
    ...notByReading.flatMap(formatUndecidable),
  ].join('\n');
}

function formatUndecidable({ rule, title, why }: Undecidable): readonly string[] {
  return [nameLine(rule, title), ...why.map((reason) => `      ${reason}`)];
}

const MAX_ID_LENGTH = Math.max(...RULES.map(({ id }) => id.length));

function nameLine(id: string, title: string): string {
  return `    ${id.padEnd(MAX_ID_LENGTH)}  ${title}`;
}
