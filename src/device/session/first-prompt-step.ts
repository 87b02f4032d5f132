import type { Prompt } from '../../engine/fortios/prompt.ts';
import type { SignInQuestion } from '../sign-in-questions.ts';
import {
  type FirstPromptScreen,
  type FirstPromptState,
  MAX_INTERRUPTED_PROBES,
} from './first-prompt-screen.ts';

export type FirstPromptStep =
  | { readonly kind: 'question'; readonly question: SignInQuestion }
  | { readonly kind: 'prompt'; readonly prompt: Prompt }
  | { readonly kind: 'accept-banner' }
  /** Enter, for another prompt. */
  | { readonly kind: 'probe' }
  /** Another product answers. */
  | { readonly kind: 'foreign' }
  /** For output, or until nothing came for `idleMs`. */
  | { readonly kind: 'wait'; readonly idleMs?: number };

/** A banner may end with something like a prompt: a prompt is accepted only after a silence. */
const SETTLE_MS = 50;
/** The same if nothing was printed before it, as on most devices. */
const SETTLE_ALONE_MS = 10;
/** Prompts of other products are recognised by waiting: a slow FortiGate may still be in the middle of a line. */
const FOREIGN_SETTLE_MS = 1_500;
/** The prompt is next to messages, and more may come. */
const INTERRUPTED_SETTLE_MS = 200;
/** After text without a prompt: unknown messages may have made it unreadable. */
const SILENCE_MS = 3_000;
const MAX_PROBES = 2;

export function nextFirstPromptStep(screen: FirstPromptScreen, state: FirstPromptState): FirstPromptStep {
  const { question, prompt } = screen;
  if (question) return { kind: 'question', question };
  const settleMs = screen.hasTextBefore ? SETTLE_MS : SETTLE_ALONE_MS;
  if (prompt && state.idleMs >= settleMs) return { kind: 'prompt', prompt };
  if (screen.isBanner) return { kind: 'accept-banner' };
  if (prompt) return { kind: 'wait', idleMs: settleMs };
  if (isUnreadablePrompt(screen, state)) return afterUnreadablePrompt(screen, state);
  if (screen.isInterrupted) return { kind: 'wait', idleMs: INTERRUPTED_SETTLE_MS };
  return screen.isEmpty ? { kind: 'wait' } : { kind: 'wait', idleMs: FOREIGN_SETTLE_MS };
}

/** The last text, after a silence, may be a prompt that messages made unreadable, or that of another product. */
function isUnreadablePrompt(screen: FirstPromptScreen, { idleMs }: FirstPromptState): boolean {
  const { isInterrupted, holdsPrompt, isForeignPrompt } = screen;
  const isSilent = idleMs >= SILENCE_MS && !screen.isEmpty;
  const mayBePrompt = isInterrupted || holdsPrompt || isForeignPrompt || isSilent;
  const settleMs = holdsPrompt && isInterrupted ? INTERRUPTED_SETTLE_MS : FOREIGN_SETTLE_MS;
  return mayBePrompt && !screen.maybeQuestion && idleMs >= settleMs;
}

function afterUnreadablePrompt(screen: FirstPromptScreen, { probes }: FirstPromptState): FirstPromptStep {
  const { isInterrupted, holdsPrompt, isForeignPrompt } = screen;
  const maxProbes = isInterrupted ? MAX_INTERRUPTED_PROBES : MAX_PROBES;
  // Without a sign of messages it is the other product's own.
  if (isForeignPrompt && !isInterrupted && !holdsPrompt) return { kind: 'foreign' };
  if (probes < maxProbes) return { kind: 'probe' };
  return isForeignPrompt ? { kind: 'foreign' } : { kind: 'wait' };
}
