import type { CaseFocus } from '../../engine/diagnosis/case-focus.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import type { SampleName } from '../../stand-ins/fortigate/samples.ts';
import type { DeviceSource } from '../commands/named-device.ts';

export const FORMATS = ['text', 'json', 'slack', 'html', 'markdown'] as const;
export type Format = (typeof FORMATS)[number];

export const CASES_FORMATS = ['text', 'json', 'csv', 'markdown'] as const;
export type CasesFormat = (typeof CASES_FORMATS)[number];

/** What the question about a text is limited to. */
export type CaseLimits = Pick<CaseFocus, 'user' | 'client' | 'since' | 'until' | 'symptom' | 'upgradeTo'>;

export interface AnalyzeOptions extends CaseLimits {
  readonly format: Format | CasesFormat;
  readonly each: boolean;
  /** Output of an earlier run with `--format json`: only findings that are not in it count. */
  readonly baseline?: string;
  readonly saveFixture?: string;
}

/** The format, if it is one of `formats`; throws `ftm_usage` for another. */
function choose<F extends string>(formats: readonly F[], format: string, what: string, advice: string): F {
  const found = formats.find((each) => each === format);
  if (found !== undefined) return found;
  throw new FtmError('ftm_usage', `${what} cannot be printed as ${format}.`, {
    advice: `Use one of ${formats.join(', ')}${advice}`,
  });
}

/** Throws `ftm_usage` if a single case is to be printed as a table. */
export function singleFormat({ format, baseline }: AnalyzeOptions): Format {
  const found = FORMATS.find((each) => each === format);
  if (found !== undefined && baseline === undefined) return found;
  throw new FtmError(
    'ftm_usage',
    `${found === undefined ? '`--format csv`' : '`--baseline`'} needs \`--each\`.`,
  );
}

/** Throws `ftm_usage` if there is no such table. */
export function casesFormat(format: Format | CasesFormat): CasesFormat {
  const advice = '; `analyze FILE` without `--each` prints the other formats.';
  return choose(CASES_FORMATS, format, 'A table of many cases', advice);
}

/** Throws `ftm_usage` if the answer about one device is to be printed as a table. */
export function deviceFormat(format: Format | CasesFormat): Format {
  const advice = ', or name several devices, a --group or --all.';
  return choose(FORMATS, format, 'The answer about one device', advice);
}

/** Format of the answer about several devices: a table, with `html` also the report of each. */
export const FLEET_FORMATS = [...CASES_FORMATS, 'html'] as const;
export type FleetFormat = (typeof FLEET_FORMATS)[number];

/** Throws `ftm_usage` if there is no such table. */
export function fleetFormat(format: Format | CasesFormat): FleetFormat {
  const advice = '; `check HOST` prints the other formats.';
  return choose(FLEET_FORMATS, format, 'The answer about several devices', advice);
}

export const COMPARE_FORMATS = ['text', 'json', 'html', 'markdown'] as const;
export type CompareFormat = (typeof COMPARE_FORMATS)[number];

export interface CheckOptions
  extends DeviceSource,
    Pick<CaseFocus, 'user' | 'vdom' | 'client' | 'symptom' | 'upgradeTo'> {
  readonly live?: number;
  readonly dryRun?: boolean;
  readonly transcript?: string;
  readonly transcriptRaw?: boolean;
  readonly saveEvidence?: string;
  /** An earlier state of the device, to compare with. */
  readonly compare?: string;
  /** Of several devices: output of an earlier run with `--format json`. */
  readonly baseline?: string;
  readonly format: Format | CasesFormat;
  /** Devices of these groups, as well as the named ones. */
  readonly group: readonly string[];
  readonly all: boolean;
  readonly concurrency: number;
}

export interface SimulateOptions {
  readonly config?: string;
  readonly sample?: SampleName;
  readonly scenario?: string;
  readonly outputs?: string;
  readonly port: number;
  readonly user?: string;
  readonly password?: string;
}
