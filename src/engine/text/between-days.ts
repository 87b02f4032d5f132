const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** `5 March`, in UTC. `at`: milliseconds since the Unix epoch. */
function utcDay(at: number): string {
  const date = new Date(at);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
}

/**
 * `between 3 and 5 March`, `between 28 February and 5 March`, `between 09:12 and 14:03 UTC on 5 March`: as exact as
 * needed, in UTC. Both in milliseconds since the Unix epoch.
 */
export function betweenDays(from: number, until: number): string {
  const [one, other] = [new Date(from), new Date(until)];
  const isSame = (part: (date: Date) => number) => part(one) === part(other);
  const years = isSame((date) => date.getUTCFullYear());
  const months = years && isSame((date) => date.getUTCMonth());
  if (months && isSame((date) => date.getUTCDate())) {
    return `between ${clock(one)} and ${clock(other)} UTC on ${utcDay(until)}`;
  }
  if (months) return `between ${one.getUTCDate()} and ${utcDay(until)}`;
  if (years) return `between ${utcDay(from)} and ${utcDay(until)}`;
  return `between ${utcDay(from)} ${one.getUTCFullYear()} and ${utcDay(until)} ${other.getUTCFullYear()}`;
}

function clock(date: Date): string {
  return date.toISOString().slice(11, 16);
}
