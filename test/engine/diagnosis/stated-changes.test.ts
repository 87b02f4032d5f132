import { expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

const RADIUS = [
  '[1918] handle_req-Rcvd auth req 1801 for curlew in  opt=00200421 prot=11',
  "[906] fnbamd_cfg_get_radius_list-Loaded RADIUS server 'rad7' for usergroup 'crew' (3)",
  "[965] fnbamd_radius_auth_send-Sent radius req to server 'rad7': fd=11, IP=10.20.1.31(10.20.1.31:1812) code=1 id=44 len=178",
  '[730] __rad_conn_timeout-Connction with rad7:10.20.1.31 timed out.',
  '[239] fnbamd_comm_send_result-Sending result 10 (nid 0) for req 1801, len=2524',
].join('\n');

const noteWith = (text: string) => diagnoseText(`${text}\n\n${RADIUS}`).findings[0]?.fix.note;

it.each([
  [
    'Nobody gets in since the server subnet was re-addressed on Friday.',
    '“since the server subnet was re-addressed on Friday”: first compare the address in the RADIUS entry',
  ],
  ['The server got a new IP on Tuesday.', '“The server got a new IP on Tuesday”: first compare the address'],
  [
    'Two offices (small ones, the server got a new IP on Tuesday), nobody gets in.',
    '“the server got a new IP on Tuesday”: first compare',
  ],
  [
    'Seit dem Umzug der Server in das neue Subnetz kommt keiner rein.',
    '“Seit dem Umzug der Server in das neue Subnetz kommt keiner rein”: first compare the address',
  ],
  [
    'It is dead since we replaced the firewall in front of it.',
    '“since we replaced the firewall in front of it”: first look in the log of that device',
  ],
])('a change that makes the cause is looked at first: %s', (text, begin) => {
  expect(noteWith(text)).toContain(begin);
});

it.each([
  'We have not changed any address, it just stopped working.',
  'Next week the servers get a new address. Today nobody gets in.',
  'Der Router wurde nicht getauscht, trotzdem kommt keiner rein.',
  'We renewed the certificate of the web shop on Friday.',
])('a denial, a plan and another change say nothing: %s', (text) => {
  expect(noteWith(text)).toMatch(/^Check on the FortiGate/);
});

it.each([
  ['It has been like this for 20 minutes.', true],
  ['Seit 11:00 kommt hier keiner mehr rein.', true],
  ['It said so just now.', false],
])('a block that lasts longer than by default is no block to wait for: %s', (text, isLong) => {
  const { findings } = diagnoseText(
    `${text}\n\n[2811:root:4d]fsv_blocklist_check:65 locked: rowid=3,host=203.0.113.60`,
  );
  expect(findings[0]?.fix.note?.includes('It has lasted longer than the default of 60 s')).toBe(isLong);
});

const NEGATED =
  'config vpn ssl settings\n    set source-interface "wan1"\n    set source-address "geo-home"\n    set source-address-negate enable\nend\n';

it('a negated list lets the wrong ones in, where a person says that others get in', () => {
  const said =
    'I set the list yesterday. Since then none of our people gets past 10 %, but a colleague abroad connected at once. Did my change break it?';
  const { findings, answers } = diagnoseText(`${said}\n\n${NEGATED}`);
  expect(findings[0]).toMatchObject({ rule: 'source-address-restricted', confidence: 'likely' });
  expect(findings[0]?.title).toContain('lets the rest of the world in');
  expect(findings[0]?.fix.apply.join()).toContain('set source-address-negate disable');
  expect(answers?.[0]?.answer).toMatch(/^Yes, if `source-address-negate` was part of it/);
});
