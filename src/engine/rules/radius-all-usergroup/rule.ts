import { quoteAbsence, valueIfKnown } from '../../facts/fact.ts';
import { broken, defineRule, healthy, notApplicable } from '../define-rule.ts';
import { NEXT_LOGIN, OPENS_NOTHING } from '../shared/answers.ts';
import { NO_FACTOR } from '../shared/described-symptoms.ts';
import { configEntry, perVdomFix, quoteValue } from '../shared/fix.ts';
import { nameList } from '../shared/logins.ts';

export const rule = defineRule({
  id: 'radius-all-usergroup',
  title: 'A RADIUS server belongs to every user group',
  severity: 'high',
  hop: 'second-factor',
  number: 48,
  forCustomer: 'the account is let in another way before a second step is asked for',
  disturbs: 'logins of other users',
  place: 'on the FortiGate, where a RADIUS server belongs to every group',
  answers: [
    // `what happens if I switch it off?`
    [
      /(?<!\p{L})(?:what happens|was passiert|que se passe|qué pasa|cosa succede|o que acontece|wat gebeurt)(?!\p{L})/iu,
      'Users lose access unless the server is first put into the groups meant for them; administrators are among them.',
    ],
    [
      'who',
      'The cause concerns every user whom this RADIUS server accepts; users of another server are asked for their token.',
    ],
    ['token', 'The token stays as it is: users whom this RADIUS server accepts are not asked for it.'],
    [
      /\b(?:andere|others?|anyone else)\b.{0,20}\b(?:herein|rein|(?:get|log) in)\b/i,
      'Everyone whom this RADIUS server accepts gets in without a token.',
    ],
    ['factor', 'Users whom this RADIUS server accepts get in without a second factor.'],
    [
      'risk',
      'Users lose access unless the server is first put into the groups meant for them; administrators are among them.',
    ],
    ['which-setting', '`all-usergroup` of the RADIUS server is the setting.'],
    ['where', '`all-usergroup` is in the entry of the RADIUS server, `config user radius`.'],
    [
      'verify',
      '`show user radius` shows it: `set all-usergroup enable` is not there once the setting is off.',
    ],
    NEXT_LOGIN,
    ['choice', 'The server belongs in the groups meant for it; `all-usergroup` puts it into each.'],
    ['prevent', 'A RADIUS server that is a member only of the groups meant for it avoids it.'],
    OPENS_NOTHING,
  ],
  descriptions: [
    {
      all: ['everyGroup', `radius / ${NO_FACTOR}`],
      also: ['radius', NO_FACTOR],
      confidence: 'likely',
      title: 'A RADIUS server belongs to every user group',
      fix: 'Add the RADIUS server to the groups that are meant for its users, then take it out of all others: `config user radius`, `edit "<server>"`, `set all-usergroup disable`, `next`, `end`. “Include in every user group” makes it a member of the VPN’s group too, and whom it accepts gets in without a token.',
    },
  ],
  needs: ['radiusServers'],
  wants: ['localUsers'],
  references: ['KB191794'],
  check({ radiusServers, localUsers }, context) {
    const everywhere = radiusServers.value.filter((server) => server.allUsergroup.value);
    const [first] = everywhere;
    if (!first) {
      return radiusServers.value.length === 0
        ? notApplicable('no RADIUS server is configured')
        : healthy(
            'no RADIUS server is in every user group',
            radiusServers.value.flatMap((server) => server.allUsergroup.quotes),
          );
    }
    const holders = (valueIfKnown(localUsers) ?? []).filter(
      (user) => user.enabled.value && user.type !== 'password' && user.twoFactor.value !== 'disable',
    );
    if (localUsers.state === 'known' && holders.length === 0) {
      return healthy('no directory user has a second factor that could be skipped', quoteAbsence(localUsers));
    }
    const names = nameList(everywhere.map((server) => server.name));
    return broken(holders.length > 0 ? 'likely' : 'possible', {
      title: `RADIUS server ${names} is in every group and lets users in without a token`,
      summary: `\`all-usergroup enable\` adds ${names} to every group. A user whom the server accepts matches the group directly, and the local entry with the token${holders.length > 0 ? ` (${nameList(holders.map((user) => user.name))})` : ''} is not used: no second factor, no push.`,
      evidence: everywhere.flatMap((server) => server.allUsergroup.quotes),
      fix: perVdomFix(context, everywhere, (own) => ({
        apply: own.flatMap((server) =>
          configEntry('user radius', server.name, ['set all-usergroup disable']),
        ),
        undo: own.flatMap((server) => configEntry('user radius', server.name, ['set all-usergroup enable'])),
        verify: own.map((server) => `show user radius ${quoteValue(server.name)}`),
        before:
          'First add the server to the groups that are meant for its users: through all other groups they lose the access, administrators among them.',
      })),
    });
  },
});
