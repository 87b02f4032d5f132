import { runProcess } from './process/run-process.ts';
import { run } from './run.ts';

await runProcess((io) => run(process.argv.slice(2), io));
