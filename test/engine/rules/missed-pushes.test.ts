import { describe, expect, it } from 'vitest';
import { diagnoseText, rulesIn } from '../../support/diagnose-text.ts';

const SERVER = '203.0.113.250';
const SYN = `wan1 out 198.51.100.10.51822 -> ${SERVER}.443: syn 2891022341`;
const ANSWER = `wan1 in ${SERVER}.443 -> 198.51.100.10.51822: syn 881234567 ack 2891022342`;

function capture(filter: string, packets: readonly string[]) {
  return [
    `fgt # diagnose sniffer packet any '${filter}' 4 10 l`,
    'interfaces=[any]',
    `filters=[${filter}]`,
    ...packets.map((packet, at) => `2026-03-02 09:12:0${at}.402113 ${packet}`),
    `${packets.length} packets received by filter\n`,
  ].join('\n');
}

describe('a capture of the way to the push server', () => {
  const SAID = 'No push for anyone since Monday.\n\n';
  const LOOKUP = `fgt # execute ping push.fortinet.com\nPING push.fortinet.com (${SERVER}): 56 data bytes\n\n`;
  const FILTER = `host ${SERVER} and port 443`;

  it.each([
    ['a person misses pushes', SAID + capture(FILTER, [SYN, SYN])],
    ['a ping names the server', LOOKUP + capture(FILTER, [SYN, SYN])],
  ])('without an answer is the reason where %s', (_what, text) => {
    expect(diagnoseText(text).findings[0]).toMatchObject({
      rule: 'push-proxy-unreachable',
      confidence: 'likely',
    });
  });

  const EVENT =
    'date=2026-03-02 time=09:11:40 logid="0100032161" type="event" subtype="system" level="alert" vd="root" logdesc="FortiToken mobile push message failed" msg="FTM push message failed"\n';
  const LOGIN = [
    '2026-03-02 09:11:31 [5784:root:d9]sslvpn_authenticate_user:183 authenticate user: [wren]',
    `2026-03-02 09:11:31 Connecting to server address: ${SERVER}, port nubmer: 443 oif: 0`,
    '2026-03-02 09:11:31 [5784:root:d9]fam_auth_send_req_internal:523 fnbam_auth return: 7',
    '2026-03-02 09:11:50 [5784:root:d9]Receive Manually input token result. Push: 0',
    '2026-03-02 09:11:50 [5784:root:d9]fam_auth_proc_resp:1371 fnbam_auth_update_result return: 0 (success)\n',
  ].join('\n');

  it.each([
    ['the log of a login names the server', LOGIN + capture(FILTER, [SYN, SYN, SYN])],
    ['the event log has a push that failed, too', LOGIN + EVENT + capture(FILTER, [SYN, SYN, SYN])],
    ['a ping names the server beside the event', EVENT + LOOKUP + capture(FILTER, [SYN, SYN, SYN])],
  ])('is proof where %s', (_what, text) => {
    const [finding] = diagnoseText(text).findings;
    expect(finding).toMatchObject({
      rule: 'push-proxy-unreachable',
      confidence: 'certain',
      title: `TCP 443 from 198.51.100.10 to ${SERVER} (push service) gets no answer: blocked behind wan1`,
    });
    expect(finding?.fix.verify.join()).not.toContain('sniffer');
    expect(finding?.fix.note).toContain(`“TCP 443 from 198.51.100.10 to ${SERVER}`);
  });

  it.each([
    ['the server answers', SAID + capture(FILTER, [SYN, ANSWER, SYN])],
    ['nothing tells that it is that server', capture(FILTER, [SYN, SYN])],
    ['the packet is passed on', SAID + capture(FILTER, [SYN.replace('out', 'in'), SYN, SYN])],
    ['it was sent once', SAID + capture(FILTER, [SYN])],
  ])('is not where %s', (_what, text) => {
    expect(rulesIn(diagnoseText(text))).not.toContain('push-proxy-unreachable');
  });
});

describe('a push that failed by the event log alone', () => {
  const failed = (time: string) =>
    `date=2026-03-02 time=${time} logid="0100032161" type="event" subtype="system" level="alert" vd="root" logdesc="FortiToken mobile push message failed" msg="FTM push message failed"\n`;
  const found = (text: string) => rulesIn(diagnoseText(text)).includes('push-proxy-unreachable');

  it.each([
    'Two people had no push on Monday night, nobody complained since. DNS?',
    'That is all the log has left. Since then I have not heard of any complaints.',
    'It has not come back since.',
    'Seither keine weiteren Beschwerden. War es DNS?',
    'No ha vuelto a ocurrir.',
    'Cela ne s’est pas reproduit.',
  ])('is no cause where it did not come back: %s', (said) => {
    expect(found(`${failed('18:21:07')}\n${said}\n`)).toBe(false);
  });

  it.each([
    ['nothing says that it is over', `${failed('18:21:07')}\nWhat was it, DNS?\n`],
    ['it failed more than once', `${failed('18:21:07')}${failed('18:40:52')}\nNobody complained since.\n`],
    ['it may come back', `${failed('18:21:07')}\nMaybe it has not come back yet.\n`],
  ])('is one where %s', (_what, text) => {
    expect(found(text)).toBe(true);
  });
});

describe('an empty capture of the push port', () => {
  it.each([
    ['on every interface', capture('tcp port 4433', []), true],
    ['on one', capture('tcp port 4433', []).replaceAll('any', 'wan1'), false],
    ['of another port', capture('tcp port 443', []), false],
  ])('is what the answer says: %s', (_what, text, isSaid) => {
    expect(diagnoseText(text).headline === 'No packet to TCP 4433 arrived while the capture ran').toBe(
      isSaid,
    );
  });
});

describe('a push that was sent', () => {
  const LOG = [
    '2026-03-02 09:12:01 [5784:root:d9]sslvpn_authenticate_user:183 authenticate user: [wren]',
    '2026-03-02 09:12:01 [5784:root:d9]fam_auth_send_req_internal:514 fnbam_auth return: 7',
    '2026-03-02 09:12:01 [5784:root:d9]rmt_logincheck_cb_handler:1189 token_type = 1, time_out = 80',
    '2026-03-02 09:12:02 User-Agent: fortinet/c',
    '2026-03-02 09:12:02 {"sender":"FGT-FGT60FTK20001234-root","registration_id":"abcdef","app":"FTM","platform":"ios","message":"{ xx }"}',
    '2026-03-02 09:13:22 [5784:root:d9]fam_auth_proc_resp:1360 fnbam_auth_update_result return: 1 (denied)',
    '2026-03-02 09:13:22 [5784:root:d9]login_failed:393 user[wren],auth_type=1 failed [sslvpn_login_permission_denied]',
    '',
  ].join('\n');

  it.each(['Her phone did not ring.', 'the phone stays silent', "his phone didn't buzz"])(
    'did not reach the phone where a person says so: %s',
    (words) => {
      const { findings, missing } = diagnoseText(`${words}\n\n${LOG}`);
      expect(findings[0]).toMatchObject({ rule: 'phone-not-notified', confidence: 'likely' });
      expect(missing.map(({ need }) => need).join()).not.toContain(
        'whether and when the phone shows the push',
      );
    },
  );

  it.each(['Her phone rang.', 'She gets no push.', 'The phone is new.'])('may have, after “%s”', (words) => {
    expect(rulesIn(diagnoseText(`${words}\n\n${LOG}`))).not.toContain('phone-not-notified');
  });
});

it('push that is switched off says that the access of the interface was not read', () => {
  const off = 'config system ftm-push\n    set status disable\nend\n';
  const wan =
    'config system interface\n    edit "wan1"\n        set ip 192.0.2.9 255.255.255.0\n        set allowaccess ftm\n    next\nend\n';
  const note = (text: string) =>
    diagnoseText(text).findings.find(({ rule }) => rule === 'push-disabled')?.fix.note;
  expect(note(off)).toContain('This text does not show whether the interface of that address has `ftm`');
  expect(note(off + wan)).not.toContain('This text does not show');
});
