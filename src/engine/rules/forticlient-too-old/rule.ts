import { valueIfKnown } from '../../facts/fact.ts';
import { atLeast, formatVersion, parseVersion } from '../../fortios/version.ts';
import { broken, defineRule, healthy, notApplicable } from '../define-rule.ts';
import type { Description } from '../rule.ts';

import { OPENS_NOTHING } from '../shared/answers.ts';
import { findPhase1 } from '../shared/ike-logins.ts';
import { nameList } from '../shared/logins.ts';
import { listSamlServers } from '../shared/saml-logins.ts';
import { countOfLogins, failedWith, listQuotes, shownBy } from '../shared/vpn-logins.ts';

/** First FortiClient that signs in to an IPsec tunnel by SAML. */
const SAML_SINCE = '7.2.4';

const TOO_SMALL: Omit<Description, 'all'> = {
  also: ['noFeature', 'oldClient', 'others works', 'saml|ipsec'],
  not: ['approval !not !saml', 'request phone', 'hostCheck'],
  title: 'This FortiClient is too old, or its edition too small, for what the tunnel uses',
  fix: 'Look at the version under “About” in FortiClient and compare it with that of a computer where it works. Install a current FortiClient of the same kind; the free one has no IPsec on Linux and no central profile. SAML over IPsec needs FortiClient 7.2.4 or newer, EAP-TTLS 7.4.3 or newer.',
};

export const rule = defineRule({
  id: 'forticlient-too-old',
  title: 'This FortiClient is too old for the tunnel',
  severity: 'medium',
  hop: 'connection',
  number: 157,
  forCustomer: 'the program on the computer is too old for this kind of connection',
  disturbs: 'only this computer',
  place: 'in the FortiClient of the computer, which is older than 7.2.4',
  leavesFortigate: true,
  answers: [
    ['who', 'The cause stops every computer with a FortiClient before 7.2.4.'],
    ['release', 'FortiClient 7.2.4 or later is needed, on macOS and Linux 7.2.5.'],
    ['buy', 'A licence is not what is missing: the installed FortiClient has to be updated.'],
    ['reinstall', 'A new installation helps if it is FortiClient 7.2.4 or later.'],
    ['verify', 'FortiClient shows its version under About; EMS shows those of all computers.'],
    ['elsewhere', 'Computers that get in have FortiClient 7.2.4 or later.'],
    ['prevent', 'Updates of FortiClient by EMS or software distribution keep all computers at one version.'],
    [
      [
        'clients',
        'choice',
        /\b(?:updat\w*|upgrad\w*|aktualisier\w*|mettre à jour|actualizar|aggiornar\w*|atualizar|bijwerken)\b/i,
      ],
      'Computers with a FortiClient before 7.2.4 have to be updated; newer ones stay as they are.',
    ],
    ['where', 'The update is made on the computer, or by EMS for all.'],
    [
      'own-change',
      'IKEv2 with a token needs FortiClient 7.2.4, so a new tunnel or a new token brings it up.',
    ],
    OPENS_NOTHING,
  ],
  descriptions: [
    {
      all: ['oldClient', 'newClient works'],
      or: [
        ['oldClient', 'noFeature|missing', 'newClient|others'],
        ['oldClient', 'noFeature'],
        ['clientEdition', 'ipsec', 'not'],
      ],
      releases: { of: 'FortiClient', before: ['7.4.3'] },
      ...TOO_SMALL,
    },
    // A current one lacks it, too.
    { all: ['clientEdition', 'noFeature'], ...TOO_SMALL },
  ],
  needs: ['attempts'],
  wants: ['phase1s', 'userGroups', 'samlServers'],
  versions: 'FortiClient before 7.2.4',
  references: ['KB397683', 'KB421645'],
  check({ attempts, phase1s, userGroups, samlServers }, context) {
    const groups = valueIfKnown(userGroups) ?? [];
    const servers = valueIfKnown(samlServers) ?? [];
    const old = failedWith(attempts.value, context, 'forticlient-version', ({ fields }, login) => {
      const version = parseVersion(fields.version ?? '');
      const tunnel = findPhase1(login, phase1s);
      return (
        version !== undefined &&
        !atLeast(version, SAML_SINCE) &&
        tunnel !== undefined &&
        listSamlServers(tunnel, groups, servers).length > 0
      );
    });
    if (old.length === 0) {
      const shown = shownBy(
        attempts.value.filter(({ outcome }) => outcome === 'succeeded'),
        'forticlient-version',
      );
      return shown
        ? healthy(`FortiClient ${shown.seen.fields.version} got in`, [shown.seen.quote])
        : notApplicable('no login in the evidence shows a FortiClient that is too old for its tunnel');
    }
    const logins = old.map(({ login }) => login);
    const versions = nameList(
      old.flatMap(({ seen }) => {
        const version = parseVersion(seen.fields.version ?? '');
        return version ? formatVersion(version) : [];
      }),
    );
    const tunnels = nameList(logins.flatMap(({ trace }) => trace.gateway ?? []));
    return broken('likely', {
      title: `FortiClient ${versions} cannot sign in to ${tunnels} by SAML: it needs ${SAML_SINCE} or later`,
      summary: `The group of ${tunnels} holds a SAML server. FortiClient signs in to an IPsec tunnel by SAML from ${SAML_SINCE} on, and the client says that it is ${versions}; ${countOfLogins(logins, attempts.value)} ended this way. The FortiGate needs no change.`,
      evidence: listQuotes(old),
      fix: {
        todo: 'Update FortiClient on that computer.',
        forward: {
          to: 'the administrator of the clients',
          text: `FortiClient ${versions} is too old for the VPN ${tunnels}, which signs in by SAML. Please install ${SAML_SINCE} or later.`,
        },
      },
    });
  },
});
