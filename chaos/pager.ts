import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { DELIVERY_HEADER } from '../src/oncall/routes/signature.ts';
import type { Random } from './random.ts';

type PagerState = 'healthy' | 'failing';

type Fault = 'none' | 'error' | 'rate-limited' | 'drops-response';

/** The pager of alerts: takes pages and notes by webhook, and fails at random. */
export interface ChaosPager extends AsyncDisposable {
  readonly url: string;
  state: PagerState;
  /** How often each fault struck. */
  readonly struck: ReadonlyMap<string, number>;
  /** Texts of the notes for an incident, one for each delivery: a repeated delivery is dropped, as the guide says. */
  notes(incident: string): readonly string[];
  /** Number of pages about a device that were opened. */
  pages(alias: string): number;
}

const FAULTS: Record<PagerState, readonly (readonly [Fault, number])[]> = {
  healthy: [['none', 1]],
  failing: [
    ['none', 60],
    ['error', 20],
    ['rate-limited', 8],
    ['drops-response', 12],
  ],
};

export async function startChaosPager(random: Random): Promise<ChaosPager> {
  const struck = new Map<string, number>();
  const taken = new Map<
    string,
    { readonly incident?: string; readonly device?: string; readonly note: string }
  >();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = JSON.parse(await text(request)) as Readonly<Record<string, string>>;
    const fault = random.weighted(FAULTS[pager.state]);
    if (fault !== 'none') struck.set(`pager ${fault}`, (struck.get(`pager ${fault}`) ?? 0) + 1);
    if (fault === 'error') return void response.writeHead(random.pick([500, 502, 503])).end();
    if (fault === 'rate-limited') return void response.writeHead(429, { 'retry-after': '1' }).end();
    const { incident, device, action, note = '' } = body;
    if (incident !== undefined || action === 'trigger') {
      taken.set(String(request.headers[DELIVERY_HEADER]), { incident, device, note });
    }
    if (fault === 'drops-response') request.socket.destroy();
    else response.writeHead(200).end();
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const all = () => [...taken.values()];
  const pager: ChaosPager = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    state: 'failing',
    struck,
    notes: (incident) => all().flatMap((each) => (each.incident === incident ? [each.note] : [])),
    pages: (alias) => all().filter(({ device }) => device === alias).length,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return pager;
}
