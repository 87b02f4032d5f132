const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const CLOCK =
  /^(?:[A-Z][a-z]{2} +)?([A-Z][a-z]{2}) +(\d{1,2}) +(\d{1,2}):(\d{2}):(\d{2})(?: +[A-Z]{2,5})? +(\d{4})$/;

/**
 * A time as FortiOS prints it (`Wed Jan  7 14:30:09 2026`), in milliseconds since the Unix epoch. FortiOS prints no
 * time zone: the local time is read as UTC. Undefined for anything else.
 */
export function parseClock(text: string): number | undefined {
  const [, monthName = '', ...numbers] = CLOCK.exec(text.trim()) ?? [];
  const month = MONTHS.indexOf(monthName);
  if (month === -1) return undefined;
  const [day = 0, hour = 0, minute = 0, second = 0, year = 0] = numbers.map(Number);
  const ms = Date.UTC(year, month, day, hour, minute, second);
  const isReal = new Date(ms).getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  return isReal ? ms : undefined;
}
