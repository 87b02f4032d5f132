import type { Bench } from './figure.ts';

export interface BenchEntry {
  readonly title: string;
  /** What is measured, in a sentence or two, as the page says it. */
  readonly about: string;
  readonly load: () => Promise<{ readonly bench: Bench }>;
  /** Arguments of the run for the page, and of the short run, which only shows that it works. */
  readonly full: readonly string[];
  readonly short: readonly string[];
}

export const BENCHES: Readonly<Record<string, BenchEntry>> = {
  paste: {
    title: 'A pasted log',
    about:
      'A paste of 50 KB with several logins. The work alone is measured in a warm process; the command is a process of its own, from its start to its end, whose modules Node has in its cache.',
    load: () => import('./paste.ts'),
    full: ['20'],
    short: ['2'],
  },
  logs: {
    title: 'Long debug logs',
    about:
      'A log of a busy gateway, read by `ftm-check analyze`, by lnav (which only indexes it) and by `grep -c` (which only counts lines) in turn, on all cores and on one. Then logs of nothing but logins, where every line matters: time should grow as the file does.',
    load: () => import('./logs.ts'),
    full: ['256', '3'],
    short: ['1', '1', '1,2'],
  },
  dull: {
    title: 'Dull text',
    about:
      'Repetitive and hostile text that nobody means to send, as blank lines, bare prompts or a key that never ends: the processor time of one megabyte, in a warm process, through both doors from text to diagnosis; the slower one counts. Where every line holds a secret, more is allowed.',
    load: () => import('./dull.ts'),
    full: ['1'],
    short: ['0.02'],
  },
  page: {
    title: 'The page in a browser',
    about:
      'The file of `ftm-check page` in Chromium, from choosing a log to its report. On one core, the browser and its worker share it.',
    // Needs the types of a browser, which other benches do not have: tsconfig.browser.json checks it.
    load: () => import(new URL('../test/browser/bench-page.ts', import.meta.url).href),
    full: ['6', '3'],
    short: ['0.2', '1'],
  },
  folder: {
    title: 'A folder of backups',
    about:
      '`analyze --each` of configuration backups of about 122 KB, beside a Python script that only parses the blocks that the causes need, and `grep -rc`, which only reads. Processor time is compared: other programs hardly change it.',
    load: () => import('./folder.ts'),
    full: ['1000', '3'],
    short: ['20', '1'],
  },
  ssh: {
    title: 'A check over SSH',
    about:
      'A full check of a simulated FortiGate in a process of its own, which takes 20 ms for each answer, through a proxy that adds delay to each round trip. Beside it: the round trips and the time of the device alone, and a Netmiko script that sends the same commands, or all commands that the causes can need, which a script without the causes has to send.',
    load: () => import('./ssh.ts'),
    full: ['5'],
    short: ['1', '0'],
  },
  question: {
    title: 'A question about one user',
    about:
      'Why one user cannot log in, asked of a simulated FortiGate with SSL VPN, a dial-up tunnel and servers of every kind, and of one with thousands of users and policies, in a process with the heap of a worker. A round trip takes 50 ms.',
    load: () => import('./question.ts'),
    full: ['20'],
    short: ['1'],
  },
  vdoms: {
    title: 'A check of 12 VDOMs',
    about: 'Each has an SSL VPN with users, so that every command is sent. A round trip takes 50 ms.',
    load: () => import('./vdoms.ts'),
    full: ['20'],
    short: ['1'],
  },
  fleet: {
    title: 'Groups of devices',
    about:
      'Two worker processes read groups of simulated devices, which take 50 ms for each answer. Compared with the processor time of a bare ssh2 session that sends the same lines and understands nothing. Then the time of a check that a person asked for, while a group is read and while nothing else happens.',
    load: () => import('./fleet.ts'),
    full: ['500'],
    short: ['10', '3'],
  },
  'fleet-memory': {
    title: 'Memory for a fleet',
    about:
      'What 5,000 devices that are checked every night take in Redis, in a bot and in a worker as the image starts them, with the default retention. Most devices are not read for it: the stores write for each what a check of a simulated device gives. Checks that people ask for come on top: about 25 KB for each, for 30 days.',
    load: () => import('./fleet-memory.ts'),
    full: ['5000', 'build'],
    short: ['60'],
  },
  slack: {
    title: 'Requests from Slack',
    about:
      '50 requests a second on one process, with a worker beside it: checks by command and by mention, and pasted logs, from a local stand-in for Slack on the same machine. Each must be acknowledged, and answered exactly once.',
    load: () => import('./slack.ts'),
    full: ['60', 'bot'],
    short: ['1', 'bot'],
  },
  memory: {
    title: 'Memory for the largest inputs',
    about:
      'The peak of a process for the largest inputs that are accepted, and for hostile ones, with the heap that its pod gives it. The goal is the memory limit of the pod.',
    load: () => import('./memory.ts'),
    full: [],
    short: ['paste of'],
  },
};
