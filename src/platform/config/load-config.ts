import { join } from 'node:path';
import { z } from 'zod';
import { FtmError } from '../../ftm-error.ts';
import { parseDuration } from './duration.ts';
import { type ConfigProblem, DEFAULT_INVENTORY, type Environment } from './environment.ts';
import { type ProxySettings, proxySettings } from './proxy.ts';
import { isSentinelUrl, type RedisSettings, redisUrlProblem } from './redis-address.ts';
import { SETTINGS, type Variable } from './settings.ts';

/** `bot` takes requests, `worker` processes them, `all` does both. */
export type Role = 'bot' | 'worker' | 'all';

/** All variables read here. */
export const VARIABLES: readonly string[] = Object.keys(SETTINGS);

const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

const DAY_MS = 24 * 3_600_000;

const variables = z.object({
  SLACK_BOT_TOKEN: z.string().startsWith('xoxb-', 'does not start with xoxb-').optional(),
  SLACK_SIGNING_SECRET: z.string().min(16, 'is too short to be a signing secret').optional(),
  SLACK_APP_TOKEN: z.string().startsWith('xapp-', 'does not start with xapp-').optional(),
  SLACK_CLIENT_ID: z.string().optional(),
  SLACK_CLIENT_SECRET: z.string().optional(),
  SLACK_STATE_SECRET: z.string().min(16, 'is too short to be secure').optional(),
  SLACK_ALLOWED_TEAMS: z
    .string()
    .regex(/^(?:\*|[TE][A-Z0-9]{2,}(?:\s*,\s*[TE][A-Z0-9]{2,})*)$/, 'is not a list of Slack workspace ids')
    .optional(),
  FTM_CHECK_SEAL_KEY: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/, 'is not 64 hexadecimal digits')
    .optional(),
  SLACK_API_URL: z.url({ protocol: /^https?$/, error: 'is not an http(s) address' }).optional(),
  FTM_CHECK_MODE: z.enum(['http', 'socket'], 'is neither http nor socket').optional(),
  FTM_CHECK_INVENTORY: z.string().default(DEFAULT_INVENTORY),
  FTM_CHECK_DATA: z.string().default('.ftm-check'),
  FTM_CHECK_CONCURRENCY: wholeNumber(1, 64).default(8),
  FTM_CHECK_GROUP_LIMIT: wholeNumber(1, 5000).default(500),
  FTM_CHECK_INTERNAL_PORT: wholeNumber(0, 65_535).optional(),
  FTM_CHECK_DASHBOARD_PASSWORD: z.string().min(16, 'is too short to be secure').optional(),
  FTM_CHECK_PASTE_PAGE: z.enum(['on', 'off'], 'is neither on nor off').default('off'),
  FTM_CHECK_AUDIT: z.string().optional(),
  FTM_CHECK_SELF_CHECK_MINUTES: durationBetween('m', 0, 1440).default(300_000),
  FTM_CHECK_OPS_CHANNEL: z
    .string()
    .regex(/^[CG][A-Z0-9]{5,}$/, 'is not the id of a Slack channel')
    .optional(),
  FTM_CHECK_OPS_TEAM: z
    .string()
    .regex(/^[TE][A-Z0-9]{2,}$/, 'is not the id of a Slack workspace')
    .optional(),
  FTM_CHECK_FEEDBACK_DAYS: wholeNumber(1, 365).default(90),
  FTM_CHECK_HISTORY_DAYS: wholeNumber(1, 730).default(90),
  FTM_CHECK_SETTINGS_DAYS: wholeNumber(0, 730).default(90),
  FTM_CHECK_EVIDENCE_DAYS: wholeNumber(0, 90).default(7),
  FTM_CHECK_EVIDENCE_MB: wholeNumber(1, 10_000).default(64),
  // Below the 30 s that Kubernetes and systemd allow by default.
  FTM_CHECK_DRAIN_SECONDS: durationBetween('s', 0, 600).default(20_000),
  REDIS_URL: z.string().superRefine(checkRedisUrl).optional(),
  REDIS_SENTINEL_USERNAME: z.string().optional(),
  REDIS_SENTINEL_PASSWORD: z.string().optional(),
  REDIS_MIN_REPLICAS: wholeNumber(0, 10).optional(),
  PORT: wholeNumber(0, 65_535).default(3000),
  LOG_LEVEL: z.enum(LOG_LEVELS, `is not one of ${LOG_LEVELS.join(', ')}`).default('info'),
} satisfies Record<Variable, z.ZodType>);

type Variables = z.infer<typeof variables>;

const redisVariables = variables.pick({
  REDIS_URL: true,
  REDIS_SENTINEL_USERNAME: true,
  REDIS_SENTINEL_PASSWORD: true,
  REDIS_MIN_REPLICAS: true,
});

/** The settings of Redis only, for a command that needs nothing else. Throws `ftm_config_invalid`. */
export function readRedisSettings(env: Environment): RedisSettings | undefined {
  const parsed = redisVariables.safeParse(withoutBlanks(env));
  const read = parsed.success
    ? redisSettings(parsed.data)
    : parsed.error.issues.map((issue) => problem(String(issue.path[0]), issue.message))[0];
  if (read === undefined || 'url' in read) return read;
  throw new FtmError('ftm_config_invalid', describeProblems([read]));
}

/** Throws `ftm_config_invalid`, which lists every invalid variable with the reason and an example. */
export function loadConfig(env: Environment, role: Role = 'all'): Config {
  const read = readConfig(env, role);
  if ('config' in read) return read.config;
  throw new FtmError('ftm_config_invalid', describeProblems(read.problems), {
    advice:
      '`ftm-check doctor` checks the whole set-up. `ftm-check manifest` prints the Slack app to create.',
  });
}

/** Same as `loadConfig`, with problems as values, for `doctor`. No problem text holds the value of a variable. */
export function readConfig(
  env: Environment,
  role: Role = 'all',
): { readonly config: Config } | { readonly problems: readonly ConfigProblem[] } {
  const parsed = variables.safeParse(withoutBlanks(env));
  if (!parsed.success) {
    return { problems: parsed.error.issues.map((issue) => problem(String(issue.path[0]), issue.message)) };
  }
  const slack = slackConfig(parsed.data, role);
  if ('variable' in slack) return { problems: [slack] };
  const { data } = parsed;
  const redis = redisSettings(data);
  if (redis !== undefined && 'variable' in redis) return { problems: [redis] };
  const proxy = proxySettings(env);
  if (proxy !== undefined && 'variable' in proxy) return { problems: [proxy] };
  const opsTeam = opsTeamProblem(data, slack);
  if (opsTeam !== undefined) return { problems: [opsTeam] };
  if (role !== 'all' && data.REDIS_URL === undefined) {
    return {
      problems: [problem('REDIS_URL', 'is not set, and a separate bot and worker need it to communicate')],
    };
  }
  if (data.FTM_CHECK_DASHBOARD_PASSWORD !== undefined && data.FTM_CHECK_INTERNAL_PORT === undefined) {
    const why = 'is not set, and the dashboard (FTM_CHECK_DASHBOARD_PASSWORD) needs it';
    return { problems: [problem('FTM_CHECK_INTERNAL_PORT', why)] };
  }
  if (data.FTM_CHECK_PASTE_PAGE === 'on' && data.FTM_CHECK_INTERNAL_PORT === undefined) {
    const why = 'is not set, and the page at /paste (FTM_CHECK_PASTE_PAGE) needs it';
    return { problems: [problem('FTM_CHECK_INTERNAL_PORT', why)] };
  }
  return { config: toConfig(data, slack, redis, proxy) };
}

/** What each setting is for is in `SETTINGS`. */
export type Config = ReturnType<typeof toConfig>;

function toConfig(
  data: Variables,
  slack: SlackConfig,
  redis: RedisSettings | undefined,
  proxy: ProxySettings | undefined,
) {
  return {
    slack,
    /** If absent, jobs stay in this process and are lost when it ends. */
    redis,
    proxy,
    inventoryPath: data.FTM_CHECK_INVENTORY,
    port: data.PORT,
    logLevel: data.LOG_LEVEL,
    concurrency: data.FTM_CHECK_CONCURRENCY,
    groupLimit: data.FTM_CHECK_GROUP_LIMIT,
    internalPort: data.FTM_CHECK_INTERNAL_PORT,
    dashboardPassword: data.FTM_CHECK_DASHBOARD_PASSWORD,
    pastePage: data.FTM_CHECK_PASTE_PAGE === 'on',
    /** A path, `stdout` or `off`. */
    audit: data.FTM_CHECK_AUDIT ?? join(data.FTM_CHECK_DATA, 'audit'),
    selfCheckMs: data.FTM_CHECK_SELF_CHECK_MINUTES,
    opsChannel: data.FTM_CHECK_OPS_CHANNEL,
    opsTeam: slack.install === undefined ? undefined : data.FTM_CHECK_OPS_TEAM,
    feedbackMs: data.FTM_CHECK_FEEDBACK_DAYS * DAY_MS,
    historyMs: data.FTM_CHECK_HISTORY_DAYS * DAY_MS,
    settingsMs: data.FTM_CHECK_SETTINGS_DAYS * DAY_MS,
    evidenceMs: data.FTM_CHECK_EVIDENCE_DAYS * DAY_MS,
    /** Limit for the evidence of all runs together, packed. */
    evidenceBytes: data.FTM_CHECK_EVIDENCE_MB * 1_000_000,
    drainMs: data.FTM_CHECK_DRAIN_SECONDS,
  };
}

export type SlackConfig = Exclude<ReturnType<typeof slackConfig>, ConfigProblem>;

function slackConfig(data: Variables, role: Role) {
  const identity = slackIdentity(data);
  if ('variable' in identity) return identity;
  // An app token is used only in Socket Mode, so its presence selects the mode.
  const mode = data.FTM_CHECK_MODE ?? (data.SLACK_APP_TOKEN === undefined ? 'http' : 'socket');
  if (role !== 'worker') {
    if (mode === 'http' && data.SLACK_SIGNING_SECRET === undefined) {
      return problem('SLACK_SIGNING_SECRET', 'is not set, and HTTP mode verifies requests with it');
    }
    if (mode === 'socket' && data.SLACK_APP_TOKEN === undefined) {
      return problem('SLACK_APP_TOKEN', 'is not set, and Socket Mode needs it');
    }
  }
  return {
    mode,
    ...identity,
    signingSecret: data.SLACK_SIGNING_SECRET,
    appToken: data.SLACK_APP_TOKEN,
    apiUrl: data.SLACK_API_URL,
  };
}

/** With several workspaces, a channel id alone does not say with whose token the bot posts there. */
function opsTeamProblem(
  { FTM_CHECK_OPS_CHANNEL: channel, FTM_CHECK_OPS_TEAM: team }: Variables,
  { install }: SlackConfig,
): ConfigProblem | undefined {
  if (install === undefined || channel === undefined) return undefined;
  if (team === undefined) {
    const why =
      'is not set, and FTM_CHECK_OPS_CHANNEL needs it, because several workspaces can install the app';
    return problem('FTM_CHECK_OPS_TEAM', why);
  }
  const isAllowed = install.teams.includes('*') || install.teams.includes(team);
  return isAllowed ? undefined : problem('FTM_CHECK_OPS_TEAM', 'is not in SLACK_ALLOWED_TEAMS');
}

/** Reads the token of the only workspace, or the client settings for several. */
function slackIdentity(data: Variables) {
  const {
    SLACK_BOT_TOKEN: botToken,
    SLACK_CLIENT_ID: clientId,
    SLACK_CLIENT_SECRET: clientSecret,
    SLACK_STATE_SECRET: stateSecret,
    FTM_CHECK_SEAL_KEY: sealKey,
    SLACK_ALLOWED_TEAMS: teams,
  } = data;
  if (botToken !== undefined) return { botToken, install: undefined };
  if (clientId === undefined) return problem('SLACK_BOT_TOKEN', 'is not set');
  const why = 'is not set, and SLACK_CLIENT_ID needs it';
  if (clientSecret === undefined) return problem('SLACK_CLIENT_SECRET', why);
  if (stateSecret === undefined) return problem('SLACK_STATE_SECRET', why);
  if (sealKey === undefined) return problem('FTM_CHECK_SEAL_KEY', why);
  if (teams === undefined) return problem('SLACK_ALLOWED_TEAMS', why);
  const install = { clientId, clientSecret, stateSecret, sealKey, teams: teams.split(/\s*,\s*/) };
  return { botToken: undefined, install };
}

/** With Sentinels there is a replica for failover, and a failover must not lose accepted requests. */
function redisSettings(data: z.infer<typeof redisVariables>): RedisSettings | ConfigProblem | undefined {
  const {
    REDIS_URL: url,
    REDIS_SENTINEL_USERNAME: sentinelUsername,
    REDIS_SENTINEL_PASSWORD: sentinelPassword,
    REDIS_MIN_REPLICAS: minReplicas,
  } = data;
  const isSentinel = url !== undefined && isSentinelUrl(url);
  for (const variable of ['REDIS_SENTINEL_USERNAME', 'REDIS_SENTINEL_PASSWORD'] as const) {
    if (data[variable] === undefined || isSentinel) continue;
    return problem(variable, 'is set, but REDIS_URL names no Sentinels (redis+sentinel://…)');
  }
  if (url === undefined) return undefined;
  return { url, sentinelUsername, sentinelPassword, minReplicas: minReplicas ?? (isSentinel ? 1 : 0) };
}

function checkRedisUrl(url: string, context: z.RefinementCtx): void {
  const message = redisUrlProblem(url);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
}

function describeProblems(problems: readonly ConfigProblem[]): string {
  return problems.map((each) => `${each.variable} ${each.problem}; example: ${each.example}`).join('\n');
}

function problem(variable: string, what: string): ConfigProblem {
  return { variable, problem: what, example: SETTINGS[variable as Variable].example };
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

/** Helm and compose files write an unset variable as an empty one; pasted tokens contain spaces. */
function withoutBlanks(env: Environment): Record<string, string> {
  const set: Record<string, string> = {};
  for (const name of VARIABLES) {
    const value = env[name]?.trim();
    if (value) set[name] = value;
  }
  return set;
}
