import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnose as diagnoseItems, diagnoseStream } from '../../../../src/engine/diagnosis/diagnose.ts';
import { Unwrapper } from '../../../../src/engine/evidence/formats/unwrap.ts';
import {
  looksLikeEvidence,
  looksLikePlainEvidence,
} from '../../../../src/engine/evidence/looks-like-evidence.ts';
import { redact } from '../../../../src/engine/evidence/redact.ts';
import { chunksOf } from '../../../support/chunks.ts';
import { CONFIGURATIONS, EVENT_LOGS, PUSH } from './samples.ts';

const diagnose = (text: string) => diagnoseItems([{ name: 'file', text }]);

describe('an event log', () => {
  it.each(EVENT_LOGS)('as %s', (_, text, [sent, failed]) => {
    const { findings, hops } = diagnose(text);
    const push = findings.flatMap(({ evidence }) => evidence).find((quote) => quote.text.includes('32161'));
    expect(push).toMatchObject({ source: 'file', line: sent });
    expect(hops.find(({ id }) => id === 'token')).toMatchObject({
      status: 'broken',
      evidence: [{ line: failed }],
    });
    expect(looksLikeEvidence(text)).toBe(true);
  });
});

describe('a configuration', () => {
  it.each(CONFIGURATIONS)('as %s', (_, text, line) => {
    const { findings, sources } = diagnose(text);
    const off = findings.find(({ rule }) => rule === 'push-disabled');
    expect(off?.evidence[0]).toMatchObject({ source: 'file', line });
    expect(off?.evidence[0]?.text).toContain('set status disable');
    expect(sources[0]?.lines).toBe(text.split('\n').length);
    expect(looksLikeEvidence(text)).toBe(true);
  });

  it('of a table in the REST API, with its lists', () => {
    const admin = {
      path: 'system',
      name: 'admin',
      status: 'success',
      results: [
        {
          q_origin_key: 'ops',
          name: 'ops',
          trusthost1: '192.0.2.0 255.255.255.0',
          vdom: [{ name: 'root', q_origin_key: 'root' }],
        },
      ],
    };
    const finding = diagnose(JSON.stringify(admin, null, 1)).findings.find(
      ({ rule }) => rule === 'admin-trusthost-blocks-callback',
    );
    expect(finding?.evidence.map(({ line }) => line)).toEqual([6, 9]);
  });
});

describe('every format', () => {
  const all = [...EVENT_LOGS, ...CONFIGURATIONS].map(([what, text]) => [what, text] as const);

  it.each(all)('%s: the same diagnosis in pieces, with text around', async (_, text) => {
    const whole = `Hello,\nsee below\n\n${text}\n\nthanks\n`;
    const found = diagnose(whole);
    expect(await diagnoseStream(chunksOf([{ name: 'file', text: whole }], () => 50))).toEqual(found);
    expect(found.findings.length).toBeGreaterThan(0);
  });

  const SECRET = 'hunter2Secret9';
  const LINES = [
    'config user local',
    '    edit "marlow"',
    `        set passwd ${SECRET}`,
    '    next',
    'end',
    `my password is ${SECRET}`,
    'config user radius',
    '    edit "r1"',
    `        set secret "${SECRET}"`,
    '    next',
    'end',
    `-----BEGIN RSA PRIVATE KEY-----`,
    `${SECRET}AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHHIIIIJJJJKKKKLLLLMMMMNNNN`,
    '-----END RSA PRIVATE KEY-----',
    'thanks',
  ];
  const WRAPS: readonly (readonly [string, (text: string) => string])[] = [
    ['a JSON string', (text: string) => JSON.stringify([{ text, ts: '1' }])],
    ['JSON over many lines', (text: string) => JSON.stringify({ a: [{ text, b: 'c' }] }, null, 2)],
    ['JSON in JSON', (text: string) => JSON.stringify({ a: JSON.stringify({ text, b: 1 }) })],
    [
      'JSON in JSON, with escapes',
      (text: string) =>
        JSON.stringify({ a: JSON.stringify({ text, b: 1 }).replace(/[e=<>&']/g, escapedCharacter) }),
    ],
    ['a page', (text: string) => `<p>${text.replaceAll('\n', '<br/>')}</p>`],
    [
      'a page with entities',
      (text: string) => `<div>${text.replaceAll('"', '&quot;').replaceAll('\n', '</div><div>')}</div>`,
    ],
    [
      'cat -n',
      (text: string) =>
        text
          .split('\n')
          .map((line, at) => `${String(at + 1).padStart(6)}\t${line}`)
          .join('\n'),
    ],
    [
      'grep -n of a file',
      (text: string) =>
        text
          .split('\n')
          .map((line, at) => `fgt.conf-${at + 1}-${line}`)
          .join('\n'),
    ],
    [
      'an editor',
      (text: string) =>
        text
          .split('\n')
          .map((line, at) => `${at + 1} | ${line}`)
          .join('\n'),
    ],
    [
      'CSV',
      (text: string) =>
        `date,logid,msg\n${text
          .split('\n')
          .map((line) => `2025,0100032161,"${line.replaceAll('"', '""')}"`)
          .join('\n')}`,
    ],
    [
      'CEF',
      (text: string) =>
        text
          .split('\n')
          .map((line) => `CEF:0|Fortinet|Fortigate|v7|1|x|1|FTNTFGTlogid=0100032161 msg=${line} x=1`)
          .join('\n'),
    ],
    ...(
      [
        ['JSON with a line a record', (line: string) => JSON.stringify({ '@timestamp': 'x', message: line })],
        [
          'JSON of a log shipper',
          (line: string) => JSON.stringify({ 'event.code': '0100032161', message: line }),
        ],
        ['pairs between semicolons', (line: string) => `logid=0100032161; level=alert; msg=${line}; x=1`],
        ['LEEF', (line: string) => `LEEF:1.0|Fortinet|FortiGate|7|1|logid=0100032161\tmsg=${line}\tx=1`],
        [
          'labels with values',
          (line: string) =>
            `Date: 2025-11-24\nTime: 10:15:02\nLog ID: 0100032161\nLevel: alert\nMessage: ${line}\n`,
        ],
        [
          'YAML',
          (line: string) =>
            `- date: "2025-11-24"\n  time: "10:15:02"\n  logid: "0100032161"\n  msg: ${JSON.stringify(line)}`,
        ],
      ] as const
    ).map(
      ([name, wrap]) =>
        [name, (text: string) => text.split('\n').filter(isStatement).map(wrap).join('\n')] as const,
    ),
    ['a text as Python prints it', (text: string) => `'${text.replaceAll('\n', '\\r\\n')}'`],
    [
      'the REST API',
      () =>
        JSON.stringify({
          path: 'user',
          name: 'local',
          results: [{ q_origin_key: 'a', passwd: SECRET, 'ppk-secret': SECRET, seed: SECRET }],
        }),
    ],
  ];
  it.each(WRAPS)('no secret is left in %s, before it is unwrapped or after', (_, wrap) => {
    const redacted = redact([{ name: 'file', text: wrap(LINES.join('\n')) }]);
    expect(JSON.stringify(redacted)).not.toContain(SECRET);
    expect(JSON.stringify(diagnoseItems(redacted))).not.toContain(SECRET);
    expect(redact(redacted.items, redacted.receipt).items).toEqual(redacted.items);
  });
});

describe('what is no other format stays as it is', () => {
  const steps = (text: string) => {
    const unwrapper = new Unwrapper(looksLikePlainEvidence);
    return [...text.split('\n').flatMap((line) => [...unwrapper.line(line)]), ...unwrapper.end()];
  };

  it.each([
    ['debug', '[5784:root:d9]fam_auth_send_req:1 x\n[378] handle_req-Rcvd auth req'],
    ['a push request', '{"sender":"FGT-x-root","registration_id":"a","app":"FTM","message":"{ x }"}'],
    ['a reply of the token server', JSON.stringify({ d: { __type: 'SoftToken.X', tokens: [] } }, null, 2)],
    ['JSON about something else', '{"a":"one\\ntwo"}'],
    ['JSON that does not end', '{\n "logid":\n "0100032161",'],
    ['a page in a backup', '    set buffer "<html><body><p>Sign in</p><br/></body></html>"'],
    ['times and tables', '2025-11-24 09:12:03 a\n09:12:04 b\n1 first\n2 second'],
    ['a sniffer', '1.234567 wan1 in 203.0.113.5.50001 -> 198.51.100.10.4433: syn 1'],
  ])('%s', (_, text) => {
    expect(steps(text).every((step) => !('span' in step))).toBe(true);
    expect(
      steps(text)
        .flatMap((step) => ('span' in step ? [] : [...step]))
        .join('\n'),
    ).toBe(text);
  });

  it('whatever the text is: every line comes back once, or stands for something', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        '"a": {',
        '1 config system x',
        '2 end',
        'date,logid,msg',
        '2025,0100032161,x',
        ...PUSH,
        '{"logid":"0100032161"}',
        '<p>config system ftm-push<br>end</p>',
      ),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const flat = lines.map((each) => each.replaceAll('\n', ' '));
        const found = steps(flat.join('\n'));
        const span = found.reduce((sum, step) => sum + ('span' in step ? step.span : step.length), 0);
        expect(span).toBe(Math.max(1, flat.length));
        for (const step of found) {
          if ('span' in step)
            expect(step.lines.every((each) => each.line >= 0 && each.line < step.span)).toBe(true);
        }
      }),
    );
  });
});

function escapedCharacter(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Of a configuration: a record holds one line, and a key of several lines is none. */
function isStatement(line: string): boolean {
  return /^\s*(?:config|edit|set|next|end)\b/.test(line);
}
