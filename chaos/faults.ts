import { setTimeout as sleep } from 'node:timers/promises';
import type { Devices } from './devices.ts';
import type { Member, ProcessGroup } from './processes.ts';
import type { Random } from './random.ts';
import type { ChaosRedis } from './redis.ts';
import type { SlackProxy } from './slack-proxy.ts';

export const TROUBLES = [
  'bot SIGKILL',
  'bot SIGTERM',
  'worker SIGKILL',
  'worker SIGTERM',
  'redis restart',
  'redis kill',
  'redis freeze',
  'redis disk full',
  'redis failover',
  'redis failover late',
  'redis replica away',
  'slack failing',
  'slack away',
  'ssh cut',
] as const;
export type Trouble = (typeof TROUBLES)[number];

export interface PlannedTrouble {
  readonly trouble: Trouble;
  readonly atMs: number;
  /** How long it lasts, where it lasts. */
  readonly forMs: number;
  /** Picks the victim. */
  readonly victim: number;
}

const WEIGHTS: readonly (readonly [Trouble, number])[] = [
  ['bot SIGKILL', 14],
  ['bot SIGTERM', 10],
  ['worker SIGKILL', 14],
  ['worker SIGTERM', 10],
  // Each takes many seconds until requests are taken again, and what is refused tests little.
  ['redis restart', 3],
  ['redis kill', 3],
  ['redis freeze', 4],
  ['redis disk full', 2],
  ['redis failover', 4],
  ['redis failover late', 1],
  ['redis replica away', 2],
  ['slack failing', 14],
  ['slack away', 6],
  ['ssh cut', 14],
];

/** Every trouble comes at least once, in an order of the seed's, and then by weight until the time is over. */
export function planTroubles(
  random: Random,
  overMs: number,
  everyMs: number,
  among: readonly Trouble[] = TROUBLES,
): readonly PlannedTrouble[] {
  const planned: PlannedTrouble[] = [];
  const weights = WEIGHTS.filter(([trouble]) => among.includes(trouble));
  const first = among.map((trouble) => ({ trouble, order: random.next() })).sort((a, b) => a.order - b.order);
  for (let atMs = 500; atMs < overMs; atMs += everyMs * (0.5 + random.next())) {
    const trouble = first.pop()?.trouble ?? random.weighted(weights);
    planned.push({ trouble, atMs, forMs: chooseDuration(trouble, random), victim: random.next() });
  }
  return planned;
}

const STAND_WITHIN_MS = 20_000;

const LASTS: Partial<Record<Trouble, readonly [number, number]>> = {
  'redis freeze': [400, 5000],
  'redis disk full': [300, 2500],
  'redis kill': [300, 2500],
  'redis replica away': [300, 3000],
  'slack failing': [3000, 9000],
  'slack away': [1500, 6000],
};

function chooseDuration(trouble: Trouble, random: Random): number {
  const [low, high] = LASTS[trouble] ?? [200, 1500];
  return random.between(low, high);
}

export interface Victims {
  readonly processes: ProcessGroup;
  readonly redis: ChaosRedis;
  readonly proxy: SlackProxy;
  readonly devices: Devices;
}

/** Troubles overlap, but those of Redis come one after the other: a server that is down cannot be frozen. */
export async function strikeAll(
  plan: readonly PlannedTrouble[],
  victims: Victims,
  note: (trouble: Trouble) => void,
): Promise<void> {
  const begun = Date.now();
  const underWay: Promise<void>[] = [];
  let redisIsFree = Promise.resolve();
  for (const each of plan) {
    await sleep(Math.max(0, begun + each.atMs - Date.now()));
    if (!canStrike(each.trouble, victims.redis)) continue;
    note(each.trouble);
    if (each.trouble.startsWith('redis')) {
      redisIsFree = redisIsFree.then(() => strike(each, victims));
      underWay.push(redisIsFree);
    } else underWay.push(strike(each, victims));
  }
  await Promise.all(underWay);
}

function canStrike(trouble: Trouble, { hasOwnDisk, hasReplica }: ChaosRedis): boolean {
  if (trouble === 'redis disk full') return hasOwnDisk;
  return hasReplica || (trouble !== 'redis replica away' && !trouble.startsWith('redis failover'));
}

/** As a deployment does: a new process first, then the old one is told to stop. */
export async function rollAll(
  processes: ProcessGroup,
  overMs: number,
  note: (what: string) => void,
): Promise<void> {
  const old = [...processes.members('bot'), ...processes.members('worker')];
  for (const member of old) {
    await sleep(overMs / (old.length + 2));
    await processes.start(member.role).ready;
    note(`${member.role} replaced`);
    await member.stop('SIGTERM');
  }
}

/** Resolves when it is over: every killed process has been started again. */
async function strike({ trouble, forMs, victim }: PlannedTrouble, victims: Victims): Promise<void> {
  const { redis, proxy, devices } = victims;
  switch (trouble) {
    case 'bot SIGKILL':
    case 'worker SIGKILL':
    case 'bot SIGTERM':
    case 'worker SIGTERM': {
      const [role, signal] = trouble.split(' ') as [Member['role'], 'SIGKILL' | 'SIGTERM'];
      return await replaceMember(victims.processes, role, signal, victim, forMs);
    }
    case 'redis restart':
      return await redis.restart();
    case 'redis kill':
      return await redis.kill(forMs);
    case 'redis freeze':
      return await redis.freeze(forMs);
    case 'redis disk full':
      return await redis.fillDisk(forMs);
    case 'redis failover':
      return await redis.failOver('kill');
    case 'redis failover late':
      // It only hangs, and comes back believing that it is the primary still.
      return await redis.failOver('freeze');
    case 'redis replica away':
      return await redis.loseReplica(forMs);
    case 'slack failing':
    case 'slack away':
      proxy.state = trouble === 'slack away' ? 'away' : 'failing';
      await sleep(forMs);
      proxy.state = 'healthy';
      return undefined;
    case 'ssh cut':
      for (let cut = 0; cut < 3; cut += 1) {
        devices.simulators[Math.floor(victim * devices.simulators.length)]?.cutAll();
        await sleep(forMs);
      }
  }
}

/**
 * On a slow machine a process needs longer to start than until the next one is struck, and with none left nothing is
 * tested. So it waits for two, for a while.
 */
async function standing(processes: ProcessGroup, role: Member['role']): Promise<readonly Member[]> {
  for (let waited = 0; waited < STAND_WITHIN_MS; waited += 100) {
    const ready = processes.members(role).filter((member) => member.isReady());
    if (ready.length > 1) return ready;
    await sleep(100);
  }
  return processes.members(role);
}

async function replaceMember(
  processes: ProcessGroup,
  role: Member['role'],
  signal: 'SIGKILL' | 'SIGTERM',
  victim: number,
  downMs: number,
): Promise<void> {
  const members = await standing(processes, role);
  const member = members[Math.floor(victim * members.length)];
  await Promise.all([member?.stop(signal), sleep(downMs)]);
  await processes.start(role).ready;
}
