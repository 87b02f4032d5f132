import { valueIfKnown } from '../../facts/fact.ts';
import { broken, defineRule, healthy, judgeWithoutFact } from '../define-rule.ts';
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
import { oneSetting } from '../shared/one-setting.ts';

export const rule = defineRule({
  id: 'port-conflict-admin-https',
  title: 'The admin page uses the push port',
  severity: 'critical',
  hop: 'callback',
  number: 9,
  forCustomer: 'another service uses the port that phones answer to',
  disturbs: 'nobody: only push',
  place: 'on the FortiGate, whose admin page uses the push port',
  stops: 'every user with push',
  answers: [
    ONE_PORT_ONE_SERVICE,
    [
      CHANGE_BROKE_IT,
      'Yes, if one of the two ports was part of it: the GUI and push cannot share one on the same interface.',
    ],
    LONGER_TIMER,
    TYPED_CODE,
    [
      /\b(?:cambi\w+|mud\w+|chang\w+|wijzig\w*|verander\w*)\b.{0,40}\b(?:admin\w*|web|GUI|beheer\w*)\b/i,
      'The admin page moves at once to the new port, where it has to be opened again; an SSH session stays open.',
    ],
    [
      /\badmin-sport\b|\b(?:move|change|verschieben|ändern)\b.{0,30}\b(?:admin|GUI|HTTPS)/i,
      '`set admin-sport <other-port>` leaves the port to push; the admin page is then reached only on the new port.',
    ],
    MOVES_PUSH_PORT,
    FREE_PUSH_PORT,
    NEXT_LOGIN,
    [
      'choice',
      'Either can move: the push port where no device in front forwards it, else the admin page, which only administrators use.',
    ],
    [
      'verify',
      'A browser on the push port shows it: the login page of the FortiGate is not there once the ports differ.',
    ],
    ['own-change', 'A change of `admin-sport` or of the push port can bring both onto one port.'],
    ['where', '`admin-sport` is in `config system global`, `server-port` in `config system ftm-push`.'],
    ['elsewhere', 'Codes and the VPN do not use this port, so only pushes fail.'],
    ['prevent', 'A list of the ports in use on the FortiGate is useful before one of them is moved.'],
  ],
  // Observed: the admin page answers instead of the push service.
  pushPortOwner: { service: 'admin-https', precedence: 3 },
  descriptions: [
    {
      all: ['adminPage pushPort|samePort', APPROVE_VOID],
      or: [
        ['pushPort port443', 'adminPage port443', APPROVE_VOID],
        ['adminPage pushPort|samePort', 'approve'],
      ],
      also: ['request shows !not'],
      title: 'The admin page of the FortiGate has the port on which push waits for the phone',
      fix: 'Compare `show full-configuration system global | grep admin-sport` with `server-port` of `get system ftm-push`. Where both are the same, move one: `config system global`, `set admin-sport <another port>`, `end`, or `config system ftm-push`, `set server-port <free port>`, `end`. A forward in front of the FortiGate has to follow.',
    },
  ],
  needs: ['pushService'],
  wants: [...PORT_FACTS, 'shownSettings'],
  references: ['KB362547', 'KB277343'],
  refutedByPassing: 'callback',
  check(facts, context) {
    const { pushService, global, shownSettings, interfaces, liveAddresses } = facts;
    const { serverPort } = pushService.value;
    const setting = oneSetting(
      global,
      (settings) => settings.adminSport,
      shownSettings,
      'system global admin-sport',
      Number,
    );
    if (setting.state !== 'known') return judgeWithoutFact('global', setting);
    const adminSport = setting.value;
    const evidence = [...adminSport.quotes, ...serverPort.quotes];
    if (serverPort.value !== adminSport.value) {
      return healthy(
        `the admin page is on port ${adminSport.value}, the phone answers on ${serverPort.value}`,
        evidence,
      );
    }
    const port = serverPort.value;
    const all = valueIfKnown(interfaces);
    const target = all && callbackInterface(pushService.value, all, valueIfKnown(liveAddresses));
    const on = target?.kind === 'exact' ? target.interface : undefined;
    const allowsHttps = on?.allowaccess.value.includes('https') === true;
    return broken(allowsHttps ? 'certain' : 'likely', {
      title: `The admin page uses TCP ${port}, the port of FTM push`,
      summary: `\`admin-sport\` and the \`server-port\` of push are both ${port}. After Approve the phone connects to that port, the admin page answers instead of the push service, and the login times out. ${
        on === undefined
          ? 'Which interface the phone reaches is not certain from this evidence.'
          : allowsHttps
            ? `${on.name}, where the phone arrives, allows \`https\`.`
            : `${on.name}, where the phone arrives, does not allow \`https\`; Fortinet (362547) reports that \`ftm\` alone opens the port to the admin page.`
      }`,
      evidence: on ? [...evidence, ...on.allowaccess.quotes] : evidence,
      fix: moveCallbackPort(context, pushService.value, facts, [
        `Or keep ${port} for push and move the admin page: \`config system global\`, \`set admin-sport <other-port>\`; you then reach the admin page only on the new port.`,
      ]),
      explains: ['port-conflict-ssl-vpn', 'port-conflict-vip', 'port-conflict-ike-tcp'],
    });
  },
});
