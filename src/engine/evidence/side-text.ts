import { mayHoldSecret } from '../redact/may-hold-secret.ts';
import { redact } from './redact.ts';

/** Redacts a text besides the evidence: a title, a name, a comment. */
export function redactSideText(text: string): string {
  if (!text.split('\n').some(mayHoldSecret)) return text;
  return redact([{ name: '', text }]).items[0]?.text ?? '';
}
