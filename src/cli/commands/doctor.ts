import type { SettingCheck } from '../../oncall/checks/setting-check.ts';
import { plural } from '../../report/documents/printable.ts';
import { checkSetup, type SetupOptions } from '../doctor/doctor-checks.ts';
import { EXIT } from '../process/exit-status.ts';
import { typeable } from '../process/explain-error.ts';
import { type Io, print } from '../terminal/io.ts';

export async function doctor(options: SetupOptions, io: Io): Promise<number> {
  const results = await checkSetup(options, io);
  await print(io.stdout, typeable(describeChecks(results), io.env));
  const wrong = results.filter(({ ok }) => !ok);
  const warnings = results.filter(({ isWarning }) => isWarning).length;
  const passed =
    warnings === 0 ? 'All checks passed.' : `All checks passed, with ${plural(warnings, 'warning')}.`;
  const summary = wrong.length === 0 ? passed : `${wrong.length} of ${results.length} need attention.`;
  await print(io.stderr, summary);
  // Settings come first: an unreachable queue may only be a wrong address.
  if (wrong.some(({ unreachable }) => !unreachable)) return EXIT.usage;
  return wrong.length > 0 ? EXIT.unreachable : EXIT.healthy;
}

/** One line for each check, with its advice below. */
export function describeChecks(results: readonly SettingCheck[]): string {
  const lines = results.map(({ name, ok, isWarning, detail }) => {
    const mark = ok && isWarning ? '!' : ok ? '✓' : '✗';
    return `${mark} ${name.padEnd(INDENT.length - 2)}${detail.replaceAll('\n', `\n${INDENT}`)}`;
  });
  return lines.join('\n');
}

const INDENT = ' '.repeat(14);
