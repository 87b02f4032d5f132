import { mayHoldSecret } from './may-hold-secret.ts';
import { redactCase } from './redact-case.ts';

/** Redacts a text besides the evidence: a title, a name, a comment. */
export function redactSideText(text: string): string {
  if (!text.split('\n').some(mayHoldSecret)) return text;
  return redactCase([{ name: '', text }]).items[0]?.text ?? '';
}
