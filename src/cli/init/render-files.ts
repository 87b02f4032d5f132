import { stringify } from 'yaml';
import { PASSWORD_VARIABLE, type SetupPlan } from './plan.ts';

export function renderInventory({ devices, username, channels }: SetupPlan): string {
  const entries = devices.map(({ alias, address, port, hostKey }) => [
    alias,
    {
      address,
      ...(port === 22 ? {} : { port }),
      groups: ['fortigates'],
      hostKeys: hostKey && [hostKey.line],
    },
  ]);
  const unpinned = devices.filter(({ hostKey }) => hostKey === undefined);
  return [
    '# ftm-check connects only to the devices below, and answers only who is listed under `access`.',
    stringify({ defaults: { username, password: { env: PASSWORD_VARIABLE } } }).trimEnd(),
    ...(unpinned.length === 0
      ? []
      : [
          `# No host key is pinned for ${unpinned.map(({ alias }) => alias).join(', ')}: \`ftm-check hosts scan NAME\` prints the line.`,
        ]),
    stringify(
      { groups: { fortigates: {} }, devices: Object.fromEntries(entries) },
      { lineWidth: 0 },
    ).trimEnd(),
    ...(channels.length === 0
      ? [
          '# Nobody may ask in Slack yet. Put the id of a channel here (its name › View channel details › at the bottom):',
          '# access: [{ channels: [C0123456789], devices: [fortigates] }]',
        ]
      : [stringify({ access: [{ channels, devices: ['fortigates'] }] }, { lineWidth: 0 }).trimEnd()]),
    '',
  ].join('\n');
}

const COMMENTS: Readonly<Record<string, string>> = {
  [PASSWORD_VARIABLE]: 'Password of the administrator on the devices.',
  SLACK_BOT_TOKEN: 'xoxb-…: OAuth & Permissions › Bot User OAuth Token, after “Install to Workspace”.',
  SLACK_APP_TOKEN: 'xapp-…: Basic Information › App-Level Tokens, with the scope connections:write.',
  SLACK_SIGNING_SECRET: 'Basic Information › Signing Secret.',
  REDIS_URL: 'Redis or Valkey that keeps the queue.',
};

export function renderEnv({ env }: SetupPlan): string {
  const lines = Object.entries(env).flatMap(([name, value]) => [
    ...(COMMENTS[name] === undefined ? [] : [`# ${COMMENTS[name]}`]),
    `${name}=${quoteYaml(value)}`,
  ]);
  return `# Secrets of ftm-check: never commit this file.\n${lines.join('\n')}\n`;
}

/**
 * In the form that `util.parseEnv` reads: a value with other characters is between quotes that it does not contain.
 */
function quoteYaml(value: string): string {
  if (/^[\w:/.,@%+=-]*$/.test(value)) return value;
  const quote = ["'", '"', '`'].find((each) => !value.includes(each));
  if (quote === undefined) throw new Error('a value of .env cannot hold all three kinds of quotes');
  return `${quote}${value}${quote}`;
}
