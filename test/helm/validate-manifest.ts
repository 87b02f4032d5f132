import type { Manifest } from './chart.ts';

/** By name alone: their type declarations do not compile under strict settings. */
const MODELS: Readonly<Record<string, string>> = {
  'apps/v1 Deployment': 'kubernetes-models/apps/v1',
  'apps/v1 StatefulSet': 'kubernetes-models/apps/v1',
  'v1 ConfigMap': 'kubernetes-models/v1',
  'v1 Pod': 'kubernetes-models/v1',
  'v1 Service': 'kubernetes-models/v1',
  'v1 ServiceAccount': 'kubernetes-models/v1',
  'networking.k8s.io/v1 Ingress': 'kubernetes-models/networking.k8s.io/v1',
  'networking.k8s.io/v1 NetworkPolicy': 'kubernetes-models/networking.k8s.io/v1',
  'policy/v1 PodDisruptionBudget': 'kubernetes-models/policy/v1',
  'external-secrets.io/v1beta1 ExternalSecret':
    '@kubernetes-models/external-secrets/external-secrets.io/v1beta1',
  'gateway.networking.k8s.io/v1 HTTPRoute': '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1',
  'keda.sh/v1alpha1 ScaledObject': '@kubernetes-models/keda/keda.sh/v1alpha1',
  'monitoring.coreos.com/v1 PrometheusRule':
    '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1',
  'monitoring.coreos.com/v1 ServiceMonitor':
    '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1',
};

type Model = new (data: unknown) => { validate(): void };

const TOP_LEVEL: Readonly<Record<string, readonly string[]>> = {
  ConfigMap: ['data'],
  ServiceAccount: ['automountServiceAccountToken'],
};

/** The model is one version behind; the fields that the chart uses are the same in both. */
const MODELLED_AS: Readonly<Record<string, string>> = {
  'external-secrets.io/v1': 'external-secrets.io/v1beta1',
};

/**
 * What the published models of Kubernetes, KEDA, the Prometheus Operator and External Secrets object to. They say nothing
 * about fields they do not know, so the manifest is handed to them behind a proxy: a field that the model never looks at
 * is one that the API server would drop.
 */
export async function objections(manifest: Manifest): Promise<readonly string[]> {
  const apiVersion = MODELLED_AS[manifest.apiVersion] ?? manifest.apiVersion;
  const path = MODELS[`${apiVersion} ${manifest.kind}`];
  const models = path === undefined ? {} : ((await import(path)) as Readonly<Record<string, Model>>);
  const Model = models[manifest.kind];
  if (!Model) return [`no model for ${manifest.apiVersion} ${manifest.kind}`];
  const known = ['apiVersion', 'kind', 'metadata', ...(TOP_LEVEL[manifest.kind] ?? ['spec'])];
  const strange = Object.keys(manifest).filter((key) => !known.includes(key));
  const read = new Set<string>();
  const wrong: string[] = [];
  try {
    new Model(watched({ ...manifest, apiVersion }, '', read)).validate();
  } catch (error) {
    wrong.push(String(error));
  }
  return [...wrong, ...[...strange, ...unread(manifest, '', read)].map((path) => `unknown field ${path}`)];
}

function watched(value: unknown, path: string, read: Set<string>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return new Proxy(value, {
    get(target, key) {
      // Models copy plain objects, which would read every field: this is none.
      if (key === Symbol.toStringTag) return 'Watched';
      const child: unknown = Reflect.get(target, key);
      if (typeof key === 'symbol' || key === 'length' || typeof child === 'function') return child;
      read.add(`${path}/${key}`);
      return watched(child, `${path}/${key}`, read);
    },
  });
}

function unread(value: unknown, path: string, read: ReadonlySet<string>): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const here = `${path}/${key}`;
    return read.has(here) ? unread(child, here, read) : [here];
  });
}
