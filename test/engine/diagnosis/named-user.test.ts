import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import { renderText } from '../../../src/report/formats/text/render-text.ts';

const HEAD = '#config-version=FGT60F-7.2.8-FW-build1639-240313:opmode=0:vdom=0:user=admin';
const SOUND = `config system global
    set hostname "FGT-EDGE"
    set admin-sport 8443
end
config system interface
    edit "wan1"
        set vdom "root"
        set ip 198.51.100.10 255.255.255.0
        set allowaccess ping https ftm
        set role wan
    next
end
config system admin
    edit "admin"
        set accprofile "super_admin"
    next
end
config system ftm-push
    set server "198.51.100.10"
    set status enable
end
`;
const USERS = `config user local
    edit "marlow"
        set type password
        set two-factor fortitoken
        set fortitoken "FTKMOB07A1B2C3D4"
    next
end
`;
const LOCAL_GROUP = `config user group
    edit "vpn-users"
        set member "marlow"
    next
end
`;
const REMOTE_GROUP = LOCAL_GROUP.replace('"marlow"', '"marlow" "DC01"');
const VPN = `config vpn ssl settings
    set source-interface "wan1"
    set port 10443
    config authentication-rule
        edit 1
            set groups "vpn-users"
            set portal "full-access"
        next
    end
end
config firewall policy
    edit 1
        set srcintf "ssl.root"
        set dstintf "internal"
        set action accept
        set groups "vpn-users"
    next
end
`;
const END = 'config router multicast\nend\n';

function ask(user: string, ...parts: readonly string[]) {
  const text = [`${HEAD}\n`, ...parts, VPN, END].join('');
  return diagnose([{ name: 'backup.conf', text }], { alias: 'fgt-branch-07', user });
}

describe('a user that the request names', () => {
  it('is known by a local entry, whatever the case of its letters where the device ignores it', () => {
    const users = USERS.replace(/( *)edit "marlow"\n/, '$&$1    set username-sensitivity disable\n');
    for (const name of ['marlow', 'Marlow']) {
      const { askedUser, headline, verdict } = ask(name, SOUND, users, LOCAL_GROUP);
      expect(askedUser).toEqual({ name, known: 'known', suggestions: [] });
      expect(headline).not.toContain('No local user');
      expect(verdict).toBe('healthy');
    }
  });

  it.each([
    ['only local users can log in', LOCAL_GROUP, 'unknown-user'],
    ['a directory’s users can log in as well', REMOTE_GROUP, 'cannot-tell'],
  ])('is asked back where the name is near another: %s', (_name, group, known) => {
    const { askedUser, headline, verdict } = ask('marlwo', SOUND, USERS, group);
    expect(askedUser).toMatchObject({ known, suggestions: ['marlow'] });
    expect(headline).toBe('No local user `marlwo` on fgt-branch-07. Did you mean `marlow`?');
    expect(verdict).toBe('inconclusive');
  });

  it('is the headline before any finding where nobody of that name can log in', () => {
    const diagnosis = ask('quill', SOUND.replace('status enable', 'status disable'), USERS, LOCAL_GROUP);
    expect(diagnosis.verdict).toBe('broken');
    expect(diagnosis.headline).toBe(
      'No local user `quill` on fgt-branch-07, and no VPN group has a remote server',
    );
    expect(renderText(diagnosis)).toMatch(/^! No local user `quill`/);
  });

  it('leaves the headline to a cause where the name may be of a directory', () => {
    const broken = ask('quill', SOUND.replace('status enable', 'status disable'), USERS, REMOTE_GROUP);
    expect(broken.headline).toBe('FTM push is switched off on this FortiGate');
    const { askedUser, headline, verdict } = ask('quill', SOUND, USERS, REMOTE_GROUP);
    expect(verdict).toBe('inconclusive');
    expect(askedUser?.known).toBe('cannot-tell');
    expect(headline).toBe(
      'No local user `quill` on fgt-branch-07: a FortiGate does not list the users of DC01, so quill may be one of them',
    );
  });

  it('does not count a remote server that no VPN group holds', () => {
    const wifi = REMOTE_GROUP.replace('edit "vpn-users"', 'edit "wifi"').replace(
      'config user group\n',
      'config user group\n    edit "vpn-users"\n        set member "marlow"\n    next\n',
    );
    expect(ask('quill', SOUND, USERS, wifi).askedUser?.known).toBe('unknown-user');
  });

  it('is not taken for unknown where only some users are shown', () => {
    const { askedUser, headline } = diagnose([{ name: 'paste', text: USERS }], {
      user: 'quill',
    });
    expect(askedUser).toMatchObject({ known: 'cannot-tell', suggestions: [] });
    expect(headline).toBe(
      'No local user `quill` in this evidence: the evidence may show only some of the local users',
    );
  });

  it('is known by a login, and not by one that was refused because nobody knows the name', () => {
    const log = (
      user: string,
      why: string,
    ) => `[2210:root:1a]sslvpn_authenticate_user:192 authenticate user: [${user}]
[2210:root:1a]fam_auth_send_req:883 found node ${user}:0:, valid:1
[2210:root:1a]login_failed:393 user[${user}],auth_type=1 failed [${why}]
`;
    const known = (text: string) => diagnose([{ name: 'debug.log', text }], { user: 'quill' }).askedUser;
    expect(known(log('quill', 'sslvpn_login_permission_denied'))?.known).toBe('known');
    expect(known(log('quill', 'sslvpn_login_unknown_user'))?.known).toBe('cannot-tell');
    expect(known(log('quil', 'sslvpn_login_permission_denied'))).toMatchObject({
      known: 'cannot-tell',
      suggestions: ['quil'],
    });
  });

  it('is never in order where the local users were not read', () => {
    const items = [
      { name: 'backup.conf', text: [`${HEAD}\n`, SOUND, END].join('') },
      {
        name: 'show user local',
        command: 'show user local',
        text: '',
        failure: { kind: 'not-permitted' as const, reason: 'the account may not read users' },
      },
    ];
    const { verdict } = diagnose(items, { user: 'quill' });
    expect(verdict).toBe('inconclusive');
  });
});
