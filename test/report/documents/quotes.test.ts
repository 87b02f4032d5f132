import { expect, it } from 'vitest';
import { diagnose as diagnoseItems } from '../../../src/engine/diagnosis/diagnose.ts';
import {
  bySource,
  decisiveQuote,
  decisiveWords,
  markDecisive,
  quotedLine,
  shortenForGlance,
} from '../../../src/report/documents/quotes.ts';
import { evidenceBlocks } from '../../../src/report/formats/slack/evidence-view.ts';
import { renderSlack } from '../../../src/report/formats/slack/render-slack.ts';
import { renderText } from '../../../src/report/formats/text/render-text.ts';
import { HEALTHY } from '../fixtures.ts';

const LONG_LIST = Array.from({ length: 120 }, (_, index) => `"branch-${index}"`).join(' ');

function diagnose(text: string) {
  return diagnoseItems([{ name: 'paste', text }]);
}

it('a long line shows the part that the finding is about', () => {
  const words = decisiveWords({
    title: 'Local-in policy 7 drops it',
    summary: 'Its source is `offices-madrid`.',
  });
  const line = `set srcaddr ${LONG_LIST} "offices-madrid" ${LONG_LIST}`;
  const shown = quotedLine(line, 200, words);
  expect(shown).toContain('"offices-madrid"');
  expect(shown).toMatch(/^….*… \(\d+(?:,\d{3})* more characters\)$/);
});

it('a line is quoted once, with each sentence that is quoted of it', () => {
  const said = (text: string) => ({ source: 'mail.txt', line: 1, text });
  const [mail] = bySource([said('The codes work.'), said('The old phone rings.'), said('The codes work.')]);
  expect(mail?.lines.map(({ text }) => text)).toEqual(['The codes work. … The old phone rings.']);
});

it('a cut that saves less than its remark takes is not made', () => {
  expect(quotedLine('x'.repeat(129), 100, [])).toBe('x'.repeat(129));
  expect(quotedLine('x'.repeat(130), 100, [])).toBe(`${'x'.repeat(100)}… (30 more characters)`);
});

it('a step is quoted without its time and process, so that the user is seen', () => {
  const line =
    '2026-03-02 09:12:06 [2210:root:0]rmt_web_auth_info_parser_common:492 authenticate user: [wren]';
  const hops = HEALTHY.hops.map((hop) => ({
    ...hop,
    evidence: [{ source: 'debug.log', line: 4, text: line }],
  }));
  expect(JSON.stringify(renderSlack({ ...HEALTHY, hops }))).toContain(
    '… rmt_web_auth_info_parser_common:492 authenticate user: [wren]"',
  );
});

it('an event is quoted without its frame, from the beginning of a field', () => {
  const line =
    'date=2026-03-02 time=09:12:05 devname="fgt-a" logid="0101039426" type="event" subtype="vpn" level="alert" vd="root" logdesc="SSL VPN login fail" action="ssl-login-fail" remip=203.0.113.7 user="wren" reason="sslvpn_login_password_expired"';
  expect(shortenForGlance(line)).toBe(
    '… action="ssl-login-fail" remip=203.0.113.7 user="wren" reason="sslvpn_login_password_expired"',
  );
  expect(quotedLine(line, 60, [{ word: 'sslvpn_login_password_expired', weight: 4 }])).toMatch(
    /^…user="wren" reason=/,
  );
});

it('a long event keeps the reason that FortiOS gives', () => {
  const fields = (from: string, to: string) =>
    `${from}=203.0.113.7 ${'group="N/A" '.repeat(8)}user="wren" xauthgroup="N/A" ${to}`;
  const line = `action="negotiate" ${fields('remip', 'status="negotiate_error" reason="probable pre-shared secret mismatch" peer_notif="NOT-APPLICABLE"')}`;
  const words = decisiveWords({ title: 'The key of client 203.0.113.7 is wrong', summary: '`negotiate`' });
  expect(quotedLine(line, 90, words)).toContain('reason="probable pre-shared secret mismatch"');
  expect(quotedLine(line, 90, [])).toContain('reason="probable pre-shared secret mismatch"');
  expect(quotedLine(fields('action', 'reason="N/A"'), 90, [])).not.toContain('reason=');
});

it.each([
  ['action="deny" policyid=12 policytype="local-in-policy"', 1],
  ['action="deny" policyid=0', 1],
  ['action="deny"', 0],
])('a long traffic line keeps the decision of FortiOS: %s', (decision, quoted) => {
  const fields =
    'srcip=203.0.113.61 srcport=40112 srcintf="port3" dstip=198.51.100.9 dstport=4433 dstintf="root"';
  const line = `type="traffic" subtype="local" vd="root" ${fields} ${'dstcountry="Kenya" '.repeat(6)}${decision} service="tcp/4433" ${'app="tcp/4433" '.repeat(6)}`;
  const words = decisiveWords({ title: 'Local-in policy 12 drops it', summary: 'It connects to TCP 4433.' });
  for (const limit of [80, 120, 240]) expect(quotedLine(line, limit, words)).toContain(decision);
  const event = `date=2026-11-03 time=08:30:02 devname="fgt-b" devid="FGT60FTK20001234" logid="0001000014" ${line}\n`;
  const quotes = diagnose(event).findings.flatMap(({ evidence }) => evidence.map(({ text }) => text));
  expect(quotes.filter((text) => text.includes(decision))).toHaveLength(quoted);
});

it('the first line of evidence is the one that decides, and a block is quoted with what stands in it', () => {
  const quotes = (...texts: readonly string[]) =>
    texts.map((text, index) => ({ source: 'fgt.conf', line: index + 1, text }));
  const decides = (...texts: readonly string[]) => decisiveQuote({ evidence: quotes(...texts) })?.text;
  expect(decides('no proposal chosen', 'my proposal, gw ra-staff:')).toBe('no proposal chosen');
  expect(decides('edit "wan1"', '    next')).toBe('edit "wan1" … next');
  expect(decides('edit 9', '    set srcaddr "all"')).toBe('edit 9 … set srcaddr "all"');
  expect(decides()).toBeUndefined();
});

it('a virtual IP is quoted with its port line', () => {
  const { findings } = diagnose(
    'config system ftm-push\n    set server "198.51.100.10"\n    set status enable\nend\nconfig system interface\n    edit "wan1"\n        set ip 198.51.100.10 255.255.255.0\n        set allowaccess ftm\n        set role wan\n    next\nend\nconfig firewall vip\n    edit "inside"\n        set extip 198.51.100.10\n        set mappedip "10.0.0.5"\n        set extintf "wan1"\n        set portforward enable\n        set extport 4433\n        set mappedport 443\n    next\nend\n',
  );
  const finding = findings.find(({ rule }) => rule === 'port-conflict-vip');
  expect(finding?.evidence.map(({ text }) => text.trim())).toEqual(
    expect.arrayContaining(['set extip 198.51.100.10', 'set portforward enable', 'set extport 4433']),
  );
});

/** An event-log line as it comes with every field: what happened stands behind hundreds of characters. */
const EVENT = `date=2026-11-26 time=09:12:10 devname="fgt-a" devid="FGT60FTK20001234" eventtime=1764148330 tz="+0000" logid="0100032161" type="event" subtype="system" level="alert" vd="root" ${'note="nothing of interest is said in here" '.repeat(8)}msg="FTM push message to the phone failed"`;

it('a long log line is quoted around what it says', () => {
  const { findings, hops } = diagnose(`${EVENT}\n`);
  const quotes = [...findings, ...hops].flatMap(({ evidence }) => evidence.map(({ text }) => text));
  expect(quotes.length).toBeGreaterThan(0);
  for (const quote of quotes) expect(quote).toContain('FTM push message to the phone failed');
});

it('every view shortens a long line around the part that the finding is about', () => {
  const members = `${LONG_LIST} "Marlow" ${LONG_LIST}`;
  const diagnosis = diagnose('config system ftm-push\n    set status disable\nend\n');
  const [finding] = diagnosis.findings;
  if (!finding) throw new Error('no finding to show');
  const text = `set member ${members}`;
  const shown = {
    ...diagnosis,
    findings: [{ ...finding, title: 'Marlow has no token', evidence: [{ source: 'paste', line: 3, text }] }],
  };
  for (const view of [
    renderText(shown, { width: 100 }),
    renderSlack(shown).text,
    JSON.stringify(evidenceBlocks(shown)),
    JSON.stringify(renderSlack(shown)),
  ]) {
    expect(view.replaceAll('\\', '').replaceAll('&quot;', '"')).toContain('"Marlow"');
  }
});

it('does not mark the time of a line', () => {
  const words = [{ word: '2026-03-02', weight: 4 }];
  const marked = (line: string) =>
    markDecisive(line, words).flatMap(({ text, decisive }) => (decisive ? [text] : []));
  expect(marked('2026-03-02 09:12:06 not after 2026-03-02')).toEqual(['2026-03-02']);
  expect(marked('2026-03-02 09:12:06 time_out = 80')).toEqual([]);
});
