import { once } from 'node:events';
import { FtmError } from '../../../../src/engine/ftm-error.ts';
import { createChainId, openAuditTrail } from '../../../../src/platform/audit/audit-trail.ts';
import { openFileSink } from '../../../../src/platform/audit/file-sink.ts';
import { LEFT } from '../trail.ts';

/** Writes until it cannot, waits for a line on standard input, writes on, and says how many lines it could. */
const [, , folder = ''] = process.argv;
const chain = createChainId();
const trail = openAuditTrail(openFileSink(folder, chain, Date.now()), Date.now, chain);
let written = 1;
let code = '';
while (code === '') {
  try {
    trail.record(LEFT);
    written += 1;
  } catch (error) {
    code = error instanceof FtmError ? error.code : String(error);
  }
}
try {
  trail.record(LEFT);
} catch {
  // Still no room: not even for the end of the line.
}
console.log(code);
await once(process.stdin, 'data');
trail.record(LEFT);
trail.close();
console.log(written + 2);
process.exit();
