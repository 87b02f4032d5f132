/** `2026-11-27 05:30`, in UTC. `at`: milliseconds since the Unix epoch. */
export function utcMinute(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ');
}
