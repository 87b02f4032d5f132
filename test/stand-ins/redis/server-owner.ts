/** A process that starts a throw-away server, prints its URL, and waits or ends. */
import { startThrowAwayServer } from '../../../src/stand-ins/redis/throw-away-server.ts';

const server = await startThrowAwayServer();
process.stdout.write(`${server?.url ?? 'none'}\n`);
if (process.argv[2] === 'wait') setInterval(() => {}, 1_000);
