import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHART } from '../../scripts/chart-values.ts';
import { inventorySchema } from '../../src/platform/config/inventory-schema.ts';
import { readConfig, VARIABLES } from '../../src/platform/config/load-config.ts';
import { BASE, find, helm, type Manifest, manifests, podOf, type Settings } from './chart.ts';

/** Variables that the chart never sets, and why. */
const ABSENT: Readonly<Record<string, string>> = {};

/** What the chart sets beside them, and who reads it. */
const FOREIGN: Readonly<Record<string, string>> = {
  VALKEY_PASSWORD: 'Kubernetes, to put it into REDIS_URL',
  NODE_EXTRA_CA_CERTS: 'Node',
};

const ELSEWHERE: Settings = {
  ...BASE,
  'valkey.enabled': false,
  'redis.existingSecret': 'r',
  'redis.cidrs': '{198.51.100.0/24}',
  'redis.sentinel.usernameKey': 'SENTINEL_USERNAME',
  'redis.sentinel.passwordKey': 'SENTINEL_PASSWORD',
  'redis.minReplicas': 1,
  'redis.tls.caConfigMap': 'ca',
};

const SETUPS: readonly Settings[] = [
  BASE,
  {
    ...BASE,
    'slack.mode': 'http',
    'slack.apiUrl': 'https://slack.example.com/api/',
    'selfCheck.opsChannel': 'C0123456789',
  },
  {
    ...BASE,
    'slack.mode': 'http',
    'slack.installable': true,
    'slack.allowedTeams[0]': 'T012AB3CD',
    'selfCheck.opsChannel': 'C0123456789',
    'selfCheck.opsTeam': 'T012AB3CD',
    'queueDashboard.enabled': true,
    'pastePage.enabled': true,
  },
  ELSEWHERE,
];

/** What the Secrets would hold. */
const SECRETS: Readonly<Record<string, string>> = {
  SLACK_BOT_TOKEN: 'xoxb-1',
  SLACK_APP_TOKEN: 'xapp-1',
  SLACK_SIGNING_SECRET: 's'.repeat(32),
  SLACK_CLIENT_ID: '1.2',
  SLACK_CLIENT_SECRET: 's'.repeat(32),
  SLACK_STATE_SECRET: 's'.repeat(32),
  FTM_CHECK_SEAL_KEY: 'a'.repeat(64),
  FTM_CHECK_DASHBOARD_PASSWORD: 's'.repeat(16),
  REDIS_URL: 'redis+sentinel://:p@sentinel:26379/mymaster',
  REDIS_SENTINEL_USERNAME: 'reader',
  REDIS_SENTINEL_PASSWORD: 'p',
};

describe.skipIf(helm === undefined)('settings in the chart', () => {
  it('are all that the program has, but for those left out on purpose', async () => {
    const set = new Set<string>();
    for (const setup of SETUPS) {
      for (const role of ['bot', 'worker']) for (const { name } of await envOf(setup, role)) set.add(name);
    }
    expect(VARIABLES.length).toBeGreaterThan(15);
    expect(VARIABLES.filter((name) => !set.has(name) && !(name in ABSENT))).toEqual([]);
    expect([...set].filter((name) => !VARIABLES.includes(name) && !(name in FOREIGN))).toEqual([]);
    expect(Object.keys(ABSENT).filter((name) => set.has(name) || !VARIABLES.includes(name))).toEqual([]);
  });

  it.each(['bot', 'worker'] as const)('make a valid configuration of the %s', async (role) => {
    for (const setup of SETUPS) {
      const env: Record<string, string> = {};
      for (const { name, value } of await envOf(setup, role)) {
        env[name] = value?.replace('$(VALKEY_PASSWORD)', 'p') ?? SECRETS[name] ?? 'nothing known';
      }
      expect(readConfig(env, role)).toHaveProperty('config');
    }
  });

  it('give what opens the dashboard to the bot alone', async () => {
    const names = async (role: string) =>
      (await envOf({ ...BASE, 'queueDashboard.enabled': true }, role)).map(({ name }) => name);
    expect(await names('bot')).toContain('FTM_CHECK_DASHBOARD_PASSWORD');
    expect(await names('worker')).not.toContain('FTM_CHECK_DASHBOARD_PASSWORD');
  });

  it('take every part that an inventory can have', () => {
    const schema = JSON.parse(readFileSync(join(CHART, 'values.schema.json'), 'utf8')) as {
      properties: { inventory: { properties: { content: { properties: object } } } };
    };
    expect(Object.keys(schema.properties.inventory.properties.content.properties).sort()).toEqual(
      Object.keys(inventorySchema.shape).sort(),
    );
  });
});

describe.skipIf(helm === undefined)('what is reached from outside', () => {
  it.each<[string, Settings, readonly string[]]>([
    ['nothing, in Socket Mode', BASE, []],
    ['Slack’s requests', { ...BASE, 'slack.mode': 'http' }, ['/slack/events']],
    [
      'installations',
      { ...BASE, 'slack.mode': 'http', 'slack.installable': true },
      ['/slack/events', '/slack/install', '/slack/oauth_redirect'],
    ],
    ['alerts, in Socket Mode too', { ...BASE, 'hooks.enabled': true }, ['/hooks']],
  ])('%s', async (_, settings, paths) => {
    const more: Readonly<Record<string, string | boolean>> =
      paths.length === 0
        ? {}
        : {
            'ingress.enabled': true,
            'ingress.host': 'a.example.com',
            'httpRoute.enabled': true,
            'httpRoute.host': 'a.example.com',
            'httpRoute.parentRefs[0].name': 'public',
          };
    const all = await manifests({ ...settings, ...more });
    const ingress = all.find(({ kind }) => kind === 'Ingress');
    expect(pathsOf(ingress)).toEqual(paths);
    expect(routedPaths(all.find(({ kind }) => kind === 'HTTPRoute'))).toEqual(paths);
    const listens = paths.length > 0;
    // Health and metrics have a port of their own, to which nothing from outside leads.
    const open = listens ? ['http'] : [];
    expect([...new Set(backendPortsOf(ingress))]).toEqual(open);
    const service = all.find(
      ({ kind, metadata }) => kind === 'Service' && metadata.name === 'prod-ftm-check',
    );
    expect(portsOf(service).map(({ name }) => name)).toEqual(open);
    const { ingress: sources } = find(all, 'NetworkPolicy', 'prod-ftm-check-bot').spec as {
      ingress: readonly { ports: readonly { port: string }[] }[];
    };
    // The first is of the scraper and the chart's own test.
    expect(sources.slice(1).flatMap(({ ports }) => ports.map(({ port }) => port))).toEqual(open);
    const bot = JSON.stringify(podOf(find(all, 'Deployment', 'prod-ftm-check-bot')));
    expect(bot.includes('"name":"http","containerPort":3000')).toBe(listens);
    // Without an endpoint no client could be told that the queue is away.
    expect(bot.includes('/readyz/work')).toBe(listens);
    expect(bot.includes('preStop')).toBe(listens);
  });
});

async function envOf(settings: Settings, role: string) {
  const deployment = find(await manifests(settings), 'Deployment', `prod-ftm-check-${role}`);
  return podOf(deployment)?.containers[0]?.env ?? [];
}

function ingressPaths(ingress: Manifest | undefined) {
  const { rules = [] } = (ingress?.spec ?? {}) as {
    rules?: readonly {
      http: { paths: readonly { path: string; backend: { service: { port: { name?: string } } } }[] };
    }[];
  };
  return rules.flatMap(({ http }) => http.paths);
}

const pathsOf = (ingress: Manifest | undefined) => ingressPaths(ingress).map(({ path }) => path);

function backendPortsOf(ingress: Manifest | undefined): readonly (string | undefined)[] {
  return ingressPaths(ingress).map(({ backend }) => backend.service.port.name);
}

function portsOf(service: Manifest | undefined): readonly { readonly name: string }[] {
  const { ports = [] } = (service?.spec ?? {}) as { ports?: readonly { name: string }[] };
  return ports;
}

function routedPaths(route: Manifest | undefined): readonly string[] {
  const { rules = [] } = (route?.spec ?? {}) as {
    rules?: readonly { matches: readonly { path: { value: string } }[] }[];
  };
  return rules.flatMap(({ matches }) => matches.map(({ path }) => path.value));
}
