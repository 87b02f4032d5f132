import { describe, expect, it } from 'vitest';
import type { EvidenceItem } from '../../src/engine/evidence/types.ts';
import { createRandom } from '../fuzz/random.ts';
import { sampleOf } from '../support/amount.ts';
import { answerOf, usersIn } from './asked.ts';
import { checks, type Example, fixtures, isLong } from './cases.ts';

/**
 * With a user named, what the evidence says of another address than the push address changes neither the verdict nor the
 * first finding. Where the evidence does not show the push address, any may be it.
 */

const OTHER = '192.0.2.250';
const PHONE = '203.0.113.55.51522';
const PUSH_ADDRESS =
  /^\s*set (?:server|server-ip) "?(\d+\.\d+\.\d+\.\d+)"?\s*$|^server(?:-ip)?\s*: (\d+\.\d+\.\d+\.\d+)\s*$/gm;
const PUSH_PORT = /^\s*set server-port (\d+)|^server-port\s*: (\d+)/m;

interface Callback {
  readonly address: string;
  readonly port: number;
}

function callbackIn(items: readonly EvidenceItem[]): Callback | undefined {
  const blocks = items.flatMap(({ text }) => [
    ...[...text.matchAll(/config system ftm-push\r?\n([\s\S]*?)\r?\n\s*end\b/g)].map(
      ([, block = '']) => block,
    ),
    ...(/^server-port\s*:/m.test(text) ? [text] : []),
  ]);
  const found = blocks.flatMap((block) => [...block.matchAll(PUSH_ADDRESS)].map(([, a, b]) => a ?? b ?? ''));
  const address = found.find((each) => each !== '0.0.0.0');
  if (address === undefined) return undefined;
  const port = blocks.map((block) => PUSH_PORT.exec(block)).find((match) => match !== null);
  return { address, port: Number(port?.[1] ?? port?.[2] ?? 4433) };
}

function dropped(to: string, port: number, policy: number): string {
  return `id=65308 trace_id=21 func=print_pkt_detail line=5892 msg="vd-root:0 received a packet(proto=6, 203.0.113.55:51522->${to}:${port}) tun_id=0.0.0.0 from wan1. flag [S], seq 2870211, ack 0, win 65535"
id=65308 trace_id=21 func=fw_local_in_handler line=620 msg="iprope_in_check() check failed on policy ${policy}, drop"
`;
}

function sniffed(lines: readonly string[]): string {
  return `interfaces=[any]\nfilters=[tcp]\n${lines.map((line, at) => `2026-11-26 10:32:5${at}.100000 ${line}`).join('\n')}\n`;
}

const BESIDE: Readonly<Record<string, (callback: Callback) => string>> = {
  'a dropped packet for another address': ({ port }) => dropped(OTHER, port, 0),
  'a packet for another address dropped by a policy': ({ port }) => dropped(OTHER, port, 7),
  'a dropped packet for another port': ({ address, port }) => dropped(address, port + 1000, 0),
  'unanswered packets for another address': ({ port }) =>
    sniffed([0, 1, 2].map(() => `wan1 in ${PHONE} -> ${OTHER}.${port}: syn 2870211`)),
  'unanswered packets for another port': ({ address, port }) =>
    sniffed([0, 1, 2].map(() => `wan1 in ${PHONE} -> ${address}.${port + 1000}: syn 2870211`)),
  'an answered connection to another address': ({ port }) =>
    sniffed([
      `wan1 in ${PHONE} -> ${OTHER}.${port}: syn 2870211`,
      `wan1 out ${OTHER}.${port} -> ${PHONE}: syn 118 ack 2870212`,
      `wan1 in ${PHONE} -> ${OTHER}.${port}: ack 119`,
    ]),
  'a name that resolves to another address': () =>
    `PING intranet.example.net (${OTHER}): 56 data bytes\n64 bytes from ${OTHER}: icmp_seq=0 ttl=64 time=0.4 ms\n`,
};

function inserted(table: string, entry: readonly string[]) {
  const head = new RegExp(`^([ \\t]*)config ${table}[ \\t]*(\\r?)$`, 'gm');
  const lines = entry.map((line) => `\n${line}`).join('');
  return ({ text, ...item }: EvidenceItem): EvidenceItem => ({
    ...item,
    text: text.replaceAll(head, (line) => line + lines),
  });
}

const WITHIN: Readonly<Record<string, (item: EvidenceItem, callback: Callback) => EvidenceItem>> = {
  'a virtual IP of another address': (item, { port }) =>
    inserted('firewall vip', [
      '    edit "beside"',
      `        set extip ${OTHER}`,
      '        set extintf "any"',
      '        set portforward enable',
      `        set extport ${port}`,
      '        set mappedip "192.168.99.9"',
      `        set mappedport ${port}`,
      '    next',
    ])(item),
  'an interface with another address': (item) =>
    inserted('system interface', [
      '    edit "lab9"',
      '        set vdom "root"',
      `        set ip ${OTHER} 255.255.255.0`,
      '        set allowaccess ping',
      '    next',
    ])(item),
};

/** Every name that is the same and says what differs, so that a failure can be read. */
function changedBy(
  { name, items, focus }: Example,
  pick: <T>(all: readonly T[]) => readonly T[],
): readonly string[] {
  const callback = callbackIn(items);
  if (!callback) return [];
  const variants = [
    ...Object.entries(BESIDE).map(([what, text]) => ({
      what,
      changed: [...items, { name: 'beside.txt', text: text(callback) }],
    })),
    ...Object.entries(WITHIN).map(([what, change]) => ({
      what,
      changed: items.map((item) => change(item, callback)),
    })),
  ].filter(({ changed }) => changed.some((item, at) => item.text !== items[at]?.text));
  return pick(usersIn(items)).flatMap((user) => {
    const before = answerOf(items, { ...focus, user });
    return pick(variants).flatMap(({ what, changed }) => {
      const after = answerOf(changed, { ...focus, user });
      return after === before ? [] : [`${name}, ${user}, ${what}: ${before} became ${after}`];
    });
  });
}

const CASES = fixtures();

describe('another address changes no answer', () => {
  it('there are fixtures to try it on', () => {
    expect(CASES.filter(({ items }) => callbackIn(items) !== undefined).length).toBeGreaterThan(100);
  });

  // A sample has every twelfth fixture with one in three of its users and one in three changes, which differ between them.
  it.each(sampleOf(CASES, 20, 1).map((example, index) => ({ ...example, index })))(
    '$name',
    ({ index, ...example }) => {
      expect(changedBy(example, (all) => sampleOf(all, Math.min(3, all.length), index))).toEqual([]);
    },
  );

  it('of every closed-loop device', async () => {
    const found = (await checks(1)).flatMap((example, seed) => {
      const random = createRandom(seed);
      return changedBy(example, (all) => (isLong || all.length === 0 ? all : [random.pick(all)]));
    });
    expect(found).toEqual([]);
  });
});
