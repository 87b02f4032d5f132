import { startDemoEnvironment } from '../demo/environment.ts';
import { runDemo } from '../demo/run-demo.ts';
import { openSlackPage } from '../demo/slack-page.ts';
import { EXIT } from '../process/exit-status.ts';
import { type Io, print, untilAborted } from '../terminal/io.ts';

/** With `stay` it serves the local Slack as a page until the process ends. */
export async function demo(
  { stay, port }: { readonly stay: boolean; readonly port: number },
  io: Io,
): Promise<number> {
  if (stay) return await serveSlackPage(port, io);
  const { complete } = await runDemo({
    show: (text) => print(io.stdout, text),
    note: (text) => print(io.stderr, text),
    signal: io.signal,
  });
  return complete ? EXIT.healthy : EXIT.unreachable;
}

async function serveSlackPage(port: number, io: Io): Promise<number> {
  await using stage = await startDemoEnvironment();
  await using page = await openSlackPage(stage.slack, port);
  await print(
    io.stderr,
    `A local Slack with the bot and a simulated FortiGate. ${stage.queueText}\nOpen ${page.url} and type /ftm-check fgt-branch-07, or paste a log. Ctrl+C stops everything.`,
  );
  await untilAborted(io.signal);
  return EXIT.healthy;
}
