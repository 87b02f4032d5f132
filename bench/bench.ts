import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BENCHES, type BenchEntry } from './benches.ts';
import { benchmarksPage } from './benchmarks-page.ts';
import { isGoalMet, rowText } from './figure.ts';
import { commitText, describeMachine, readVersions } from './machine.ts';
import { measureAll } from './measure-all.ts';

/** Figures to compare, not tests. */
const USAGE = `Usage:
  npm run bench                                all of them, some 20 minutes; writes docs/reference/benchmarks.md
  npm run bench -- --short [--output FILE]     the same with tiny inputs, to standard output
  npm run bench -- NAME [ARGUMENT...]          one of ${Object.keys(BENCHES).join(', ')}, to the terminal
  --strict                                     a missed goal gives exit status 1 too, as a failed bench does`;
const PAGE = join(import.meta.dirname, '../docs/reference/benchmarks.md');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    short: { type: 'boolean', default: false },
    strict: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    output: { type: 'string' },
  },
});
const [name, ...args] = positionals;
const entry = name === undefined ? undefined : BENCHES[name];
if (name === undefined) await runAll();
else if (entry) await runOne(entry);
else {
  console.error(USAGE);
  process.exitCode = 2;
}

async function runOne({ load }: BenchEntry): Promise<void> {
  const { bench } = await load();
  for await (const row of bench(args)) {
    console.log(values.json ? JSON.stringify(row) : rowText(row));
    if ('failed' in row && !values.json) process.exitCode = 1;
    if ('value' in row && values.strict && isGoalMet(row) === false) process.exitCode = 1;
  }
}

async function runAll(): Promise<void> {
  const measurements = Object.entries(BENCHES).map(([each, { title, about, full, short }]) => {
    const given = values.short ? short : full;
    return { name: each, title, about, args: given, entry: [import.meta.filename, '--json', each, ...given] };
  });
  const machine = describeMachine();
  const sections = await measureAll(measurements, (text) => console.error(text));
  const page = benchmarksPage({
    sections,
    machine,
    versions: readVersions(),
    commit: commitText(),
    day: new Date().toISOString().slice(0, 10),
    isShort: values.short,
  });
  const output = values.output ?? (values.short ? undefined : PAGE);
  if (output === undefined) process.stdout.write(page);
  else writeFileSync(output, page);
  const rows = sections.flatMap((section) => section.rows);
  if (rows.some((row) => 'failed' in row)) process.exitCode = 1;
  if (values.strict && rows.some((row) => 'value' in row && isGoalMet(row) === false)) process.exitCode = 1;
}
