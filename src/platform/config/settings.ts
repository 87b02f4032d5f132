import { z } from 'zod';
import { parseDuration } from './duration.ts';
import { DEFAULT_INVENTORY } from './environment.ts';
import { redisUrlProblem } from './redis-address.ts';

/** Documentation of a setting, the source of docs/reference/settings.md and of error messages. */
export interface DescribedSetting {
  readonly meaning: string;
  readonly example: string;
  /** The value that has the same effect as none, or a description of what happens without one. */
  readonly unset: string;
}

const descriptions = new Map<z.ZodType, Omit<DescribedSetting, 'unset'> & Partial<DescribedSetting>>();

/** Without `unset` the default is the value that has the same effect as none. */
function withDescription<Schema extends z.ZodType>(
  schema: Schema,
  description: Omit<DescribedSetting, 'unset'> & Partial<DescribedSetting>,
): Schema {
  descriptions.set(schema, description);
  return schema;
}

const IN_SEVERAL_WORKSPACES = 'required for several workspaces';
const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/** Every environment variable that `serve` and `doctor` read, except those of the proxy. */
export const settingsSchema = z.object({
  SLACK_BOT_TOKEN: withDescription(z.string().startsWith('xoxb-', 'does not start with xoxb-').optional(), {
    meaning: 'token of the bot in its only workspace',
    example: 'xoxb-… (OAuth & Permissions › Bot User OAuth Token)',
    unset: 'required, unless `SLACK_CLIENT_ID` is set',
  }),
  SLACK_APP_TOKEN: withDescription(z.string().startsWith('xapp-', 'does not start with xapp-').optional(), {
    meaning: 'app-level token with `connections:write`, for Socket Mode',
    example: 'xapp-… (Basic Information › App-Level Tokens, scope connections:write)',
    unset: 'HTTP mode',
  }),
  SLACK_SIGNING_SECRET: withDescription(
    z.string().min(16, 'is too short to be a signing secret').optional(),
    {
      meaning: 'proves in HTTP mode that a request comes from Slack',
      example: '32 hexadecimal digits (Basic Information › Signing Secret)',
      unset: 'required in HTTP mode',
    },
  ),
  SLACK_CLIENT_ID: withDescription(z.string().optional(), {
    meaning: 'id of the app, instead of `SLACK_BOT_TOKEN` for several workspaces',
    example: '1234567890.1234567890 (Basic Information; instead of SLACK_BOT_TOKEN, for several workspaces)',
    unset: 'one workspace',
  }),
  SLACK_CLIENT_SECRET: withDescription(z.string().optional(), {
    meaning: 'secret of the app',
    example: '32 hexadecimal digits (Basic Information › Client Secret)',
    unset: IN_SEVERAL_WORKSPACES,
  }),
  SLACK_STATE_SECRET: withDescription(z.string().min(16, 'is too short to be secure').optional(), {
    meaning: 'long random text; binds an installation to the person who started it',
    example: 'any long random text of your own',
    unset: IN_SEVERAL_WORKSPACES,
  }),
  SLACK_ALLOWED_TEAMS: withDescription(
    z
      .string()
      .regex(/^(?:\*|[TE][A-Z0-9]{2,}(?:\s*,\s*[TE][A-Z0-9]{2,})*)$/, 'is not a list of Slack workspace ids')
      .optional(),
    {
      meaning: 'workspaces that may install the app; `*` is every one',
      example: 'T012AB3CD,T045EF6GH (workspaces that may install the app; * is every one)',
      unset: IN_SEVERAL_WORKSPACES,
    },
  ),
  FTM_CHECK_SEAL_KEY: withDescription(
    z
      .string()
      .regex(/^[0-9a-fA-F]{64}$/, 'is not 64 hexadecimal digits')
      .optional(),
    {
      meaning: 'key that encrypts the tokens of the workspaces in Redis',
      example: 'output of `openssl rand -hex 32`; it encrypts the tokens of the workspaces',
      unset: IN_SEVERAL_WORKSPACES,
    },
  ),
  SLACK_API_URL: withDescription(
    z.url({ protocol: /^https?$/, error: 'is not an http(s) address' }).optional(),
    {
      meaning: 'address of the Web API, if not slack.com',
      example: 'https://slack.com/api/',
      unset: 'slack.com',
    },
  ),
  FTM_CHECK_MODE: withDescription(z.enum(['http', 'socket'], 'is neither http nor socket').optional(), {
    meaning: '`http` or `socket`, if both are possible',
    example: 'http or socket',
    unset: '`socket` with `SLACK_APP_TOKEN`, else `http`',
  }),
  FTM_CHECK_INVENTORY: withDescription(z.string().default(DEFAULT_INVENTORY), {
    meaning: 'path of the inventory',
    example: '/etc/ftm-check/inventory.yaml',
  }),
  FTM_CHECK_DATA: withDescription(z.string().default('.ftm-check'), {
    meaning: 'folder of the audit trail',
    example: '/var/lib/ftm-check',
  }),
  FTM_CHECK_CONCURRENCY: withDescription(wholeNumber(1, 64).default(8), {
    meaning: 'checks that a worker runs at the same time, 1 to 64',
    example: '8',
  }),
  FTM_CHECK_GROUP_LIMIT: withDescription(wholeNumber(1, 5000).default(500), {
    meaning: 'devices that one request in Slack may check, 1 to 5000',
    example: '500',
  }),
  FTM_CHECK_INTERNAL_PORT: withDescription(wholeNumber(0, 65_535).optional(), {
    meaning: 'port of `/healthz`, `/readyz` and `/metrics`; keep it internal',
    example: '9464',
    unset: 'no such port; 9464 in the image',
  }),
  FTM_CHECK_DASHBOARD_PASSWORD: withDescription(z.string().min(16, 'is too short to be secure').optional(), {
    meaning: 'password of the queue dashboard, 16 characters or more',
    example: 'output of `openssl rand -hex 16`; password of the queue dashboard',
    unset: 'no dashboard',
  }),
  FTM_CHECK_PASTE_PAGE: withDescription(z.enum(['on', 'off'], 'is neither on nor off').default('off'), {
    meaning: '`on` serves the page at `/paste` of the internal port',
    example: 'on or off',
  }),
  FTM_CHECK_AUDIT: withDescription(z.string().optional(), {
    meaning: 'folder of the audit trail, `stdout` or `off`',
    example: '/var/lib/ftm-check/audit, stdout or off',
    unset: '`audit` in `FTM_CHECK_DATA`',
  }),
  FTM_CHECK_SELF_CHECK_MINUTES: withDescription(durationBetween('m', 0, 1440).default(300_000), {
    meaning: 'interval of the self-check: minutes, or a duration such as `90s`; 0 is never',
    example: '5 (0 is never)',
    unset: '`5`',
  }),
  FTM_CHECK_OPS_CHANNEL: withDescription(
    z
      .string()
      .regex(/^[CG][A-Z0-9]{5,}$/, 'is not the id of a Slack channel')
      .optional(),
    {
      meaning: 'id of the Slack channel for notices to operations',
      example: 'C0123456789 (the id of a Slack channel)',
      unset: 'no notices',
    },
  ),
  FTM_CHECK_OPS_TEAM: withDescription(
    z
      .string()
      .regex(/^[TE][A-Z0-9]{2,}$/, 'is not the id of a Slack workspace')
      .optional(),
    {
      meaning: 'workspace of that channel, if several may install the app',
      example: 'T012AB3CD (one of SLACK_ALLOWED_TEAMS)',
      unset: 'required for `FTM_CHECK_OPS_CHANNEL` with several workspaces',
    },
  ),
  FTM_CHECK_FEEDBACK_DAYS: withDescription(wholeNumber(1, 365).default(90), {
    meaning: 'days for which feedback and its evidence are kept, 1 to 365',
    example: '90',
  }),
  FTM_CHECK_HISTORY_DAYS: withDescription(wholeNumber(1, 730).default(90), {
    meaning: 'days for which the history of a device is kept, 1 to 730',
    example: '90',
  }),
  FTM_CHECK_SETTINGS_DAYS: withDescription(wholeNumber(0, 730).default(90), {
    meaning:
      'days for which the settings of a device are kept that the last healthy check found, 0 to 730; 0 keeps none',
    example: '90',
  }),
  FTM_CHECK_EVIDENCE_DAYS: withDescription(wholeNumber(0, 90).default(7), {
    meaning:
      'days for which the redacted evidence of a run is kept, for bundles and `replay`, 0 to 90; 0 keeps none',
    example: '7',
  }),
  FTM_CHECK_EVIDENCE_MB: withDescription(wholeNumber(1, 10_000).default(64), {
    meaning: 'megabytes of evidence that are kept in all, packed; the oldest is removed first, 1 to 10000',
    example: '64',
  }),
  // Below the 30 s that Kubernetes and systemd allow by default.
  FTM_CHECK_DRAIN_SECONDS: withDescription(durationBetween('s', 0, 600).default(20_000), {
    meaning: 'time for running checks to finish at shutdown: seconds, or a duration such as `1m`',
    example: '20',
    unset: '`20`',
  }),
  REDIS_URL: withDescription(z.string().superRefine(checkRedisUrl).optional(), {
    meaning: 'address of a Redis or Valkey, or of its Sentinels; required with `--role bot` or `worker`',
    example: 'redis://redis.internal:6379/0, or redis+sentinel://:password@s1:26379,s2:26379/mymaster',
    unset: 'jobs are in the memory of the process, and lost when it ends',
  }),
  REDIS_SENTINEL_USERNAME: withDescription(z.string().optional(), {
    meaning: 'user name of the Sentinels, if they require one',
    example: 'sentinel-reader',
    unset: 'none',
  }),
  REDIS_SENTINEL_PASSWORD: withDescription(z.string().optional(), {
    meaning: 'password of the Sentinels',
    example: 'password of the Sentinels; the password of the servers is in REDIS_URL',
    unset: 'none',
  }),
  REDIS_MIN_REPLICAS: withDescription(wholeNumber(0, 10).optional(), {
    meaning: 'replicas that must have a request before it is accepted, 0 to 10',
    example: '1 (0 is none)',
    unset: '1 with Sentinels, else 0',
  }),
  PORT: withDescription(wholeNumber(0, 65_535).default(3000), {
    meaning: 'port for requests from outside: Slack in HTTP mode, installations, alerts',
    example: '3000',
  }),
  LOG_LEVEL: withDescription(z.enum(LOG_LEVELS, `is not one of ${LOG_LEVELS.join(', ')}`).default('info'), {
    meaning: '`debug`, `info`, `warn`, `error` or `silent`',
    example: 'info',
  }),
});

export type Variable = keyof typeof settingsSchema.shape;

export const SETTINGS = Object.fromEntries(
  Object.entries(settingsSchema.shape).map(([name, schema]) => [name, describeSetting(schema)]),
) as Readonly<Record<Variable, DescribedSetting>>;

function describeSetting(schema: z.ZodType): DescribedSetting {
  const { meaning = '', example = '', unset } = descriptions.get(schema) ?? {};
  return { meaning, example, unset: unset ?? `\`${String(schema.parse(undefined))}\`` };
}

function wholeNumber(min: number, max: number) {
  const range = `is not a whole number from ${min} to ${max}`;
  return z.coerce.number(range).int(range).min(min, range).max(max, range);
}

/** A number in the unit that the name of the setting says, or a duration such as `90s`; milliseconds. */
function durationBetween(unit: 's' | 'm', min: number, max: number) {
  const name = unit === 's' ? 'seconds' : 'minutes';
  const range = `is neither a whole number from ${min} to ${max} (${name}) nor a duration such as 90s or 1h in that range`;
  return z.string().transform((text, context) => {
    const ms = parseDuration(/^\d+$/.test(text) ? `${text}${unit}` : text);
    const [minMs, maxMs] = [parseDuration(`${min}${unit}`), parseDuration(`${max}${unit}`)];
    if (ms !== undefined && ms >= (minMs ?? 0) && ms <= (maxMs ?? 0)) return ms;
    context.addIssue({ code: 'custom', message: range });
    return z.NEVER;
  });
}

function checkRedisUrl(url: string, context: z.RefinementCtx): void {
  const message = redisUrlProblem(url);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
}
