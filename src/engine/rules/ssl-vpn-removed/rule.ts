import { valueIfKnown } from '../../facts/fact.ts';
import { atLeast, formatVersion } from '../../fortios/version.ts';
import { broken, defineRule, healthy, notApplicable, undecided, versionEdge } from '../define-rule.ts';

import { nameList } from '../shared/logins.ts';

/**
 * The CLI has no such object, `command parse error before 'ssl'`, or no tunnel mode to switch on, `value parse error
 * before 'enable'`. An account that may not read it is told otherwise.
 */
const NO_OBJECT = /\bparse error before '(?:ssl|enable)'/;

/** `command parse error before 'ssl'` */
const NO_SSL_VPN = /\bcommand parse error before 'ssl'/;
const NO_WAY_BACK =
  'No command brings it back. Build an IPsec dial-up tunnel (IKEv2 with EAP or SAML) and give the users a profile for it. Until then only the firmware from before the upgrade helps, with the backup of that release: `diagnose sys flash list` shows whether the other partition still has it, `execute set-next-reboot <primary|secondary>` chooses that one, and `execute reboot` starts it.';

export const rule = defineRule({
  id: 'ssl-vpn-removed',
  title: 'This FortiOS has no SSL VPN',
  severity: 'high',
  hop: 'connection',
  number: 63,
  aliases: ['V07'],
  forCustomer: 'this kind of connection is no longer offered by the version of the firewall',
  disturbs: 'nobody',
  place: 'on the FortiGate, whose FortiOS has no SSL VPN tunnel',
  stops: 'every user of SSL VPN',
  answers: [
    // `Do I have to import the old config again?`, `müssen wir die Sicherung einspielen?`
    [
      /(?<!\p{L})(?:import|restor|re-?load|upload|einspiel|importier|wiederherstell|zurückspiel)\p{L}*.{0,40}(?:config|backup|settings|Konfiguration|Sicherung)|(?:config|backup|settings|Konfiguration|Sicherung)\p{L}*.{0,40}(?:import|restor|re-?load|upload|einspiel|wiederherstell|zurückspiel)/iu,
      'The old configuration brings nothing back: this release has no SSL VPN settings. It helps only after the firmware from before the upgrade was started.',
    ],
    [
      /\b(?:lost|gone|lose|lost|weg|verloren|verschwunden|perdue?s?|perdid[oa]s?|perdut[oaie]|pers[oaie]|kwijt)\b.{0,40}\b(?:config\p{L}*|settings|Einstellung\p{L}*|Konfiguration|instellingen|impostazioni|réglages)|\b(?:config\p{L}*|settings|Einstellung\p{L}*|Konfiguration|instellingen|impostazioni|réglages)(?!\p{L}).{0,40}\b(?:lost|gone|weg|verloren|verschwunden|perdue?s?|perdid[oa]s?|perdut[oaie]|pers[oaie]|kwijt)\b/iu,
      'The settings of SSL VPN are gone from the running configuration, because the upgrade does not carry them over; a backup from before the upgrade has them.',
    ],
    [
      /\b(?:update|upgrade)\b.{0,20}\b(?:eat|lose|delete|remove|wipe)|\bconfig\w*\b.{0,20}\b(?:gone|lost|weg)\b/i,
      'The settings of SSL VPN are not carried over by the upgrade.',
    ],
    [
      /\b(?:FortiClients?|clients?)\b.{0,15}\b(?:aktualisieren|update|updaten)\b|\b(?:update|upgrade)\b.{0,15}\b(?:FortiClients?|clients?)\b/i,
      'An update of FortiClient does not help: this release has no SSL VPN for any client; each needs a profile for an IPsec tunnel.',
    ],
    ['meanwhile', 'A downgrade to the release before brings SSL VPN back until the IPsec tunnel works.'],
    [
      /\b(?:enable|turn on|switch on|bring|einschalten|aktivieren)\b.{0,30}\b(?:SSL|it back|feature)|\b(?:turn|switch) (?:it|that|this) (?:back )?on\b|\b(?:re-?enable|enable) (?:it|that|this)\b|\bwieder ein(?:schalten|blenden)\b|\bfeature visibility\b/i,
      'SSL VPN cannot be switched on again: no command brings it back in this release.',
    ],
    [
      'rollback',
      'A rollback is a stopgap: the release before has SSL VPN, but not the security fixes since; an IPsec tunnel is the lasting way.',
    ],
    ['sound', 'From 7.6.3 on FortiOS has no SSL VPN tunnel mode: this is intended.'],
    ['release', 'The end of SSL VPN tunnel mode from 7.6.3 on is intended, no bug.'],
    ['update', 'From 7.6.3 on FortiOS has no SSL VPN tunnel mode; older releases have it.'],
    ['buy', 'A licence does not bring SSL VPN back, and IPsec dial-up needs none.'],
    ['token', 'The tokens stay as they are, and work over IKEv2 as well.'],
    ['clients', 'Each client needs a profile for the IPsec tunnel.'],
    ['change', 'The FortiGate needs an IPsec dial-up tunnel.'],
    ['elsewhere', 'FortiGates on an older release still have SSL VPN tunnel mode.'],
    ['choice', 'An IPsec tunnel is the lasting way; the release before is a stopgap.'],
    ['own-change', 'The upgrade to 7.6.3 or later ends SSL VPN tunnel mode, whatever was set before.'],
    ['verify', '`get system status` shows the release: from 7.6.3 on SSL VPN tunnel mode is not there.'],
    ['where', 'The IPsec tunnel is made under VPN on the FortiGate; each client needs its profile.'],
    ['prevent', 'The release notes of each release name what it removes, before the upgrade.'],
  ],
  descriptions: [
    {
      all: ['release76', 'sslvpn|agentless menuGone|not|fails / sslvpn'],
      or: [
        ['agentless', 'client|sslvpn|upgraded'],
        ['upgraded', 'sslvpn menuGone'],
      ],
      also: ['menuGone', 'upgraded', 'all|client not|fails', 'agentless'],
      not: ['ikev2', 'request'],
      releases: { of: 'FortiOS', since: ['7.4.8'] },
      title: 'This FortiOS has no SSL VPN tunnel',
      fix: 'Look at the release: `get system status`. From FortiOS 7.6.3 on there is no SSL VPN tunnel mode (on models with 2 GB of memory from 7.6.0 on), and an upgrade does not carry its settings over. Build an IPsec dial-up tunnel (IKEv2 with EAP or SAML) and give the users a profile for it; until then only a downgrade to the release before helps. Tokens stay and work over IKEv2.',
      decided: {
        all: ['sslvpn|portal menuGone|unknownCommand', 'release76'],
        fix: 'The fast way back is the firmware of before the upgrade: `diagnose sys flash list` shows whether the other partition still has it, `execute set-next-reboot <primary|secondary>` chooses that one, and after `execute reboot` the backup of that release is restored. No backup brings SSL VPN back on the new release. For good, build an IPsec dial-up tunnel (IKEv2 with EAP or SAML) and give the users a profile for it: FortiOS has no SSL VPN tunnel from 7.6.3 on (on models with 2 GB of memory from 7.6.0 on), and an upgrade does not carry its settings over. Tokens stay and work over IKEv2.',
      },
    },
  ],
  needs: ['version'],
  wants: ['sslVpn', 'phase1s', 'localUsers'],
  versions: '7.6.3 and later; some models from 7.4.8 or 7.6.0',
  references: ['KB420733'],
  edge: versionEdge({
    since: ['7.6.3'],
    needs: ['sslVpn'],
    wants: ['phase1s'],
    check({ sslVpn, phase1s }, { version }) {
      const served = sslVpn.value.filter(({ enabled }) => enabled.value);
      if (served.length === 0) return notApplicable('SSL VPN is not in use', ['sslVpn']);
      const release = version ? formatVersion(version) : '7.6.3';
      const groups = nameList(served.flatMap(({ groups: own, users }) => [...own, ...users]));
      const dialups = (valueIfKnown(phase1s) ?? []).filter(({ dialup }) => dialup);
      return broken('likely', {
        title: `Every SSL VPN tunnel${groups === '' ? '' : ` (${groups})`} ends with FortiOS ${release}`,
        summary: `FortiOS has no SSL VPN tunnel mode from 7.6.3 on, and an upgrade does not carry its settings over. FortiClient users of ${nameList(served.flatMap(({ interfaces }) => interfaces.value))} get no connection any more. ${
          dialups.length === 0
            ? 'No IPsec dial-up tunnel is configured that could take them.'
            : `The IPsec dial-up ${nameList(dialups.map(({ name }) => name))} is not touched by this.`
        }`,
        evidence: served.flatMap(({ interfaces }) => interfaces.quotes).slice(0, 4),
        fix: 'Before the upgrade, build an IPsec dial-up tunnel (IKEv2 with EAP or SAML), give the users a profile for it, and let them log in with it once. Users of an LDAP server need EAP-TTLS there (FortiClient 7.4.3 or later), or SAML or RADIUS in front of the directory.',
      });
    },
  }),
  check({ version, sslVpn, phase1s, localUsers }, { vdomMode }) {
    const release = formatVersion(version.value);
    if (!atLeast(version.value, '7.6.3')) {
      // In global of a device with VDOMs the object is unknown on every release.
      const isUnknown = sslVpn.state === 'unknown' && sslVpn.failed && NO_SSL_VPN.test(sslVpn.reason);
      const hasDialup = valueIfKnown(phase1s)?.some(({ dialup }) => dialup);
      if (isUnknown && atLeast(version.value, '7.4.8') && vdomMode === 'single' && !hasDialup) {
        return broken('likely', {
          title: `This FortiGate has no SSL VPN with FortiOS ${release}`,
          summary: `This FortiGate does not know \`vpn ssl settings\`: models with 2 GB of memory have no SSL VPN from 7.6.0 on, and some others lost it with 7.4.8. An upgrade does not carry its settings over, so clients of SSL VPN get no connection.`,
          evidence: version.quotes,
          fix: NO_WAY_BACK,
        });
      }
      return notApplicable(`FortiOS ${release} still has SSL VPN`);
    }
    if (sslVpn.state === 'known' && sslVpn.value.some((vpn) => vpn.enabled.value)) {
      return healthy('the agentless (web) VPN is configured and on', sslVpn.quotes);
    }
    const holders = (valueIfKnown(localUsers) ?? []).filter((user) => user.twoFactor.value !== 'disable');
    const tunnels = valueIfKnown(phase1s);
    if (sslVpn.state === 'known' && tunnels && holders.length > 0 && !tunnels.some((each) => each.dialup)) {
      // That 7.6.3 removed tunnel mode is not confirmed by a source.
      return broken('possible', {
        title: `This FortiGate has no VPN that ${nameList(holders.map((user) => user.name))} could log in to`,
        summary: `FortiOS ${release} has no SSL VPN tunnel mode any more, no agentless VPN is on, and no IPsec dial-up tunnel is configured, but users have second factors. If push stopped with the upgrade, the reason is that the VPN itself is gone.`,
        evidence: version.quotes,
        fix: 'Build an IKEv2 dial-up tunnel with EAP; FortiClient 7.2.4 or later can then use push.',
      });
    }
    const isRefused =
      sslVpn.state === 'unknown' && sslVpn.failed && (tunnels ?? NO_OBJECT.test(sslVpn.reason));
    if (isRefused && !tunnels?.some((each) => each.dialup)) {
      // In global of a device with VDOMs the object is unknown on every release.
      const isProven = NO_SSL_VPN.test(sslVpn.reason) && vdomMode !== 'multi';
      return broken(isProven ? 'certain' : 'likely', {
        title: `FortiOS ${release} has no SSL VPN tunnel any more${tunnels ? ', and no other VPN for users is set up' : ''}`,
        summary: `From 7.6.3 on, FortiOS has no SSL VPN tunnel mode, and its settings are not carried over by an upgrade. This FortiGate does not know \`vpn ssl settings\`${isProven ? " (`command parse error before 'ssl'`)" : ''}${tunnels ? ' and has no IPsec dial-up tunnel: clients get no connection' : ': clients of SSL VPN get no connection'}.`,
        evidence: version.quotes,
        fix: NO_WAY_BACK,
      });
    }
    // A whole backup shows which VPN took its place.
    if (sslVpn.state === 'known' && sslVpn.value.length > 0 && tunnels === undefined) {
      return broken('likely', {
        title: `FortiOS ${release} has no SSL VPN tunnel any more, and the settings of SSL VPN are empty`,
        summary: `From 7.6.3 on, FortiOS has no SSL VPN tunnel mode, and its settings are not carried over by an upgrade. No interface is left in \`vpn ssl settings\` here, so nothing answers clients that still use SSL VPN.`,
        evidence: [...version.quotes, ...sslVpn.quotes],
        fix: NO_WAY_BACK,
      });
    }
    return undecided({
      reason: `FortiOS ${release} has no SSL VPN tunnel mode; the evidence does not show whether users still try to log in that way`,
      need: 'which VPN the users log in to; from 7.6.3 on it has to be IPsec with IKEv2',
      commands: ['ssl-vpn', 'phase1-interfaces'],
    });
  },
});
