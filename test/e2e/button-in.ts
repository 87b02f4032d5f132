import type { SlackMessage } from '../../src/stand-ins/slack/types.ts';

/** The button with this label in a message, as Slack sends it when it is pressed. Throws if there is none. */
export function buttonIn(
  message: SlackMessage,
  label: string,
): { action_id: string; value: string; type: string } {
  const all = JSON.parse(JSON.stringify(message.blocks ?? [])) as { elements?: object[] }[];
  const elements = all.flatMap(({ elements = [] }) => elements) as {
    action_id: string;
    value: string;
    type: string;
    text?: { text: string };
  }[];
  const found = elements.find(({ text }) => text?.text === label);
  if (found === undefined) throw new Error(`no button ${label} in ${JSON.stringify(all)}`);
  return { action_id: found.action_id, value: found.value, type: 'button' };
}
