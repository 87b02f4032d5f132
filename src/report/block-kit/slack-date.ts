import { utcMinute } from '../../engine/text/utc-minute.ts';

/** The time in the reader's zone; the fallback is UTC. `at`: milliseconds since the Unix epoch. */
export function slackDate(at: number): string {
  const seconds = Math.floor(at / 1000);
  return `<!date^${seconds}^{date_short_pretty} {time}|${utcMinute(at)} UTC>`;
}
