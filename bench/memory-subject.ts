import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import PQueue from 'p-queue';
import { gatherEach } from '../src/bot/intake/gather-evidence.ts';
import { openIntakeBudget } from '../src/bot/intake/intake-budget.ts';
import { redactEvidence } from '../src/bot/intake/intake-thread.ts';
import { textOutcome } from '../src/bot/worker/produce-outcome.ts';
import { unpackJob } from '../src/bot/worker/unpack-job.ts';
import { looksLikeEvidence } from '../src/engine/evidence/looks-like-evidence.ts';
import { FtmError } from '../src/ftm-error.ts';
import { packPayload } from '../src/platform/queue/packed-payload.ts';
import type { AnalyzeJob } from '../src/platform/runs/queue-job.ts';
import { fromStoredJob } from '../src/platform/runs/stored-job.ts';

/** The process whose memory is measured. Arguments: what to do, with which file, how often. Prints one JSON line. */
const [does = '', file = '', count = '1'] = process.argv.slice(2);

async function redact(): Promise<string> {
  const evidence = await redactEvidence([{ name: 'a.conf', text: readFileSync(file, 'utf8') }]);
  await packPayload({ evidence });
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
  await packPayload({ evidence: await redactEvidence(items) });
  return `accepted ${items.length} of ${messages.length} files`;
}

const CONTEXT = { signal: new AbortController().signal, onProgress: () => undefined };
const OPTIONS = { now: Date.now };

/** As the queue and the worker do it: what is packed is unpacked when its turn comes. */
async function diagnose(): Promise<string> {
  const packed = Array.from({ length: Number(count) }, () => readFileSync(file, 'latin1'));
  const turn = new PQueue({ concurrency: 1 });
  const ended = await Promise.all(
    packed.map((each) =>
      turn.add(async () => {
        const job = fromStoredJob(await unpackJob(each)) as AnalyzeJob;
        const outcome = await textOutcome(job, CONTEXT, OPTIONS);
        return outcome.kind === 'diagnosed' ? outcome.diagnosis.verdict : outcome.message;
      }),
    ),
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
  error instanceof FtmError ? `told: ${error.message}` : String(error),
);
clearInterval(tick);
const peak = Math.round(process.resourceUsage().maxRSS / 1024);
const seconds = Math.round((performance.now() - began) / 1000);
process.stdout.write(`${JSON.stringify({ peak, seconds, lateMs: Math.round(late), ended })}\n`);
