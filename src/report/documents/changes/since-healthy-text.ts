import type { SinceHealthy } from '../../../engine/diagnosis/changes/since-healthy.ts';
import { betweenDays } from '../../../engine/text/between-days.ts';
import { utcMinute } from '../../../engine/text/utc-minute.ts';
import { formatNumber, plural } from '../printable.ts';
import { changeText, settingText } from './change-text.ts';

/** `admin-sport changed from 10443 to 4433 between 3 and 5 March`, if findings point to a change; else how many there are. */
export function sinceHealthyTitle(since: SinceHealthy): string {
  const { healthyAt, changes, more } = since;
  const [first] = changes;
  const count = changes.length + more;
  if (first === undefined)
    return `No setting that push needs has changed since it worked, ${healthyDate(since)}`;
  if (first.rules.length === 0)
    return `${plural(count, 'setting')} changed since it worked, ${healthyDate(since)}`;
  const what = first.setting === undefined ? changeText(first) : settingText(first.setting);
  return `${what} ${betweenDays(healthyAt, first.before)}`;
}

/** One line for each change, those that findings point to first. */
export function sinceHealthyLines({ healthyAt, changes, more }: SinceHealthy): readonly string[] {
  const lines = changes.map((change) => {
    const rules = change.rules.length === 0 ? '' : `: ${change.rules.join(', ')}`;
    return `${changeText(change)}, ${betweenDays(healthyAt, change.before)}${rules}`;
  });
  return more > 0 ? [...lines, `and ${formatNumber(more)} more`] : lines;
}

/** If there are lines: when push worked last. */
export function healthyDate({ healthyAt }: SinceHealthy): string {
  return `${utcMinute(healthyAt)} UTC`;
}
