import { join } from 'node:path';
import { openFileSink } from '../../../../src/platform/audit/file-sink.ts';

/** Opens a trail in each of many new folders, at times that other processes know too. */
const [, , folder = '', begin = ''] = process.argv;
for (let at = 0; at < 200; at += 1) {
  const due = Number(begin) + at;
  while (performance.timeOrigin + performance.now() < due) {
    // Waiting any other way is not exact enough.
  }
  openFileSink(join(folder, `${at}`, 'audit.jsonl')).close();
}
