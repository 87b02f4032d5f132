import { utcMinute } from '../../engine/text/utc-minute.ts';

/** The time in the reader's zone; the fallback is UTC. `at`: milliseconds since the Unix epoch. */
export function slackDate(at: number): string {
  return dateAs('{date_short_pretty} {time}', at);
}

/** The same without the day, for what happened in a conversation. */
export function slackTime(at: number): string {
  return dateAs('{time}', at);
}

function dateAs(format: string, at: number): string {
  return `<!date^${Math.floor(at / 1000)}^${format}|${utcMinute(at)} UTC>`;
}
