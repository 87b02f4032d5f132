/**
 * What instructions hold where a value belongs: `<ddns-fqdn>`, `<public IP>`, `<wan-interface>`. The tokens of the
 * redaction (`<serial#1>`) stand for a value that was there.
 */
const ANGLED = /<[a-z][\w .:/|-]{0,60}>/i;
/** What people put in the place of a value that they do not want to show. */
const HIDDEN_BY_HAND =
  /redacted|removed|hidden|masked|obfuscated|saniti[sz]ed|anonymi[sz]ed|omitted|censored|confidential|snip/i;

/** The placeholder in a value that nobody has replaced. */
export function placeholderIn(text: string): string | undefined {
  const [found] = ANGLED.exec(text) ?? [];
  return found === undefined || HIDDEN_BY_HAND.test(found) ? undefined : found;
}

/** The values of a setting without those that are placeholders: to FortiOS they are names of nothing. */
export function withoutPlaceholders(values: readonly string[]): readonly string[] {
  const kept = values.filter((value) => placeholderIn(value) === undefined);
  // Unquoted, `<public ip>` is two words.
  return placeholderIn(kept.join(' ')) === undefined ? kept : [];
}
