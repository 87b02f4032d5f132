import { broken, defineRule, healthy } from '../define-rule.ts';
import { ONLY_NEW_TOKENS, OPENS_NOTHING } from '../shared/answers.ts';
import { globalFix } from '../shared/fix.ts';
import { noCliFix } from '../shared/no-cli-fix.ts';

export const rule = defineRule({
  id: 'token-server-unreachable',
  title: 'The FortiGate cannot reach the token servers',
  severity: 'high',
  hop: 'token',
  number: 30,
  forCustomer: 'the firewall cannot reach the service that manages the codes',
  disturbs: 'nobody: elsewhere',
  place: 'on the way from the FortiGate to Fortinet’s token servers',
  answers: [
    // `do people who already have a token notice it?`
    [
      /(?<!\p{L})(?:already|existing|active|schon|bestehende\p{L}*|déjà|existants?|existente\p{L}*|ya|già|já|bestaande)(?!\p{L}).{0,20}token/iu,
      'Active tokens still work; the activation of new ones fails until the server is reachable.',
    ],
    ONLY_NEW_TOKENS,
    ['which-port', 'TCP 443 to the token servers of Fortinet is needed.'],
    [
      'which-address',
      'fds1.fortinet.com, directregistration.fortinet.com and globalftm.fortinet.net are needed, on TCP 443.',
    ],
    ['token', ''],
    ['meanwhile', 'Users with an active token get in with their code; new tokens wait for the servers.'],
    [
      'side-effect',
      'The connections go out only, to servers of Fortinet; nothing has to be let in for them.',
    ],
    ['verify', '`diagnose fortitoken info` shows it: its last lines hold the state of the token servers.'],
    ['elsewhere', 'Active tokens are checked on the FortiGate itself, so their users get in.'],
    [
      'request',
      'TCP 443 to fds1.fortinet.com, directregistration.fortinet.com and globalftm.fortinet.net is needed.',
    ],
    [
      'where',
      'The way out is opened on the device in front; DNS and route of the FortiGate are in its management VDOM.',
    ],
    [
      'own-change',
      'A new rule in front can stop the way to the token servers, with a FortiGate that did not change.',
    ],
    ['prevent', 'Rules in front with the names of the token servers stay right when addresses change.'],
    OPENS_NOTHING,
  ],
  descriptions: [
    {
      all: ['tokenServer unreachable', 'provision|token|activation'],
      also: ['deviceRegistered works !not', 'provision fails|not', 'others|old works'],
      not: ['provisionTimeout', 'deviceRegistered not', 'fortiManager', 'cloudCommunication', 'secondHand'],
      title: 'The FortiGate cannot reach the token servers of Fortinet',
      fix: 'Type `diagnose fortitoken info`: the last line `Token server status: unreachable` proves it. Test `execute ping directregistration.fortinet.com` and `execute ping globalftm.fortinet.net` and let these names and TCP 443 through for the FortiGate. Tokens that are already activated keep working meanwhile.',
    },
  ],
  needs: ['tokenServer'],
  versions: '6.2 and later',
  references: ['AG180506', 'FTK616236'],
  pushesOf: 'this-fortigate',
  check({ tokenServer }, context) {
    if (tokenServer.value === 'reachable') {
      return healthy('the token server is reachable', tokenServer.quotes);
    }
    return broken('certain', {
      title: 'The FortiGate cannot reach Fortinet’s token servers',
      summary:
        '`diagnose fortitoken info` says `Token server status: unreachable`. Tokens cannot be assigned or activated; tokens that are active already still work.',
      evidence: tokenServer.quotes,
      fix: globalFix(
        context,
        noCliFix(
          'Let the FortiGate resolve and reach these names on TCP 443 (the last one from 6.4.2 on). A ping shows whether a name resolves; ICMP itself may be blocked: `execute ping fds1.fortinet.com`, `execute ping directregistration.fortinet.com`, `execute ping globalftm.fortinet.net`.',
          ['diagnose fortitoken info'],
          'This must show `Token server status: reachable`.',
        ),
      ),
      explains: ['cloud-communication-disabled'],
    });
  },
});
