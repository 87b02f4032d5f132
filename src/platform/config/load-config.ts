import { join } from 'node:path';
import type { z } from 'zod';
import { FtmError } from '../../engine/ftm-error.ts';
import type { ConfigProblem, Environment } from './environment.ts';
import { type ProxySettings, proxySettings } from './proxy.ts';
import { isSentinelUrl, type RedisSettings } from './redis-address.ts';
import { SETTINGS, settingsSchema, type Variable } from './settings.ts';

/** `bot` takes requests, `worker` processes them, `all` does both. */
export type Role = 'bot' | 'worker' | 'all';

export const VARIABLES: readonly string[] = Object.keys(SETTINGS);

const DAY_MS = 24 * 3_600_000;

type Variables = z.infer<typeof settingsSchema>;

const redisVariables = settingsSchema.pick({
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
  const parsed = settingsSchema.safeParse(withoutBlanks(env));
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
  const missing = opsTeamProblem(data, slack) ?? missingSetting(data, role);
  return missing === undefined ? { config: toConfig(data, slack, redis, proxy) } : { problems: [missing] };
}

function missingSetting(data: Variables, role: Role): ConfigProblem | undefined {
  if (role !== 'all' && data.REDIS_URL === undefined)
    return problem('REDIS_URL', 'is not set, and a separate bot and worker need it to communicate');
  if (data.FTM_CHECK_INTERNAL_PORT !== undefined) return undefined;
  const user =
    data.FTM_CHECK_DASHBOARD_PASSWORD !== undefined
      ? 'the dashboard (FTM_CHECK_DASHBOARD_PASSWORD)'
      : data.FTM_CHECK_PASTE_PAGE === 'on'
        ? 'the page at /paste (FTM_CHECK_PASTE_PAGE)'
        : undefined;
  return user && problem('FTM_CHECK_INTERNAL_PORT', `is not set, and ${user} needs it`);
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

function describeProblems(problems: readonly ConfigProblem[]): string {
  return problems.map((each) => `${each.variable} ${each.problem}; example: ${each.example}`).join('\n');
}

function problem(variable: string, what: string): ConfigProblem {
  return { variable, problem: what, example: SETTINGS[variable as Variable].example };
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
