/** What a bench tells, a row at a time: figures, what could not be measured, and what went wrong. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: Unit;
  /** The same of something else, in the same unit, in the same run. */
  readonly beside?: { readonly what: string; readonly value: number };
  readonly goal?: {
    readonly of: 'value' | 'ratio';
    readonly most: number;
  };
  readonly note?: string;
}

export type Unit = 's' | 'ms' | 'MB' | 'KB' | 'requests';

/** A program that this machine does not have. */
export interface NotMeasured {
  readonly what: string;
  readonly notMeasured: string;
}

export interface Failed {
  readonly what: string;
  readonly failed: string;
}

export type Row = Figure | NotMeasured | Failed;

/** Yields each row as soon as it is measured, so that those before a failure are kept. */
export type Bench = (args: readonly string[]) => AsyncGenerator<Row>;

/** Undefined also if what it is compared with took less than can be measured. */
function getRatio({ value, beside }: Figure): number | undefined {
  return beside && beside.value > 0 ? value / beside.value : undefined;
}

export function isGoalMet(figure: Figure): boolean | undefined {
  if (!figure.goal) return undefined;
  return (figure.goal.of === 'value' ? figure.value : (getRatio(figure) ?? Number.NaN)) <= figure.goal.most;
}

export function amountText(value: number, unit: Unit): string {
  return `${numberText(value, unit === 's' ? 2 : value < 100 && unit === 'ms' ? 1 : 0)} ${unit}`;
}

export function ratioText(figure: Figure): string {
  const ratio = getRatio(figure);
  return ratio === undefined ? '' : `× ${numberText(ratio, 2)}`;
}

export function goalText(figure: Figure): string {
  const { goal, unit } = figure;
  if (!goal) return '';
  const most = goal.of === 'value' ? amountText(goal.most, unit) : `× ${numberText(goal.most, 2)}`;
  return `${goal.most === 0 ? most : `at most ${most}`}: ${isGoalMet(figure) ? 'met' : 'MISSED'}`;
}

/** One line of a terminal. */
export function rowText(row: Row): string {
  if ('failed' in row) return `${row.what}: FAILED: ${row.failed}`;
  if ('notMeasured' in row) return `${row.what}: not measured: ${row.notMeasured}`;
  const { what, value, unit, beside, note } = row;
  const goal = goalText(row);
  return [
    `${what}: ${amountText(value, unit)}`,
    beside && `${ratioText(row)} of ${amountText(beside.value, unit)} (${beside.what})`,
    goal && `goal ${goal}`,
    note,
  ]
    .filter(Boolean)
    .join('; ');
}

function numberText(value: number, digits: number): string {
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
