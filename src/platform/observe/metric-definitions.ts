/** A metric of `/metrics`; its name there begins with `ftm_check_`. */
export interface MetricDefinition {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: readonly string[];
}

/** All metrics of the program. docs/reference/metrics.md is made from this table. */
export const METRICS = {
  runs_total: {
    type: 'counter',
    help: 'Final answers, by kind of request and verdict; failed is an answer without a diagnosis',
    labels: ['kind', 'verdict'],
  },
  findings_total: { type: 'counter', help: 'Causes found, by rule', labels: ['rule'] },
  phase_seconds: {
    type: 'histogram',
    help: 'Time a request spends waiting (until a worker starts), at the device, in delivery, and in total',
    labels: ['phase'],
  },
  slack_delivery_seconds: {
    type: 'histogram',
    help: 'Time from the diagnosis to the answer in the thread',
    labels: [],
  },
  device_errors_total: {
    type: 'counter',
    help: 'Devices that could not be read, by error code',
    labels: ['kind'],
  },
  refusals_total: {
    type: 'counter',
    help: 'Refused requests, by reason; file-denied: Slack did not give the bot the file',
    labels: ['reason'],
  },
  feedback_total: {
    type: 'counter',
    help: 'Answers that people called not helpful, by reason',
    labels: ['reason'],
  },
  escalations_total: { type: 'counter', help: 'Results of pages, by outcome', labels: ['outcome'] },
  pages_open: {
    type: 'gauge',
    help: 'Pages that are not resolved, by state: unacknowledged or acknowledged; counted at every scrape',
    labels: ['state'],
  },
  pages_oldest_seconds: {
    type: 'gauge',
    help: 'Age of the oldest of them; 0 if there is none',
    labels: ['state'],
  },
  webhook_deliveries_total: {
    type: 'counter',
    help: 'Deliveries of alerts, by source and result; refused: the token or signature is wrong, unreadable: another form, failed: it could not be stored',
    labels: ['source', 'result'],
  },
  sweep_last_success_timestamp_seconds: {
    type: 'gauge',
    help: 'Time at which the last sweep had read its devices, by the name of the sweep',
    labels: ['sweep'],
  },
  sweep_due_timestamp_seconds: {
    type: 'gauge',
    help: 'Time at which the sweep after that one is due',
    labels: ['sweep'],
  },
  self_check_ok: {
    type: 'gauge',
    help: 'Whether the self-check passed; of a bot: through the queue',
    labels: [],
  },
  self_check_last_success_timestamp_seconds: {
    type: 'gauge',
    help: 'Time of the last self-check that passed',
    labels: [],
  },
  slack_connected: { type: 'gauge', help: 'Whether Slack answers', labels: [] },
  inventory_devices: { type: 'gauge', help: 'Devices in the inventory', labels: [] },
  inventory_reloads_total: {
    type: 'counter',
    help: 'Changed inventories, taken or rejected',
    labels: ['result'],
  },
  queue_jobs: {
    type: 'gauge',
    help: 'Jobs of the queue, by state, counted at every scrape',
    labels: ['state'],
  },
  queue_oldest_seconds: { type: 'gauge', help: 'Age of the oldest waiting request', labels: [] },
  queue_up: { type: 'gauge', help: 'Whether the queue is reachable', labels: [] },
  debug_windows_open: {
    type: 'gauge',
    help: 'Devices on which a live check may have debug enabled',
    labels: [],
  },
  debug_windows_overdue: {
    type: 'gauge',
    help: 'Devices on which that debug should be disabled by now',
    labels: [],
  },
} as const satisfies Record<string, MetricDefinition>;

export type MetricName<Type extends MetricDefinition['type']> = {
  [Name in keyof typeof METRICS]: (typeof METRICS)[Name]['type'] extends Type ? Name : never;
}[keyof typeof METRICS];

export type LabelsOf<Name extends keyof typeof METRICS> = Readonly<
  Record<(typeof METRICS)[Name]['labels'][number], string>
>;
