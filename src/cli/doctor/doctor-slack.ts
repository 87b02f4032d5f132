import { BOT_SCOPES } from '../../bot/slack/manifest.ts';
import { createSlackProbe, type Probe, type SlackProbe } from '../../bot/slack/probe-slack.ts';
import { namedUserGroups } from '../../platform/access/decide.ts';
import type { Inventory } from '../../platform/config/inventory-types.ts';
import type { SlackConfig } from '../../platform/config/load-config.ts';
import { plural } from '../../report/documents/printable.ts';
import { EXIT } from '../process/exit-status.ts';
import { type CheckResult, result } from '../terminal/check-result.ts';

/** Checks tokens, scopes and user groups with Slack, and the form of the signing secret. */
export async function checkSlack(
  slack: SlackConfig,
  inventory: Inventory | undefined,
): Promise<readonly CheckResult[]> {
  const probe = createSlackProbe(slack.botToken ?? '', slack.apiUrl);
  const bot = slack.botToken === undefined ? undefined : await probe.botToken();
  return [
    ...(bot ? [describeBot(bot)] : [severalWorkspaces]),
    ...(bot?.kind === 'ok' ? [describeScopes(bot.scopes)] : []),
    ...(slack.mode === 'socket' && slack.appToken !== undefined
      ? [describeApp(await probe.appToken(slack.appToken))]
      : []),
    ...(slack.mode === 'http' ? [describeSecret(slack.signingSecret ?? '')] : []),
    ...(bot?.kind === 'ok' && inventory ? await checkUserGroups(probe, inventory) : []),
  ];
}

const severalWorkspaces = result(
  'workspaces',
  true,
  'each gets its own token when it installs the app at /slack/install',
);

function describeBot(bot: Awaited<ReturnType<SlackProbe['botToken']>>): CheckResult {
  if (bot.kind === 'away') return away('bot token');
  if (bot.kind === 'ok') return result('bot token', true, `@${bot.bot} in ${bot.team}`);
  return result(
    'bot token',
    false,
    `Slack refuses it (${bot.error}). Install the app again, and copy SLACK_BOT_TOKEN from “OAuth & Permissions”.`,
  );
}

function describeScopes(granted: readonly string[]): CheckResult {
  const missing = Object.entries(BOT_SCOPES).filter(([scope]) => !granted.includes(scope));
  if (missing.length === 0)
    return result('scopes', true, `all ${Object.keys(BOT_SCOPES).length} of the manifest`);
  const lines = missing.map(([scope, reason]) => `${scope}: ${reason}`);
  return result(
    'scopes',
    false,
    `missing:\n${lines.join('\n')}\nPut \`ftm-check manifest\` into the app's settings, and install the app again.`,
  );
}

function describeApp(app: Probe<object>): CheckResult {
  if (app.kind === 'away') return away('app token');
  if (app.kind === 'ok') return result('app token', true, 'opens Socket Mode');
  return result(
    'app token',
    false,
    `Slack refuses it (${app.error}). Create one with the scope connections:write under “Basic Information”, and enable Socket Mode.`,
  );
}

/** Whether the secret is correct shows only when Slack sends a request. */
function describeSecret(secret: string): CheckResult {
  if (/^[0-9a-f]{32}$/.test(secret)) {
    return result('signing', true, 'has the right format; the next request of Slack verifies it');
  }
  return result(
    'signing',
    false,
    'SLACK_SIGNING_SECRET is not 32 hexadecimal digits. It is under “Basic Information”; the verification token is another value.',
  );
}

async function checkUserGroups(probe: SlackProbe, inventory: Inventory): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  for (const id of namedUserGroups(inventory)) {
    const group = await probe.userGroup(id);
    if (group.kind === 'ok') {
      results.push(result('user group', group.members > 0, `${id}: ${plural(group.members, 'member')}`));
    } else if (group.kind === 'away') {
      results.push(away('user group'));
    } else {
      results.push(
        result(
          'user group',
          false,
          `Slack does not return the members of ${id} (${group.error}), so grants for this group let nobody in.`,
        ),
      );
    }
  }
  return results;
}

function away(name: string): CheckResult {
  return {
    ...result(name, false, 'Slack cannot be reached: check egress, the proxy, and SLACK_API_URL.'),
    status: EXIT.unreachable,
  };
}
