import type { LocalUser } from '../../facts/accounts/account-values.ts';
import { sameUser } from '../../facts/accounts/same-user.ts';
import { UNNAMED_USER } from '../../facts/attempt.ts';
import { gotInWithoutFactor } from '../../facts/attempts/got-in.ts';
import { type Fact, valueIfKnown } from '../../facts/fact.ts';
import type { DirectoryNote } from '../../facts/values.ts';
import { broken, defineRule, healthy } from '../define-rule.ts';
import { NEXT_LOGIN, OPENS_NOTHING } from '../shared/answers.ts';
import { NO_FACTOR } from '../shared/described-symptoms.ts';
import { configEntry, quoteValue, vdomFix } from '../shared/fix.ts';
import { isAskedAbout, needsLogin } from '../shared/logins.ts';
import { CASE_SETTING_NAMES, chooseCaseSetting } from '../shared/username-case.ts';

export const rule = defineRule({
  id: 'username-case-bypasses-2fa',
  title: 'A user name in different upper or lower case skips the second factor',
  severity: 'critical',
  hop: 'second-factor',
  number: 47,
  forCustomer: 'the user name was typed in different upper or lower case than the stored one',
  disturbs: 'nobody: only new logins',
  place: 'on the FortiGate, which tells user names apart by upper and lower case',
  answers: [
    ['who', 'The cause concerns every user with a token who types the name in another upper and lower case.'],
    ['factor', 'The second factor is not asked for where the name is typed in other upper or lower case.'],
    [
      'attack',
      'Nothing here shows an attack, but the gap is known (CVE-2020-12812): it has to be closed for every user with a token.',
    ],
    [
      /\b(?:all|every|each|alle|jede\w?) (?:local |other )?(?:users?|accounts?|Benutzer)\b/i,
      'Each local user with a token needs the setting: it is one per user.',
    ],
    ['side-effect', 'The change lets names match in any upper and lower case.'],
    [
      'release',
      'The gap is known as CVE-2020-12812; `username-sensitivity disable` closes it, by this name since 7.0.1.',
    ],
    [
      'which-setting',
      '`username-sensitivity disable` is needed for each local user with a token; before 7.0.1 its name is `username-case-sensitivity`.',
    ],
    ['where', 'The setting is in the entry of each local user with a token, `config user local`.'],
    ['verify', 'A login with the name in capitals shows it: the token has to be asked for.'],
    [
      'elsewhere',
      'The name as stored matches the entry with the token; in other capitals it matches only the remote group.',
    ],
    NEXT_LOGIN,
    ['choice', 'The setting for each user with a token closes the gap; telling users how to type does not.'],
    ['prevent', '`username-sensitivity disable` belongs in each new entry with a token.'],
    OPENS_NOTHING,
  ],
  descriptions: [
    {
      all: ['capitals', NO_FACTOR],
      or: [['nameTwice', 'bypass|token|request|code']],
      also: ['capitals bypass|token|code|user', 'token asks / token works'],
      not: ['everyGroup', 'group ldap joins', 'refusal'],
      confidence: 'likely',
      title: 'A user name in different upper or lower case skips the second factor',
      fix: {
        todo: 'Type `set username-sensitivity disable` for each local user with a token (`config user local`, `edit "<name>"`); releases before 7.0 call it `username-case-sensitivity`. Until then a name in other upper or lower case is found only in the directory, which asks for no token. Let the user log in once in both spellings afterwards.',
        asksForLogin: true,
      },
    },
  ],
  needs: ['attempts', 'localUsers'],
  wants: ['version', 'directoryNotes'],
  versions: '6.0.11 and later',
  references: ['KB243171'],
  check({ attempts, localUsers, version, directoryNotes }, context) {
    for (const login of attempts.value) {
      const { secondFactorSkipped, passwordAccepted } = login.milestones;
      const skipped = secondFactorSkipped ?? (gotInWithoutFactor(login) ? passwordAccepted : undefined);
      if (!skipped) continue;
      const told = login.user === UNNAMED_USER ? otherSpelling(localUsers.value, directoryNotes) : undefined;
      const typed = told?.name ?? login.user;
      if (!isAskedAbout(typed, context)) continue;
      const entry = localUsers.value.find((user) => sameUser(user.name, typed));
      const differs = entry !== undefined && entry.name !== typed;
      if (!differs || entry.twoFactor.value === 'disable' || !entry.caseSensitive.value) continue;
      const release = context.version ?? valueIfKnown(version);
      const [spelled] = entry.caseSensitive.quotes;
      const shown = /^set (username-[a-z-]+) /.exec(spelled?.text ?? '')?.[1];
      const setting = shown ?? chooseCaseSetting(release);
      return broken(told ? 'likely' : 'certain', {
        title: `${typed} got in without a second factor: the local user is spelled ${entry.name}`,
        summary: `The user typed \`${typed}\`; the local entry with the token is \`${entry.name}\`, and FortiOS distinguishes upper and lower case. The entry did not match, the directory’s group did, and no second factor was asked for.`,
        evidence: [
          skipped.quote,
          ...(told ? [told.quote] : []),
          ...entry.twoFactor.quotes,
          ...(shown ? entry.caseSensitive.quotes : []),
        ],
        fix: setting
          ? vdomFix(context, entry.vdom, {
              apply: configEntry('user local', entry.name, [`set ${setting} disable`]),
              undo: configEntry('user local', entry.name, [`set ${setting} enable`]),
              verify: [`show user local ${quoteValue(entry.name)}`],
              note: release || shown ? undefined : CASE_SETTING_NAMES,
            })
          : `This FortiOS cannot be told to ignore the case: upgrade. ${CASE_SETTING_NAMES}`,
        explains: ['remote-group-bypasses-2fa'],
      });
    }
    const asked = attempts.value.find(
      (each) => isAskedAbout(each.user, context) && each.milestones.secondFactorAsked,
    );
    return asked?.milestones.secondFactorAsked
      ? healthy(`${asked.user} was asked for the second factor`, [asked.milestones.secondFactorAsked.quote])
      : needsLogin(
          'no login in the evidence shows which name was typed and whether a second factor was asked',
        );
  },
});

/** The name that a person says was typed, where it is an entry’s in other upper or lower case; of a log without names. */
function otherSpelling(users: readonly LocalUser[], notes: Fact<readonly DirectoryNote[]>) {
  const [first, ...others] = (valueIfKnown(notes) ?? []).flatMap((note) =>
    note.kind === 'typed' && users.some(({ name }) => name !== note.name && sameUser(name, note.name))
      ? [note]
      : [],
  );
  return others.every(({ name }) => name === first?.name) ? first : undefined;
}
