import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { CHART } from '../../scripts/chart-values.ts';
import { findHelm } from '../../scripts/find-helm.ts';

const run = promisify(execFile);

export const helm = await findHelm();

/** What every installation has to say; cases add to it. */
export const BASE = {
  'slack.existingSecret': 'ftm-slack',
  'networkPolicy.deviceCidrs': '{192.0.2.0/24}',
} as const;

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly labels?: Record<string, string>;
    readonly annotations?: Record<string, string>;
  };
  readonly spec?: unknown;
  readonly data?: Record<string, string>;
}

export type Settings = Readonly<Record<string, string | number | boolean>>;

export interface Helmed {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export async function runHelm(args: readonly string[]): Promise<Helmed> {
  if (helm === undefined) throw new Error('no helm');
  try {
    return { status: 0, ...(await run(helm, args, { maxBuffer: 64 * 1024 * 1024 })) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { status: code, stdout, stderr };
  }
}

export function template(
  settings: Settings,
  files: readonly string[] = [],
  release = 'prod',
): Promise<Helmed> {
  const set = Object.entries(settings).flatMap(([path, value]) => ['--set', `${path}=${value}`]);
  const from = files.flatMap((name) => ['-f', join(CHART, 'ci', name)]);
  return runHelm(['template', release, CHART, '--namespace', 'support', ...from, ...set]);
}

/** Renders, and throws Helm's own words where it refuses. */
export async function manifests(
  settings: Settings,
  files: readonly string[] = [],
  release?: string,
): Promise<readonly Manifest[]> {
  const { status, stdout, stderr } = await template(settings, files, release);
  if (status !== 0) throw new Error(stderr);
  return parseAllDocuments(stdout)
    .map((document) => {
      if (document.errors[0]) throw document.errors[0];
      return document.toJS() as Manifest | null;
    })
    .filter((manifest) => manifest !== null);
}

export function find(all: readonly Manifest[], kind: string, name: string): Manifest {
  const found = all.find((each) => each.kind === kind && each.metadata.name === name);
  if (!found) throw new Error(`no ${kind} ${name} among ${all.map((each) => each.kind).join(', ')}`);
  return found;
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly args?: readonly string[];
  readonly command?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly resources?: { readonly limits?: object; readonly requests?: object };
  readonly securityContext?: object;
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

export interface PodSpec {
  readonly containers: readonly Container[];
  readonly volumes?: readonly object[];
  readonly securityContext?: object;
  readonly automountServiceAccountToken?: boolean;
  readonly terminationGracePeriodSeconds?: number;
}

/** Of a Deployment, StatefulSet or Pod. */
export function podOf({ kind, spec }: Manifest): PodSpec | undefined {
  if (kind === 'Pod') return spec as PodSpec;
  if (kind !== 'Deployment' && kind !== 'StatefulSet') return undefined;
  return (spec as { template: { spec: PodSpec } }).template.spec;
}
