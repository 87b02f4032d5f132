import { mayHoldSecret } from './may-hold-secret.ts';
import { redactCase } from './redact-case.ts';

/** A text that comes beside evidence: a title, a name, a comment. Secrets in it are replaced as in evidence. */
export function redactSideText(text: string): string {
  if (!text.split('\n').some(mayHoldSecret)) return text;
  return redactCase([{ name: '', text }]).items[0]?.text ?? '';
}
