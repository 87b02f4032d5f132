import type { Command } from 'commander';
import type { Io } from '../terminal/io.ts';

/** `feedback` and `feedback export`. */
export function addFeedbackCommands(program: Command, io: Io, done: (status: number) => void): void {
  const feedback = program
    .command('feedback')
    .summary('list what people said about answers that did not help')
    .description(
      'Lists the answers that people called “Not helpful” in Slack, newest first, with reason and comment. ' +
        'Reads the Redis of the bot (REDIS_URL).',
    )
    .option('--json', 'print them as JSON')
    .action(async (options: { json?: boolean }) => {
      const { feedbackList } = await import('../commands/feedback.ts');
      done(await feedbackList(options, io));
    });
  feedback
    .command('export')
    .summary('write what was read for one of them as files')
    .description(
      'Writes the evidence of one answer, without secrets, as files that `analyze` reads, for a fixture of a rule ' +
        '(docs/how-to/feedback.md).',
    )
    .argument('<ID>', 'an id of `ftm-check feedback`')
    .option('--out <DIR>', 'a new folder for the files (default: feedback-ID)')
    .action(async (id: string, options: { out?: string }) => {
      const { feedbackExport } = await import('../commands/feedback.ts');
      done(await feedbackExport(id, options, io));
    });
}
