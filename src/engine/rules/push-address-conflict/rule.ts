import { quoteAbsence, valueIfKnown } from '../../facts/fact.ts';
import { broken, defineRule, healthy, notApplicable } from '../define-rule.ts';
import { LONGER_TIMER, NEXT_LOGIN, OPENS_NOTHING, PUSH_ADDRESS, TYPED_CODE } from '../shared/answers.ts';
import { configBlock, globalFix } from '../shared/fix.ts';
import { fortiosName, protocolName } from '../shared/push-address.ts';
import { knowsInterface, knowsServer } from '../shared/push-fields.ts';

export const rule = defineRule({
  id: 'push-address-conflict',
  title: 'Two callback addresses are set, and FortiOS uses only one',
  severity: 'high',
  hop: 'push-service',
  number: 4,
  forCustomer: 'two settings name different addresses for the answers of phones',
  disturbs: 'nobody: only push',
  stops: 'every user with push',
  answers: [
    LONGER_TIMER,
    TYPED_CODE,
    NEXT_LOGIN,
    [
      'which-setting',
      'One of the two stays: `interface` follows a WAN address that changes, `server` holds a fixed address or a name.',
    ],
    PUSH_ADDRESS,
    [
      'choice',
      'One of the two stays: `interface` follows a WAN address that changes, `server` holds a fixed address or a name.',
    ],
    [
      'verify',
      '`show system ftm-push` shows one of `server`, `server-ip` and `interface` once the conflict is gone.',
    ],
    ['where', '`server` and `interface` are in `config system ftm-push`, with VDOMs in `config global`.'],
    OPENS_NOTHING,
  ],
  place: 'on the FortiGate, whose push has two callback addresses',
  descriptions: [
    {
      all: ['setInterface', 'serverField', 'rejects'],
      or: [
        ['serverIp both', 'serverField', 'rejects'],
        ['pushSettings both publicAddress', 'setInterface', 'rejects'],
      ],
      also: ['both'],
      not: ['missingServer'],
      title: 'Two callback addresses are set for push, and FortiOS takes only one of them',
      fix: 'Look with `show system ftm-push`: keep either `server` or `interface` (7.6.4 and later), and either `server` or `server-ip`. For an address that changes type `unset server` and `set interface <wan>`, for a fixed address or a name `unset interface` and `set server <it>`, all in one `config system ftm-push` … `end`.',
    },
  ],
  needs: ['pushService'],
  wants: ['interfaces'],
  versions: '`server` with `server-ip`: 6.4.10 and later; `server` with `interface`: 7.6.4 and later',
  references: ['KB195578'],
  check({ pushService, interfaces }, context) {
    const { server, serverIp, interface: named } = pushService.value;
    if (knowsServer(context.version, pushService.value) === false) {
      return notApplicable(`${fortiosName(context)} has one field for the callback address, \`server-ip\``);
    }
    const byInterface =
      named?.value && knowsInterface(context.version, pushService.value) ? named : undefined;
    const other = byInterface ?? serverIp;
    if (!server?.value || !other?.value) {
      return healthy('at most one callback address is set', quoteAbsence(pushService));
    }
    const field = byInterface ? 'interface' : 'server-ip';
    const wan = valueIfKnown(interfaces)?.find((each) => each.name === byInterface?.value);
    const dynamic = wan && wan.mode !== 'static' ? wan.mode : undefined;
    const same = server.value === other.value;
    return broken(same ? 'possible' : 'likely', {
      severity: same ? 'low' : 'high',
      title: `FTM push has both \`server\` and \`${field}\` set: phones may answer to the wrong one`,
      summary: `\`system ftm-push\` holds \`server\` ${server.value} and \`${field}\` ${other.value}. FortiOS allows only one of the two and refuses the second when it is typed. It is not certain which address a push carries.${
        byInterface ? '' : ' From 6.4.10 on only `server` counts, so remove `server-ip`.'
      }`,
      evidence: [...server.quotes, ...other.quotes],
      fix: globalFix(context, {
        apply: configBlock('system ftm-push', [dynamic ? 'unset server' : `unset ${field}`]),
        undo: [],
        verify: ['show full-configuration system ftm-push'],
        note: `${
          dynamic
            ? `${byInterface?.value} gets its address by ${protocolName(dynamic)}, so this keeps the interface and removes the fixed address.`
            : `This keeps \`server\`.${
                byInterface
                  ? ' On a WAN whose address changes, keep the interface instead: `unset server`.'
                  : ''
              }`
        } There is nothing to undo: FortiOS does not accept both.`,
      }),
    });
  },
});
