import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHART } from '../../scripts/chart-values.ts';
import { parseInventory } from '../../src/platform/config/inventory.ts';
import { readConfig } from '../../src/platform/config/load-config.ts';
import { BASE, find, helm, type Manifest, manifests, podOf, runHelm, template } from './chart.ts';
import { EXAMPLES, MATRIX } from './chart-settings.ts';
import { objections } from './validate-manifest.ts';

describe.skipIf(helm === undefined)('the chart', () => {
  it.each([[[]], ...EXAMPLES.map((name) => [['-f', join(CHART, 'ci', name)]])])(
    'lints strictly: %s',
    async (more) => {
      const { status, stdout } = await runHelm(['lint', '--strict', CHART, ...more]);
      expect(stdout).toContain('0 chart(s) failed');
      expect(status).toBe(0);
    },
  );

  it.each(MATRIX)('renders what the API server takes: %s', async (_, settings, files) => {
    const all = await manifests(settings, files);
    expect(all.length).toBeGreaterThan(5);
    const wrong: string[] = [];
    for (const each of all) wrong.push(...(await objections(each)).map((what) => `${nameOf(each)}: ${what}`));
    expect(wrong).toEqual([]);
    const names = all.map(nameOf);
    expect(names).toEqual([...new Set(names)]);
  });

  // In the words of Helm 3 and of Helm 4.
  it.each([
    ['an unknown value', { ...BASE, replicaCount: 2 }, /additional propert(?:y|ies) '?replicaCount/i],
    ['an unknown value further down', { ...BASE, 'bot.replica': 2 }, /bot'?: additional propert/i],
    ['a word for a number', { ...BASE, 'bot.replicas': 'two' }, /replicas'?: .*integer/],
    ['a mode that is none', { ...BASE, 'slack.mode': 'events' }, /slack[./]mode'?: /],
    ['a range that is none', { ...BASE, 'networkPolicy.deviceCidrs': '{192.0.2.7}' }, /deviceCidrs[./]0/],
    ['a digest that is none', { ...BASE, 'image.digest': 'latest' }, /image[./]digest'?: /],
    [
      'no tokens',
      { 'networkPolicy.deviceCidrs': '{192.0.2.0/24}' },
      /slack\.existingSecret: name the Secret/,
    ],
    ['no device ranges', { 'slack.existingSecret': 's' }, /networkPolicy\.deviceCidrs: list the ranges/],
    ['no queue', { ...BASE, 'valkey.enabled': false }, /redis\.existingSecret: name the Secret/],
    [
      'no ranges of the queue',
      { ...BASE, 'valkey.enabled': false, 'redis.existingSecret': 'r' },
      /redis\.cidrs: list the ranges/,
    ],
    ['an Ingress for nobody', { ...BASE, 'ingress.enabled': true }, /Socket Mode needs no Ingress/],
    [
      'an Ingress without a host',
      { ...BASE, 'slack.mode': 'http', 'ingress.enabled': true },
      /ingress\.host: name the host/,
    ],
    [
      'a drain as long as the grace',
      { ...BASE, 'shutdown.drainSeconds': 70 },
      /at least 15 more than shutdown\.drainSeconds/,
    ],
    [
      'an HTTPRoute without a Gateway',
      { ...BASE, 'slack.mode': 'http', 'httpRoute.enabled': true, 'httpRoute.host': 'a.example.com' },
      /httpRoute\.parentRefs: name the Gateway/,
    ],
    ['an HTTPRoute for nobody', { ...BASE, 'httpRoute.enabled': true }, /Socket Mode needs no HTTPRoute/],
    ['autoscaling by nothing', { ...BASE, 'worker.autoscaling.enabled': true }, /say where Prometheus is/],
    [
      'an external secret of nothing',
      { ...BASE, 'externalSecret.enabled': true },
      /externalSecret\.data: list/,
    ],
    [
      'an external secret from nowhere',
      { ...BASE, 'externalSecret.enabled': true, 'externalSecret.data[0].secretKey': 'a' },
      /secretStoreRef\.name: name the store/,
    ],
  ] as const)('refuses %s, and says what to do', async (_, settings, words) => {
    const { status, stderr } = await template(settings);
    expect(status).not.toBe(0);
    expect(stderr).toMatch(words);
  });

  it('names everything that is missing in one error', async () => {
    const { status, stderr } = await template({ 'valkey.enabled': false, 'ingress.enabled': true });
    expect(status).not.toBe(0);
    expect(stderr).toContain('6 values are missing or wrong:');
    expect([...stderr.matchAll(/^- ([\w.]+): /gm)].map(([, path]) => path)).toEqual([
      'slack.existingSecret',
      'redis.existingSecret',
      'redis.cidrs',
      'networkPolicy.deviceCidrs',
      'ingress.enabled',
      'ingress.host',
    ]);
  });

  it('gives each pod what a platform adds', async () => {
    const all = await manifests({}, ['gateway-values.yaml']);
    expect(all.filter(({ kind }) => kind === 'ServiceAccount')).toEqual([]);
    for (const role of ['bot', 'worker']) {
      const deployment = find(all, 'Deployment', `prod-ftm-check-${role}`);
      const { metadata } = (deployment.spec as { template: { metadata: object } }).template;
      expect(metadata).toMatchObject({
        labels: { team: 'support', 'app.kubernetes.io/component': role },
        annotations: { 'example.com/scan': 'true' },
      });
      expect(podOf(deployment)).toMatchObject({
        serviceAccountName: 'support-tools',
        automountServiceAccountToken: false,
        priorityClassName: 'business-hours',
        runtimeClassName: 'gvisor',
        imagePullSecrets: [{ name: 'registry' }],
      });
    }
    const [bot, worker] = ['bot', 'worker'].map((role) =>
      podOf(find(all, 'Deployment', `prod-ftm-check-${role}`)),
    );
    expect(bot?.containers[0]).toMatchObject({ envFrom: [{ configMapRef: { name: 'proxy' } }] });
    expect(worker?.containers[0]?.volumeMounts).toContainEqual({
      name: 'ssh',
      mountPath: '/etc/ssh-client',
      readOnly: true,
    });
    expect(worker?.volumes).toContainEqual({ name: 'ssh', configMap: { name: 'ssh-config' } });
    expect(JSON.stringify(bot)).not.toContain('fortigates');
    const own = find(all, 'ConfigMap', 'prod-banner');
    expect(own).toMatchObject({ data: { text: 'ftm-check' } });
    const unlabelled = all.filter(
      (each) => each !== own && !JSON.stringify(each.metadata).includes('"cost-centre":"support"'),
    );
    expect(unlabelled.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([]);
    const valkey = find(all, 'StatefulSet', 'prod-ftm-check-valkey');
    expect(valkey.spec).not.toHaveProperty('volumeClaimTemplates');
    expect(podOf(valkey)?.volumes).toContainEqual({
      name: 'data',
      persistentVolumeClaim: { claimName: 'ftm-queue' },
    });
  });

  it('knows when a manifest has a field that does not exist', async () => {
    const [bot] = (await manifests(BASE)).filter(({ kind }) => kind === 'Deployment');
    const wrong = structuredClone(bot) as Manifest & {
      spec: { template: { spec: Record<string, unknown> } };
    };
    wrong.spec.template.spec.runAsNonRoot = true;
    expect(await objections(wrong)).toEqual(['unknown field /spec/template/spec/runAsNonRoot']);
    wrong.spec.template.spec.runAsNonRoot = undefined;
    wrong.spec.template.spec.containers = 'bot';
    expect((await objections(wrong)).join()).toMatch(/containers/);
  });

  it.each(['bot', 'worker'] as const)('gives the %s settings that the program reads', async (role) => {
    for (const files of EXAMPLES) {
      const { containers } =
        podOf(find(await manifests({}, [files]), 'Deployment', `prod-ftm-check-${role}`)) ?? {};
      const given = containers?.[0]?.env ?? [];
      const secrets = {
        SLACK_BOT_TOKEN: 'xoxb-1',
        SLACK_APP_TOKEN: 'xapp-1',
        SLACK_SIGNING_SECRET: 's'.repeat(32),
        REDIS_URL: 'rediss://h:6380',
      };
      const env: Record<string, string> = {};
      for (const { name, value } of given) {
        env[name] =
          value?.replace('$(VALKEY_PASSWORD)', 'p') ?? secrets[name as keyof typeof secrets] ?? 'anything';
      }
      const read = readConfig(env, role);
      expect(read).toHaveProperty('config');
    }
  });

  it('hands over an inventory that the program reads', async () => {
    const { data } = find(await manifests({}, ['full-values.yaml']), 'ConfigMap', 'prod-ftm-check-inventory');
    const inventory = parseInventory(data?.['inventory.yaml'] ?? '', 'inventory.yaml');
    expect([...inventory.devices.keys()]).toEqual(['fgt-branch-07']);
    expect(inventory.grants).toHaveLength(1);
  });

  it.each([1, 3])(
    'lets a node be drained, with %s replica(s) and while nothing is ready',
    async (replicas) => {
      const all = await manifests({ ...BASE, 'bot.replicas': replicas, 'worker.replicas': replicas });
      for (const role of ['bot', 'worker']) {
        expect(find(all, 'PodDisruptionBudget', `prod-ftm-check-${role}`).spec).toMatchObject({
          maxUnavailable: 1,
          unhealthyPodEvictionPolicy: 'AlwaysAllow',
        });
      }
    },
  );

  it('packages without another chart', async () => {
    const { stdout } = await runHelm(['show', 'chart', CHART]);
    expect(stdout).not.toContain('dependencies');
  });
});

function nameOf({ kind, metadata }: Manifest): string {
  return `${kind} ${metadata.name}`;
}
