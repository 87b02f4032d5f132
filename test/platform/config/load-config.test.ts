import { describe, expect, it } from 'vitest';
import { FtmError } from '../../../src/engine/ftm-error.ts';
import { loadConfig, readConfig, VARIABLES } from '../../../src/platform/config/load-config.ts';

const BOT = 'xoxb-000-test';
const SECRET = '0123456789abcdef0123456789abcdef';
const REDIS = {
  SLACK_BOT_TOKEN: 'xoxb-1',
  SLACK_SIGNING_SECRET: '0123456789abcdef',
  REDIS_URL: 'redis://192.0.2.1',
};
const HTTP = { SLACK_BOT_TOKEN: BOT, SLACK_SIGNING_SECRET: SECRET };

const CLIENT = {
  SLACK_CLIENT_ID: '1.2',
  SLACK_CLIENT_SECRET: 's',
  SLACK_STATE_SECRET: SECRET,
  FTM_CHECK_SEAL_KEY: 'a'.repeat(64),
  SLACK_ALLOWED_TEAMS: 'T012AB3CD',
};

const WRONG: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
  ['SLACK_BOT_TOKEN', {}, 'is not set'],
  ['SLACK_BOT_TOKEN', { ...HTTP, SLACK_BOT_TOKEN: 'xoxp-1' }, 'xoxb-'],
  ['SLACK_CLIENT_SECRET', { SLACK_CLIENT_ID: '1.2' }, 'SLACK_CLIENT_ID needs it'],
  ['SLACK_STATE_SECRET', { SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 's' }, 'SLACK_CLIENT_ID needs it'],
  ['FTM_CHECK_SEAL_KEY', { ...CLIENT, FTM_CHECK_SEAL_KEY: '' }, 'SLACK_CLIENT_ID needs it'],
  ['SLACK_ALLOWED_TEAMS', { ...CLIENT, SLACK_ALLOWED_TEAMS: '' }, 'SLACK_CLIENT_ID needs it'],
  [
    'SLACK_ALLOWED_TEAMS',
    { ...CLIENT, SLACK_ALLOWED_TEAMS: 'T012AB3CD;T1' },
    'not a list of Slack workspace ids',
  ],
  ['SLACK_STATE_SECRET', { ...HTTP, SLACK_STATE_SECRET: 'short' }, 'too short'],
  ['FTM_CHECK_SEAL_KEY', { ...HTTP, FTM_CHECK_SEAL_KEY: 'abc' }, '64 hexadecimal'],
  ['SLACK_SIGNING_SECRET', { SLACK_BOT_TOKEN: BOT }, 'is not set'],
  ['SLACK_SIGNING_SECRET', { ...HTTP, SLACK_SIGNING_SECRET: 'short' }, 'too short'],
  ['SLACK_APP_TOKEN', { ...HTTP, FTM_CHECK_MODE: 'socket' }, 'is not set'],
  ['SLACK_APP_TOKEN', { ...HTTP, SLACK_APP_TOKEN: 'xoxb-1' }, 'xapp-'],
  ['SLACK_API_URL', { ...HTTP, SLACK_API_URL: 'slack' }, 'http'],
  ['FTM_CHECK_MODE', { ...HTTP, FTM_CHECK_MODE: 'rtm' }, 'neither http nor socket'],
  ['FTM_CHECK_CONCURRENCY', { ...HTTP, FTM_CHECK_CONCURRENCY: '0' }, 'from 1 to 64'],
  ['FTM_CHECK_CONCURRENCY', { ...HTTP, FTM_CHECK_CONCURRENCY: '2.5' }, 'from 1 to 64'],
  ['FTM_CHECK_GROUP_LIMIT', { ...HTTP, FTM_CHECK_GROUP_LIMIT: '5001' }, 'from 1 to 5000'],
  ['FTM_CHECK_INTERNAL_PORT', { ...HTTP, FTM_CHECK_INTERNAL_PORT: '-1' }, 'from 0 to 65535'],
  [
    'FTM_CHECK_INTERNAL_PORT',
    { ...HTTP, FTM_CHECK_DASHBOARD_PASSWORD: SECRET },
    'DASHBOARD_PASSWORD) needs it',
  ],
  ['FTM_CHECK_PASTE_PAGE', { ...HTTP, FTM_CHECK_PASTE_PAGE: 'yes' }, 'neither on nor off'],
  ['FTM_CHECK_INTERNAL_PORT', { ...HTTP, FTM_CHECK_PASTE_PAGE: 'on' }, 'PASTE_PAGE) needs it'],
  ['FTM_CHECK_DASHBOARD_PASSWORD', { ...HTTP, FTM_CHECK_DASHBOARD_PASSWORD: 'short' }, 'too short'],
  ['FTM_CHECK_SELF_CHECK_MINUTES', { ...HTTP, FTM_CHECK_SELF_CHECK_MINUTES: '2000' }, 'from 0 to 1440'],
  ['FTM_CHECK_DRAIN_SECONDS', { ...HTTP, FTM_CHECK_DRAIN_SECONDS: '11m' }, 'from 0 to 600'],
  ['FTM_CHECK_DRAIN_SECONDS', { ...HTTP, FTM_CHECK_DRAIN_SECONDS: 'soon' }, 'from 0 to 600'],
  ['REDIS_URL', { ...HTTP, REDIS_URL: 'http://192.0.2.1' }, 'redis://'],
  ['REDIS_URL', { ...HTTP, REDIS_URL: 'redis+sentinel://s1:26379' }, 'lacks the name of the primary'],
  ['REDIS_SENTINEL_PASSWORD', { ...HTTP, REDIS_SENTINEL_PASSWORD: 's' }, 'names no Sentinels'],
  ['REDIS_SENTINEL_USERNAME', { ...REDIS, REDIS_SENTINEL_USERNAME: 's' }, 'names no Sentinels'],
  ['FTM_CHECK_FEEDBACK_DAYS', { ...HTTP, FTM_CHECK_FEEDBACK_DAYS: '0' }, 'not a whole number from 1 to 365'],
  [
    'FTM_CHECK_SETTINGS_DAYS',
    { ...HTTP, FTM_CHECK_SETTINGS_DAYS: '731' },
    'not a whole number from 0 to 730',
  ],
  ['FTM_CHECK_EVIDENCE_DAYS', { ...HTTP, FTM_CHECK_EVIDENCE_DAYS: '91' }, 'not a whole number from 0 to 90'],
  ['FTM_CHECK_EVIDENCE_MB', { ...HTTP, FTM_CHECK_EVIDENCE_MB: '0' }, 'not a whole number from 1 to 10000'],
  ['FTM_CHECK_HISTORY_DAYS', { ...HTTP, FTM_CHECK_HISTORY_DAYS: '0' }, 'not a whole number from 1 to 730'],
  ['FTM_CHECK_OPS_CHANNEL', { ...HTTP, FTM_CHECK_OPS_CHANNEL: '#ops' }, 'not the id'],
  [
    'FTM_CHECK_OPS_TEAM',
    { ...CLIENT, SLACK_SIGNING_SECRET: SECRET, FTM_CHECK_OPS_CHANNEL: 'C012345' },
    'FTM_CHECK_OPS_CHANNEL needs it, because several workspaces can install the app',
  ],
  [
    'FTM_CHECK_OPS_TEAM',
    {
      ...CLIENT,
      SLACK_SIGNING_SECRET: SECRET,
      FTM_CHECK_OPS_CHANNEL: 'C012345',
      FTM_CHECK_OPS_TEAM: 'T0OTHER',
    },
    'not in SLACK_ALLOWED_TEAMS',
  ],
  ['FTM_CHECK_OPS_TEAM', { ...HTTP, FTM_CHECK_OPS_TEAM: 'acme' }, 'not the id of a Slack workspace'],
  ['REDIS_MIN_REPLICAS', { ...REDIS, REDIS_MIN_REPLICAS: 'one' }, 'from 0 to 10'],
  ['PORT', { ...HTTP, PORT: '70000' }, 'from 0 to 65535'],
  ['PORT', { ...HTTP, PORT: 'http' }, 'from 0 to 65535'],
  ['LOG_LEVEL', { ...HTTP, LOG_LEVEL: 'loud' }, 'debug, info'],
];

/** Nothing can be said of these before they are used: see `test/bot/http/serve-start.long.test.ts`. */
const ANY_TEXT = ['SLACK_CLIENT_ID', 'FTM_CHECK_INVENTORY', 'FTM_CHECK_DATA', 'FTM_CHECK_AUDIT'];

describe('loadConfig', () => {
  it('needs no more than two tokens', () => {
    expect(loadConfig(HTTP)).toEqual({
      slack: { mode: 'http', botToken: BOT, signingSecret: SECRET },
      inventoryPath: 'inventory.yaml',
      port: 3000,
      logLevel: 'info',
      concurrency: 8,
      groupLimit: 500,
      pastePage: false,
      audit: '.ftm-check/audit',
      selfCheckMs: 300_000,
      feedbackMs: 90 * 24 * 3_600_000,
      historyMs: 90 * 24 * 3_600_000,
      settingsMs: 90 * 24 * 3_600_000,
      evidenceMs: 7 * 24 * 3_600_000,
      evidenceBytes: 64_000_000,
      drainMs: 20_000,
    });
  });

  it('takes the workspace of the operations channel only where there are several', () => {
    const env = {
      SLACK_SIGNING_SECRET: SECRET,
      FTM_CHECK_OPS_CHANNEL: 'C012345',
      FTM_CHECK_OPS_TEAM: 'T012AB3CD',
    };
    expect(loadConfig({ ...CLIENT, ...env }).opsTeam).toBe('T012AB3CD');
    expect(loadConfig({ ...HTTP, ...env }).opsTeam).toBeUndefined();
  });

  it('takes an app token as the wish for Socket Mode', () => {
    const config = loadConfig({ SLACK_BOT_TOKEN: BOT, SLACK_APP_TOKEN: 'xapp-1' });
    expect(config.slack).toEqual({ mode: 'socket', botToken: BOT, appToken: 'xapp-1' });
  });

  it('lets FTM_CHECK_MODE decide when both ways are possible', () => {
    expect(loadConfig({ ...HTTP, SLACK_APP_TOKEN: 'xapp-1', FTM_CHECK_MODE: 'http' }).slack.mode).toBe(
      'http',
    );
  });

  it('asks a worker for the bot token only', () => {
    const env = { SLACK_BOT_TOKEN: BOT, REDIS_URL: 'redis://192.0.2.1' };
    expect(loadConfig(env, 'worker').slack).toEqual({ mode: 'http', botToken: BOT });
  });

  it.each(['bot', 'worker'] as const)('sends a %s of its own nowhere without a queue they share', (role) => {
    expect(() => loadConfig(HTTP, role)).toThrow(/REDIS_URL is not set/);
  });

  it.each([
    ['redis://192.0.2.1', {}, 0],
    ['redis://192.0.2.1', { REDIS_MIN_REPLICAS: '2' }, 2],
    ['redis+sentinel://s1/main', {}, 1],
    ['redis+sentinel://s1/main', { REDIS_MIN_REPLICAS: '0' }, 0],
  ])('waits for replicas where there are some to fall back on: %s %j', (url, more, minReplicas) => {
    expect(loadConfig({ ...HTTP, REDIS_URL: url, ...more }).redis).toEqual({ url, minReplicas });
  });

  it.each([
    ['20', 20_000],
    ['90s', 90_000],
    ['10m', 600_000],
    ['1500ms', 1500],
    ['0', 0],
  ])('takes %s for FTM_CHECK_DRAIN_SECONDS', (text, drainMs) => {
    expect(loadConfig({ ...HTTP, FTM_CHECK_DRAIN_SECONDS: text }).drainMs).toBe(drainMs);
  });

  it.each([
    ['7', 420_000],
    ['30s', 30_000],
    ['24h', 86_400_000],
  ])('takes %s for FTM_CHECK_SELF_CHECK_MINUTES', (text, selfCheckMs) => {
    expect(loadConfig({ ...HTTP, FTM_CHECK_SELF_CHECK_MINUTES: text }).selfCheckMs).toBe(selfCheckMs);
  });

  it('takes an empty variable as unset and drops pasted spaces', () => {
    const config = loadConfig({ ...HTTP, SLACK_BOT_TOKEN: ` ${BOT}\n`, REDIS_URL: '', PORT: '' });
    expect(config.redis).toBeUndefined();
    expect(config.port).toBe(3000);
    expect(config.slack.botToken).toBe(BOT);
  });

  it.each(WRONG)('names %s and what is wrong with it', (variable, env, reason) => {
    const read = readConfig(env);
    if (!('problems' in read)) throw new Error('accepted');
    const [problem] = read.problems;
    expect(problem?.variable).toBe(variable);
    expect(problem?.problem).toContain(reason);
    expect(problem?.example).toMatch(/\S/);
  });

  it('has something to say of every variable', () => {
    const named = new Set(WRONG.map(([variable]) => variable));
    expect(VARIABLES.filter((name) => !named.has(name) && !ANY_TEXT.includes(name))).toEqual([]);
  });

  it('reports every wrong variable at once, without any value', () => {
    const env = {
      SLACK_BOT_TOKEN: 'hunter2-token',
      SLACK_APP_TOKEN: 'hunter2-app',
      REDIS_URL: 'hunter2://x',
    };
    const error = (() => {
      try {
        return loadConfig(env);
      } catch (thrown) {
        return thrown;
      }
    })();
    if (!(error instanceof FtmError)) throw new Error('no FtmError');
    expect(error.code).toBe('ftm_config_invalid');
    expect(error.message).toMatch(/SLACK_BOT_TOKEN[\s\S]*SLACK_APP_TOKEN[\s\S]*REDIS_URL/);
    expect(error.message).not.toContain('hunter2');
  });
});
