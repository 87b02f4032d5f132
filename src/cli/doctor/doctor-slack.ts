import { BOT_SCOPES } from '../../bot/slack/manifest.ts';
import { createSlackProbe, type Probe, type SlackProbe } from '../../bot/slack/probe-slack.ts';
import { awayCheck, failCheck, passCheck, type SettingCheck } from '../../oncall/checks/setting-check.ts';
import { namedUserGroups } from '../../platform/access/decide.ts';
import type { Inventory } from '../../platform/config/inventory-types.ts';
import type { SlackConfig } from '../../platform/config/load-config.ts';
import { plural } from '../../report/documents/printable.ts';

/** Checks tokens, scopes and user groups with Slack, and the form of the signing secret. */
export async function checkSlack(
  slack: SlackConfig,
  inventory: Inventory | undefined,
): Promise<readonly SettingCheck[]> {
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

const severalWorkspaces = passCheck(
  'workspaces',
  'each gets its own token when it installs the app at /slack/install',
);

function describeBot(bot: Awaited<ReturnType<SlackProbe['botToken']>>): SettingCheck {
  if (bot.kind === 'away') return away('bot token');
  if (bot.kind === 'ok') return passCheck('bot token', `@${bot.bot} in ${bot.team}`);
  return failCheck(
    'bot token',
    `Slack refuses it (${bot.error}). Install the app again, and copy SLACK_BOT_TOKEN from “OAuth & Permissions”.`,
  );
}

function describeScopes(granted: readonly string[]): SettingCheck {
  const missing = Object.entries(BOT_SCOPES).filter(([scope]) => !granted.includes(scope));
  if (missing.length === 0)
    return passCheck('scopes', `all ${Object.keys(BOT_SCOPES).length} of the manifest`);
  const lines = missing.map(([scope, reason]) => `${scope}: ${reason}`);
  return failCheck(
    'scopes',
    `missing:\n${lines.join('\n')}\nPut \`ftm-check manifest\` into the app's settings, and install the app again.`,
  );
}

function describeApp(app: Probe<object>): SettingCheck {
  if (app.kind === 'away') return away('app token');
  if (app.kind === 'ok') return passCheck('app token', 'opens Socket Mode');
  return failCheck(
    'app token',
    `Slack refuses it (${app.error}). Create one with the scope connections:write under “Basic Information”, and enable Socket Mode.`,
  );
}

/** Whether the secret is correct shows only when Slack sends a request. */
function describeSecret(secret: string): SettingCheck {
  if (/^[0-9a-f]{32}$/.test(secret))
    return passCheck('signing', 'has the right format; the next request of Slack verifies it');
  return failCheck(
    'signing',
    'SLACK_SIGNING_SECRET is not 32 hexadecimal digits. It is under “Basic Information”; the verification token is another value.',
  );
}

async function checkUserGroups(probe: SlackProbe, inventory: Inventory): Promise<readonly SettingCheck[]> {
  const results: SettingCheck[] = [];
  for (const id of namedUserGroups(inventory)) results.push(describeUserGroup(id, await probe.userGroup(id)));
  return results;
}

function describeUserGroup(id: string, group: Awaited<ReturnType<SlackProbe['userGroup']>>): SettingCheck {
  if (group.kind === 'away') return away('user group');
  if (group.kind === 'refused')
    return failCheck(
      'user group',
      `Slack does not return the members of ${id} (${group.error}), so grants for this group admit no person.`,
    );
  const check = group.members > 0 ? passCheck : failCheck;
  return check('user group', `${id}: ${plural(group.members, 'member')}`);
}

function away(name: string): SettingCheck {
  return awayCheck(name, 'Slack cannot be reached: check egress, the proxy, and SLACK_API_URL.');
}
