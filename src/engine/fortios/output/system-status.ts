import { parseClock } from './clock.ts';
import { parseKeyValue } from './key-value.ts';

/** A value and the 0-based index of its line. */
interface StatusField<T = string> {
  readonly value: T;
  readonly index: number;
}

/** `enable` up to 6.0; `multiple` and `split-task` since 6.2. */
type VdomConfiguration = 'disable' | 'enable' | 'multiple' | 'split-task';

export interface SystemStatus {
  /** `7.4.8,build2795,250523`: what `parseVersion` reads. */
  readonly version?: StatusField;
  /** `FortiGate-60F`. */
  readonly model?: StatusField;
  readonly hostname?: StatusField;
  readonly serial?: StatusField;
  readonly vdomConfiguration?: StatusField<VdomConfiguration>;
  /** `standalone`, `a-p, primary`, `a-p, master` … as printed. */
  readonly haMode?: StatusField;
  readonly currentVdom?: StatusField;
  /** As parsed by `parseClock`. */
  readonly systemTime?: StatusField<number>;
}

const VERSION = /^([\w-]{1,60})[ \t]+v(\d+\.\d+\.\d+\S*)/;
const VDOM_CONFIGURATIONS: readonly string[] = ['disable', 'enable', 'multiple', 'split-task'];

/** Parses `get system status` of any FortiOS from 5.2 to 7.6; values that a version does not print are absent. */
export function parseSystemStatus(lines: readonly string[]): SystemStatus {
  const rows = parseKeyValue(lines);
  if (rows.length === 0) return {};
  const field = (key: string): StatusField | undefined => {
    const row = rows.find((each) => each.key === key);
    return row?.value ? { value: row.value, index: row.index } : undefined;
  };
  const versionLine = field('Version');
  const [, model, version] = VERSION.exec(versionLine?.value ?? '') ?? [];
  const vdoms = field('Virtual domain configuration');
  const clock = field('System time');
  const time = clock && parseClock(clock.value);
  return compact({
    version: versionLine && version ? { value: version, index: versionLine.index } : undefined,
    model: versionLine && model ? { value: model, index: versionLine.index } : undefined,
    hostname: field('Hostname'),
    serial: field('Serial-Number'),
    vdomConfiguration: vdoms && isVdomConfiguration(vdoms) ? vdoms : undefined,
    haMode: field('Current HA mode'),
    currentVdom: field('Current virtual domain'),
    systemTime: clock && time !== undefined ? { value: time, index: clock.index } : undefined,
  });
}

function isVdomConfiguration(field: StatusField): field is StatusField<VdomConfiguration> {
  return VDOM_CONFIGURATIONS.includes(field.value);
}

function compact(fields: { [K in keyof SystemStatus]: SystemStatus[K] | undefined }): SystemStatus {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
