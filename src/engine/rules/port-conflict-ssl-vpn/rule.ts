import type { Quote } from '../../evidence/types.ts';
import type { ShownSettings } from '../../facts/config/shown-settings.ts';
import type { SslVpnSettings } from '../../facts/device/settings.ts';
import { type Fact, quoteAbsence, valueIfKnown } from '../../facts/fact.ts';
import type { Zone } from '../../facts/network/firewall-values.ts';
import type { Interface } from '../../facts/network/interface-values.ts';
import { sameVdom } from '../../fortios/vdom-name.ts';
import { broken, defineRule, healthy, judgeWithoutFact } from '../define-rule.ts';
import type { Judgement } from '../rule.ts';
import { moveCallbackPort, PORT_FACTS } from '../shared/alternative-port.ts';
import {
  CHANGE_BROKE_IT,
  FREE_PUSH_PORT,
  LONGER_TIMER,
  MOVES_PUSH_PORT,
  NEXT_LOGIN,
  ONE_PORT_ONE_SERVICE,
  TYPED_CODE,
} from '../shared/answers.ts';
import { callbackInterface } from '../shared/callback-interface.ts';
import { APPROVE_VOID } from '../shared/described-symptoms.ts';

/** Whether SSL VPN listens where the phone arrives. `unsure` if the interface is unknown or in a zone. */
type Overlap = 'yes' | 'no' | 'unsure';

export const rule = defineRule({
  id: 'port-conflict-ssl-vpn',
  title: 'SSL VPN uses the push port',
  severity: 'critical',
  hop: 'callback',
  number: 10,
  forCustomer: 'another service uses the port that phones answer to',
  disturbs: 'nobody: only push',
  place: 'on the FortiGate, whose SSL VPN uses the push port',
  stops: 'every user with push',
  answers: [
    ONE_PORT_ONE_SERVICE,
    [
      'place',
      'The push port is the side to change: each push tells the phone the port, so neither phones nor VPN clients have to be touched.',
    ],
    [
      CHANGE_BROKE_IT,
      'Yes, if one of the two ports was part of it: SSL VPN and push cannot share one on the same interface.',
    ],
    LONGER_TIMER,
    TYPED_CODE,
    [
      /\bSSL[- ]?VPN\b.{0,40}\bport \d/i,
      'SSL VPN and push use the same port, which only one of them can have.',
    ],
    [
      /\b(?:move|change|verschieben|ändern)\b.{0,30}\bVPN\b.{0,12}\bport\b|\bmove\b.{0,20}\bVPN\b/i,
      'Another port for SSL VPN needs a change in every VPN client; another port for push needs none on phones.',
    ],
    MOVES_PUSH_PORT,
    FREE_PUSH_PORT,
    NEXT_LOGIN,
    [
      'choice',
      'Either can move: another push port touches no phone and no client, another SSL VPN port touches every VPN client.',
    ],
    ['verify', 'A browser on the push port shows it: the VPN page is not there once the ports differ.'],
    ['own-change', 'A change of the SSL VPN port or of the push port can bring both onto one port.'],
    [
      'where',
      'The port of SSL VPN is in `config vpn ssl settings`, `server-port` in `config system ftm-push`.',
    ],
    ['elsewhere', 'SSL VPN answers on this port, so the VPN works and only pushes fail.'],
    ['prevent', 'A list of the ports in use on the FortiGate is useful before one of them is moved.'],
  ],
  // Observed: the SSL VPN portal answers instead of the push service.
  pushPortOwner: { service: 'ssl-vpn', precedence: 4 },
  descriptions: [
    {
      all: [
        'portal pushPort|samePort / clientProfile pushPort|samePort / pushPort clientProfile',
        APPROVE_VOID,
      ],
      or: [
        ['portal pushPort|samePort', 'request|pushSettings|approve void'],
        ['portal pushPort|samePort', 'approve'],
      ],
      also: ['request shows !not'],
      title: 'SSL VPN has the port on which push waits for the phone',
      fix: 'Compare `show full-configuration vpn ssl settings | grep port` with `server-port` of `get system ftm-push`. Where both are the same, the portal gets the phone’s answer. Put push on a free port: `config system ftm-push`, `set server-port <free port>`, `end`; users of the VPN then need no change.',
    },
  ],
  needs: ['pushService'],
  wants: [...PORT_FACTS, 'shownSettings'],
  versions: 'all with SSL VPN',
  references: ['KB277343'],
  refutedByPassing: 'callback',
  check(facts, context) {
    const { pushService, sslVpn, shownSettings, interfaces, zones, liveAddresses } = facts;
    const { serverPort } = pushService.value;
    const portals = sslVpn.state === 'known' ? sslVpn.value : shownPortal(shownSettings);
    if (!portals)
      return sslVpn.state === 'known' ? noPortal(quoteAbsence(sslVpn)) : judgeWithoutFact('sslVpn', sslVpn);
    const [portal, another] = portals;
    const [picked] = shownPortal(shownSettings) ?? [];
    if (portal && !another && picked && picked.port.value !== portal.port.value) {
      return {
        verdict: 'conflicting',
        reason: `the evidence shows two ports of SSL VPN: ${portal.port.value} and ${picked.port.value}`,
        evidence: [...portal.port.quotes, ...picked.port.quotes],
      };
    }
    const listening = portals.filter((each) => each.enabled.value);
    if (listening.length === 0) {
      return noPortal(
        portals.length === 0
          ? quoteAbsence(sslVpn)
          : portals.flatMap(({ enabled, interfaces: named }) => [...enabled.quotes, ...named.quotes]),
      );
    }
    const same = listening.filter((each) => each.port.value === serverPort.value);
    if (same.length === 0) {
      return healthy(
        `SSL VPN is on port ${listening.map((each) => each.port.value).join(', ')}, the phone answers on ${serverPort.value}`,
        listening.flatMap((each) => each.port.quotes),
      );
    }
    const all = valueIfKnown(interfaces);
    const target = all && callbackInterface(pushService.value, all, valueIfKnown(liveAddresses));
    const on = target?.kind === 'exact' ? target.interface : undefined;
    const judged = same.map((vpn) => ({ vpn, meets: meeting(vpn, on, all, valueIfKnown(zones) ?? []) }));
    const met = judged.find((each) => each.meets === 'yes') ?? judged.find((each) => each.meets === 'unsure');
    if (!met) {
      return healthy(
        `SSL VPN uses port ${serverPort.value} too, but not on ${on?.name}, where the phone arrives`,
        same.flatMap((each) => each.interfaces.quotes),
      );
    }
    const { vpn, meets } = met;
    return broken(meets === 'yes' ? 'certain' : 'likely', {
      title: `SSL VPN uses TCP ${serverPort.value}, the port of FTM push`,
      summary: `SSL VPN${vpn.vdom === undefined ? '' : ` of VDOM ${vpn.vdom}`} listens on port ${vpn.port.value}${
        vpn.interfaces.value.length > 0 ? ` of ${vpn.interfaces.value.join(', ')}` : ''
      }, and \`server-port\` of push is ${serverPort.value} as well. After Approve the phone reaches the VPN instead of the push service, and the login times out.${
        meets === 'yes'
          ? ''
          : ' Whether the phone arrives on the same interface is not certain from this evidence.'
      }`,
      evidence: [...vpn.port.quotes, ...vpn.interfaces.quotes, ...serverPort.quotes],
      fix: moveCallbackPort(context, pushService.value, facts, [
        `Or keep ${serverPort.value} for push and move SSL VPN: \`config vpn ssl settings\`, \`set port <other-port>\`; every VPN client then needs the new port.`,
      ]),
    });
  },
});

function noPortal(evidence: readonly Quote[]): Judgement {
  return healthy('no SSL VPN listens', evidence);
}

type Portal = Pick<SslVpnSettings, 'vdom' | 'enabled' | 'port' | 'interfaces'>;

/** Settings selected by `show … | grep`; the other settings are unknown. */
function shownPortal(shown: Fact<ShownSettings>): readonly Portal[] | undefined {
  const line = (name: string) =>
    shown.state === 'known' ? shown.value.get(`vpn ssl settings ${name}`) : undefined;
  const port = line('port');
  if (!port) return undefined;
  const status = line('status');
  const interfaces = line('source-interface');
  return [
    {
      enabled: {
        value: status?.value !== 'disable',
        explicit: status !== undefined,
        quotes: status?.quotes ?? [],
      },
      port: { ...port, value: Number(port.value) },
      interfaces: interfaces
        ? { ...interfaces, value: interfaces.value.split(' ').filter((name) => name !== '') }
        : { value: [], explicit: false, quotes: [] },
    },
  ];
}

function meeting(
  vpn: Portal,
  on: Interface | undefined,
  all: readonly Interface[] | undefined,
  zones: readonly Zone[],
): Overlap {
  const inZone = (name: string) =>
    zones.find((each) => each.name === name && sameVdom(each.vdom, vpn.vdom))?.interfaces;
  const sources = vpn.interfaces.value.flatMap((name) => inZone(name) ?? [name]);
  if (on === undefined || sources.length === 0) return 'unsure';
  if (sources.includes(on.name) || sources.includes('any')) return 'yes';
  const named = sources.every((name) => all?.some((each) => each.name === name));
  return named ? 'no' : 'unsure';
}
