import type { LocalUser } from '../../facts/accounts/account-values.ts';
import { isComplete, valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import type { PushService } from '../../facts/values.ts';
import { broken, defineRule, healthy } from '../define-rule.ts';
import type { Judgement, RuleContext } from '../rule.ts';
import { CHANGE_BROKE_IT, LONGER_TIMER, NEXT_LOGIN, PUSH_ADDRESS, TYPED_CODE } from '../shared/answers.ts';
import { CODE_WORKS, NO_PUSH } from '../shared/described-symptoms.ts';
import { configBlock, describedFix, globalFix } from '../shared/fix.ts';
import { changeAddress, pushAddress } from '../shared/push-address.ts';
import { suggestAddress } from '../shared/wan-interfaces.ts';

type UsedFacts = Pick<Facts, 'interfaces' | 'liveAddresses' | 'saidNetwork' | 'localUsers' | 'radiusServers'>;

export const rule = defineRule({
  id: 'push-disabled',
  title: 'FTM push is switched off (`set status disable`)',
  severity: 'critical',
  hop: 'push-service',
  number: 1,
  forCustomer: 'sending sign-in requests to phones is switched off',
  disturbs: 'nobody: only push',
  place: 'on the FortiGate, where push is switched off',
  stops: 'every user with push',
  answers: [
    [CHANGE_BROKE_IT, 'Yes, if `status` of push was part of it: while it is off, no push is sent.'],
    LONGER_TIMER,
    TYPED_CODE,
    PUSH_ADDRESS,
    NEXT_LOGIN,
    [
      'verify',
      '`get system ftm-push` shows `status : enable` once push is on; one push to a test token proves the rest.',
    ],
    ['where', 'Push is switched on in `config system ftm-push`, with VDOMs in `config global`.'],
    ['choice', 'Push is either on or off for the whole FortiGate: `status` of `config system ftm-push`.'],
    ['own-change', 'A restored or new configuration has `status disable`, the default, unless it sets it.'],
    ['prevent', 'A test push after each restore or upgrade shows in time whether push is on.'],
  ],
  pushSetup: 'enabled',
  descriptions: [
    {
      all: ['status off', 'pushSettings|request|phone|token'],
      or: [
        ['pushSettings off', NO_PUSH],
        ['status skipped', NO_PUSH],
        ['pushSettings skipped', NO_PUSH],
        ['status off', NO_PUSH],
      ],
      also: [NO_PUSH, CODE_WORKS],
      not: ['cloudToken', 'serverField unfilled !certificate'],
      title: 'FTM push is switched off on the FortiGate: `status` is `disable`',
      fix: 'Look with `get system ftm-push`: `status : disable` means that the FortiGate sends no push at all. If it is so, an administrator types `config system ftm-push`, `set status enable`, `end`; the FortiGate accepts it only where `server` holds its public address.',
      decided: {
        all: ['status|pushSettings off|skipped'],
        fix: describedFix(
          'system ftm-push',
          ['set status enable'],
          ['set status disable'],
          'FortiOS accepts this only while `server` holds the public address.',
        ),
      },
    },
  ],
  needs: ['pushService'],
  wants: ['shownSettings', 'interfaces', 'liveAddresses', 'saidNetwork', 'localUsers', 'radiusServers'],
  versions: 'all with `ftm-push` (6.0 and later)',
  references: ['KB277343', 'KB195578'],
  refutedByPassing: 'push-service',
  /** A line selected with `grep` shows the switch and no other setting. */
  checkPartial(facts, context) {
    const line = valueIfKnown(facts.shownSettings)?.get('system ftm-push status');
    const { pushService } = facts;
    if (!line || isComplete(pushService) || pushService.state === 'conflicting') return undefined;
    const status = { ...line, value: line.value === 'enable' ? ('enable' as const) : ('disable' as const) };
    return judge(status, valueIfKnown(pushService), facts, context);
  },
  check(facts, context) {
    const service = facts.pushService.value;
    return judge(service.status, service, facts, context);
  },
});

function judge(
  status: PushService['status'],
  service: PushService | undefined,
  { interfaces, liveAddresses, saidNetwork, localUsers, radiusServers }: UsedFacts,
  context: RuleContext,
): Judgement {
  if (status.value === 'enable') {
    return healthy('the push service is on', status.quotes);
  }
  const users = valueIfKnown(localUsers) ?? [];
  const has = (method: LocalUser['twoFactor']['value']) =>
    users.some((user) => user.twoFactor.value === method);
  // If FortiAuthenticator sends the pushes, the FortiGate's own service does not matter; the evidence cannot show
  // this.
  const elsewhere = (valueIfKnown(radiusServers) ?? []).length > 0 && !has('fortitoken');
  const change =
    !service || pushAddress(service, context)
      ? undefined
      : changeAddress(context, service, suggestAddress(interfaces, liveAddresses, saidNetwork));
  const unread =
    interfaces.state === 'known'
      ? ''
      : ' This text does not show whether the interface of that address has `ftm` in `allowaccess`, which push needs, too.';
  return broken(elsewhere ? 'likely' : 'certain', {
    title: 'FTM push is switched off on this FortiGate',
    summary: `\`system ftm-push\` is ${status.explicit ? 'set to' : 'at its default,'} \`status disable\`. The user sees the token box and can type a code, but no push is ever requested and the phone stays silent.${
      elsewhere
        ? ' Where the RADIUS server sends the pushes (FortiAuthenticator), this service is not needed.'
        : ''
    }`,
    evidence: status.quotes,
    fix: globalFix(context, {
      apply: configBlock('system ftm-push', [...(change?.apply ?? []), 'set status enable']),
      undo: configBlock('system ftm-push', ['set status disable', ...(change?.undo ?? [])]),
      verify: ['show full-configuration system ftm-push'],
      note: change
        ? `FortiOS accepts \`set status enable\` only together with a callback address, so this sets both.${change.note === undefined ? '' : ` ${change.note}`}${unread}`
        : service
          ? undefined
          : 'FortiOS accepts this only while a callback address is set.',
    }),
    explains: ['callback-not-accepted', ...(change ? (['push-address-missing'] as const) : [])],
  });
}
