import { describe, expect, it } from 'vitest';
import { diagnoseText, rulesIn } from '../../support/diagnose-text.ts';

const AT_98 = 'FortiClient 7.2.4 stops at 98 %, the password is right.\n\n';
const NO_CONFIGURATION =
  'INFO:   Authenticated.\nERROR:  Could not get VPN configuration (HTTP status code).\n';
const CODE_14 = '"Unable to establish the VPN connection. The VPN server may be unreachable. (-14)"\n\n';
const LOGIN = [
  '[2210:root:1a]sslvpn_authenticate_user:191 authenticate user: [marlow]',
  '[2210:root:1a]fam_auth_send_req_internal:514 fnbam_auth return: 0',
  '[2210:root:1a]Auth successful for user marlow in group crew',
];
const GIVEN =
  '[2210:root:1a]deconstruct_session_id:437 decode session id ok, user=[marlow],group=[crew],authserver=[],portal=[crew-web],host=[203.0.113.5],realm=[],idx=0,auth=1';
const CHECK = '[2210:root:1a]rmt_hcinstall_cb_handler:281 hostchk needed : 1.';
const NO_CHECK = '[2210:root:1a]rmt_hcinstall_cb_handler:281 hostchk needed : 0.';
const LOGOUT = '[2210:root:1a]req: /remote/logout';
const ADDRESS =
  '[2210:root:1a]sslvpn_reserve_dynip:1459 tunnel vd[root] ip[10.212.134.200] app session idx[0]';
const portal = (...lines: readonly string[]) =>
  `\nconfig vpn ssl web portal\n    edit "crew-web"\n${lines.map((line) => `        ${line}\n`).join('')}    next\nend\n`;
const log = (...lines: readonly string[]) => `${[...LOGIN, ...lines].join('\n')}\n`;

describe('a host check', () => {
  it.each([
    ['FortiClient stops late and logs out', AT_98 + log(CHECK, GIVEN, LOGOUT), 'likely'],
    ['FortiClient shows -14', CODE_14 + log(CHECK, GIVEN, LOGOUT), 'likely'],
    ['FortiClient stops late, as far as the log goes', AT_98 + log(CHECK, GIVEN), 'possible'],
    ['the client logs out at once', log(CHECK, GIVEN, LOGOUT), 'possible'],
    [
      'the check is of the system',
      log(CHECK, GIVEN, LOGOUT) + portal('set tunnel-mode enable', 'set os-check enable'),
      'possible',
    ],
  ])('may be why, where %s', (_what, text, confidence) => {
    expect(diagnoseText(text).findings[0]).toMatchObject({ rule: 'host-check-failed', confidence });
  });

  const event = (user: string, action: string, more: string) =>
    `date=2026-03-02 time=08:44:52 logid="01010${action === 'tunnel-up' ? '39947' : '39426'}" type="event" subtype="vpn" level="alert" vd="root" action="${action}" tunneltype="ssl-tunnel" remip=203.0.113.45 user="${user}" reason="${more}"\n`;
  const FAILED = event('gannet', 'ssl-login-fail', 'sslvpn_login_host_check_failed');

  it.each([
    ['a log', FAILED],
    ['a page of the log', 'gannet  ssl-login-fail  203.0.113.45  reason: Host check has failed\n'],
    ['a remark beside it', 'gannet  ssl-login-fail  203.0.113.45  client failed the host check\n'],
    ['the log of another user with a tunnel', FAILED + event('plover', 'tunnel-up', 'tunnel established')],
  ])('failed, as %s says', (_what, text) => {
    expect(diagnoseText(text).findings[0]).toMatchObject({ rule: 'host-check-failed' });
  });

  it.each([
    ['the user has a tunnel', FAILED + event('gannet', 'tunnel-up', 'tunnel established'), undefined],
    ['another user is asked about', FAILED, 'plover'],
  ])('is not the cause where %s', (_what, text, user) => {
    expect(rulesIn(diagnoseText(text, user === undefined ? {} : { user }))).not.toContain(
      'host-check-failed',
    );
  });

  const CHECKING = portal('set tunnel-mode enable', 'set host-check av');
  const FREE = 'They use FortiClient VPN (free, 7.2).\n';
  const FREE_14 = 'Der kostenlose FortiClient zeigt (Error=-14).\n';

  it.each([
    ['the log has no name but that of the session', FREE_14 + [CHECK, GIVEN, LOGOUT].join('\n') + CHECKING],
    ['FortiClient stops late', FREE + AT_98 + log(CHECK, GIVEN) + CHECKING],
    ['the portal and the code are all there is', FREE_14 + CHECKING],
  ])('is one that the free FortiClient cannot do, where %s', (_what, text) => {
    expect(diagnoseText(text).findings[0]).toMatchObject({
      rule: 'host-check-failed',
      title: 'Portal crew-web asks for a host check, which the free FortiClient cannot do',
    });
  });

  it('is one that the free FortiClient cannot do, where the portal is cut off', () => {
    const cut =
      '\nconfig vpn ssl web portal\n    edit "crew-web"\n        set host-check av\n        set mtu 1400\n';
    const { findings, answers } = diagnoseText(`${FREE_14}Am I locked out?\n\n${CHECK}${cut}`);
    expect(findings[0]).toMatchObject({
      rule: 'host-check-failed',
      confidence: 'likely',
      title: 'Portal crew-web asks for a host check, which the free FortiClient cannot do',
    });
    expect(answers?.[0]?.answer).toContain('not locked');
  });

  it('may be why, where the portal and the code are all there is', () => {
    expect(diagnoseText(CODE_14 + CHECKING).findings[0]).toMatchObject({
      rule: 'host-check-failed',
      confidence: 'possible',
    });
  });

  it.each([
    [
      'another portal asks for none',
      FREE_14 + CHECKING + portal('set tunnel-mode enable').replace('crew', 'yard'),
    ],
    ['FortiClient stops late, without a code', AT_98 + CHECKING],
    ['nothing says that it stops', FREE + CHECKING],
    ['a tunnel came up', FREE_14 + log(GIVEN, ADDRESS) + CHECKING],
    ['none is asked for', AT_98 + log(NO_CHECK, GIVEN, LOGOUT)],
    ['an address was given', AT_98 + log(CHECK, GIVEN, ADDRESS, LOGOUT)],
    [
      'another login of the same user got an address',
      AT_98 + log(CHECK, GIVEN, LOGOUT) + log(CHECK, GIVEN, ADDRESS).replaceAll(':1a]', ':1b]'),
    ],
    ['the log ends there', log(CHECK, GIVEN)],
    ['the client logged out before', log(LOGOUT, CHECK, GIVEN)],
    ['the percentage is of something else', `CPU is at 98 % today.\n\n${log(CHECK, GIVEN)}`],
    ['the VPN has it', `The VPN gateway has 98 % CPU load.\n\n${log(CHECK, GIVEN)}`],
  ])('is not, where %s', (_what, text) => {
    expect(rulesIn(diagnoseText(text))).not.toContain('host-check-failed');
  });
});

describe('a portal without tunnel mode', () => {
  const CLOSED = portal('set tunnel-mode disable', 'set web-mode enable');
  const AGENT = '[2210:root:1a]User Agent: FortiSSLVPN (Windows NT; SV1 [SV{v=02.01; f=07;}])';
  const EVENT =
    'date=2026-03-02 time=09:05:41 logid="0101039947" type="event" subtype="vpn" level="information" vd="root" logdesc="SSL VPN tunnel up" action="tunnel-up" tunneltype="ssl-tunnel" tunnelid=119 remip=203.0.113.5 tunnelip=10.212.134.200 user="marlow" group="crew" reason="tunnel established" msg="SSL tunnel established"\n';
  const LOGGED = EVENT.replace('39947', '39424')
    .replace('ssl-tunnel', 'ssl-web')
    .replace(' tunnelip=10.212.134.200', '');
  const FULL = portal('set tunnel-mode enable').replace('crew-web', 'full');
  const RULE =
    '\nconfig vpn ssl settings\n    config authentication-rule\n        edit 1\n            set groups "crew"\n            set portal "crew-web"\n        next\n    end\nend\n';

  it.each([
    ['a person says that FortiClient stops late', AT_98 + log(GIVEN) + CLOSED, 'certain'],
    ['the log names FortiClient', log(AGENT, GIVEN) + CLOSED, 'certain'],
    ['openfortivpn got no configuration', NO_CONFIGURATION + log(GIVEN) + CLOSED, 'certain'],
    ['the event log has the login only', AT_98 + LOGGED + CLOSED, 'possible'],
    ['nobody gets in', `Seit heute kommt keiner mehr rein.\n\n${LOGGED}${CLOSED}`, 'possible'],
    ['its group has the portal', AT_98 + LOGGED + FULL + CLOSED + RULE, 'certain'],
  ])('is why, where %s', (_what, text, confidence) => {
    expect(diagnoseText(text).findings[0]).toMatchObject({ rule: 'portal-mode-disabled', confidence });
  });

  it.each([
    ['a browser may have logged in', log(GIVEN) + CLOSED],
    ['the portal has tunnel mode', AT_98 + log(GIVEN) + portal('set tunnel-mode enable')],
    ['a tunnel came up', AT_98 + log(GIVEN, ADDRESS) + CLOSED],
    ['the event log has the tunnel', AT_98 + log(GIVEN) + EVENT + CLOSED],
    ['the event log has a login, and then its tunnel', AT_98 + LOGGED + EVENT + CLOSED],
    ['another portal is pasted, too', AT_98 + LOGGED + FULL + CLOSED],
    [
      'a rule gives its group another portal',
      AT_98 + LOGGED + FULL + CLOSED + RULE.replace('crew-web', 'full'),
    ],
    ['a browser may have left its event', LOGGED + CLOSED],
  ])('is not, where %s', (_what, text) => {
    expect(rulesIn(diagnoseText(text))).not.toContain('portal-mode-disabled');
  });
});

it('a login whose client got no configuration of the tunnel is not healthy', () => {
  expect(diagnoseText(NO_CONFIGURATION + log(GIVEN)).verdict).not.toBe('healthy');
});

describe('a portal without tunnel mode, without a login in the log', () => {
  const CLOSED = portal('set tunnel-mode disable', 'set web-mode enable');
  const settings = (...portals: readonly string[]) =>
    `\nconfig vpn ssl settings\n    config authentication-rule\n${portals.map((name, index) => `        edit ${index + 1}\n            set groups "crew${index + 1}"\n            set portal "${name}"\n        next\n`).join('')}    end\nend\n`;
  const RULES = settings('crew-web');
  const FULL = portal('set tunnel-mode enable').replace('crew-web', 'full');
  const MEMBERS = '\nconfig user group\n    edit "crew1"\n        set member "marlow"\n    next\nend\n';

  it.each([
    ['openfortivpn got no configuration', NO_CONFIGURATION + CLOSED + RULES, 'likely'],
    ['FortiClient stops late', AT_98 + CLOSED + RULES, 'possible'],
  ])('is why, where %s', (_what, text, confidence) => {
    const { findings, missing } = diagnoseText(text);
    expect(findings[0]).toMatchObject({
      rule: 'portal-mode-disabled',
      confidence,
      title: 'Portal crew-web has no tunnel mode, so a tunnel client gets no tunnel',
    });
    expect(JSON.stringify(missing)).not.toContain('ftm-push');
  });

  it('is why for the user whose group has it', () => {
    const text = NO_CONFIGURATION + CLOSED + FULL + settings('crew-web', 'full') + MEMBERS;
    expect(rulesIn(diagnoseText(text, { user: 'marlow' }))).toContain('portal-mode-disabled');
  });

  it('is why for the group that a person names, whatever group the user is in', () => {
    const said = 'The others of group crew1 fail, too: FortiClient stops at 80 %. crew2 is fine.\n';
    const text = said + CLOSED + FULL + settings('crew-web', 'full');
    expect(diagnoseText(text, { user: 'marlow' }).findings[0]).toMatchObject({
      rule: 'portal-mode-disabled',
    });
  });

  const WEB = 'They log in fine on the web page, FortiClient stops at 98 %.\n\n';
  const TWO = CLOSED + FULL + settings('crew-web', 'full');
  it.each([
    ['in one line', WEB + TWO],
    ['in two lines', `The web portal works.\n${AT_98}${TWO}`],
    ['in German', `Bei den Externen funktioniert über das Webportal alles.\n${AT_98}${TWO}`],
    ['with the percentage as a bare number', `The web portal works. FortiClient dies at 98 for all.\n${TWO}`],
    ['without a percentage', `The web portal works, but the client stops at the end.\n${TWO}`],
    [
      'without a place',
      `The page works in a browser, but FortiClient fails every time after the code.\n${TWO}`,
    ],
    ['as a refusal', `In the browser the login works. FortiClient is rejected each time.\n${TWO}`],
    ['in Spanish', `En el navegador funciona, pero FortiClient falla siempre.\n${TWO}`],
    ['where the default is not shown', WEB + TWO.replace('        set tunnel-mode disable\n', '')],
  ])('is that of the group whose page works, said %s', (_what, text) => {
    const [finding] = diagnoseText(text).findings;
    expect(finding).toMatchObject({ rule: 'portal-mode-disabled', confidence: 'likely' });
    expect(finding?.summary).toContain('give crew1 the portal crew-web');
  });

  const SHOWN = TWO.replace('        set tunnel-mode disable\n', '');
  const pick = (prompt: string) =>
    `\n${prompt}# show full-configuration vpn ssl web portal crew-web | grep mode\n        set tunnel-mode disable\n        set web-mode enable\n\n`;
  it.each([
    ['beside it', SHOWN + pick('EDGE-FW ')],
    ['above it', pick('EDGE-FW ') + SHOWN],
    ['without the name of the device', pick('') + SHOWN],
  ])('is read where the mode was picked out with grep, %s', (_what, text) => {
    const [finding] = diagnoseText(
      `Crew 1 can open the web page and sign in, the client hangs at 98 percent.\n${text}`,
    ).findings;
    expect(finding).toMatchObject({ rule: 'portal-mode-disabled', confidence: 'likely' });
    expect(finding?.summary).toContain('Portal full, which crew2 gets, has it on.');
    expect(finding?.evidence.map(({ text: line }) => line)).toContain('set tunnel-mode disable');
  });

  it.each([
    ['as the one that fails', 'FortiClient of group crew1 stops at 98 %, the rest is fine.', true],
    ['as the one that works', 'FortiClient stops at 98 % for some, crew1 is fine.', false],
    ['not at all', 'FortiClient stops at 98 % for some.', false],
  ])('counts where a person names its group %s', (_what, said, isFound) => {
    expect(rulesIn(diagnoseText(`${said}\n${TWO}`)).includes('portal-mode-disabled')).toBe(isFound);
  });

  it.each([
    [
      'something stands in the place of a setting',
      WEB + TWO.replace('set tunnel-mode disable', '(more settings here)'),
    ],
    ['the number is of something else', `The web portal works. FortiClient pings at 98 ms.\n${TWO}`],
    ['the end is of something else', `The web portal works. The client stops at the end of the day.\n${TWO}`],
    ['the page does not work either', `They do not log in on the web page.\n${AT_98}${TWO}`],
    [
      'the portal has no page',
      WEB + portal('set tunnel-mode disable', 'set web-mode disable') + FULL + settings('crew-web', 'full'),
    ],
    ['nothing says that a tunnel client stopped', `The web portal works.\n\n${TWO}`],
    ['FortiClient works as well', `The page works in a browser, FortiClient works too.\n${TWO}`],
    ['FortiClient uses IPsec', `The page works in a browser. FortiClient over IPsec fails.\n${TWO}`],
  ])('is not that of a group, where %s', (_what, text) => {
    expect(rulesIn(diagnoseText(text))).not.toContain('portal-mode-disabled');
  });

  it.each([
    ['nothing says that a tunnel client stopped', `Is this safe?\n${CLOSED}${RULES}`],
    [
      'openfortivpn failed by itself',
      `ERROR:  Could not get VPN configuration (SSL error).\n${CLOSED}${RULES}`,
    ],
    ['no rule gives the portal', NO_CONFIGURATION + CLOSED],
    ['the portal has tunnel mode', NO_CONFIGURATION + portal('set tunnel-mode enable') + RULES],
    ['the setting is not shown', NO_CONFIGURATION + portal('set web-mode enable') + RULES],
    ['another rule gives a tunnel', NO_CONFIGURATION + CLOSED + FULL + settings('crew-web', 'full')],
    ['another portal is not shown', NO_CONFIGURATION + CLOSED + settings('crew-web', 'full')],
    ['another line names IPsec', `${AT_98}FortiClient dials in by IPsec.\n${CLOSED}${RULES}`],
    ['FortiClient uses IPsec', `FortiClient with IPsec stops at 98 %.\n${CLOSED}${RULES}`],
  ])('is not, where %s', (_what, text) => {
    expect(rulesIn(diagnoseText(text))).not.toContain('portal-mode-disabled');
  });
});
