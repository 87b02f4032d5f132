import { expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';

function refused(user: string): readonly string[] {
  return [
    `[2210:root:1a]sslvpn_authenticate_user:192 authenticate user: [${user}]`,
    `[2210:root:1a]fam_auth_send_req:883 found node ${user}:0:, valid:1`,
    `invalid auth params for user '${user}'`,
    '[2210:root:1a]fam_auth_send_req_internal:514 fnbam_auth return: 5',
    `[2210:root:1a]login_failed:393 user[${user}],auth_type=1 failed [sslvpn_login_unknown_user]`,
  ];
}

function sslVpn(...groups: readonly string[]): readonly string[] {
  return [
    'config vpn ssl settings',
    '    set source-interface "wan1"',
    '    config authentication-rule',
    ...groups.flatMap((group, index) => [
      `        edit ${index + 1}`,
      `            set groups "${group}"`,
      '        next',
    ]),
    '    end',
    'end',
  ];
}

const CAROL = ['config user local', '    edit "Carol"', '        set type password', '    next', 'end'];
const GROUPS = ['config user group', '    edit "staff"', '        set member "ana"', '    next', 'end'];

function fixOf(...texts: readonly (readonly string[])[]) {
  const items = texts.map((lines, index) => ({ name: `paste-${index}`, text: lines.join('\n') }));
  const { findings } = diagnose(items);
  return findings.find((each) => each.rule === 'user-not-in-vpn-rule')?.fix;
}

it('takes the only group that the VPN rules name, and the user as the device spells it', () => {
  const fix = fixOf(refused('carol'), [...sslVpn('staff'), ...CAROL, ...GROUPS]);
  expect(fix?.apply.map((line) => line.trim())).toEqual([
    'config user group',
    'edit "staff"',
    'append member "Carol"',
    'next',
    'end',
  ]);
  expect(fix?.undo.join()).toContain('unselect member "Carol"');
});

it('leaves the choice among several groups to a person: each may open something else', () => {
  const fix = fixOf(refused('carol'), [...sslVpn('staff', 'admins'), ...CAROL]);
  expect(fix?.apply.join()).toContain('edit "<vpn-group>"');
  expect(fix?.note).toContain('staff and admins');
});

it('types nothing for a name that no local user has', () => {
  const fix = fixOf(refused('guess'), [...sslVpn('staff'), ...CAROL]);
  expect(fix?.apply).toEqual([]);
  expect(fix?.note).toContain('password guessing');
});

it('does not put a list of guessed names into a group', () => {
  const fix = fixOf(['admin', 'root', 'test', 'guest', 'oracle'].flatMap((name) => refused(name)));
  expect(fix?.apply.join()).toContain('append member "<user>"');
  expect(fix?.apply.join()).not.toContain('oracle');
});
