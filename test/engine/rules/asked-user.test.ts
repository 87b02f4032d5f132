import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';

const USERS = `config user local
    edit "hollis"
        set type password
        set two-factor fortitoken
        set fortitoken "FTKMOB07A1B2C3D4"
    next
    edit "quill"
        set type password
    next
end
`;

function twoFactorOf(user: string) {
  const { checks, hops } = diagnose([{ name: 'show user local', text: USERS }], { user });
  return {
    check: checks.find(({ rule }) => rule === 'two-factor-not-assigned'),
    hop: hops.find(({ id }) => id === 'second-factor')?.status,
  };
}

describe('the second factor of the user asked about', () => {
  it.each([
    ['hollis', 'healthy', 'hollis has a second factor'],
    ['Hollis', 'healthy', 'hollis has a second factor'],
    ['quill', 'broken', 'quill has no token, so no second factor is asked for'],
    [
      'holis',
      'unknown',
      'no local user here is called holis: the name may be of a directory or another VDOM, or misspelt',
    ],
  ])('%s', (user, verdict, reason) => {
    expect(twoFactorOf(user).check).toMatchObject({ verdict, reason });
  });

  it('is not healthy for a name that does not exist', () => {
    expect(twoFactorOf('holis').hop).toBe('unknown');
  });
});

it('says that the user asked about is disabled, and says so of nobody else', () => {
  const text = USERS.replace('edit "quill"\n', 'edit "quill"\n        set status disable\n');
  const found = (user?: string) => diagnose([{ name: 'show user local', text }], { user }).findings;
  const [finding] = found('quill');
  expect(finding).toMatchObject({
    rule: 'local-account-expired-or-disabled',
    title: 'User quill is disabled on this FortiGate',
    evidence: [{ text: 'set status disable' }],
  });
  expect(found('hollis')).toEqual([]);
  expect(found()).toEqual([]);
});

it('is about the entry that a command names', () => {
  const entry = (name: string, ...lines: readonly string[]) =>
    [
      `edge # show user local ${name}`,
      'config user local',
      `    edit "${name}"`,
      ...lines,
      '    next',
      'end',
      '',
    ].join('\n');
  const text = entry('quill', '        set status disable', '        set type password');
  const [finding] = diagnose([{ name: 'paste', text }]).findings;
  expect(finding?.title).toBe('User quill is disabled on this FortiGate');
  expect(
    diagnose([{ name: 'paste', text: text + entry('hollis', '        set type password') }]).findings[0]
      ?.title,
  ).toBe(finding?.title);
  expect(diagnose([{ name: 'paste', text }], { user: 'hollis' }).findings).toEqual([]);
});
