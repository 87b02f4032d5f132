import { describe, expect, it } from 'vitest';
import type { CaseFocus } from '../../../src/engine/diagnosis/case-focus.ts';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import { redact } from '../../../src/engine/evidence/redact.ts';
import type { RuleId } from '../../../src/engine/rules/rule-ids.ts';
import { type Login, passwordStage, question } from '../../fixtures/logs/login-lines.ts';

const LOGIN: Login = { user: 'juno', pid: 310, sid: 'b4', vdom: 'students' };

const ROUTES = 'config router static\n    edit 1\n        set device "port1"\n    next\nend\n';

const SYSTEM = `config system global
    set hostname "fgt-campus"
end
config system interface
    edit "port1"
        set vdom "root"
        set ip 198.51.100.130 255.255.255.248
        set allowaccess ping ftm
    next
end
config system admin
    edit "admin"
        set accprofile "super_admin"
    next
end
config system dns
    set primary 192.0.2.53
end
config system ftm-push
    set server "198.51.100.130"
    set status enable
end
`;

const USERS = `config user local
    edit "juno"
        set type password
        set two-factor fortitoken
        set fortitoken "FTKMOB07A1B2C3D9"
    next
end
config vpn ssl settings
    set source-interface "port1"
end
`;

function backup(version = '7.4.8'): string {
  return `#config-version=FGT60F-${version}-FW-build2795-250523:opmode=0:vdom=0:user=admin\n${SYSTEM}${USERS}${ROUTES}`;
}

/** Users log in to `students`; `root` has the management. */
const TWO_VDOMS = `#config-version=FGT60F-7.4.8-FW-build2795-250523:opmode=0:vdom=1:user=admin
config vdom
edit root
next
edit students
next
end
config global
${SYSTEM}end
config vdom
edit root
${ROUTES}end
config vdom
edit students
${USERS}${ROUTES}end
`;

function linesFor(
  rule: RuleId,
  texts: readonly string[],
  focus: CaseFocus = {},
): readonly string[] | undefined {
  const evidence = redact(texts.map((text, index) => ({ name: `paste ${index + 1}`, text })));
  return diagnose(evidence, focus).missing.find((each) => each.rule === rule)?.commands;
}

describe('the lines that would decide a check', () => {
  it.each([
    [
      'where the users are',
      'token-not-activated',
      ['config vdom', 'edit students', 'diagnose fortitoken info', 'end'],
    ],
    [
      'where pushes leave',
      'push-dns-failure',
      ['config vdom', 'edit root', 'execute ping push.fortinet.com', 'end'],
    ],
    [
      'where the device is one',
      'push-address-stale',
      ['config global', 'get system interface physical', 'end'],
    ],
  ] as const)('are typed %s', (_, rule, lines) => {
    // By DHCP: of an address that the configuration holds nothing is left to ask.
    const text = TWO_VDOMS.replace(/set ip .*/, 'set mode dhcp');
    expect(linesFor(rule, [text])).toEqual(lines);
  });

  it('are typed in the VDOM of the login, where the log alone tells it', () => {
    const mode = 'Virtual domain configuration: multiple\nCurrent HA mode: standalone';
    const log = [...passwordStage(LOGIN), ...question(LOGIN)].join('\n');
    expect(linesFor('token-not-activated', [mode, log])).toContain('edit students');
  });

  it('are typed in the VDOM that was asked about, and never in one that the evidence does not show', () => {
    expect(linesFor('token-not-activated', [TWO_VDOMS], { vdom: 'root' })).toContain('edit root');
    // `edit` would create it.
    expect(linesFor('token-not-activated', [TWO_VDOMS], { vdom: 'guests' })).toEqual([
      'diagnose fortitoken info',
    ]);
  });

  it('leave out what a whole backup has answered', () => {
    const DNS = 'config system dns\n    set primary 192.0.2.53\nend\n';
    expect(linesFor('push-dns-failure', [backup()])).toEqual(['execute ping push.fortinet.com']);
    expect(
      linesFor('push-dns-failure', [`${DNS}config system ftm-push\n    set status enable\nend`]),
    ).toContain('show system dns');
  });

  it.each([
    ['7.4.8', ['diagnose vpn ssl blocklist list']],
    ['7.2.6', ['diagnose vpn ssl blocklist list']],
  ])('are of the release: %s has the block list', (version, lines) => {
    expect(linesFor('source-ip-blocked', [backup(version)])).toEqual(lines);
  });

  it.each(['7.2.5', '7.4.0', '6.4.9'])(
    'are of the release: on %s only the debug shows who is blocked',
    (version) => {
      expect(linesFor('source-ip-blocked', [backup(version)])).toContain(
        'diagnose debug application sslvpn -1',
      );
    },
  );
});

it('what a session shows as a whole is not asked for again', () => {
  const session = `fgt-campus # show system interface
config system interface
    edit "port1"
        set ip 198.51.100.130 255.255.255.248
        set allowaccess ping ftm
    next
end

fgt-campus # show system admin
config system admin
    edit "admin"
        set accprofile "super_admin"
    next
end

fgt-campus #
`;
  const asked = (text: string) =>
    diagnose([{ name: 'paste', text }]).missing.flatMap(({ commands }) => commands);
  expect(asked(session)).not.toContain('show system interface');
  expect(asked(session)).not.toContain('show system admin');
  const one = session.replace('show system interface', 'show system interface port1');
  expect(asked(one)).toContain('show system interface');
});

it.each([
  ['to its end', 'Token server status: reachable\n', false],
  ['cut off', '', true],
])('a table of tokens %s', (_, end, isAsked) => {
  const table = `FORTITOKEN           DRIFT  STATUS\nFTKMOB07A1B2C3D9     0      active\n${end}`;
  const text = `fgt-campus # diagnose fortitoken info\n${table}`;
  const lines = diagnose([{ name: 'paste', text }]).missing.flatMap(({ commands }) => commands);
  expect(lines.includes('diagnose fortitoken info')).toBe(isAsked);
});

describe('debug that printed too much', () => {
  const hello = (address: string) => [
    '[811:root:3f]allocSSLConn:307 sconn 0x7fb8210a5000 (0:root)',
    `[811:root:3f]SSL state:SSLv3/TLS read client hello (${address})`,
    '[811:root:3f]req: /remote/logincheck',
  ];
  const recipeAfter = (...lines: readonly string[]) =>
    diagnose(redact([{ name: 'chat', text: lines.join('\n') }])).missing.flatMap(({ commands }) => commands);
  const FLOODED = 'wren cannot log in. I stopped, the console was flooding.';
  const FILTER = 'diagnose vpn ssl debug-filter src-addr4 203.0.113.62';

  it('is limited to the only client next time, and the filter is taken away', () => {
    const commands = recipeAfter(FLOODED, '', ...hello('203.0.113.62'));
    expect(commands).toContain(FILTER);
    expect(commands.indexOf(FILTER)).toBeLessThan(commands.indexOf('diagnose debug enable'));
    expect(commands).toContain('diagnose vpn ssl debug-filter clear');
  });

  it.each([
    ['nothing says so', ['wren cannot log in.', '', ...hello('203.0.113.62')]],
    ['several clients are seen', [FLOODED, '', ...hello('203.0.113.62'), ...hello('203.0.113.63')]],
  ])('is not limited where %s', (_, lines) => {
    expect(recipeAfter(...lines)).not.toContain(FILTER);
  });
});
