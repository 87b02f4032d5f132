import { eventLine, timeOnDevice } from './event-fields.ts';

/** `CEF:0|Fortinet|Fortigate|v7.4.8|32161|event:system|7|deviceExternalId=… FTNTFGTlogid=0100032161 …` */
const HEAD =
  /\bCEF: ?\d\|Fortinet\|(?:[^|\\]|\\.){0,100}\|(?:[^|\\]|\\.){0,40}\|(?:[^|\\]|\\.){0,40}\|(?:[^|\\]|\\.){0,200}\|(?:[^|\\]|\\.){0,20}\|/;
/** A value may contain blanks; it ends before the next name. */
const FIELD = /(?:^| )([\w.]{1,60})=((?:[^=\\\n]|\\.)*?)(?= [\w.]{1,60}=|$)/g;
/** Date in the syslog header or in the record itself. */
const DATE = /\b(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)/;
const MAX_LINE = 16_000;

/** Converts ArcSight's Common Event Format, as FortiOS writes it, to a line of the event log. */
export function readCef(line: string): string | undefined {
  const head = HEAD.exec(line.slice(0, 1_000));
  if (!head) return undefined;
  const fields = Array.from(
    line.slice(head.index + head[0].length, MAX_LINE).matchAll(FIELD),
    (match) =>
      [match[1] ?? '', (match[2] ?? '').replaceAll(/\\([=\\|])/g, '$1').replaceAll(/\\[nr]/g, ' ')] as const,
  );
  const [, date, time] = DATE.exec(line.slice(0, head.index)) ?? [];
  const stamp = date === undefined ? eventTime(new Map(fields)) : `${date} ${time}`;
  return eventLine(stamp === undefined ? fields : [...fields, ['timestamp', stamp]]);
}

/** Seconds since the Unix epoch, to which newer releases add the digits of nanoseconds. */
const EVENT_TIME = /^(\d{10})(\d{3})?(?:\d{3}){0,2}$/;

/** A syslog header has no year, and may be of the server that stored the line. */
function eventTime(fields: ReadonlyMap<string, string>): string | undefined {
  const [, seconds, thousandths = '0'] = EVENT_TIME.exec(fields.get('FTNTFGTeventtime') ?? '') ?? [];
  if (seconds === undefined) return undefined;
  return timeOnDevice(Number(seconds) * 1000 + Number(thousandths), fields.get('FTNTFGTtz'));
}
