import type { Readable, Writable } from 'node:stream';
import { cancel, confirm, isCancel, password, select, text } from '@clack/prompts';
import { FtmError } from '../../engine/ftm-error.ts';

/** Questions to a person at a terminal. Each rejects with `ftm_interrupted` on Ctrl+C. */
export interface Ask {
  /** `check` returns what is wrong with the answer. */
  text(
    question: string,
    options?: {
      readonly example?: string;
      readonly check?: (value: string) => string | undefined;
    },
  ): Promise<string>;
  /** Not shown while it is typed; empty if the person has no secret yet. */
  secret(question: string): Promise<string>;
  confirm(question: string, initial: boolean): Promise<boolean>;
  select(
    question: string,
    choices: readonly { readonly value: string; readonly label: string }[],
  ): Promise<string>;
}

export function askAtTerminal(input: Readable, output: Writable): Ask {
  const common = { input, output };
  function assertNotCancelled<T>(value: T): Exclude<T, symbol> {
    if (!isCancel(value)) return value as Exclude<T, symbol>;
    cancel('Nothing was written.', { output });
    throw new FtmError('ftm_interrupted', 'The set-up was cancelled.');
  }
  return {
    text: async (message, { example, check } = {}) =>
      assertNotCancelled(
        await text({
          ...common,
          message,
          placeholder: example,
          validate: (value) => check?.((value ?? '').trim()),
        }),
      ).trim(),
    secret: async (message) => (assertNotCancelled(await password({ ...common, message })) ?? '').trim(),
    confirm: async (message, initialValue) =>
      assertNotCancelled(await confirm({ ...common, message, initialValue })),
    select: async (message, choices) =>
      assertNotCancelled(
        await select({ ...common, message, options: choices.map((choice) => ({ ...choice })) }),
      ),
  };
}
