import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { BASE, find, helm, type Manifest, manifests, podOf, type Settings } from './chart.ts';

const SETUPS: readonly (readonly [string, Settings, readonly string[]])[] = [
  ['the least', BASE, []],
  ['everything', { 'devices.existingSecret': 'ftm-devices' }, ['full-values.yaml']],
  ['a Redis elsewhere', {}, ['external-redis-values.yaml']],
  ['OpenShift', {}, ['openshift-values.yaml']],
  ['a Gateway', {}, ['gateway-values.yaml']],
];

describe.skipIf(helm === undefined)('security of the chart', () => {
  it.each(SETUPS)('runs every pod under the restricted profile: %s', async (_, settings, files) => {
    const pods = await podsOf(settings, files);
    expect(pods.length).toBeGreaterThan(2);
    for (const { pod } of pods) {
      expect(pod).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      });
      for (const container of pod.containers) {
        expect(container).toMatchObject({
          securityContext: {
            allowPrivilegeEscalation: false,
            privileged: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
          resources: { limits: { memory: expect.any(String) as string } },
        });
      }
      const kinds = (pod.volumes ?? []).flatMap((volume) =>
        Object.keys(volume).filter((key) => key !== 'name'),
      );
      expect(
        kinds.filter(
          (kind) => !['configMap', 'emptyDir', 'secret', 'projected', 'persistentVolumeClaim'].includes(kind),
        ),
      ).toEqual([]);
      for (const taken of ['hostNetwork', 'hostPID', 'hostIPC', 'initContainers'])
        expect(pod).not.toHaveProperty(taken);
    }
  });

  it('leaves user and group to a cluster that chooses them', async () => {
    for (const { pod } of await podsOf({}, ['openshift-values.yaml'])) {
      expect(pod.securityContext).toEqual({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    }
    for (const { pod } of await podsOf(BASE, [])) {
      expect(pod.securityContext).toMatchObject({ runAsUser: 65532, runAsGroup: 65532, fsGroup: 65532 });
    }
  });

  it('makes no Secret and writes no secret down', async () => {
    for (const [, settings, files] of SETUPS) {
      const all = await manifests(settings, files);
      expect(all.filter(({ kind }) => kind === 'Secret' || /Role/.test(kind))).toEqual([]);
      const text = JSON.stringify(all);
      expect(text).not.toMatch(/xox|xapp-|rediss?:\/\/[^$]*:[^$@]+@/);
    }
  });

  it('gives device secrets to the worker alone, readable for its user only', async () => {
    const pods = await podsOf({ 'devices.existingSecret': 'ftm-devices' }, ['full-values.yaml']);
    const having = pods.filter(({ pod }) => JSON.stringify(pod).includes('ftm-devices'));
    expect(having.map(({ name }) => name)).toEqual(['prod-ftm-check-worker']);
    expect(having[0]?.pod.volumes).toContainEqual({
      name: 'devices',
      secret: { secretName: 'ftm-devices', defaultMode: 0o400 },
    });
  });

  it('gives each role only the Slack secrets it needs', async () => {
    for (const [mode, expected] of [
      ['socket', 'SLACK_APP_TOKEN'],
      ['http', 'SLACK_SIGNING_SECRET'],
    ] as const) {
      const pods = await podsOf({ ...BASE, 'slack.mode': mode }, []);
      expect(slackSecretsOf(pods, 'bot')).toEqual(['SLACK_BOT_TOKEN', expected].sort());
      expect(slackSecretsOf(pods, 'worker')).toEqual(['SLACK_BOT_TOKEN']);
    }
  });

  it('leaves more time to end than the drain takes', async () => {
    for (const { pod, name } of await podsOf(BASE, [])) {
      if (name.endsWith('-test') || name.endsWith('-valkey')) continue;
      const drain = pod.containers[0]?.env?.find((each) => each.name === 'FTM_CHECK_DRAIN_SECONDS')?.value;
      expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(Number(drain) + 15);
    }
  });

  it.each(SETUPS)('opens the network as little as this: %s', async (name, settings, files) => {
    const policies = (await manifests(settings, files)).filter(({ kind }) => kind === 'NetworkPolicy');
    await expect(stringify(policies.map(brief))).toMatchFileSnapshot(
      `snapshots/network-${name.replaceAll(' ', '-')}.yaml`,
    );
  });

  it.each(['prod-ftm-check-bot', 'prod-ftm-check-worker'])(
    'keeps the pod of %s as it was looked at',
    async (name) => {
      const manifest = find(
        await manifests({ 'devices.existingSecret': 'ftm-devices' }, ['full-values.yaml']),
        'Deployment',
        name,
      );
      const pod = podOf(manifest);
      const { containers, ...rest } = pod ?? { containers: [] };
      const kept = containers.map((container) => ({ ...container, resources: undefined }));
      await expect(stringify({ ...rest, containers: kept })).toMatchFileSnapshot(`snapshots/${name}.yaml`);
    },
  );

  it('lets Valkey keep what it was given: append-only, no eviction, a password, one of it', async () => {
    const all = await manifests(BASE);
    const { data } = find(all, 'ConfigMap', 'prod-ftm-check-valkey');
    expect(data?.['valkey.conf']).toMatch(/^appendonly yes$/m);
    expect(data?.['valkey.conf']).toMatch(/^maxmemory-policy noeviction$/m);
    expect(data?.['valkey.conf']).not.toMatch(/protected-mode no|requirepass/);
    const { spec } = find(all, 'StatefulSet', 'prod-ftm-check-valkey');
    expect(spec).toMatchObject({ replicas: 1 });
    expect(JSON.stringify(spec)).toContain('requirepass');
  });
});

function brief({ metadata, spec }: Manifest): object {
  return { name: metadata.name, spec };
}

async function podsOf(settings: Settings, files: readonly string[]) {
  return (await manifests(settings, files)).flatMap((manifest) => {
    const pod = podOf(manifest);
    return pod ? [{ name: manifest.metadata.name, pod }] : [];
  });
}

function slackSecretsOf(pods: Awaited<ReturnType<typeof podsOf>>, role: string): readonly string[] {
  const { pod } = pods.find(({ name }) => name === `prod-ftm-check-${role}`) ?? {};
  const names = (pod?.containers[0]?.env ?? []).map(({ name }) => name);
  return names.filter((name) => name.startsWith('SLACK_'));
}
