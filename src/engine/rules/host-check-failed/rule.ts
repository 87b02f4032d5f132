import type { Quote } from '../../evidence/types.ts';
import type { Attempt } from '../../facts/attempt.ts';
import { pickedEntries } from '../../facts/config/shown-settings.ts';
import type { SslPortal } from '../../facts/device/settings.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import { broken, defineRule, healthy } from '../define-rule.ts';
import { LOCKED_OUT, OPENS_NOTHING } from '../shared/answers.ts';
import { isAskedAbout, nameList, needsLogin } from '../shared/logins.ts';
import { lastSign, shownBy, usersWithTunnel, whoseLogins } from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'host-check-failed',
  title: 'The computer does not pass the host check of the portal',
  severity: 'high',
  hop: 'tunnel',
  number: 140,
  forCustomer: 'the computer does not meet what the connection asks of it',
  disturbs: 'only this computer',
  place: 'on the computer of the user, which does not pass the host check',
  leavesFortigate: true,
  answers: [
    // `can I set host-check to none?`
    [
      /host-?check.{0,30}\bnone\b/i,
      '`host-check none` lets unprotected computers in, for every user of the portal: it is a security decision.',
    ],
    // `Am I locked out?`, `Bin ich gesperrt?`
    [
      LOCKED_OUT,
      'The account is not locked: name and password were accepted, and the check of the computer comes after them.',
    ],
    // `Is it the free client?`, `Liegt es am kostenlosen Client?`
    [
      /\b(?:free|kostenlos\w{0,2}|gratis|gratuit\w?|gratuito)\b/i,
      'The free FortiClient VPN cannot do a host check: the licensed FortiClient can.',
    ],
    [
      /antivir|Virenscanner|virusscanner|Defender/i,
      'The host check asks for antivirus, firewall, system version or MAC address, as the portal is set.',
    ],
    [
      /^(?=.*(?:(?:host|the|this)[- ]?check|Prüf)).*(?:\boff\b|disabl|skip|without|\bohne|schalten|umgeh)/i,
      '`host-check none` lets unprotected computers in, for every user of the portal: it is a security decision.',
    ],
    ['who', 'The cause stops every computer that does not pass the check, with any user.'],
    [
      'buy',
      'A licence is needed where the computer has FortiClient VPN, the free edition: it cannot do a host check.',
    ],
    [
      'change',
      'Nothing on the FortiGate has to be changed: the computer has to pass; a weaker check is a security decision.',
    ],
    [
      'restart',
      'A restart of the computer helps where updates wait for it; a restart of the FortiGate does not.',
    ],
    [
      'verify',
      '`show vpn ssl web portal` shows what is asked for; antivirus, firewall and system version of the computer show what is missing.',
    ],
    ['elsewhere', 'Computers that get in have what the portal asks for; with the same user this one fails.'],
    ['prevent', 'Antivirus and system that are up to date on each computer avoid it.'],
    [
      'where',
      'The check is in the portal: `host-check`, `os-check` and `mac-addr-check` of `config vpn ssl web portal`.',
    ],
    ['choice', 'The computer has to pass; a weaker check lets in every computer of the portal.'],
    [
      'own-change',
      'A new antivirus, a new system version or a new rule of the portal makes computers fail that passed before.',
    ],
    OPENS_NOTHING,
  ],
  descriptions: [
    {
      all: ['hostCheck', 'protection|client|fails'],
      or: [['hostCheck', 'others works|lateStop']],
      also: ['protection', 'password works', 'others works', 'lateStop'],
      not: ['approval !not !saml', 'request phone', 'saml', 'ipsec', 'certificate'],
      confidence: 'likely',
      title: 'The computer does not pass the host check of the portal',
      fix: {
        todo: 'Look at what the portal asks for under “VPN > SSL-VPN Portals”, “Host Check” and “Restrict to Specific OS Versions” (`show vpn ssl web portal`), then put that right on the computer: antivirus up to date, Windows firewall on, version of the system. The free FortiClient cannot do every check.',
        forward: {
          text: 'FortiClient says that my computer does not meet the security requirements; which check fails?',
        },
      },
    },
  ],
  needs: [],
  wants: ['userNotices', 'attempts', 'sslPortals', 'shownSettings'],
  versions: 'all with SSL VPN in tunnel mode',
  references: ['KB369685'],
  check({ userNotices, attempts, sslPortals, shownSettings }, context) {
    const notices = valueIfKnown(userNotices) ?? [];
    const logins = valueIfKnown(attempts) ?? [];
    const connected = usersWithTunnel(logins);
    const said = (kind: (typeof notices)[number]['kind']) =>
      notices.find(({ kind: each, quote: { text } }) => {
        const [, user = null] = LOGGED_USER.exec(text) ?? [];
        return each === kind && (user === null || (isAskedAbout(user, context) && !connected.has(user)));
      });
    const asked = shownBy(logins, 'host-check-asked');
    const portals: readonly Portal[] = valueIfKnown(sslPortals) ?? readCutPortals(shownSettings);
    const checking = portals.filter(
      ({ hostCheck, osCheck, macCheck }) => hostCheck.value !== 'none' || osCheck.value || macCheck.value,
    );
    const notice = said('host-check');
    const free = said('free-client')?.quote;
    if (notice) {
      const names = nameList(checking.map(({ name }) => name));
      return broken('certain', {
        ...failedAt(checking, free),
        summary: `The computer does not meet the security requirements, as the quoted message says. Name and password were accepted; the portal${names === '' ? '' : ` ${names}`} then asks for an antivirus, a firewall, an operating system or another property of the computer.`,
        evidence: [
          notice.quote,
          ...(free && free.line !== notice.quote.line ? [free] : []),
          ...(asked ? [asked.seen.quote] : []),
          ...checking.flatMap(listChecks).slice(0, 2),
        ],
      });
    }
    const stopped = said('late-end')?.quote;
    const ended = logins.filter(
      (login) =>
        isAskedAbout(login.user, context) &&
        !connected.has(login.user) &&
        endsAtCheck(login, stopped !== undefined),
    );
    const [first] = ended;
    if (first) {
      const portal = lastSign(first, 'portal-given');
      const own = checking.filter(({ name }) => name === portal?.fields.portal);
      // Without the logout the log may just end there.
      const isSure = stopped && (lastSign(first, 'logged-out') ?? (free && own.length > 0));
      return broken(isSure ? 'likely' : 'possible', {
        ...failedAt(own, free),
        summary: `${whoseLogins(ended)} passed the password and got a portal, which asked for a host check. No tunnel came after it, and the client logged out${stopped ? ' or stopped' : ''}. ${free && own.length > 0 ? 'FortiClient VPN, the free edition, cannot answer it, whatever runs on the computer.' : 'The log does not say which property of the computer was missing.'}`,
        evidence: [
          ...(['host-check-asked', 'portal-given', 'logged-out'] as const).flatMap(
            (sign) => lastSign(first, sign)?.quote ?? [],
          ),
          ...own.flatMap(listChecks).slice(0, 2),
          ...(stopped ? [stopped] : []),
          ...(free && free.line !== stopped?.line ? [free] : []),
        ],
      });
    }
    const isOpen = logins.every((login) => login.outcome === 'incomplete' && !connected.has(login.user));
    const isEvery = checking.length > 0 && checking.length === portals.length;
    if (isOpen && isEvery && stopped && (free ?? said14(stopped))) {
      const names = nameList(checking.map(({ name }) => name));
      return broken(free ? 'likely' : 'possible', {
        ...failedAt(checking, free),
        summary: `FortiClient stops where the login is accepted and the host check follows. Portal ${names} asks for one${free ? ', and FortiClient VPN, the free edition, cannot do it' : ''}.`,
        evidence: [stopped, ...checking.flatMap(listChecks).slice(0, 3), ...(free ? [free] : [])],
      });
    }
    if (asked?.login.trace.signs['sslvpn-address-given']) {
      return healthy(`the computer of ${asked.login.user} passed the host check`, [asked.seen.quote]);
    }
    return needsLogin(
      asked
        ? 'a host check was asked for, but the log does not show how it ended'
        : 'nothing in the evidence shows a host check',
    );
  },
});

type Portal = Pick<SslPortal, 'name' | 'hostCheck' | 'osCheck' | 'macCheck'>;

/** Portals of a table that the evidence does not show to its end. */
function readCutPortals(shown: Facts['shownSettings']): readonly Portal[] {
  const off = { value: false, explicit: false, quotes: [] };
  return [...pickedEntries(valueIfKnown(shown) ?? new Map(), 'vpn ssl web portal', 'host-check')].map(
    ([name, hostCheck]) => ({ name, hostCheck, osCheck: off, macCheck: off }),
  );
}

/** The user of an event. Sample: `user="gannet" reason="host check failed"` */
const LOGGED_USER = /\buser="?([^"\s]{1,120})/;

const FAILED = {
  title: 'The computer does not pass the host check of the portal',
  fix: {
    todo: 'Start and update the antivirus and firewall of the computer, and install its system updates. FortiClient VPN, the free edition, cannot do a host check: use the licensed FortiClient there. To relax the check, change `host-check`, `os-check` or `mac-addr-check` of the portal (a security decision).',
    forward: {
      text: 'Your computer does not meet the VPN’s requirements. Please check that antivirus and firewall are on and up to date, and tell us which FortiClient is installed.',
    },
  },
};

/** The portals that ask, and the words that say that the client is one that cannot do it. */
function failedAt(portals: readonly Portal[], free: Quote | undefined) {
  const names = nameList(portals.map(({ name }) => name));
  if (!free) return FAILED;
  return {
    title: `${names === '' ? 'The portal' : `Portal ${names}`} asks for a host check, which the free FortiClient cannot do`,
    fix: {
      todo: `Install the licensed FortiClient (managed by EMS) on this computer; no antivirus or update changes what the free edition can do. To switch the check off (\`host-check\` of ${names || 'the portal'}) is a security decision for every user of the portal: a portal of its own for these users is the smaller one.`,
      forward: {
        text: 'The free FortiClient cannot do the check that our VPN asks for. Please install the FortiClient that we license.',
      },
    },
  };
}

/** FortiClient’s code of a host check that it cannot do: `(-14)`, `(Error=-14)`. */
function said14({ text }: Quote): boolean {
  return /-14\)/.test(text);
}

/** The lines of a portal that ask for something of the computer. */
function listChecks({ hostCheck, osCheck, macCheck }: Portal) {
  return [
    ...(hostCheck.value === 'none' ? [] : hostCheck.quotes),
    ...[osCheck, macCheck].flatMap(({ value, quotes }) => (value ? quotes : [])),
  ];
}

/** A portal was given and a host check asked for; then the client left without a tunnel, or its user says that it stopped. */
function endsAtCheck({ trace: { signs } }: Attempt, isStopped: boolean): boolean {
  const asked = signs['host-check-asked']?.at(-1);
  const left = signs['logged-out']?.at(-1);
  if (!asked || !signs['portal-given']) return false;
  return left ? left.order > asked.order : isStopped;
}
