import { describe, expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

describe('a user who does not exist on the FortiGate', () => {
  const log = (session: string, user: string, ...more: readonly string[]) =>
    [
      `[1002:root:${session}]sslvpn_authenticate_user:192 authenticate user: [${user}]`,
      `[1002:root:${session}][fam_auth_send_req_internal:426] Groups sent to FNBAM:`,
      ...more.map((line) => `[1002:root:${session}]${line}`),
    ].join('\n');
  const IN = log(
    'b4',
    'wren',
    'group_desc[0].grpname = crew',
    'fam_auth_send_req_internal:514 fnbam_auth return: 0',
    'Auth successful for user wren in group crew',
  );
  const OUT = log(
    'b5',
    'plover',
    'fam_auth_send_req_internal:514 fnbam_auth return: 5',
    'fam_auth_send_req:1007 task finished with 5',
    'login_failed:393 user[plover],auth_type=1 failed [sslvpn_login_unknown_user]',
  );
  const ABSENT = 'edge # show user local plover\nentry is not found in table\n';
  const GROUP =
    'edge # show user group crew\nconfig user group\n    edit "crew"\n        set member "wren" "marlow"\n    next\nend\n';

  it.each([
    ['its group was read', [OUT, ABSENT, GROUP]],
    ['another user got in', [IN, OUT, ABSENT]],
    ['both, and the name is quoted', [IN, OUT, ABSENT.replace('plover', '"plover"'), GROUP]],
  ])('is named so where %s', (_what, parts) => {
    const [finding] = diagnoseText(parts.join('\n')).findings;
    expect(finding).toMatchObject({
      rule: 'user-not-in-vpn-rule',
      confidence: 'certain',
      title: 'plover does not exist on this FortiGate',
    });
    expect(finding?.evidence.map(({ text }) => text)).toContain('entry is not found in table');
    expect(finding?.fix.apply).toContain('    edit "crew"');
    expect(finding?.fix.apply.join('\n')).toContain('append member "plover"');
    expect(finding?.fix.note).toMatch(/^Create plover first/);
    expect(finding?.fix.note).not.toContain('guessing');
  });

  it('those who got in are named with their group', () => {
    const [finding] = diagnoseText([IN, OUT, ABSENT].join('\n')).findings;
    expect(finding?.summary).toContain('wren got in through crew.');
  });

  it.each([
    ['another entry was looked for', [OUT, ABSENT.replace('plover', 'marlow'), GROUP]],
    ['another table was', [OUT, ABSENT.replace('user local', 'user peer'), GROUP]],
  ])('is not said where %s', (_what, parts) => {
    const [finding] = diagnoseText(parts.join('\n'), { user: 'plover' }).findings;
    expect(finding?.title).not.toContain('does not exist');
  });
});
