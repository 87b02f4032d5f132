import { startDemoEnvironment } from '../demo/environment.ts';
import { runDemo } from '../demo/run-demo.ts';
import { openSlackPage } from '../demo/slack-page.ts';
import { EXIT } from '../process/exit-status.ts';
import { type Io, print, untilAborted } from '../terminal/io.ts';

export async function demo(io: Io): Promise<number> {
  const { complete } = await runDemo({
    show: (text) => print(io.stdout, text),
    note: (text) => print(io.stderr, text),
    signal: io.signal,
  });
  return complete ? EXIT.healthy : EXIT.unreachable;
}

/** Serves the local Slack of the demo as a page until the process ends. */
export async function openDemoSlack(port: number, io: Io): Promise<number> {
  await using stage = await startDemoEnvironment();
  await using page = await openSlackPage(stage.slack, port);
  await print(
    io.stderr,
    `A local Slack with the bot and a simulated FortiGate. ${stage.queueText}\nOpen ${page.url} and type /ftm-check fgt-branch-07, or paste a log. Ctrl+C stops everything.`,
  );
  await untilAborted(io.signal);
  return EXIT.healthy;
}
