import type { Violation } from './block-kit/check-message.ts';
import type { Files } from './files.ts';
import type { Tokens } from './tokens.ts';
import type { SlackMessage } from './types.ts';
import type { Views } from './views.ts';
import type { Workspace } from './workspace.ts';

export type Answer = { readonly ok: boolean; readonly error?: string } & Readonly<Record<string, unknown>>;

export interface MethodContext {
  readonly workspace: Workspace;
  readonly files: Files;
  readonly views: Views;
  readonly tokens: Tokens;
  readonly checkLimits: boolean;
  /** Slack user ids by user group id. */
  readonly userGroups: Map<string, readonly string[]>;
  /** Most messages of one call of `conversations.history` or `conversations.replies`. */
  readonly maxReadPage: number;
  readonly args: Readonly<Record<string, unknown>>;
  readonly openSocket: () => string;
  /** Records a message that Slack would refuse or cut, for assertions. */
  readonly note: (violations: readonly Violation[]) => void;
  /** Sends the app an event about a message, including the bot's own. */
  readonly announce: (message: SlackMessage) => void;
}

export type Method = (context: MethodContext) => Answer;

export function fail(error: string, more: Record<string, unknown> = {}): Answer {
  return { ok: false, error, ...more };
}

export function stringArgument(args: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = args[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
