import { expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';

const asked = (sid: number, user: string) => [
  `[2120:root:${sid}]sslvpn_authenticate_user:183 authenticate user: [${user}]`,
  `[2120:root:${sid}]group_desc[0].grpname = staff`,
  `[1881] handle_req-Rcvd auth req 3307${sid} for ${user} in staff opt=00200401 prot=11`,
  `[353] auth_local-started for ${user}`,
];
const LOG = [
  ...asked(51, 'wren'),
  '[397] auth_local-Local password fetched, whatever result will be final',
  '[430] auth_local-Concluded: 1',
  '[239] fnbamd_comm_send_result-Sending result 1 (nid 0) for req 330751, len=2520',
  '[2120:root:51]fam_auth_send_req_internal:514 fnbam_auth return: 1',
  ...asked(52, 'wren.jr'),
  '[425] auth_local-No conclusion, FNBAM_UNKNOWN',
  '[889] fnbamd_auth_start-No remote authentication started',
  '[239] fnbamd_comm_send_result-Sending result 5 (nid 0) for req 330752, len=2520',
  '[2120:root:52]fam_auth_send_req_internal:514 fnbam_auth return: 5',
  '[2120:root:52]login_failed:393 user[wren.jr],auth_type=1 failed [sslvpn_login_unknown_user]',
];

it('the cause of one user explains no login of another, though one name begins with the other', () => {
  const { findings } = diagnose([{ name: 'paste', text: LOG.join('\n') }]);
  const own = findings.filter(({ explainedBy }) => explainedBy === undefined);
  expect(own.map(({ title }) => title)).toEqual([
    expect.stringMatching(/^wren\.jr is not in/),
    expect.stringMatching(/^wren: wrong password/),
  ]);
});
