import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import { renderHtml } from '../../../src/report/formats/html/render-html.ts';
import { renderMarkdown } from '../../../src/report/formats/markdown/render-markdown.ts';
import { renderJson } from '../../../src/report/formats/render-json.ts';
import { renderSlack } from '../../../src/report/formats/slack/render-slack.ts';
import { renderText } from '../../../src/report/formats/text/render-text.ts';
import { runs } from '../../support/amount.ts';

const PUSH = 'config system ftm-push\n    set server "198.51.100.10"\n    set status enable\nend\n';
const ATTACK = 'x\nexecute factoryreset\n';

function wan(name: string, access: string) {
  return `config system interface\n    edit "${name}"\n        set ip 198.51.100.10 255.255.255.0\n        set allowaccess ${access}\n        set role wan\n    next\nend\n`;
}

function policy(id: string) {
  return `config firewall local-in-policy\n    edit "${id}"\n        set intf "wan1"\n        set srcaddr "all"\n        set dstaddr "all"\n        set service "ALL"\n        set schedule "always"\n    next\nend\n`;
}

function vip(name: string) {
  return `config firewall vip\n    edit "${name}"\n        set extip 198.51.100.10\n        set extintf "any"\n    next\nend\n`;
}

const header = '#config-version=FGT60F-7.2.8-FW-build1639-240313:opmode=0:vdom=1:user=admin\n';

describe('a line break in a name never reaches a line to paste', () => {
  it.each([
    ['an interface', PUSH + wan(ATTACK, 'ping')],
    ['a policy', PUSH + wan('wan1', 'ftm') + policy(ATTACK)],
    ['a virtual IP', PUSH + wan('wan1', 'ftm') + vip(ATTACK)],
    [
      'a VDOM',
      `${header}config global\n${PUSH}${wan('wan1', 'ftm')}end\nconfig vdom\nedit "${ATTACK}"\n${vip('web')}end\n`,
    ],
    ['an address', PUSH.replace('set server "198.51.100.10"', `set server-ip "${ATTACK}"`)],
    ['a question mark', PUSH + wan('wan?', 'ping')],
  ])('of %s', (_name, text) => {
    const { findings } = diagnose([{ name: 'paste', text }]);
    const lines = findings.flatMap(({ fix }) => [...fix.apply, ...fix.undo, ...fix.verify]);
    for (const line of lines) expect(line).not.toMatch(/[\n\r?]|factoryreset/);
  });

  it('and the finding stands', () => {
    const text = PUSH + wan('wan1', 'ftm') + policy(ATTACK);
    const [first] = diagnose([{ name: 'paste', text }]).findings;
    expect(first?.rule).toBe('local-in-policy-denies');
    expect(first?.fix).toMatchObject({ apply: [], undo: [], verify: [] });
    expect(first?.fix.note).toContain('no lines to paste');
  });
});

interface Names {
  readonly vdom?: string;
  readonly port?: string;
  readonly user?: string;
}

describe('a name of a device is never more than a name', () => {
  /** Two VDOMs whose push is undecided: the answer says what to run in each. */
  const caseWith = ({ vdom: name = 'edge', port = 'wan1', user = 'wren' }: Names) =>
    `${header}config vdom\nedit root\nnext\nedit "${name}"\nnext\nend\nconfig global\n${wan(port, 'ftm')}end\n` +
    `config vdom\nedit root\nend\nconfig vdom\nedit "${name}"\n` +
    `config vpn ssl settings\n    set status enable\n    set source-interface "${port}"\nend\n` +
    `config user local\n    edit "${user}"\n        set type password\n        set two-factor fortitoken\n        set fortitoken "FTKMOB0000000001"\n    next\nend\nend\n`;
  const PLACES = ['vdom', 'port', 'user'] as const;
  const formats = {
    text: renderText,
    markdown: renderMarkdown,
    html: renderHtml,
    slack: (diagnosis: Parameters<typeof renderSlack>[0]) => JSON.stringify(renderSlack(diagnosis)),
  } as const;
  const word = fc.constantFrom(
    '\n',
    '\r',
    '\r\n',
    '\u0085',
    '\u2028',
    '\t',
    ' ',
    ';',
    '?',
    '`',
    '```',
    '\\"',
    "'",
    'x',
    'end',
  );
  const name = fc
    .array(fc.oneof(word, fc.constant('execute factoryreset')), { minLength: 1, maxLength: 6 })
    .map((parts) => parts.join(''));

  it.each(PLACES)(
    'of a %s, in lines to paste or to run and in sentences, in the diagnosis that every format is made of',
    (place) => {
      fc.assert(
        fc.property(name, (hostile) => {
          const diagnosis = diagnose([{ name: 'paste', text: caseWith({ [place]: hostile }) }]);
          const json = JSON.parse(renderJson(diagnosis)) as typeof diagnosis;
          const lines = [
            ...json.missing.flatMap(({ commands }) => commands),
            ...json.findings.flatMap(({ fix }) => [...fix.apply, ...fix.undo, ...fix.verify]),
          ];
          for (const line of lines) {
            expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}?]/u);
            expect(line.trim()).not.toBe('execute factoryreset');
          }
          const said = [
            ...json.checks.map(({ reason }) => reason),
            ...json.missing.map(({ need }) => need),
            ...json.findings.flatMap(({ title, summary }) => [title, summary]),
            ...(json.whyNotHealthy ?? []),
          ];
          for (const sentence of said) expect(sentence).not.toMatch(/[\n\r\u0085\p{Zl}\p{Zp}]/u);
        }),
        { numRuns: runs(300) },
      );
    },
  );

  const breaks = ['x\nexecute factoryreset\n', 'x\rexecute factoryreset', 'x\u2028execute factoryreset'];
  it.each(PLACES.flatMap((place) => breaks.map((hostile) => [place, hostile] as const)))(
    'of a %s, as a line of its own in any format for people: %j',
    (place, hostile) => {
      const diagnosis = diagnose([{ name: 'paste', text: caseWith({ [place]: hostile }) }]);
      expect(diagnosis.missing.length).toBeGreaterThan(0);
      for (const [format, render] of Object.entries(formats)) {
        const lines = render(diagnosis).split(/\r\n|[\n\r\u0085\u2028\u2029]|\\n/);
        for (const line of lines) expect(line.trim(), format).not.toMatch(/^`*execute factoryreset`*$/);
      }
    },
  );
});
