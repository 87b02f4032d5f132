import type { PassedLines } from '../evidence/types.ts';
import type { SectionStream } from './section-stream.ts';

/** What was read of a case, in order, as plain values that another thread can be sent. Redacted. */
export type CaseMessage =
  | { readonly kind: 'open'; readonly name: string }
  | { readonly kind: 'lines'; readonly lines: readonly string[] }
  | { readonly kind: 'skipped'; readonly lines: PassedLines }
  | { readonly kind: 'end' };

export interface CaseEncoder {
  /** Begins a text. */
  readonly open: (name: string) => SectionStream;
  /** What was read since the last time. */
  take(): readonly CaseMessage[];
}

export function createCaseEncoder(): CaseEncoder {
  let messages: CaseMessage[] = [];
  let lines: string[] | undefined;

  function add(message: CaseMessage): void {
    lines = undefined;
    messages.push(message);
  }

  const text: SectionStream = {
    line(line) {
      if (lines) {
        lines.push(line);
        return;
      }
      const begun = [line];
      add({ kind: 'lines', lines: begun });
      lines = begun;
    },
    pass: (skipped) => add({ kind: 'skipped', lines: skipped }),
    end: () => add({ kind: 'end' }),
  };

  return {
    open(name) {
      add({ kind: 'open', name });
      return text;
    },
    take() {
      const taken = messages;
      messages = [];
      lines = undefined;
      return taken;
    },
  };
}

/** Takes the messages of an encoder, in order. */
export function createCaseDecoder(
  open: (name: string) => SectionStream,
): (messages: readonly CaseMessage[]) => void {
  let text: SectionStream | undefined;

  function decode(message: CaseMessage): void {
    switch (message.kind) {
      case 'open':
        text = open(message.name);
        return;
      case 'lines':
        for (const line of message.lines) text?.line(line);
        return;
      case 'skipped':
        text?.pass(message.lines);
        return;
      case 'end':
        text?.end();
    }
  }

  return (messages) => {
    for (const message of messages) decode(message);
  };
}
