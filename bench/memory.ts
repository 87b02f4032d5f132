import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { parse } from 'yaml';
import type { RedactedCase } from '../src/engine/evidence/redacted-case.ts';
import { packCase } from '../src/platform/store/packed-case.ts';
import { sampleConfig } from '../src/stand-ins/fortigate/samples.ts';
import { startSimulator } from '../src/stand-ins/fortigate/start-simulator.ts';
import type { Row } from './figure.ts';
import { measure } from './measure.ts';
import { KINDS, type Kind } from './memory-inputs.ts';

/** Memory of the pods, in megabytes. Node gives half of it to its heap. */
const values = parse(readFileSync(join(import.meta.dirname, '../helm/ftm-check/values.yaml'), 'utf8'));
const LIMITS = { bot: getLimit(values.bot), worker: getLimit(values.worker) } as const;
const SUBJECT = join(import.meta.dirname, 'memory-subject.ts');
const DEVICE = join(import.meta.dirname, '../test/device/flood-child.ts');
/**
 * Pods run built sources. With the cache of an earlier run, Node needs no compiler for TypeScript either: that takes
 * 30 MB in each thread. The first run of a row after a change of the sources is therefore repeated.
 */
const COMPILE_CACHE = join(import.meta.dirname, '../node_modules/.cache/bench-memory');
/** As in the image. */
const [, MALLOC_MMAP_THRESHOLD_ = ''] =
  /\bMALLOC_MMAP_THRESHOLD_=(\d+)/.exec(readFileSync(join(import.meta.dirname, '../Dockerfile'), 'utf8')) ??
  [];
const MAIN = join(import.meta.dirname, '../src/cli/launch.cjs');

interface Told {
  readonly peak: number;
  readonly seconds: number;
  /** How long the event loop did not come to anything else, at worst. */
  readonly lateMs?: number;
  readonly ended: string;
}

/**
 * Peak memory for the largest inputs of each kind, and for hostile ones, each in a process of its own with the heap of
 * its pod. Arguments: places or parts of names, to measure only these.
 */
export async function* bench(only: readonly string[]): AsyncGenerator<Row> {
  const isWanted = (name: string) => only.length === 0 || only.some((part) => name.includes(part));
  const folder = await mkdtemp(join(tmpdir(), 'ftm-check-memory-'));
  try {
    for (const kind of KINDS) {
      const name = `${kind.place}: ${kind.name}`;
      if (isWanted(name)) yield toCaseRow(name, kind.place, await measureKind(kind, folder));
    }
    const device = 'worker: device session of 64 MB';
    if (isWanted(device)) yield toCaseRow(device, 'worker', await measureDevice());
  } finally {
    await rm(folder, { recursive: true });
  }
}

function toCaseRow(what: string, place: Kind['place'], { peak, seconds, lateMs, ended }: Told): Row {
  if (Number.isNaN(peak)) return { what, failed: ended };
  const late = lateMs === undefined ? '' : `, event loop at most ${lateMs} ms late`;
  const goal = place === 'terminal' ? {} : { goal: { of: 'value', most: LIMITS[place] } as const };
  return { what, value: peak, unit: 'MB', note: `${seconds} s${late}: ${ended}`, ...goal };
}

function getLimit({
  resources,
}: {
  readonly resources: { readonly limits: { readonly memory: string } };
}): number {
  return Number.parseInt(resources.limits.memory, 10);
}

async function measureKind(kind: Kind, folder: string): Promise<Told> {
  const text = await kind.text();
  const { does, place, count = 1 } = kind;
  if (does === 'analyze' || place === 'terminal') {
    const path = join(folder, 'a.txt');
    await writeFile(path, '');
    for (let times = kind.times ?? 1; times > 0; times -= 1) await appendFile(path, text);
    const run = await measure(process.execPath, [MAIN, 'analyze', '--format', 'json', path]);
    const { verdict } = JSON.parse(run.stdout || '{}') as { readonly verdict?: string };
    return {
      peak: Math.round(run.peak),
      seconds: Math.round(run.seconds),
      ended: `${verdict}`,
    };
  }
  const path = join(folder, does === 'gather' ? 'a.zip' : 'a.txt');
  await writeFile(path, await createInput(does, text));
  return await runAlone(LIMITS[place] / 2, [SUBJECT, does, path, String(count)]);
}

async function createInput(does: Kind['does'], text: string): Promise<string | Uint8Array> {
  if (does === 'gather') return zipSync({ 'a.conf': Buffer.from(text) }, { level: 1 });
  if (does === 'redact') return text;
  const evidence = { items: [{ name: 'a.conf', text }], receipt: { total: 0, byKind: {} } };
  return await packCase({
    evidence: evidence as unknown as RedactedCase,
    focus: { readAt: 0 },
    version: 'bench',
  });
}

/** Seven answers of 10 MB: the last is more than a session may read. */
async function measureDevice(): Promise<Told> {
  const names = ['dns', 'ddns', 'fortiguard', 'central-management', 'accprofile', 'admin', 'interface'];
  const answer = `${'x'.repeat(63)}\n`.repeat(160_000);
  const outputs = Object.fromEntries(names.map((name) => [`show system ${name}`, answer]));
  const simulator = await startSimulator({ configText: sampleConfig('branch-07'), outputs });
  try {
    const commands = 'interfaces,dns,ddns,fortiguard,central-management,admin-profiles,administrators';
    const args = [DEVICE, String(simulator.port), simulator.hostKeyLines[0] ?? '', commands];
    const begun = performance.now();
    const told = (await runAlone(LIMITS.worker / 2, args)) as Told & { readonly peakMb?: number };
    const seconds = Math.round((performance.now() - begun) / 1000);
    return { peak: told.peakMb ?? told.peak, seconds, ended: told.ended ?? 'read to its budget' };
  } finally {
    await simulator.close();
  }
}

async function runAlone(heapMb: number, args: readonly string[]): Promise<Told> {
  const child = spawn(process.execPath, [`--max-old-space-size=${heapMb}`, ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILE_CACHE, MALLOC_MMAP_THRESHOLD_ },
  });
  let told = '';
  child.stdout.on('data', (chunk: Buffer) => {
    told += chunk.toString();
  });
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  if (status === 0 && told !== '') return JSON.parse(told) as Told;
  return { peak: Number.NaN, seconds: Number.NaN, ended: `THE PROCESS DIED (${status})` };
}
