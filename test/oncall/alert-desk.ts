import { FtmError } from '../../src/engine/ftm-error.ts';
import type { AlertTaken, IncomingAlert } from '../../src/oncall/intake/alert.ts';
import { createAlertIndex } from '../../src/oncall/intake/alert-index.ts';
import {
  type StartRun,
  type TakeAlertOptions,
  takeAlert,
  takeEndedAlert,
} from '../../src/oncall/intake/take-alert.ts';
import { parseInventory } from '../../src/platform/config/inventory.ts';
import { silentLogger } from '../../src/platform/observe/logger.ts';
import { toRun } from '../../src/platform/runs/queue-job.ts';
import type { RunPatch } from '../../src/platform/runs/run.ts';
import { createMemoryRecords } from '../../src/platform/store/memory-records.ts';

export const MINUTE = 60_000;
const inventory = parseInventory(
  `
defaults: { username: audit, password: { env: X } }
groups: { branches: }
devices:
  fgt-branch-07: { address: 192.0.2.7, groups: [branches] }
  fgt-branch-08: { address: "2001:db8::8", groups: [branches] }
  fgt-hq: { address: fw.example.com }
  fgt-west: { address: 198.51.100.99 }
  fgt-east: { address: 198.51.100.99 }
`,
  'inventory.yaml',
);

/** A hook that takes alerts, and what it did. */
export interface AlertDesk {
  /** Milliseconds since the Unix epoch. */
  now: number;
  readonly runs: Parameters<StartRun>[0][];
  readonly notes: (readonly [runId: string, alertId: string])[];
  /** Why no check is started. */
  refusal: FtmError | undefined;
  /** The write after which the store fails; what was written stands, but is not announced. */
  breakAfter: number;
  /** What is known of each run since it was started. */
  learnt: RunPatch;
  readonly options: TakeAlertOptions;
  take(alert: Partial<IncomingAlert>): Promise<AlertTaken>;
  over(alert: Partial<IncomingAlert>): Promise<AlertTaken>;
}

export const buildAlert = (alert: Partial<IncomingAlert>): IncomingAlert => ({
  source: 'generic',
  id: 'a',
  title: 'push is dead',
  names: [],
  ...alert,
});

export function openAlertDesk(): AlertDesk {
  const memory = createMemoryRecords(() => desk.now);
  const alertIndex = createAlertIndex({
    ...memory,
    async put(...record) {
      const isWritten = await memory.put(...record);
      desk.breakAfter -= 1;
      if (desk.breakAfter === 0) throw new FtmError('ftm_queue_unavailable', 'away', { retryable: true });
      return isWritten;
    },
  });
  const desk: AlertDesk = {
    now: 0,
    runs: [],
    notes: [],
    refusal: undefined,
    breakAfter: Number.POSITIVE_INFINITY,
    learnt: {},
    options: {
      inventory,
      settings: {
        channels: [{ devices: ['branches'], channel: 'C0BRANCHES' }],
        labels: ['nodename'],
        names: { 'fw7.example.com': 'fgt-branch-07' },
      },
      alertIndex,
      logger: silentLogger,
      onNoDevice: async () => undefined,
      async start(run) {
        if (desk.refusal) return { state: 'refused', error: desk.refusal };
        desk.runs.push(run);
        return { state: 'accepted' };
      },
      async sendNotes(...note) {
        desk.notes.push(note);
      },
      async findRun(runId) {
        const run = desk.runs.find((each) => each.runId === runId);
        return run && { ...toRun({ ...run, acceptedAt: 0 }), rootTs: '1.2', ...desk.learnt };
      },
    },
    take: async (alert) => await takeAlert(buildAlert(alert), desk.options),
    over: async (alert) => await takeEndedAlert(buildAlert(alert), desk.options),
  };
  return desk;
}
