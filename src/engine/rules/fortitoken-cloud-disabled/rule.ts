import { valueIfKnown } from '../../facts/fact.ts';
import { atLeast } from '../../fortios/version.ts';
import { broken, defineRule, healthy, judgeWithoutFact, notApplicable } from '../define-rule.ts';
import { LONGER_TIMER, NEXT_LOGIN } from '../shared/answers.ts';
import { configBlock, globalFix } from '../shared/fix.ts';
import { nameList } from '../shared/logins.ts';
import { oneSetting } from '../shared/one-setting.ts';
import { vpnUsers } from '../shared/second-factor.ts';
import { VPN_ACCESS, vpnAccess } from '../shared/vpn-access.ts';

const SWITCHES = ['fortitoken-cloud', 'fortitoken-cloud-push-status'] as const;

export const rule = defineRule({
  id: 'fortitoken-cloud-disabled',
  title: 'FortiToken Cloud or its push is switched off',
  severity: 'high',
  hop: 'push-service',
  number: 66,
  forCustomer: 'the service that sends requests to phones is switched off',
  disturbs: 'nobody: only new logins',
  place: 'on the FortiGate, where FortiToken Cloud or its push is switched off',
  answers: [
    [
      'buy',
      'A licence is not what is missing: the service or its push is switched off in `config system global`.',
    ],
    LONGER_TIMER,
    ['factor', ''],
    ['who', 'The cause stops every user whose second factor is in FortiToken Cloud.'],
    ['meanwhile', ''],
    ['side-effect', 'The reason why it was switched off should be known first.'],
    NEXT_LOGIN,
    [
      'where',
      '`fortitoken-cloud` is in `config system global`, and from 7.4.1 on `fortitoken-cloud-push-status` too.',
    ],
    [
      'verify',
      '`show full-configuration system global | grep fortitoken-cloud` shows whether service and push are on.',
    ],
    ['elsewhere', 'Users with a token of the FortiGate itself do not need FortiToken Cloud.'],
  ],
  descriptions: [
    {
      all: ['cloudToken', 'cloudOff'],
      also: ['cloudToken', 'request not', 'cloudOff off'],
      confidence: 'likely',
      title: 'FortiToken Cloud or its push is switched off',
      fix: 'Find out why they were switched off, then switch both on: `config system global`, `set fortitoken-cloud enable`, `set fortitoken-cloud-push-status enable`, `end`. The way back is the same with `disable`.',
    },
  ],
  needs: ['localUsers'],
  wants: ['global', 'shownSettings', 'version', ...VPN_ACCESS],
  versions: '6.2.0 and later; its push switch 7.4.1 and later',
  references: ['KB275159'],
  pushesOf: 'anybody',
  check({ localUsers, global, shownSettings, version, ...facts }, context) {
    const cloud = vpnUsers(localUsers.value, vpnAccess(facts)).filter(
      (user) => user.twoFactor.value === 'fortitoken-cloud',
    );
    if (cloud.length === 0) return notApplicable('no user of the evidence is a FortiToken Cloud user');
    const release = valueIfKnown(version);
    const hasPushSwitch = release === undefined || atLeast(release, '7.4.1');
    const read = (name: (typeof SWITCHES)[number]) => ({
      name,
      fact: oneSetting(
        global,
        (all) => (name === 'fortitoken-cloud' ? all.fortitokenCloud : all.fortitokenCloudPush),
        shownSettings,
        `system global ${name}`,
        (text) => text === 'enable',
      ),
    });
    const switches = SWITCHES.slice(0, hasPushSwitch ? 2 : 1).map(read);
    const known = switches.flatMap(({ name, fact }) =>
      fact.state === 'known' ? [{ name, setting: fact.value }] : [],
    );
    const off = known.filter(({ setting }) => !setting.value);
    const unread = switches.find(({ fact }) => fact.state !== 'known')?.fact;
    if (off.length === 0 && unread && unread.state !== 'known') return judgeWithoutFact('global', unread);
    if (off.length === 0) {
      return healthy(
        'FortiToken Cloud and its push are on',
        known.flatMap(({ setting }) => setting.quotes),
      );
    }
    const lines = (value: string) => off.map(({ name }) => `set ${name} ${value}`);
    return broken('likely', {
      title: `No push for ${nameList(cloud.map((user) => user.name))}: FortiToken Cloud ${off[0]?.name === 'fortitoken-cloud' ? 'is' : 'push is'} switched off here`,
      summary: `${off.map(({ name }) => `\`${name}\``).join(' and ')} is \`disable\` in \`system global\`, and ${nameList(cloud.map((user) => user.name))} has the second factor in FortiToken Cloud.`,
      evidence: off.flatMap(({ setting }) => setting.quotes),
      fix: globalFix(context, {
        apply: configBlock('system global', lines('enable')),
        undo: configBlock('system global', lines('disable')),
        verify: ['show full-configuration system global | grep fortitoken-cloud'],
        before:
          'First find out why it was switched off: FortiToken Cloud stores its users outside this FortiGate.',
      }),
      explains: ['fortitoken-cloud-quota', 'fortitoken-cloud-user'],
    });
  },
});
