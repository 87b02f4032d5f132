/**
 * What people write in place of omitted lines: `...`, `[…]`, `<snip>`, `--- output omitted ---`, `(5 more removed)`.
 */
const DOTS = /^[\s#[(<{*~_-]*(?:\.{2,}|…|\. \.)/;
const WORDS =
  /^[^"]{0,60}\b(?:snip(?:ped)?|omit(?:ted|s)?|truncated|removed|cut|abridged|shortened|skipped|etc|and so on|more entries|other entries)\b[^"]{0,40}$/i;
const LAST_WORD = /^(?:\.{2,}|…)$/;

/** Whether a line that is not a statement says that others were omitted. */
export function isOmission(line: string): boolean {
  const start = line.slice(0, 200);
  return DOTS.test(start) || WORDS.test(start);
}

/** A log line that was glued onto a statement: `set allowaccess ping https sNov 24 08:14:02 fgt date=2026-11-24 logid="01…"`. */
const GLUED = /^(?:date=\d{4}-|logid="?\d{10}|devname=|trace_id=\d|\[\d{1,10}:[\w.-]{1,64}:[0-9a-f]{1,16}\])/;
/**
 * `set allowaccess ping https ...`, or a line that holds text which FortiOS does not print there. The dots of `set
 * psksecret ENC ...` stand for one secret.
 */
export function isAbridged(values: readonly string[]): boolean {
  if (values.length === 3 && values[1] === 'ENC') return false;
  return LAST_WORD.test(values.at(-1) ?? '') || values.some((value) => GLUED.test(value));
}
