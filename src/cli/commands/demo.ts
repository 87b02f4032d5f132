import { runDemo } from '../demo/run-demo.ts';
import { EXIT } from '../process/exit-status.ts';
import { type Io, print } from '../terminal/io.ts';

export async function demo(io: Io): Promise<number> {
  const { complete } = await runDemo({
    show: (text) => print(io.stdout, text),
    note: (text) => print(io.stderr, text),
    signal: io.signal,
  });
  return complete ? EXIT.healthy : EXIT.unreachable;
}
