import { BASE, type Settings } from './chart.ts';

export const EXAMPLES = ['full', 'socket', 'external-redis', 'openshift', 'gateway'].map(
  (name) => `${name}-values.yaml`,
);

/** Settings of one rendering: a name, the values, and files with values. */
export const MATRIX: readonly (readonly [string, Settings, readonly string[]])[] = [
  ['the least', BASE, []],
  ['HTTP mode', { ...BASE, 'slack.mode': 'http' }, []],
  [
    'HTTP mode with an Ingress',
    { ...BASE, 'slack.mode': 'http', 'ingress.enabled': true, 'ingress.host': 'a.example.com' },
    [],
  ],
  [
    'a pinned image',
    { ...BASE, 'image.digest': `sha256:${'0'.repeat(64)}`, 'image.pullSecrets': '{registry}' },
    [],
  ],
  [
    'a Redis elsewhere',
    { ...BASE, 'valkey.enabled': false, 'redis.existingSecret': 'r', 'redis.cidrs': '{198.51.100.0/24}' },
    [],
  ],
  [
    'no policies',
    { 'slack.existingSecret': 's', 'networkPolicy.enabled': false, 'podDisruptionBudget.enabled': false },
    [],
  ],
  [
    'a Redis behind Sentinels',
    {
      ...BASE,
      'valkey.enabled': false,
      'redis.existingSecret': 'r',
      'redis.cidrs': '{198.51.100.0/24}',
      'redis.ports': '{6379,26379}',
      'redis.sentinel.passwordKey': 'SENTINEL_PASSWORD',
      'redis.minReplicas': 0,
    },
    [],
  ],
  ['several workspaces', { ...BASE, 'slack.mode': 'http', 'slack.installable': true }, []],
  [
    'alerts in Socket Mode',
    {
      ...BASE,
      'hooks.enabled': true,
      'paging.existingSecret': 'p',
      'ingress.enabled': true,
      'ingress.host': 'a.example.com',
      'networkPolicy.extraEgress[0].ports[0].port': 9093,
    },
    [],
  ],
  ['a queue dashboard', { ...BASE, 'queueDashboard.enabled': true }, []],
  [
    'a place for Valkey',
    {
      ...BASE,
      'valkey.nodeSelector.disk': 'ssd',
      'valkey.tolerations[0].operator': 'Exists',
      'valkey.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey': 'zone',
      'image.pullSecrets': '{registry}',
    },
    [],
  ],
  ['device secrets', { ...BASE, 'devices.existingSecret': 'd' }, []],
  ['an inventory of its own', { ...BASE, 'inventory.existingConfigMap': 'inv' }, []],
  ['another name', { ...BASE, fullnameOverride: 'push-doctor' }, []],
  [
    'everything that watches',
    {
      ...BASE,
      'metrics.serviceMonitor.enabled': true,
      'metrics.prometheusRule.enabled': true,
      'metrics.dashboard.enabled': true,
    },
    [],
  ],
  [
    'autoscaling',
    { ...BASE, 'worker.autoscaling.enabled': true, 'worker.autoscaling.prometheusAddress': 'http://p:9090' },
    [],
  ],
  [
    'places to run',
    {
      ...BASE,
      'worker.nodeSelector.disk': 'ssd',
      'worker.tolerations[0].key': 'a',
      'worker.tolerations[0].operator': 'Exists',
      'worker.extraEnv[0].name': 'FGT_PASSWORD',
      'worker.extraEnv[0].value': 'x',
      'podAnnotations.a': 'b',
    },
    [],
  ],
  ...EXAMPLES.map((name) => [`ci/${name}`, {}, [name]] as const),
];
