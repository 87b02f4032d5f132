import type { ReportToOps } from '../../src/oncall/engine/report-to-ops.ts';

/** An operations channel that takes each notice once. */
export function noticesTo(told: string[]): ReportToOps {
  const keys = new Set<string>();
  return async ({ key, text }) => {
    if (!keys.has(key)) told.push(text);
    keys.add(key);
  };
}
