import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import { renderText } from '../../../src/report/formats/text/render-text.ts';
import { diagnoseText } from '../../support/diagnose-text.ts';

const ALARM = '[2210:root:1a]rmt_web_access_check:777 access failed, uri=[/remote/logincheck],ret=4103,';
const REFUSED = [
  '[2210:root:1a]sslvpn_authenticate_user:183 authenticate user: [marlow]',
  '[2210:root:1a]fam_auth_send_req_internal:514 fnbam_auth return: 1',
  '[2210:root:1a]login_failed:393 user[marlow],auth_type=1 failed [sslvpn_login_permission_denied]',
];
const read = (...lines: readonly string[]) => diagnose([{ name: 'ticket', text: lines.join('\n') }]);
const shown = (...lines: readonly string[]) => (read(...lines).explained ?? []).map((each) => each.shown);

describe('what FortiClient shows', () => {
  it.each([
    ['FortiClient stops at 48 %, and the debug says:', '48 %'],
    ['The VPN client hangs at 98%.', '98 %'],
    ['FortiClient bleibt bei 40% stehen', '40 %'],
    ['Credential or SSLVPN configuration is wrong (-7200)', '-7200'],
    ['VPN: Permission denied. (-455)', '-455'],
    ['error -20199 in FortiClient', '-20199'],
    ['He cannot log in, something with -455 comes up', '-455'],
    ['Er kommt nicht rein, es kommt "irgendwas mit -455"', '-455'],
  ])('is put into words: %s', (sentence, code) => {
    const { explained = [] } = read(sentence, '', ALARM, ...REFUSED);
    expect(explained[0]).toMatchObject({
      shown: code,
      evidence: { source: 'ticket', line: 1, text: sentence },
    });
    expect(explained[0]?.text).toMatch(/^FortiClient’s .* can mean, .*the most likely first: .+\.$/u);
  });

  it.each([
    'CPU is at 48 %, memory at 80 %',
    'the VPN users are 40 % of the staff',
    'it was -8 degrees in the data centre',
    'set timeout -455',
    '# FortiClient stops at 12 %',
  ])('is not read into other numbers: %s', (sentence) => {
    expect(shown(sentence, '', ...REFUSED)).toEqual([]);
  });
});

it('other meanings of a code are no news beside a certain cause', () => {
  const locked = '[2811:root:4d]fsv_blocklist_check:65 locked: rowid=1,host=198.51.100.2';
  const { findings, explained } = read('VPN: Permission denied. (-455)', '', locked);
  expect([findings[0]?.confidence, explained]).toEqual(['certain', undefined]);
});

describe('a line that looks like a fault', () => {
  it('is said to be normal, once', () => {
    const { explained = [] } = read(ALARM, ...REFUSED, ALARM);
    expect(explained).toEqual([
      {
        shown: 'access failed … ret=4103',
        text: 'SSL VPN prints this line before it checks a password, also in logins that succeed: it is no fault.',
        evidence: { source: 'ticket', line: 1, text: ALARM },
      },
    ]);
  });

  it('is explained beside every code of a sentence', () => {
    expect(shown('FortiClient stops at 48 % with (-7200)', ALARM)).toEqual([
      '48 %',
      '-7200',
      'access failed … ret=4103',
    ]);
  });

  it('is the last thing that the answer says', () => {
    const text = renderText(read('FortiClient stops at 48 %', ALARM, ...REFUSED));
    expect(text).toMatch(/Explained: 48 % and access failed … ret=4103\n/);
    expect(text.indexOf('Explained:')).toBeGreaterThan(text.indexOf('Login path'));
  });

  it('is not explained where a login was seen to succeed', () => {
    const { verdict, explained } = read(ALARM, ...SUCCEEDED);
    expect([verdict, explained]).toEqual(['healthy', undefined]);
  });

  const SUCCEEDED = [
    "[2210:root:1a]rmt_logincheck_cb_handler:1283 user 'marlow' has a matched local entry.",
    '[2210:root:1a]sslvpn_authenticate_user:183 authenticate user: [marlow]',
    '[2210:root:1a]fam_auth_send_req_internal:514 fnbam_auth return: 0',
    '[2210:root:1a]fam_auth_send_req_internal:426 Groups sent to FNBAM:',
    '[2210:root:1a]deconstruct_session_id:709 decode session id ok, user=[marlow], group=[vpn-users],authserver=[],portal=[full-access],host[203.0.113.14],realm=[],idx=0,auth=1,sid=77a1f0c2',
    '[2210:root:1a]rmt_hcinstall_cb_handler:210 hostchk needed : 0.',
    '[2210:root:1a]tunnel vd[root] ip[10.212.134.200] app session idx[0]',
  ];

  it.each(['is any of this bad?', 'Are these errors normal?', 'should I worry', 'Ist das normal?'])(
    'is explained there where a person asks: %s',
    (question) => {
      const { headline, explained = [] } = read(question, '', ALARM, ...SUCCEEDED);
      expect(headline).toMatch(/^Nothing in these lines is wrong\. marlow got in/);
      expect(explained).toMatchObject([{ shown: 'access failed … ret=4103' }]);
    },
  );

  it.each([
    ['wren cannot log in since 9', true],
    ['Frau Keller kommt nicht rein', true],
    ['wren can log in', false],
  ])('a log without the failure that a person tells of says so: %s', (words, isSaid) => {
    const { headline } = read(words, '', ...SUCCEEDED);
    expect(headline.endsWith(' · no login that failed is in this log')).toBe(isSaid);
    expect(read(words, '', ...REFUSED).headline).not.toContain('no login that failed');
  });

  const OFF = '2026-03-02 09:12:05 [2210:root:1a]two factor check for marlow: off';
  const WITH_FACTOR = [
    '[2210:root:1a]sslvpn_authenticate_user:191 authenticate user: [marlow]',
    'Connecting to server address: 192.0.2.201, port nubmer: 443 oif: 7',
    '[2210:root:1a]fam_auth_send_req_internal:514 fnbam_auth return: 7',
    "[2210:root:1a]rmt_logincheck_cb_handler:1283 user 'marlow' has a matched local entry.",
    '[2210:root:1a]rmt_logincheck_cb_handler:1333 token_type = 1, time_out = 80',
    OFF,
    '[2210:root:1a]famStateInit:2192 ctx->token_type = 1, timeout = 60',
    'User-Agent: fortinet/certauth',
    'Content-Type: application/json',
    'Content-Length: 598',
    '',
    '{"sender":"FGT-FGT60FTK00000000-root","registration_id":"x","app":"FTM","platform":"ios","message":"x"}',
    'SSL: (where=0x10 ret=0x1)',
    'SSL_accept: SSLv3/TLS read client hello',
    'SSL_accept: SSLv3/TLS read client certificate',
    'SSL: (where=0x20 ret=0x1)',
    '[2210:root:1a]fam_auth_proc_resp:1360 fnbam_auth_update_result return: 0 (success)',
    '[2210:root:1a]Auth successful for user marlow in group vpn-users',
  ];

  it.each([
    ['was asked for', WITH_FACTOR, true],
    ['was not asked for', [OFF, ...SUCCEEDED], false],
  ])('the question whether a second factor is off is answered where one %s', (_what, log, isAnswered) => {
    const { verdict, headline, explained } = read('does that mean 2FA is switched off for him?', '', ...log);
    expect(verdict).toBe('healthy');
    expect(headline.startsWith('Nothing in these lines is wrong')).toBe(isAnswered);
    expect(explained?.map(({ shown }) => shown)).toEqual(isAnswered ? ['two factor check … off'] : undefined);
  });

  it.each([
    ['is it an attack?', 'opt=8', true],
    ['is it an attack?', 'opt=6', false],
    ['fnbamd of this morning', 'opt=8', false],
  ])(
    'a check of the FortiGate’s own certificate is explained to a person who asks: %s %s',
    (said, opt, isTold) => {
      const { headline } = read(
        said,
        '',
        `[2369] handle_req-Rcvd auth_cert req id=700219000011, len=3411, ${opt}`,
        '[1479] auth_cert_success-id=700219000011',
      );
      expect(headline.includes('`auth_cert … opt=8` is normal and no fault')).toBe(isTold);
    },
  );

  const IKE = (text: string) => `2026-03-02 09:12:04.000213 ike V=root:0:${text}`;
  const OVER_IKE = [
    IKE(': comes 203.0.113.9:500->198.51.100.10:500,ifindex=6,vrf=0,len=392....'),
    IKE('7f01a2b3c4d5e6f7/0000000000000000:90: responder received SA_INIT msg'),
    IKE('7f01a2b3c4d5e6f7/0000000000000000:90: SA proposal chosen, matched gateway crew'),
    IKE('crew:90: retransmission, re-send last message'),
    IKE('crew:90: responder received EAP msg'),
    IKE('crew: EAP user "marlow"'),
    IKE('crew: EAP 5119202 pending'),
    IKE('crew:90 EAP 5119202 result FNBAM_CHALLENGED'),
    IKE('crew: EAP challenged for user "marlow"'),
    IKE('crew:90 EAP 5119202 result FNBAM_SUCCESS'),
    IKE('crew: EAP succeeded for user "marlow" group "crew-users" 2FA=no'),
    IKE('crew_0:90: mode-cfg assigned (1) IPv4 address 10.20.0.11'),
    IKE('crew_0:90: mode-cfg could not allocate IPv6 address'),
    IKE('crew_0:90:crew:93: added IPsec SA: SPIs=c1a20b33/77ee0912'),
    IKE('crew_0: tunnel up event assigned address 10.20.0.11'),
    IKE(': invalid IKE request SPI 99aabbccddeeff00/1122334455667788:0'),
    "[2362] handle_req-Can't abort, no active req 5119202",
    '__samld_sp_login_resp [847]: Clock skew tolerance: 15',
  ];

  it.each([
    'Can you sanity check this before the rollout?',
    'It works, but CHALLENGED in the log makes me nervous.',
    'User connects. Do these lines look ok?',
    'It connects, the errors below worry me',
    'Verbindung geht, aber die Fehler machen mich nervös',
  ])('lines of a sound login over IPsec are each explained once to a person who asks: %s', (question) => {
    const diagnosis = read(question, '', ...OVER_IKE);
    expect(diagnosis.verdict).toBe('healthy');
    expect(diagnosis.headline).toBe(
      'Nothing in these lines is wrong. marlow got in by password, without a second factor',
    );
    expect(diagnosis.explained?.map((each) => each.shown)).toEqual([
      'retransmission',
      'FNBAM_CHALLENGED',
      'could not allocate IPv6 address',
      'invalid IKE request SPI',
      'Can’t abort, no active req',
      'Clock skew tolerance',
    ]);
    expect(renderText(diagnosis)).toMatch(/\nExplained: retransmission, FNBAM_CHALLENGED/);
  });

  it('says what `2FA=no` means to a person who names it', () => {
    const question = 'Is the "2FA=no" anything to worry about?';
    expect(read(question, '', ...OVER_IKE).explained?.map((each) => each.shown)).toContain('2FA=no');
  });

  it('says nothing of them where no person asks, or where the login failed', () => {
    expect(read(...OVER_IKE).explained).toBeUndefined();
    expect(read('Can you sanity check this?', '', ...OVER_IKE.slice(0, 4)).explained).toBeUndefined();
  });

  it('a TLS error before the handshake is none', () => {
    const error = 'SSL: (where=0x2002 ret=0xffffffff)SSL_accept:error in before SSL initialization';
    expect(shown('Is this ok??', '', error, ...WITH_FACTOR)).toContain('error in before SSL initialization');
  });

  it('says in the headline which lines are no fault, where the text has no login', () => {
    const off = '[2210:root:1a]two factor check for marlow: off';
    expect(read(ALARM, off).headline).toBe(
      'No complete SSL VPN login in this text; `access failed … ret=4103` and `two factor check … off` are normal and no fault',
    );
    expect(read('is this bad?', '', ALARM, ...REFUSED).headline).not.toContain('Nothing in these lines');
  });
});

describe('a VPN that is connected, and nothing passes', () => {
  const GOT_IN = [
    '[2210:root:1a]sslvpn_authenticate_user:183 authenticate user: [marlow]',
    '[2210:root:1a]fam_auth_send_req_internal:514 fnbam_auth return: 0',
    '[2210:root:1a]Auth successful for user marlow in group vpn-users',
  ];
  const COMPLAINTS = [
    'VPN connects, but no traffic passes',
    'marlow is connected but cannot ping the file server',
    'The tunnel is up and nothing opens',
    'Connected, address 10.90.3.17 – but Marlow reaches neither the file server nor the intranet',
    'FortiClient is connected, but no internal server opens',
    'VPN steht, aber kein Zugriff auf die Server',
    'Der Client verbindet, aber nichts geht',
  ];

  it.each(COMPLAINTS)('is no failed login, and nothing more is asked for: %s', (sentence) => {
    const { verdict, headline, missing, explained } = read(sentence, '', ...GOT_IN);
    expect([verdict, headline, missing]).toEqual([
      'inconclusive',
      'marlow got in: the login is sound, the trouble comes after it',
      [],
    ]);
    expect(explained).toMatchObject([{ shown: 'connected, but no traffic', evidence: { line: 1 } }]);
  });

  it.each(COMPLAINTS)('is answered without a line of a FortiGate: %s', (sentence) => {
    const diagnosis = read(sentence);
    expect(diagnosis).toMatchObject({ verdict: 'inconclusive', findings: [], missing: [] });
    expect(diagnosis.headline).toBe('The VPN is connected: the login is sound, the trouble comes after it');
    expect(renderText(diagnosis)).toContain('ftm-check follows a login up to its tunnel');
  });

  it('does not hide a login that was refused', () => {
    const [sentence = ''] = COMPLAINTS;
    expect(read(sentence, '', ...REFUSED).headline).not.toContain('got in');
  });

  it.each([
    'The VPN is not connected, no traffic passes',
    'VPN connects to 98 %, but no data',
    'The client connects, but cannot reach the VPN gateway',
    'the LDAP server is up, the login fails',
    'ssl vpn is up but users cannot log in',
  ])('is not read into: %s', (sentence) => {
    expect(shown(sentence, '', ...REFUSED)).not.toContain('connected, but no traffic');
  });
});

describe('a ticket without a line of a FortiGate', () => {
  it.each([
    ['VPN stops at 98% and then "The VPN server may be unreachable. (-14)".', '98 % and -14'],
    ['FortiClient 7.2.4 hangs at 48 percent', '48 %'],
    ['"the VPN server may be unreachable (-14?)", or so.', '-14'],
    ['FortiClient: Permission denied (-12)', '-12'],
    ['Credential or SSLVPN configuration is wrong (-7200)', '-7200'],
  ])('is answered by what the code can mean, and asks for one login: %s', (sentence, codes) => {
    const diagnosis = read(`User: marlow. ${sentence} Please help.`);
    expect(diagnosis).toMatchObject({ verdict: 'inconclusive', findings: [] });
    expect(diagnosis.headline).toBe(`FortiClient’s ${codes} can have several causes`);
    const text = renderText(diagnosis, { width: 200 });
    expect(text).toContain('. Needed: one login with debug on');
    expect(text).toContain('diagnose debug application sslvpn -1');
    expect(text).toContain('the most likely first:');
    expect(text).not.toMatch(/ftm-push|with push|does not look like/);
  });

  it.each([
    'hi, my vpn says "Permission denied. (-455)" again, please fix it, I have a call at 9',
    'Komme nicht ins VPN: Credential or SSLVPN configuration is wrong (-7200). Danke, gesendet vom Handy',
  ])('of the person who cannot log in: the name, the time and the event come first: %s', (mail) => {
    const diagnosis = read(mail, 'Sent from my phone');
    const text = renderText(diagnosis, { width: 200 });
    expect(text).toContain('Needed: the user name and the time of the login');
    const event = text.indexOf('execute log filter field logid 0101039426');
    expect(event).toBeGreaterThan(0);
    expect(text.indexOf('diagnose debug application sslvpn -1')).toBeGreaterThan(event);
    expect(text).not.toContain('a call at 9');
    expect(text).not.toContain('gesendet vom Handy');
  });

  it('a message that FortiClient shows of IPsec: the debug of IKE is asked for', () => {
    const diagnosis = diagnoseText(
      'VPN connection failed\nPlease check your configuration, network connection and pre-shared key.\n',
    );
    expect(diagnosis.explained?.map(({ shown }) => shown)).toEqual([
      '“check your configuration, network connection and pre-shared key”',
    ]);
    expect(renderText(diagnosis)).toMatch(/debug application ike -1/);
    expect(renderText(diagnosis)).not.toMatch(/application sslvpn/);
  });

  it('a client that does not reach the VPN leaves no event', () => {
    expect(renderText(read('FortiClient stops at 10 % at home'))).not.toContain('39426');
  });

  it('a description without a cause is asked for what would tell more', () => {
    const { looksLike } = read(
      'Hello, since this morning my colleague cannot work from home: no push comes to her phone, again and again.',
    );
    expect(looksLike?.send).toMatch(
      /^These would tell more: the user name, and when the login last failed; .*; whether a typed code works\. Send output/,
    );
  });

  it('a signature of a phone is no word of a token', () => {
    const { looksLike } = read(
      'Hello, the VPN is not working since this morning. It just says failed.\n\nSent from my phone',
    );
    expect(looksLike?.send).toMatch(/^These would tell more: /);
    expect(looksLike?.send).not.toContain('typed code');
  });

  it.each(['hello', 'It was -8 degrees, and the CPU is at 48 %', 'VPN users complain of the cold (-8)'])(
    '%s is none',
    (sentence) => {
      expect(read(sentence).headline).toBe('This does not look like output of a FortiGate');
    },
  );
});

it.each([
  'At 8 marlow could not log in. Do we have to do anything?',
  'marlow got no push this morning. Do we have to do anything?',
  'Bei Frau Marlow kam gestern kein Push. Müssen wir etwas tun?',
])('a sound login settles no failure that the log does not show: %s', (mail) => {
  const lines = [
    '[1909] handle_req-Rcvd auth req 73 for marlow in vpn-staff opt=00200421 prot=11',
    "[587] __group_match-Group 'vpn-staff' passed group matching",
    '[239] fnbamd_comm_send_result-Sending result 0 (nid 0) for req 73, len=2524',
  ];
  expect(diagnoseText([mail, ...lines].join('\n')).answers?.map(({ answer }) => answer)).toEqual([
    'Nothing has to be done, as far as this log shows: marlow got in. The trouble that the text speaks of is not in this log.',
  ]);
});

it('a login that the event log shows without its tunnel proves nothing where FortiClient stops late', () => {
  const event =
    'date=2026-03-02 time=09:05:40 logid="0101039424" type="event" subtype="vpn" vd="root" action="tunnel-up" tunneltype="ssl-web" remip=203.0.113.40 user="wren" group="vpn-users" reason="login successfully" msg="SSL tunnel established"';
  const diagnoseOf = (text: string) => diagnose([{ name: 'paste.txt', text }]);
  expect(diagnoseOf(event).verdict).toBe('healthy');
  expect(diagnoseOf(`FortiClient of wren is stuck at 98 % every time.\n${event}`).verdict).toBe(
    'inconclusive',
  );
});

const EAP = [
  'ike V=root:0:crew: EAP user "wren"',
  'ike V=root:0:crew:90 EAP 5119202 result FNBAM_CHALLENGED',
  '[430] auth_local-No conclusion, FNBAM_UNKNOWN',
  'ike V=root:0:crew:90 EAP 5119202 result FNBAM_SUCCESS',
  'ike V=root:0:crew: EAP succeeded for user "wren" group "staff" 2FA=no',
  'ike V=root:0:crew:90: mode-cfg assigned (1) IPv4 address 10.50.0.4',
  'ike V=root:0:crew:90: mode-cfg could not allocate IPv6 address',
  'ike V=root:0:crew_0:90:crew:91: added IPsec SA: SPIs=5d10a4e2/9c0b4d11',
  'ike V=root:0:crew_0:90:crew:91: sending SNMP tunnel UP trap',
];

it.each([
  ['There\u2019s a line with "could not allocate" in it.', ['could not allocate IPv6 address']],
  ['I see “FNBAM_UNKNOWN” here.', ['No conclusion, FNBAM_UNKNOWN']],
  ['Here is "the log" of the login.', []],
])('a harmless line that a person quotes is explained, and no other one: %s', (words, expected) => {
  expect(shown(words, '', ...EAP)).toEqual(expected);
});
