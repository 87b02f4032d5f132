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

/** `set allowaccess ping https ...` */
export function isAbridged(values: readonly string[]): boolean {
  return LAST_WORD.test(values.at(-1) ?? '');
}
