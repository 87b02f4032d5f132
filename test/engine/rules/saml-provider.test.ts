import { describe, expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

const CLAIMS = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims';
const attribute = (name: string, value: string) =>
  `samld_send_common_reply [99]:     Attr: 10, ${name.length + value.length + 3}, '${name}' '${value}'`;
const saml = (issuer: string, ...lines: readonly string[]) =>
  [
    'config user saml',
    '    edit "sso"',
    `        set idp-entity-id "${issuer}"`,
    ...lines.map((line) => `        ${line}`),
    '    next',
    'end',
  ].join('\n');
const log = (attributes: readonly string[], ...ends: readonly string[]) =>
  [
    'samld_send_common_reply [92]: Code: 0, id: 5, pid: 201, len: 65, data_len 49',
    ...attributes,
    ...ends.map((end) => `[176:root:2ab5]${end}`),
  ].join('\n');
const NO_USER =
  'fsv_saml_login_response:481 No user name info in SAML response. Please check saml configuration.';
const NO_GROUP = 'fsv_saml_login_response:477 No group info in SAML response.';
const first = (...texts: readonly string[]) => diagnoseText(texts.join('\n')).findings[0];

describe('the identity provider is called by its name', () => {
  it.each([
    ['Okta', 'http://www.okta.com/exk1a2b3c4d5'],
    ['Entra ID', 'https://sts.windows.net/11111111-2222-3333-4444-555555555555/'],
    ['Google', 'https://accounts.google.com/o/saml2?idpid=C00000000'],
    ['AD FS', 'http://sso.heron.example/adfs/services/trust'],
    ['Keycloak', 'https://login.heron.example/realms/heron'],
    ['The identity provider', 'https://idp.heron.example/meta/'],
  ])('%s', (name, issuer) => {
    const found = first(
      log([attribute('username', 'wren@heron.example'), attribute('memberOf', 'vpn-staff')], NO_GROUP),
      saml(issuer, 'set user-name "username"', 'set group-name "groups"'),
    );
    expect(found?.title).toBe(`${name} sends the group as “memberOf”, and sso reads “groups”`);
    expect(found?.fix.note).toContain(
      `administrator of ${name === 'The identity provider' ? 'the identity provider' : name}:`,
    );
    expect(found?.fix.note).toContain('Either paste these lines or send the text to forward, not both');
  });
});

describe('the name of the user that came under one other name', () => {
  const came = [attribute(`${CLAIMS}/name`, 'wren@heron.example'), attribute('groups', 'vpn-staff')];

  it('is the headline, with the line that reads it', () => {
    const found = first(
      log(came, NO_USER),
      saml('https://idp.heron.example/', 'set user-name "username"', 'set group-name "groups"'),
    );
    expect(found?.title).toBe(
      'The identity provider sends the user name as “…/claims/name”, and sso reads “username”',
    );
    expect(found?.fix.apply.join()).toContain(`set user-name "${CLAIMS}/name"`);
    expect(found?.fix.undo.join()).toContain('set user-name "username"');
    expect(found?.fix.apply.join()).not.toContain('group-name');
  });

  it('is left to a person where several may be meant', () => {
    const several = [...came, attribute(`${CLAIMS}/emailaddress`, 'wren@heron.example')];
    const found = first(
      log(several, NO_USER),
      saml('https://idp.heron.example/', 'set user-name "username"', 'set group-name "groups"'),
    );
    expect(found?.fix.apply).toEqual([]);
  });
});

describe('the group that an entry of `config match` asks for', () => {
  const ID = '4a5b6c7d-0000-4000-8000-00000000000e';
  const OTHER_ID = '4a5b6c7d-0000-4000-8000-0000000000f1';
  const group = (name: string, value: string) =>
    [
      `    edit "${name}"`,
      '        set member "sso"',
      '        config match',
      '            edit 3',
      '                set server-name "sso"',
      `                set group-name "${value}"`,
      '            next',
      '        end',
      '    next',
    ].join('\n');
  const refused = (...groups: readonly string[]) =>
    first(
      log(
        [attribute('username', 'wren@heron.example'), attribute('groups', ID)],
        'fsv_saml_login_resp_cb:173 SAML group mismatch.',
      ),
      saml(
        'https://sts.windows.net/11111111-2222-3333-4444-555555555555/',
        'set user-name "username"',
        'set group-name "groups"',
      ),
      ['config user group', ...groups, 'end'].join('\n'),
    );

  it('is set to the id that came where it alone is a name and others are ids', () => {
    const found = refused(group('vpn-office', OTHER_ID), group('vpn-lab', 'Lab staff'));
    expect(found?.title).toBe('vpn-lab asks for the name “Lab staff”, and Entra ID sends object ids');
    const lines = found?.fix.apply.map((line) => line.trim());
    expect(lines).toEqual(expect.arrayContaining(['edit "vpn-lab"', 'edit 3', `set group-name "${ID}"`]));
    expect(lines).not.toContain('edit "vpn-office"');
    expect(found?.fix.undo.join()).toContain('set group-name "Lab staff"');
    expect(found?.fix.note).toContain(`Paste this only if \`${ID}\` is the object id of “Lab staff”`);
    expect(found?.fix.note).not.toContain('To forward');
  });

  it.each([
    ['ids', OTHER_ID, '4a5b6c7d-0000-4000-8000-0000000000f2'],
    ['names', 'Office', 'Lab staff'],
  ])('is added to one of several groups of %s, which a person chooses', (_, office, lab) => {
    const found = refused(group('vpn-office', office), group('vpn-lab', lab));
    expect(found?.fix.apply).toEqual([]);
    expect(found?.fix.note).toContain(
      'to `config match` of the one group that it belongs to (vpn-office or vpn-lab)',
    );
    expect(found?.fix.note).toContain(`send \`${office}\` or \`${lab}\``);
  });

  it('is added beside the present one where nothing shows that ids come for others', () => {
    const found = refused(group('vpn-lab', 'Lab staff'));
    expect(found?.fix.apply.map((line) => line.trim())).toEqual(
      expect.arrayContaining(['edit "vpn-lab"', 'edit 4', `set group-name "${ID}"`]),
    );
  });
});

describe('a link in the place of the groups', () => {
  const LINK = 'http://schemas.microsoft.com/claims/groups.link';
  const LINES = [
    attribute('username', 'wren@heron.example'),
    attribute(LINK, 'https://graph.windows.net/1111/users/2222/getMemberObjects'),
  ];
  const ENTRY = saml('https://sts.windows.net/1111/', 'set user-name "username"', 'set group-name "group"');

  it.each([
    ['the log alone', ''],
    ['the log and the entry', ENTRY],
  ])('names too many groups, and no line of the FortiGate: %s', (_what, entry) => {
    const found = first(log(LINES, NO_GROUP), entry);
    expect(found?.title).toBe(
      'wren@heron.example is in too many groups: Entra ID sends a link in place of them',
    );
    expect(found?.confidence).toBe('certain');
    expect(found?.evidence.map(({ text }) => text).join('\n')).toContain(LINK);
    expect(found?.fix.apply).toEqual([]);
    expect(found?.fix.note).toContain('Groups assigned to the application');
  });

  it('is no cause beside a group that came', () => {
    const found = first(
      log([...LINES, attribute('group', 'vpn-staff')], 'fsv_saml_login_resp_cb:173 SAML group mismatch.'),
    );
    expect(found?.title).not.toContain('too many groups');
  });
});
