import { amountText, goalText, isGoalMet, type Row, ratioText } from './figure.ts';
import type { Section } from './measure-all.ts';

export interface Measured {
  readonly sections: readonly Section[];
  readonly machine: Readonly<Record<string, string>>;
  readonly versions: Readonly<Record<string, string | undefined>>;
  readonly commit: string;
  /** Day, `YYYY-MM-DD`. */
  readonly day: string;
  readonly isShort: boolean;
}

/** docs/reference/benchmarks.md */
export function benchmarksPage(measured: Measured): string {
  const { sections, machine, versions, commit, day, isShort } = measured;
  return `${[
    '<!-- Written by `npm run bench`. -->',
    '# Benchmarks',
    isShort
      ? 'A short run with tiny inputs: it shows that the benches work, and its figures mean nothing.'
      : '',
    `Measured on ${day} at commit ${commit} by one command:`,
    `\`\`\`sh\nnpm run bench${isShort ? ' -- --short' : ''}\n\`\`\``,
    'Figures of one machine are no promise for another; ratios travel better. Each was measured beside what it is compared with, in the same run, in turns. Load is the average number of programs that ran or waited during the last minute: more than the number of cores makes every time longer. Where a goal is missed, or a program to compare with was not installed, the row says so.',
    summarize(sections),
    '## Machine and versions',
    table(
      ['', ''],
      [...Object.entries(machine), ...Object.entries(versions)].map(([name, text]) => [
        name,
        text ?? 'not installed',
      ]),
    ),
    ...sections.map(sectionText),
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

function summarize(sections: readonly Section[]): string {
  const rows = sections.flatMap((section) => section.rows);
  const goals = rows.flatMap((row) => ('value' in row ? (isGoalMet(row) ?? []) : []));
  const failed = rows.filter((row) => 'failed' in row).length;
  const missing = rows.filter((row) => 'notMeasured' in row).length;
  const minutes = sections.reduce((sum, { seconds }) => sum + seconds, 0) / 60;
  return [
    `${goals.filter(Boolean).length} of ${goals.length} goals are met.`,
    failed > 0 ? `**${failed} ${failed === 1 ? 'bench' : 'benches'} failed.**` : '',
    missing > 0 ? `${missing} ${missing === 1 ? 'row was' : 'rows were'} not measured.` : '',
    `The run took ${minutes.toFixed(0)} minutes.`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function sectionText({ name, title, about, args, rows, seconds, load }: Section): string {
  const command = ['npm run bench --', name, ...args.map((arg) => (arg.includes(' ') ? `'${arg}'` : arg))];
  return [
    `## ${title}`,
    about,
    `\`${command.join(' ')}\`: ${seconds.toFixed(0)} s, load ${load.before} before and ${load.after} after.`,
    table(
      ['What', 'Figure', 'Ratio', 'Compared with', 'Goal', 'Note'],
      rows.map((row) => rowCells(row).map(cellText)),
    ),
  ].join('\n\n');
}

function rowCells(row: Row): readonly string[] {
  if ('failed' in row) return [row.what, '**failed**', '', '', '', row.failed];
  if ('notMeasured' in row) return [row.what, 'not measured', '', '', '', row.notMeasured];
  const { what, value, unit, beside, note = '' } = row;
  const compared = beside ? `${beside.what}: ${amountText(beside.value, unit)}` : '';
  return [what, amountText(value, unit), ratioText(row), compared, goalText(row), note];
}

/** `|` is escaped by the table. */
function cellText(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').replaceAll('<', '&lt;');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}
