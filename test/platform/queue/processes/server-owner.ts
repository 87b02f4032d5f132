/** A process that starts a private server in the folder given, prints its URL, and waits. */
import { silentLogger } from '../../../../src/platform/observe/logger.ts';
import { startPrivateServer } from '../../../../src/platform/queue/private-server.ts';

const [dataFolder = '', andThen] = process.argv.slice(2);
const server = await startPrivateServer({ dataFolder, log: silentLogger });
process.stdout.write(`${server?.url ?? 'none'}\n`);
if (andThen === 'wait') setInterval(() => {}, 1_000);
