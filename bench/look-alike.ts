import { readFileSync } from 'node:fs';
import { startSimulator } from '../src/stand-ins/fortigate/start-simulator.ts';

/** A look-alike in a process of its own. Arguments: configuration, user, password, milliseconds before each answer. */
const [config = '', name = '', password = '', commandDelayMs = '0'] = process.argv.slice(2);

const simulator = await startSimulator({
  configText: readFileSync(config, 'utf8'),
  users: [{ name, password }],
  behaviour: { commandDelayMs: Number(commandDelayMs) },
});
process.stdout.write(`${JSON.stringify({ port: simulator.port, hostKeys: simulator.fingerprints })}\n`);
