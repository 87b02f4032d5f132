import { openAuditTrail } from '../../../src/audit/audit-trail.ts';
import { openFileSink } from '../../../src/audit/file-sink.ts';

const [, , path = ''] = process.argv;
openAuditTrail(openFileSink(path), Date.now).close();
