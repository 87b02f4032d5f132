import type { Quote } from '../../evidence/types.ts';
import type { GlobalSettings } from '../../facts/device/settings.ts';
import { quoteAbsence, valueIfKnown } from '../../facts/fact.ts';
import type { Interface } from '../../facts/network/interface-values.ts';
import type { PushService } from '../../facts/values.ts';
import { atLeast } from '../../fortios/version.ts';
import { broken, defineRule, healthy, judgeWithoutFact, notApplicable } from '../define-rule.ts';
import type { Broken, Judgement, RuleContext } from '../rule.ts';
import { moveCallbackPort, PORT_FACTS } from '../shared/alternative-port.ts';
import {
  FREE_PUSH_PORT,
  LONGER_TIMER,
  MOVES_PUSH_PORT,
  NEXT_LOGIN,
  ONE_PORT_ONE_SERVICE,
} from '../shared/answers.ts';
import { callbackInterface } from '../shared/callback-interface.ts';
import { APPROVE_VOID } from '../shared/described-symptoms.ts';

export const rule = defineRule({
  id: 'port-conflict-ike-tcp',
  title: 'IKE over TCP or another listener of the FortiGate uses the push port',
  severity: 'high',
  hop: 'callback',
  number: 12,
  forCustomer: 'another service uses the port that phones answer to',
  disturbs: 'nobody: only push',
  stops: 'every user with push',
  place: 'on the FortiGate, where another service uses the push port',
  answers: [
    ONE_PORT_ONE_SERVICE,
    LONGER_TIMER,
    MOVES_PUSH_PORT,
    FREE_PUSH_PORT,
    ['who', 'Every phone answers on this port, so every user with push is concerned.'],
    NEXT_LOGIN,
    [
      'update',
      'The default `ike-tcp-port` became 443 in 7.6.1, so an upgrade can bring it onto the port that push uses.',
    ],
    [
      'choice',
      'Push is easier to move: its port goes to the phones with each push, while VPN clients have `ike-tcp-port` in their profile.',
    ],
    ['where', '`ike-tcp-port` is in `config system settings`, `server-port` in `config system ftm-push`.'],
    ['verify', '`diagnose sys tcpsock` shows which service listens on the port.'],
    [
      'prevent',
      '`ike-tcp-port` and `server-port` are worth a look after each upgrade: a default can change.',
    ],
  ],
  // The precedence of IKE over TCP and push is not established.
  pushPortOwner: { service: 'ike-tcp', precedence: 5 },
  descriptions: [
    {
      all: ['ikeTcp', 'approve|request'],
      or: [['ikeTcp', 'pushPort']],
      also: [APPROVE_VOID, 'pushPort'],
      title: 'IKE over TCP has the port on which push waits for the phone',
      fix: 'Compare `show full-configuration system settings | grep ike-tcp-port` with `server-port` of `get system ftm-push`. Where both are the same, put push on a port that nothing else has: `config system ftm-push`, `set server-port <free port>`, `end`. Avoid 443, 4500 and 11443 while IPsec runs over TCP.',
    },
  ],
  needs: ['pushService'],
  wants: [...PORT_FACTS, 'version', 'shownSettings'],
  versions: 'IKE over TCP: 7.4.2 and later; other listeners: all',
  references: ['IKE278302', 'KB277343'],
  refutedByPassing: 'callback',
  check(facts, context) {
    const { version, vdomSettings, shownSettings } = facts;
    const service = facts.pushService.value;
    const port = service.serverPort.value;
    const other = otherListener(service, facts);
    if (other) return takenBy(other, service, facts, context);
    if (version.state !== 'known') return judgeWithoutFact('version', version);
    if (!atLeast(version.value, '7.4.2')) return notApplicable('IKE over TCP came with FortiOS 7.4.2');
    const picked = valueIfKnown(shownSettings)?.get('system settings ike-tcp-port');
    const single = picked && [{ vdom: undefined, ikeTcpPort: { ...picked, value: Number(picked.value) } }];
    const settings = valueIfKnown(vdomSettings) ?? single;
    if (!settings)
      return vdomSettings.state === 'known'
        ? nobodyOn(port, quoteAbsence(vdomSettings))
        : judgeWithoutFact('vdomSettings', vdomSettings);
    const taking = settings.find((each) => each.ikeTcpPort.value === port);
    if (!taking)
      return nobodyOn(
        port,
        settings.flatMap((each) => each.ikeTcpPort.quotes),
      );
    // The default depends on where the configuration was created, and not every device uses IKE over TCP.
    return broken(taking.ikeTcpPort.explicit ? 'likely' : 'possible', {
      title: `IKE over TCP uses TCP ${port}, the port of FTM push`,
      summary: `\`ike-tcp-port\`${taking.vdom ? ` of VDOM ${taking.vdom}` : ''} and \`server-port\` of the push service are both ${port}${
        taking.ikeTcpPort.explicit ? '' : ' (`ike-tcp-port` by default)'
      }. The phone’s answer may reach IKE instead of the push service.`,
      evidence: [...taking.ikeTcpPort.quotes, ...service.serverPort.quotes],
      fix: moveCallbackPort(context, service, facts, [
        'Avoid 443, 4500 and 11443 while IKE over TCP is in use.',
      ]),
    });
  },
});

function nobodyOn(port: number, evidence: readonly Quote[]): Judgement {
  return healthy(`IKE over TCP does not use TCP ${port}`, evidence);
}

/** Ports of the FortiGate's own administration, except HTTPS, which has a separate rule. */
const LISTENERS = [
  { field: 'adminPort', setting: 'admin-port', access: 'http', name: 'the admin page over HTTP' },
  { field: 'adminSshPort', setting: 'admin-ssh-port', access: 'ssh', name: 'SSH administration' },
  {
    field: 'adminTelnetPort',
    setting: 'admin-telnet-port',
    access: 'telnet',
    name: 'Telnet administration',
  },
] as const satisfies readonly { readonly field: keyof GlobalSettings; [key: string]: string }[];

interface OtherListener {
  readonly is: (typeof LISTENERS)[number];
  readonly settings: GlobalSettings;
  readonly on?: Interface;
}

type Seen = Parameters<typeof moveCallbackPort>[2];

function otherListener(service: PushService, facts: Seen): OtherListener | undefined {
  const settings = valueIfKnown(facts.global);
  const is = LISTENERS.find(({ field }) => settings?.[field].value === service.serverPort.value);
  if (!settings || !is) return undefined;
  const all = valueIfKnown(facts.interfaces);
  const target = all && callbackInterface(service, all, valueIfKnown(facts.liveAddresses));
  return { is, settings, on: target?.kind === 'exact' ? target.interface : undefined };
}

function takenBy(
  { is, settings, on }: OtherListener,
  service: PushService,
  facts: Seen,
  context: RuleContext,
): Broken {
  const port = service.serverPort.value;
  const allowed = on === undefined || on.allowaccess.value.includes(is.access);
  return broken(allowed ? 'likely' : 'possible', {
    title: `TCP ${port} of FTM push is also the port of ${is.name}`,
    summary: `\`${is.setting}\` and the \`server-port\` of push are both ${port}. No other service may use the port that the phone answers to.${
      on === undefined
        ? ''
        : ` ${on.name}, where the phone arrives, ${allowed ? 'allows' : 'does not allow'} \`${is.access}\`.`
    }`,
    evidence: [...settings[is.field].quotes, ...service.serverPort.quotes],
    fix: moveCallbackPort(context, service, facts, [
      `Or keep ${port} for push and change \`${is.setting}\` in \`config system global\`.`,
    ]),
  });
}
