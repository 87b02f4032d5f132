import { groupLabel } from '../../platform/runs/group.ts';
import type { Run, RunOutcome } from '../../platform/runs/run.ts';
import { escapeMrkdwn, inlineCode, personText } from '../../report/block-kit/escape.ts';
import { plural } from '../../report/documents/printable.ts';
import type { SlackAnswer } from '../../report/formats/slack/render-slack.ts';

export function rootText({ asker, alias, group }: Run): string {
  const what =
    group === undefined
      ? inlineCode(alias ?? 'a device')
      : `${inlineCode(groupLabel(group.name))} (${plural(group.size, 'device')})`;
  return `*${personText(asker)}* asked for ${what}`;
}

/** Fallback text if the answer could not be rendered. */
export function bareAnswer(outcome: RunOutcome): SlackAnswer {
  const text =
    outcome.kind === 'diagnosed'
      ? escapeMrkdwn(outcome.diagnosis.headline)
      : [outcome.message, outcome.advice ?? ''].map(escapeMrkdwn).join(' ').trim();
  return { text: text === '' ? 'The answer could not be displayed.' : text, blocks: [] };
}
