import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { gatherEach } from '../src/bot/intake/gather-evidence.ts';
import { openIntakeBudget } from '../src/bot/intake/intake-budget.ts';
import { redactEvidence } from '../src/bot/intake/intake-thread.ts';
import { textOutcome } from '../src/bot/worker/produce-outcome.ts';
import { looksLikeEvidence } from '../src/engine/evidence/looks-like-evidence.ts';
import type { RedactedCase } from '../src/engine/evidence/redacted-case.ts';
import { putJobEvidence } from '../src/platform/store/kept-evidence.ts';
import { createMemoryRecords } from '../src/platform/store/memory-records.ts';

/** The process whose memory is measured. Arguments: what to do, with which file, how often. Prints one JSON line. */
const [does = '', file = '', count = '1'] = process.argv.slice(2);

async function put(evidence: RedactedCase): Promise<void> {
  await putJobEvidence(createMemoryRecords(), 'R1', { evidence, focus: { readAt: 0 }, version: 'bench' });
}

async function redact(): Promise<string> {
  const evidence = await redactEvidence([{ name: 'a.conf', text: readFileSync(file, 'utf8') }]);
  await put(evidence);
  return 'accepted';
}

/** As many messages as asked for, each with the archive. */
async function gather(): Promise<string> {
  const bytes = readFileSync(file);
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/zip' }).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  using budget = openIntakeBudget();
  const access = { token: 'bench', slackApiUrl: `${origin}/api/`, budget };
  const messages = Array.from({ length: Number(count) }, (_, at) => ({
    text: '',
    files: [{ name: `${at}-${basename(file)}`, size: bytes.length, url_private: `${origin}/files/${at}` }],
  }));
  const gathered = await gatherEach(messages, access, looksLikeEvidence);
  server.close();
  server.closeAllConnections();
  const items = gathered.flatMap((each) => each.items);
  await put(await redactEvidence(items));
  return `accepted ${items.length} of ${messages.length} files`;
}

const CONTEXT = { signal: new AbortController().signal, onProgress: () => undefined };

/** As the worker does it, with the evidence beside its job. */
async function diagnose(): Promise<string> {
  const packed = readFileSync(file, 'latin1');
  const records = { get: async () => ({ text: packed, version: 1 }), remove: async () => undefined };
  const job = {
    kind: 'analyze',
    runId: 'R1',
    asker: { id: 'U1' },
    replyTo: { channel: 'C1' },
    acceptedAt: 0,
  } as const;
  const ended = await Promise.all(
    Array.from({ length: Number(count) }, async () => {
      const outcome = await textOutcome(job, CONTEXT, { records, now: Date.now });
      return outcome.kind === 'diagnosed' ? outcome.diagnosis.verdict : outcome.message;
    }),
  );
  return [...new Set(ended)].join(', ');
}

const began = performance.now();
let late = 0;
let last = began;
const tick = setInterval(() => {
  const now = performance.now();
  late = Math.max(late, now - last - 20);
  last = now;
}, 20);
const work = does === 'redact' ? redact : does === 'gather' ? gather : diagnose;
const ended = await work().catch((error: unknown) =>
  error instanceof Error && 'advice' in error ? `told: ${error.message}` : String(error),
);
clearInterval(tick);
const peak = Math.round(process.resourceUsage().maxRSS / 1024);
const seconds = Math.round((performance.now() - began) / 1000);
process.stdout.write(`${JSON.stringify({ peak, seconds, lateMs: Math.round(late), ended })}\n`);
