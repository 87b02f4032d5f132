import { type CommandId, commandSpec } from '../../engine/fortios/commands.ts';
import { outputShape } from '../../engine/fortios/output-shape.ts';
import type { Prompt } from '../../engine/fortios/prompt.ts';
import type { CommandOutput } from '../session/session.ts';

/** A command's output, read a second time if the first could not be read. */
export interface Reading extends CommandOutput {
  readonly wasRepeated: boolean;
  /** The second could not be read either: which part is output is unknown, so none of it may be used. */
  readonly isUnreadable: boolean;
}

/** A complete configuration is recognised without a prompt. */
export function isClean(id: CommandId, { irregular, isDoubtful, question }: CommandOutput): boolean {
  const isWhole = !isDoubtful || outputShape(commandSpec(id).text)?.isStrict === true;
  return question !== undefined || (irregular.length === 0 && isWhole);
}

/** Equal lines in both answers, except their numbers, are the device's own; configuration has no such lines. */
export function isPrintedSo(id: CommandId, first: CommandOutput, again: CommandOutput): boolean {
  const withoutNumbers = ({ irregular }: CommandOutput) => irregular.join('\n').replace(/\d+/g, '0');
  const isStrict = outputShape(commandSpec(id).text)?.isStrict === true;
  return !isStrict && !again.isDoubtful && withoutNumbers(first) === withoutNumbers(again);
}

export function toReading(
  answer: CommandOutput,
  { wasRepeated, isUnreadable }: Pick<Reading, 'wasRepeated' | 'isUnreadable'>,
): Reading {
  return { ...answer, lines: isUnreadable ? [] : answer.lines, wasRepeated, isUnreadable };
}

/** Of a command that may not be sent again. */
export function unreadable(prompt: Prompt): Reading {
  return {
    lines: [],
    irregular: [],
    prompt,
    isDoubtful: true,
    hasLateText: () => false,
    wasRepeated: true,
    isUnreadable: true,
  };
}
