import { run } from './run.ts';
import { runProcess } from './run-process.ts';

await runProcess((io) => run(process.argv.slice(2), io));
