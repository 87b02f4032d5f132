import { expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';

const LOG = `2026-03-02 09:12:04 samld_process_request [145]: len=228, cmd=0, pid=155, job_id=5601
2026-03-02 09:12:19 samld_process_request [145]: len=11817, cmd=2, pid=155, job_id=5601
2026-03-02 09:12:19 __samld_sp_login_resp [830]: Failed to process response message. ret=-111(Failed to verify signature.)
`;

it('the first line of a login shows its connection, and the line of its failure only the failed step', () => {
  const { hops } = diagnose([{ name: 'paste', text: LOG }]);
  const lines = hops.map(({ id, status, evidence }) => [id, status, evidence.map(({ line }) => line)]);
  expect(lines).toContainEqual(['connection', 'ok', [1]]);
  expect(lines).toContainEqual(['login', 'broken', [3]]);
});
