/** The time in the reader's zone; the fallback is UTC. `at`: milliseconds since the Unix epoch. */
export function slackDate(at: number): string {
  const seconds = Math.floor(at / 1000);
  const fallback = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  return `<!date^${seconds}^{date_short_pretty} {time}|${fallback} UTC>`;
}
