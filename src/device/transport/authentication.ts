import type { AnyAuthMethod, AuthHandlerMiddleware, Prompt } from 'ssh2';
import type { Secret } from './credential.ts';

/**
 * Called when the device asks for something other than the password, with the text of its prompt; without a text if
 * it only reports that a second factor is required. Nothing is answered then.
 */
type OnQuestion = (asked?: string) => void;

/**
 * One attempt with one method: every refused one counts towards the device's lockout. The methods on offer are
 * asked for first (`none`, as OpenSSH does), since some builds take only keyboard-interactive.
 */
export function authenticate(
  username: string,
  secret: Secret,
  onQuestion: OnQuestion,
): AuthHandlerMiddleware {
  let probed = false;
  let attempted = false;
  return (offered, partialSuccess, next) => {
    if (!probed) {
      probed = true;
      next({ type: 'none', username });
      return;
    }
    // The password was accepted and a second factor is required. Requesting its prompt could send a code to a person.
    if (partialSuccess) onQuestion();
    const method = attempted ? undefined : methodFor(secret, username, offered ?? [], onQuestion);
    attempted = true;
    // `false` ends the handshake as a failed authentication; the type of ssh2 does not know it.
    next(method ?? (false as unknown as AnyAuthMethod));
  };
}

function methodFor(
  secret: Secret,
  username: string,
  offered: readonly string[],
  onQuestion: OnQuestion,
): AnyAuthMethod | undefined {
  if (secret.kind !== 'password') {
    if (!offered.includes('publickey')) return undefined;
    if (secret.kind === 'agent') return { type: 'agent', username, agent: secret.agent };
    return { type: 'publickey', username, key: secret.key };
  }
  const { password } = secret;
  if (offered.includes('password')) return { type: 'password', username, password };
  if (!offered.includes('keyboard-interactive')) return undefined;
  return { type: 'keyboard-interactive', username, prompt: answerPassword(password, onQuestion) };
}

const PASSWORD_PROMPT = /^\s*(?:[^\n]{0,100}\s)?password\s{0,2}:?\s*$/i;
/** `New Password:` is the forced change, which only a person may answer. */
const OTHER_PASSWORD = /\b(?:new|old|confirm|retype)\s+password/i;

/**
 * OpenSSH with PAM sends one round without a prompt after the password. A server may also send such rounds endlessly.
 */
const MAX_ROUNDS = 10;

function answerPassword(password: string, onQuestion: OnQuestion) {
  let answered = false;
  let rounds = 0;
  return (
    _name: string,
    _instructions: string,
    _language: string,
    prompts: Prompt[],
    finish: (answers: string[]) => void,
  ): void => {
    const asksPassword = prompts.every(
      ({ prompt }) => PASSWORD_PROMPT.test(prompt) && !OTHER_PASSWORD.test(prompt),
    );
    rounds += 1;
    if (rounds > MAX_ROUNDS || (prompts.length > 0 && (!asksPassword || answered))) {
      onQuestion(
        prompts.find(({ prompt }) => !PASSWORD_PROMPT.test(prompt) || OTHER_PASSWORD.test(prompt))?.prompt,
      );
      return;
    }
    answered = answered || prompts.length > 0;
    finish(prompts.map(() => password));
  };
}
