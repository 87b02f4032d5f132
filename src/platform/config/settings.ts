/** Documentation of a setting, the source of docs/reference/settings.md and of error messages. */
export interface DescribedSetting {
  readonly meaning: string;
  readonly example: string;
  /** The value that has the same effect as none, or a description of what happens without one. */
  readonly unset: string;
}

const IN_SEVERAL_WORKSPACES = 'required for several workspaces';

/** Every environment variable that `serve` and `doctor` read, except those of the proxy. */
export const SETTINGS = {
  SLACK_BOT_TOKEN: {
    meaning: 'token of the bot in its only workspace',
    example: 'xoxb-… (OAuth & Permissions › Bot User OAuth Token)',
    unset: 'required, unless `SLACK_CLIENT_ID` is set',
  },
  SLACK_APP_TOKEN: {
    meaning: 'app-level token with `connections:write`, for Socket Mode',
    example: 'xapp-… (Basic Information › App-Level Tokens, scope connections:write)',
    unset: 'HTTP mode',
  },
  SLACK_SIGNING_SECRET: {
    meaning: 'proves in HTTP mode that a request comes from Slack',
    example: '32 hexadecimal digits (Basic Information › Signing Secret)',
    unset: 'required in HTTP mode',
  },
  SLACK_CLIENT_ID: {
    meaning: 'id of the app, instead of `SLACK_BOT_TOKEN` for several workspaces',
    example: '1234567890.1234567890 (Basic Information; instead of SLACK_BOT_TOKEN, for several workspaces)',
    unset: 'one workspace',
  },
  SLACK_CLIENT_SECRET: {
    meaning: 'secret of the app',
    example: '32 hexadecimal digits (Basic Information › Client Secret)',
    unset: IN_SEVERAL_WORKSPACES,
  },
  SLACK_STATE_SECRET: {
    meaning: 'long random text; binds an installation to the person who started it',
    example: 'any long random text of your own',
    unset: IN_SEVERAL_WORKSPACES,
  },
  SLACK_ALLOWED_TEAMS: {
    meaning: 'workspaces that may install the app; `*` is every one',
    example: 'T012AB3CD,T045EF6GH (workspaces that may install the app; * is every one)',
    unset: IN_SEVERAL_WORKSPACES,
  },
  FTM_CHECK_SEAL_KEY: {
    meaning: 'key that encrypts the tokens of the workspaces in Redis',
    example: 'output of `openssl rand -hex 32`; it encrypts the tokens of the workspaces',
    unset: IN_SEVERAL_WORKSPACES,
  },
  SLACK_API_URL: {
    meaning: 'address of the Web API, if not slack.com',
    example: 'https://slack.com/api/',
    unset: 'slack.com',
  },
  FTM_CHECK_MODE: {
    meaning: '`http` or `socket`, if both are possible',
    example: 'http or socket',
    unset: '`socket` with `SLACK_APP_TOKEN`, else `http`',
  },
  FTM_CHECK_INVENTORY: {
    meaning: 'path of the inventory',
    example: '/etc/ftm-check/inventory.yaml',
    unset: '`inventory.yaml`',
  },
  FTM_CHECK_DATA: {
    meaning: 'folder of the audit trail',
    example: '/var/lib/ftm-check',
    unset: '`.ftm-check`',
  },
  FTM_CHECK_CONCURRENCY: {
    meaning: 'checks that a worker runs at the same time, 1 to 64',
    example: '8',
    unset: '`8`',
  },
  FTM_CHECK_GROUP_LIMIT: {
    meaning: 'devices that one request in Slack may check, 1 to 5000',
    example: '500',
    unset: '`500`',
  },
  FTM_CHECK_INTERNAL_PORT: {
    meaning: 'port of `/healthz`, `/readyz` and `/metrics`; keep it internal',
    example: '9464',
    unset: 'no such port; 9464 in the image',
  },
  FTM_CHECK_DASHBOARD_PASSWORD: {
    meaning: 'password of the queue dashboard, 16 characters or more',
    example: 'output of `openssl rand -hex 16`; password of the queue dashboard',
    unset: 'no dashboard',
  },
  FTM_CHECK_PASTE_PAGE: {
    meaning: '`on` serves the page at `/paste` of the internal port',
    example: 'on or off',
    unset: '`off`',
  },
  FTM_CHECK_AUDIT: {
    meaning: 'folder of the audit trail, `stdout` or `off`',
    example: '/var/lib/ftm-check/audit, stdout or off',
    unset: '`audit` in `FTM_CHECK_DATA`',
  },
  FTM_CHECK_SELF_CHECK_MINUTES: {
    meaning: 'interval of the self-check: minutes, or a duration such as `90s`; 0 is never',
    example: '5 (0 is never)',
    unset: '`5`',
  },
  FTM_CHECK_OPS_CHANNEL: {
    meaning: 'id of the Slack channel for notices to operations',
    example: 'C0123456789 (the id of a Slack channel)',
    unset: 'no notices',
  },
  FTM_CHECK_OPS_TEAM: {
    meaning: 'workspace of that channel, if several may install the app',
    example: 'T012AB3CD (one of SLACK_ALLOWED_TEAMS)',
    unset: 'required for `FTM_CHECK_OPS_CHANNEL` with several workspaces',
  },
  FTM_CHECK_FEEDBACK_DAYS: {
    meaning: 'days for which feedback and its evidence are kept, 1 to 365',
    example: '90',
    unset: '`90`',
  },
  FTM_CHECK_HISTORY_DAYS: {
    meaning: 'days for which the history of a device is kept, 1 to 730',
    example: '90',
    unset: '`90`',
  },
  FTM_CHECK_SETTINGS_DAYS: {
    meaning:
      'days for which the settings of a device are kept that the last healthy check found, 0 to 730; 0 keeps none',
    example: '90',
    unset: '`90`',
  },
  FTM_CHECK_EVIDENCE_DAYS: {
    meaning:
      'days for which the redacted evidence of a run is kept, for bundles and `replay`, 0 to 90; 0 keeps none',
    example: '7',
    unset: '`7`',
  },
  FTM_CHECK_EVIDENCE_MB: {
    meaning: 'megabytes of evidence that are kept in all, packed; the oldest is removed first, 1 to 10000',
    example: '64',
    unset: '`64`',
  },
  FTM_CHECK_DRAIN_SECONDS: {
    meaning: 'time for running checks to finish at shutdown: seconds, or a duration such as `1m`',
    example: '20',
    unset: '`20`',
  },
  REDIS_URL: {
    meaning: 'address of a Redis or Valkey, or of its Sentinels; required with `--role bot` or `worker`',
    example: 'redis://redis.internal:6379/0, or redis+sentinel://:password@s1:26379,s2:26379/mymaster',
    unset: 'jobs are in the memory of the process, and lost when it ends',
  },
  REDIS_SENTINEL_USERNAME: {
    meaning: 'user name of the Sentinels, if they require one',
    example: 'sentinel-reader',
    unset: 'none',
  },
  REDIS_SENTINEL_PASSWORD: {
    meaning: 'password of the Sentinels',
    example: 'password of the Sentinels; the password of the servers is in REDIS_URL',
    unset: 'none',
  },
  REDIS_MIN_REPLICAS: {
    meaning: 'replicas that must have a request before it is accepted, 0 to 10',
    example: '1 (0 is none)',
    unset: '1 with Sentinels, else 0',
  },
  PORT: {
    meaning: 'port for requests from outside: Slack in HTTP mode, installations, alerts',
    example: '3000',
    unset: '`3000`',
  },
  LOG_LEVEL: {
    meaning: '`debug`, `info`, `warn`, `error` or `silent`',
    example: 'info',
    unset: '`info`',
  },
} as const satisfies Record<string, DescribedSetting>;

export type Variable = keyof typeof SETTINGS;
