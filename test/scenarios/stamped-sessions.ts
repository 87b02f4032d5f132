// Sessions as terminal programs, mail and chat write them.

import * as g from './login-log.ts';
import { type Expect, pasted, type Scenario } from './scenario.ts';
import { fold, SESSION, stamped, two } from './terminal.ts';

const l = { user: 'pilar' };
const esc = (t: string) => t.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const off: Expect = { verdict: 'broken', finds: ['push-disabled'] };

export const scenarios: readonly Scenario[] = [
  pasted(
    'SecureCRT stamps',
    stamped((i) => `[2026-11-26 10:15:${two(i)}] `),
    off,
  ),
  pasted(
    'MobaXterm stamps',
    stamped((i) => `[26/11/2026 10:15:${two(i)}] `),
    off,
  ),
  pasted(
    'Tera Term stamps',
    stamped((i) => `[Thu Nov 26 10:15:${two(i)}.123 2026] `),
    off,
  ),
  pasted(
    'ISO stamps',
    stamped((i) => `2026-11-26T10:15:${two(i)}.042Z `),
    off,
  ),
  pasted(
    'clock only stamps',
    stamped((i) => `10:15:${two(i)} `),
    off,
  ),
  pasted(
    'syslog headers before a session',
    stamped((i) => `Nov 26 10:15:${two(i)} jump01 console[812]: `),
    off,
  ),
  pasted(
    'PuTTY log header',
    `=~=~=~=~=~=~=~=~=~=~=~= PuTTY log 2026.11.26 10:15:00 =~=~=~=~=~=~=~=~=~=~=~=\n${SESSION}`,
    off,
  ),
  pasted(
    'Windows line ends and pager marks',
    SESSION.replace(/\n/g, '\r\n').replace(
      '    set status disable',
      '--More-- \r         \r    set status disable',
    ),
    off,
  ),
  ...[60, 66, 72, 79].map((w) =>
    pasted(
      `debug of an unknown user, mail-wrapped at ${w}`,
      fold(g.lines(g.unknownUser({ user: 'maximiliana.von-der-heyde' })), w),
      {
        verdict: 'broken',
        finds: ['user-not-in-vpn-rule'],
        users: ['maximiliana.von-der-heyde'],
        saysNot: /"unknown user"/,
      },
    ),
  ),
  ...[56, 58, 60, 61, 62, 65, 70, 76, 79].map((w) =>
    pasted(`login that came too late, mail-wrapped at ${w}`, fold(g.lines(g.late(l)), w), {
      verdict: 'broken',
      finds: ['vpn-wait-too-short'],
      users: ['pilar'],
    }),
  ),
  pasted('good login, mail-wrapped at 72', fold(g.lines(g.good(l)), 72), {
    verdict: 'healthy',
    users: ['pilar'],
  }),
  pasted(
    'quoted mail of a session',
    SESSION.split('\n')
      .map((x) => `> ${x}`)
      .join('\n'),
    off,
  ),
  pasted(
    'a ticket as HTML',
    `<html><body><p>Hi,</p><p>push is dead since Monday. Output:</p><pre>${esc(SESSION)}</pre><p>Thanks</p></body></html>`,
    off,
    'ticket.html',
  ),
  pasted(
    'numbered lines',
    SESSION.split('\n')
      .map((x, i) => `${String(i + 1).padStart(4)}  ${x}`)
      .join('\n'),
    off,
  ),
  pasted(
    'a Slack export',
    JSON.stringify([
      {
        type: 'message',
        user: 'U012AB3CD',
        ts: '1795688260.000200',
        text: `push is dead:\n\`\`\`\n${SESSION}\`\`\``,
      },
    ]),
    off,
    'export.json',
  ),
  pasted('Jira code block', `Push is broken.\n\n{noformat}\n${SESSION}{noformat}\n\nCheers`, off),
  pasted('Markdown fences with language', `## Output\n\n\`\`\`fortios\n${SESSION}\`\`\`\n`, off),
  pasted('typographic quotes', SESSION.replace(/"([^"\n]*)"/g, '“$1”'), off),
  pasted('no-break spaces', SESSION.replace(/ {4}/g, '\u00a0\u00a0\u00a0 '), off),
  pasted('tabs for indentation', SESSION.replace(/ {4}/g, '\t'), off),
  pasted(
    'HTML with br and nbsp',
    `<div>Hi<br>here it is:<br>${SESSION.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/ {4}/g, '&nbsp;&nbsp;&nbsp;&nbsp;').replace(/\n/g, '<br>\n')}</div>`,
    off,
    'mail.html',
  ),
  pasted(
    'AM/PM stamps',
    SESSION.split('\n')
      .map((x, i) => `[11/26/2026 10:15:${String(i % 60).padStart(2, '0')} AM] ${x}`)
      .join('\n'),
    off,
  ),
  pasted(
    'bracketed clock with ms',
    SESSION.split('\n')
      .map((x, i) => `[10:15:${String(i % 60).padStart(2, '0')}.220] ${x}`)
      .join('\n'),
    off,
  ),
  pasted('HA role prompt', SESSION.replaceAll('fgt-orchid-01 #', 'fgt-orchid-01(Primary) #'), off),
  pasted('read-only prompt', SESSION.replaceAll('fgt-orchid-01 #', 'fgt-orchid-01 $'), off),
  pasted('shortened host name', SESSION.replaceAll('fgt-orchid-01 #', 'FW02-0_MAR02_SBMDEVE~MEN #'), off),
  pasted(
    'abbreviated commands',
    SESSION.replace('show full-configuration system ftm-push', 'sh full sys ftm').replace(
      'get system status',
      'get sys stat',
    ),
    off,
  ),
  pasted(
    'a command typed with a typo and again',
    SESSION.replace(
      'fgt-orchid-01 # show full',
      'fgt-orchid-01 # shwo full-configuration system ftm-push\nUnknown action 0\n\nfgt-orchid-01 # show full',
    ),
    off,
  ),
  pasted(
    'user with dots in a wrapped mail at 60',
    g
      .lines(g.DEBUG_ON, g.unknownUser({ user: 'jose.luis@quillfen.example' }))
      .split('\n')
      .flatMap((x) =>
        x.length > 60
          ? [
              x.slice(0, x.lastIndexOf(' ', 60) > 10 ? x.lastIndexOf(' ', 60) : 60),
              x.slice(x.lastIndexOf(' ', 60) > 10 ? x.lastIndexOf(' ', 60) + 1 : 60),
            ]
          : [x],
      )
      .join('\n'),
    { verdict: 'broken', finds: ['user-not-in-vpn-rule'], users: ['jose.luis@quillfen.example'] },
  ),
];
