import { constants, existsSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type CheckResult, result } from '../terminal/check-result.ts';

/** Checks whether `serve` could append to its audit trail; without one it does not start. Writes nothing. */
export async function checkAudit(target: string): Promise<CheckResult> {
  if (target === 'off') return result('audit trail', true, 'off: requests are not recorded');
  if (target === 'stdout') return result('audit trail', true, 'on standard output');
  const ok = await canAppend(target);
  return result(
    'audit trail',
    ok,
    ok ? target : `${target} cannot be written: FTM_CHECK_AUDIT is a folder, "stdout" or "off"`,
  );
}

async function canAppend(path: string): Promise<boolean> {
  // `serve` creates the folder and the one above, but no more.
  const above = dirname(path);
  const nearest = [path, above, dirname(above)].find((each) => existsSync(each));
  if (nearest === undefined) return false;
  return access(nearest, constants.W_OK).then(
    () => true,
    () => false,
  );
}
