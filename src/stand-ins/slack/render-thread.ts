import { blockLines, mrkdwnLines, type Names } from './plain-text.ts';
import type { SlackMessage } from './types.ts';
import type { Workspace } from './workspace.ts';

/** Renders a thread as lines: author, then text; replies are indented, ephemeral ones marked. */
export function renderThread(workspace: Workspace, channel: string, ts: string): string {
  const names: Names = {
    user: (id) => workspace.users.get(id)?.name ?? id,
    channel: (id) => workspace.channel(id)?.name ?? id,
  };
  const title = `#${names.channel(channel)}`;
  const messages = workspace.thread(channel, ts).map((message) => {
    const indent = message.ts === ts ? '' : '  ';
    return messageLines(message, names).map((line) => (line === '' ? '' : `${indent}${line}`));
  });
  return [title, ...messages.map((lines) => lines.join('\n'))].join('\n\n');
}

function messageLines(message: SlackMessage, names: Names): readonly string[] {
  const author = names.user(message.user);
  return [
    message.ephemeral_to === undefined
      ? author
      : `${author} (only ${names.user(message.ephemeral_to)} sees this)`,
    ...(message.blocks === undefined || message.blocks.length === 0
      ? mrkdwnLines(message.text, names)
      : message.blocks.flatMap((block) => blockLines(block, names))),
    ...(message.files ?? []).map((file) => `📎 ${file.name} (${file.size} bytes)`),
  ];
}
