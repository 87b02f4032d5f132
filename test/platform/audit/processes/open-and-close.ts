import { openAuditTrail } from '../../../../src/platform/audit/audit-trail.ts';
import { openFileSink } from '../../../../src/platform/audit/file-sink.ts';

const [, , path = ''] = process.argv;
const trail = openAuditTrail(openFileSink(path), Date.now);
// Enough that the processes write at the same time.
for (let at = 0; at < 100; at += 1)
  trail.record({ event: 'device.left', device: 'fgt', sent: [], outcome: 'read' });
trail.close();
