import { randomUUID } from 'node:crypto';
import type { Workspace } from './workspace.ts';

/** Slack's limits of a `response_url`. */
const MAX_USES = 5;
const LIFETIME_MS = 30 * 60_000;

export interface ResponseUrls {
  /** `ts`: the message whose button was pressed. */
  create(channel: string, user: string, ts?: string): string;
  /** Posts of an app to the address; false if the address is used up, too old or unknown. */
  use(id: string, body: Readonly<Record<string, unknown>>): boolean;
  /** Shows the body of an acknowledgement like a response. */
  show(channel: string, user: string, body: unknown): void;
}

export function createResponseUrls(workspace: Workspace, baseUrl: () => string): ResponseUrls {
  const open = new Map<string, { channel: string; user: string; ts?: string; left: number; until: number }>();

  function show(channel: string, user: string, body: unknown): void {
    const {
      text,
      blocks,
      response_type: type,
    } = typeof body === 'object' && body ? fields(body) : { text: body };
    if (text === undefined && blocks === undefined) return;
    workspace.add({
      channel,
      user: workspace.bot.userId,
      bot_id: workspace.bot.id,
      text: typeof text === 'string' ? text : '',
      ephemeral_to: type === 'in_channel' ? undefined : user,
      blocks: Array.isArray(blocks) ? blocks : undefined,
    });
  }

  return {
    create(channel, user, ts) {
      const id = randomUUID();
      open.set(id, { channel, user, ts, left: MAX_USES, until: Date.now() + LIFETIME_MS });
      return `${baseUrl()}/response/${id}`;
    },
    use(id, body) {
      const url = open.get(id);
      if (!url || url.left === 0 || Date.now() > url.until) return false;
      url.left -= 1;
      if (body.delete_original === true && url.ts !== undefined) workspace.remove(url.channel, url.ts);
      show(url.channel, url.user, body);
      return true;
    },
    show,
  };
}

function fields(body: object): { text?: unknown; blocks?: unknown; response_type?: unknown } {
  return body;
}
