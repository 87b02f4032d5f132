import { describe, expect, it } from 'vitest';
import { backupText } from '../../support/backup.ts';
import { diagnoseText, rulesIn } from '../../support/diagnose-text.ts';

const OFF = '    set status disable';
const PLAIN_USER = '    edit "wren"\n        set type password\n    next';
const TOKEN =
  '        set two-factor fortitoken\n        set fortitoken "FTKMOB71C0A4E2D7"\n        set email-to "wren@example.net"';
const NO_FTM =
  '    edit "port1"\n        set vdom "root"\n        set ip 198.51.100.10 255.255.255.0\n        set allowaccess ping https\n        set role wan\n    next';

/** A backup without a token. */
const UNUSED = {
  'system ftm-push': OFF,
  'system interface': NO_FTM,
  'user local': PLAIN_USER,
  'user fortitoken': undefined,
  'user group': '    edit "vpn-users"\n        set member "wren"\n    next',
};

const LOGIN = `
[243:root:1a]sslvpn_authenticate_user:191 authenticate user: [wren]
[243:root:1a]fam_auth_send_req_internal:652 fnbam_auth return: 1
[243:root:1a]login_failed:393 user[wren],auth_type=1 failed [sslvpn_login_permission_denied]
`;

describe('push that is off', () => {
  it.each([
    ['nobody has a token', UNUSED],
    ['the block is not there', { ...UNUSED, 'system ftm-push': undefined }],
    ['there is no local user', { ...UNUSED, 'user local': undefined }],
    [
      'users are of a directory',
      { ...UNUSED, 'user ldap': '    edit "dc1"\n        set server "10.7.0.9"\n    next' },
    ],
  ])('is not in use where %s', (_why, blocks) => {
    const diagnosis = diagnoseText(backupText(blocks));
    expect(rulesIn(diagnosis)).toEqual([]);
    expect(diagnosis).toMatchObject({ verdict: 'healthy', proof: 'configuration', notInUse: true });
    expect(diagnosis.headline).toBe(
      'Push is not in use on `fgt-branch-07`: it is switched off, and nobody has a mobile token',
    );
  });

  describe('where a user has a token', () => {
    const HOLDER = `    edit "wren"\n        set type password\n${TOKEN}\n    next`;
    const NO_VPN = {
      ...UNUSED,
      'user local': HOLDER,
      'vpn ssl settings': '    set status disable',
      'firewall policy':
        '    edit 1\n        set srcintf "port2"\n        set dstintf "port1"\n        set action accept\n    next',
    };
    const PHASE1 =
      '    edit "ra"\n        set type dynamic\n        set interface "port1"\n        set ike-version 2\n        set eap enable\n        set authusrgrp "vpn-users"\n    next';

    it('and no VPN lets that user in, push is not in use', () => {
      const diagnosis = diagnoseText(backupText(NO_VPN));
      expect(rulesIn(diagnosis)).toEqual([]);
      expect(diagnosis).toMatchObject({ verdict: 'healthy', proof: 'configuration', notInUse: true });
      expect(diagnosis.headline).toBe(
        'Push is not in use on `fgt-branch-07`: it is switched off, and no VPN lets in wren, who has a token',
      );
    });

    it.each([
      ['SSL VPN lets the group in', { 'vpn ssl settings': undefined, 'firewall policy': undefined }],
      ['nothing says that SSL VPN is off', { 'vpn ssl settings': '    set port 10443' }],
      ['IPsec lets the group in', { 'vpn ipsec phase1-interface': PHASE1 }],
      [
        'a policy asks the group to log in',
        {
          'firewall policy':
            '    edit 1\n        set srcintf "port2"\n        set dstintf "port1"\n        set action accept\n        set groups "vpn-users"\n    next',
        },
      ],
      [
        'an administrator has one too',
        { 'system admin': `    edit "admin"\n        set accprofile "super_admin"\n${TOKEN}\n    next` },
      ],
      ['push is on', { 'system ftm-push': '    set server "198.51.100.10"\n    set status enable' }],
    ])('and %s, it is in use', (_why, changes) => {
      const blocks: Record<string, string | undefined> = { ...NO_VPN };
      for (const [path, lines] of Object.entries(changes)) {
        if (lines === undefined) delete blocks[path];
        else blocks[path] = lines;
      }
      expect(diagnoseText(backupText(blocks)).notInUse).toBeUndefined();
    });
  });

  it.each<[string, Record<string, string | undefined>, string, { readonly user?: string }]>([
    ['a user has a token', { ...UNUSED, 'user local': `    edit "wren"\n${TOKEN}\n    next` }, '', {}],
    [
      'an administrator has a token',
      {
        ...UNUSED,
        'system admin': `    edit "oriole"\n        set accprofile "super_admin"\n${TOKEN}\n    next`,
      },
      '',
      {},
    ],
    ['somebody asks about a user', UNUSED, '', { user: 'wren' }],
    ['a login failed', UNUSED, LOGIN, {}],
    [
      'a RADIUS server may send the push',
      { ...UNUSED, 'user radius': '    edit "FAC1"\n        set server "10.7.0.9"\n    next' },
      '',
      {},
    ],
  ])('stays a finding where %s', (_why, blocks, log, focus) => {
    const diagnosis = diagnoseText(`${backupText(blocks)}${log}`, focus);
    expect(diagnosis.notInUse).toBeUndefined();
    expect(diagnosis.verdict).toBe('broken');
  });

  it('says nothing to a user whose group no policy from SSL VPN names', () => {
    const text = backupText({
      ...UNUSED,
      'user local': `${PLAIN_USER}\n    edit "plover"\n        set type password\n    next`,
      'user group':
        '    edit "vpn-users"\n        set member "wren"\n    next\n    edit "vpn-guests"\n        set member "plover"\n    next',
      'vpn ssl settings':
        '    set source-interface "port1"\n    config authentication-rule\n        edit 1\n            set groups "vpn-users"\n            set portal "full-access"\n        next\n        edit 2\n            set groups "vpn-guests"\n            set portal "full-access"\n        next\n    end',
      'firewall policy':
        '    edit 4\n        set srcintf "ssl.root"\n        set dstintf "port2"\n        set action accept\n        set groups "vpn-users"\n    next',
    });
    expect(rulesIn(diagnoseText(text, { user: 'plover' }))).toEqual(['user-not-in-vpn-rule']);
    expect(rulesIn(diagnoseText(text, { user: 'wren' }))).toContain('push-disabled');
  });

  it('stays a finding where the users were not read', () => {
    const diagnosis = diagnoseText('config system ftm-push\n    set status disable\nend\n');
    expect(rulesIn(diagnosis)[0]).toBe('push-disabled');
  });

  it('stays a finding after an empty answer about users', () => {
    const text = `fgt-branch-07 # show full-configuration system ftm-push
config system ftm-push
    set status disable
end

fgt-branch-07 # show user local

fgt-branch-07 # show system admin
config system admin
    edit "admin"
        set accprofile "super_admin"
    next
end

fgt-branch-07 # show user radius

fgt-branch-07 # 
`;
    const diagnosis = diagnoseText(text);
    expect(diagnosis.notInUse).toBeUndefined();
    expect(rulesIn(diagnosis)[0]).toBe('push-disabled');
  });
});

describe('a token of an administrator', () => {
  const ADMIN = `    edit "oriole"\n        set accprofile "super_admin"\n${TOKEN}\n    next`;
  const table = (status: string) =>
    `FORTITOKEN           DRIFT  STATUS\nFTKMOB71C0A4E2D7     0      ${status}\n\nTotal activated token: 1\n\nToken server status: reachable\n`;

  it.each([
    ['locked', 'token-locked'],
    ['new', 'token-not-activated'],
    ['provision timeout', 'token-activation-expired'],
  ])('that is %s is found', (status, rule) => {
    const text = `config system admin\n${ADMIN}\nend\nconfig user local\n${PLAIN_USER}\nend\n\n${table(status)}`;
    expect(rulesIn(diagnoseText(text))[0]).toBe(rule);
  });

  it('may be the locked one where the administrators were not read', () => {
    const text = `config user local\n    edit "marlow"\n        set two-factor fortitoken\n        set fortitoken "FTKMOB11AA22BB33"\n    next\nend\n\n${table('locked').replace('\n\nTotal', '\nFTKMOB11AA22BB33     0      provisioned\n\nTotal')}`;
    const check = diagnoseText(text).checks.find(({ rule }) => rule === 'token-locked');
    expect(check).toMatchObject({ verdict: 'unknown' });
  });

  it('is no reason to give VPN users one', () => {
    const text = backupText({ ...UNUSED, 'system admin': ADMIN });
    expect(rulesIn(diagnoseText(text))).not.toContain('two-factor-not-assigned');
  });
});
