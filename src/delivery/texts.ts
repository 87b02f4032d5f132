import type { Asker, Run, RunOutcome } from '../runs/run.ts';
import { escapeMrkdwn, inlineCode } from '../slack/escape.ts';
import type { Progress, RenderedAnswer } from './types.ts';

export function rootText({ asker, alias }: Run): string {
  return `*${askerName(asker)}* asked for ${inlineCode(alias ?? 'a device')}`;
}

export function placeholderText(run: Run): string {
  return run.kind === 'check' ? `Checking ${deviceName(run)} …` : 'Reading what you pasted …';
}

export function progressText(run: Run, { phase, step, steps }: Progress): string {
  const count = step === undefined || steps === undefined ? '' : `, step ${step} of ${steps}`;
  return `${phaseText(phase, run)}${count} …`;
}

function phaseText(phase: string, run: Run): string {
  switch (phase) {
    case 'queued':
      return `Waiting to check ${deviceName(run)}`;
    case 'connecting':
      return `Connecting to ${deviceName(run)}`;
    case 'collecting':
      return `Reading ${deviceName(run)}`;
    case 'analysing':
      return 'Working out what it means';
    default:
      return escapeMrkdwn(phase);
  }
}

/** What is said when the answer itself could not be drawn: less, but true. */
export function bareAnswer(outcome: RunOutcome): RenderedAnswer {
  const text =
    outcome.kind === 'diagnosed'
      ? escapeMrkdwn(outcome.diagnosis.headline)
      : [outcome.message, outcome.advice ?? ''].map(escapeMrkdwn).join(' ').trim();
  return { text: text === '' ? 'There is an answer, but it could not be shown.' : text, blocks: [] };
}

/** A mention shows the name as Slack knows it; the name from the request may be anything. */
function askerName({ id, name }: Asker): string {
  return /^[UW][A-Z0-9]+$/.test(id) ? `<@${id}>` : escapeMrkdwn(name ?? 'Somebody');
}

function deviceName({ alias }: Run): string {
  return alias === undefined ? 'the device' : inlineCode(alias);
}
