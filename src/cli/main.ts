import { asProcess } from './as-process.ts';
import type { Io } from './io.ts';
import { quick } from './quick.ts';

const args = process.argv.slice(2);
await (quick(args) ?? asProcess(wholeProgram));

async function wholeProgram(io: Io): Promise<number> {
  const { run } = await import('./run.ts');
  return await run(args, io);
}
