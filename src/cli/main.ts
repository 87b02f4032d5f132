import type { Io } from './io.ts';
import { quick } from './quick.ts';
import { runProcess } from './run-process.ts';

const args = process.argv.slice(2);
await (quick(args) ?? runProcess(wholeProgram));

async function wholeProgram(io: Io): Promise<number> {
  const { run } = await import('./run.ts');
  return await run(args, io);
}
