import { broken, defineRule, healthy, notApplicable, undecided } from '../define-rule.ts';
import { ONLY_NEW_TOKENS, WHO_ACTS } from '../shared/answers.ts';
import { NO_PUSH } from '../shared/described-symptoms.ts';

export const rule = defineRule({
  id: 'token-server-is-fortimanager',
  title: 'Tokens come from FortiManager, and it does not provide them',
  severity: 'high',
  hop: 'token',
  number: 32,
  forCustomer: 'requests for codes are sent to a system that does not answer them',
  disturbs: 'nobody',
  place: 'on the FortiManager, which provides the tokens',
  answers: [
    [
      WHO_ACTS,
      'The FortiManager comes first: it provides the tokens, so its team checks its token service and its way to Fortinet.',
    ],
    ONLY_NEW_TOKENS,
    ['token', ''],
    [
      'vendor',
      'The administrators of the FortiManager come first: it provides the tokens in place of Fortinet’s servers.',
    ],
    ['verify', '`show system central-management` shows whether the FortiGate asks a FortiManager.'],
    [
      'choice',
      'The FortiManager has to provide the tokens, or the FortiGate has to ask Fortinet’s servers for them.',
    ],
    [
      'request',
      'The FortiManager has to provide the tokens of this FortiGate, and reach Fortinet’s servers for them.',
    ],
    ['where', 'The servers are set in `config system central-management`.'],
    ['elsewhere', 'FortiGates that ask Fortinet’s servers get tokens without the FortiManager.'],
  ],
  descriptions: [
    {
      all: ['fortiManager', 'provision|activation|token not|fails|missing / provision unreachable|rejects'],
      also: ['others|old works', 'provision not|fails'],
      not: ['cloudCommunication', NO_PUSH],
      title: 'Tokens come from FortiManager, and it does not provide them',
      fix: 'Look with `show system central-management` whether FortiManager is the server for FortiGuard. It then must reach Fortinet itself and offer the token service, and `include-default-servers` decides whether the FortiGate may ask Fortinet directly. Pass this on to the team that runs FortiManager.',
    },
  ],
  needs: ['centralManagement'],
  wants: ['tokenServer'],
  references: ['KB194508'],
  pushesOf: 'this-fortigate',
  check({ centralManagement, tokenServer }) {
    const { type, updateServers, publicServers } = centralManagement.value;
    const manager = type.value === 'fortimanager';
    const instead = updateServers.value.length > 0 && !publicServers.value;
    if (!manager && updateServers.value.length === 0) {
      return notApplicable('no FortiManager replaces Fortinet’s servers');
    }
    if (tokenServer.state !== 'known') {
      return undecided({
        reason:
          'the FortiGate is managed by FortiManager; the evidence does not show whether it gets its tokens',
        need: 'the last line of `diagnose fortitoken info`, `Token server status`',
        commands: ['fortitoken-info'],
      });
    }
    if (tokenServer.value === 'reachable') {
      return healthy('the token server is reachable', tokenServer.quotes);
    }
    return broken(instead ? 'likely' : 'possible', {
      title: 'The token server is FortiManager, and it does not answer: new tokens cannot be activated',
      summary: `${
        instead
          ? `\`config server-list\` names ${updateServers.value.join(', ')} for updates, and \`include-default-servers disable\` excludes Fortinet’s own servers.`
          : 'The FortiGate is managed by a FortiManager, which then provides the tokens.'
      } \`diagnose fortitoken info\` says \`Token server status: unreachable\`. A ping to Fortinet’s servers proves nothing here: FortiManager has to answer. Active tokens still work.`,
      evidence: [...tokenServer.quotes, ...type.quotes, ...updateServers.quotes, ...publicServers.quotes],
      fix: 'On FortiManager, check that its FortiGuard services run and that this FortiGate’s token licences are there. To ask Fortinet directly, `set include-default-servers enable` in `config system central-management`.',
      explains: ['token-server-unreachable'],
    });
  },
});
