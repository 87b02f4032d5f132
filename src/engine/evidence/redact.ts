import { HARMLESS_NAMES } from '../redact/harmless-lines.ts';
import { toLineForm } from '../redact/line-form.ts';
import { Redactor } from '../redact/redactor.ts';
import type { RedactionReceipt } from '../redact/token-registry.ts';
import { createTokenRegistry, mergeReceipts, type TokenRegistry } from '../redact/token-registry.ts';
import { createTextBuilder, eachLine } from './lines-of.ts';
import { normalizeText } from './normalize.ts';
import type { RedactedCase } from './redacted-case.ts';
import type { EvidenceItem } from './types.ts';

/**
 * Normalises text first, because a broken line can hide a secret; then replaces every secret in the texts and their
 * names by a token that is the same in the whole case. Lines keep their position. `earlier` is the receipt of a
 * previous redaction of these items: its counts are kept.
 */
export function redact(items: readonly EvidenceItem[], earlier?: RedactionReceipt): RedactedCase {
  const tokens = createTokenRegistry();
  const mended = earlier ? items : items.map(normalizeItem);
  for (const item of mended) tokens.reserve(item.text);
  const pasted = new Redactor(tokens);
  const redacted = mended.map((item) =>
    redactItem(item, tokens, item.command === undefined ? pasted : new Redactor(tokens)),
  );
  const receipt = earlier ? mergeReceipts(earlier, tokens.receipt()) : tokens.receipt();
  return { items: redacted, receipt } as unknown as RedactedCase;
}

/** Only texts that people handled need normalisation, not those that we read from a device. */
function normalizeItem(item: EvidenceItem): EvidenceItem {
  return item.command === undefined ? { ...item, text: normalizeText(item.text) } : item;
}

/** Items that people send may be one text in parts, with a secret across the border; a device's answer is complete. */
function redactItem(item: EvidenceItem, tokens: TokenRegistry, redactor: Redactor): EvidenceItem {
  const failure = item.failure && { ...item.failure, reason: redactAlone(item.failure.reason, tokens) };
  return {
    ...item,
    name: redactAlone(item.name, tokens),
    text: redactText(item.text, redactor),
    command: item.command === undefined ? undefined : redactAlone(item.command, tokens),
    failure,
  };
}

function redactAlone(text: string, tokens: TokenRegistry): string {
  const form = toLineForm(text);
  if (HARMLESS_NAMES.has(text, form)) return text;
  const redacted = redactText(text, new Redactor(tokens));
  if (redacted === text) HARMLESS_NAMES.add(text, form);
  return redacted;
}

function redactText(text: string, redactor: Redactor): string {
  const redacted = createTextBuilder();
  eachLine(text, (line) => redacted.add(redactor.line(line)));
  return redacted.text();
}
