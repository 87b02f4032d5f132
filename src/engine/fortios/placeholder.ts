/**
 * Placeholders for a value in instructions: `<ddns-fqdn>`, `<public IP>`, `<wan-interface>`. The tokens of redaction
 * (`<serial#1>`) replace a real value and do not count.
 */
const ANGLED = /<[a-z][\w .:/|-]{0,60}>/i;
/** What people write in place of a value that they hide. */
const HIDDEN_BY_HAND =
  /redacted|removed|hidden|masked|obfuscated|saniti[sz]ed|anonymi[sz]ed|omitted|censored|confidential|snip/i;

/** A placeholder in a value that was not replaced. */
export function findPlaceholder(text: string): string | undefined {
  const [found] = ANGLED.exec(text) ?? [];
  return found === undefined || HIDDEN_BY_HAND.test(found) ? undefined : found;
}

/** Removes placeholders from the values of a setting: FortiOS would take them as names that do not exist. */
export function withoutPlaceholders(values: readonly string[]): readonly string[] {
  if (!values.some((value) => value.includes('<'))) return values;
  const kept = values.filter((value) => findPlaceholder(value) === undefined);
  // Unquoted, `<public ip>` is two words.
  return findPlaceholder(kept.join(' ')) === undefined ? kept : [];
}

/** `FTKMxxxxxxxxxxxx`, `x.x.x.x`, `FTK2****`: a value, or its rest, was hidden. */
const MASKED = /x{3,}|[*#]{2,}|\.{3,}|…|^x(?:\.x){3}$/i;

export function isMasked(value: string): boolean {
  return MASKED.test(value);
}
