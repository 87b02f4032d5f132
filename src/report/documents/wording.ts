import type { Diagnosis } from '../../engine/diagnosis/diagnosis.ts';
import type { AttemptOutcome } from '../../engine/facts/attempt.ts';
import type { TimedMilestone } from '../../engine/facts/attempts/login-timing.ts';
import type { Hop, HopStatus } from '../../engine/facts/hop.ts';
import type { Confidence, Severity } from '../../engine/rules/rule.ts';

type PortOwner = NonNullable<Diagnosis['portMap']>['claims'][number]['service'];

/** Every text of an answer that is not part of a rule. Another language is another value of this type. */
export interface Wording {
  readonly hops: Readonly<Record<Hop, string>>;
  /** What evidence would have to show of a hop; after "Not shown:". */
  readonly hopSigns: Readonly<Record<Hop, string>>;
  readonly hopMarks: Readonly<Record<HopStatus, string>>;
  /** Same in words, for screen readers. */
  readonly hopWords: Readonly<Record<HopStatus, string>>;
  readonly verdictMarks: Readonly<Record<Diagnosis['verdict'], string>>;
  readonly verdictLights: Readonly<Record<Diagnosis['verdict'], string>>;
  readonly outcomes: Readonly<Record<AttemptOutcome, string>>;
  readonly milestones: Readonly<Record<TimedMilestone, string>>;
  /** What happens when a limit of the wait is reached. */
  readonly loginLimits: Readonly<Record<'token' | 'vpn', string>>;
  readonly confidence: Readonly<Record<Confidence, string>>;
  readonly severity: Readonly<Record<Severity, string>>;
  readonly portOwners: Readonly<Record<PortOwner, string>>;
  /** What happens to the phone's connection if this service is first. */
  readonly portWins: Readonly<Record<PortOwner, string>>;
  /** Singular and plural, by the kinds of `redact/`. A kind without an entry is shown as it is. */
  readonly secrets: Readonly<Record<string, readonly [one: string, many: string]>>;
}

export const ENGLISH_WORDING: Wording = {
  hops: {
    connection: 'connection',
    login: 'login',
    'second-factor': 'second factor',
    token: 'token',
    'push-service': 'push service',
    'push-request': 'push request',
    notification: 'notification',
    callback: 'callback',
    tls: 'TLS',
    approval: 'approval',
    authorisation: 'authorisation',
    tunnel: 'tunnel',
  },
  hopSigns: {
    connection: 'whether the client reached the VPN',
    login: 'whether the password was accepted',
    'second-factor': 'whether a second factor was asked for',
    token: 'the state of the token',
    'push-service': 'whether the push service is on',
    'push-request': 'whether a push was sent',
    notification: 'whether the phone showed the push',
    callback: 'whether the phone answered',
    tls: 'whether the phone accepted the certificate',
    approval: 'whether the approval came in time',
    authorisation: 'what the user was allowed afterwards',
    tunnel: 'whether the tunnel came up',
  },
  hopMarks: { ok: '✓', broken: '✗', 'not-reached': '–', unknown: '?' },
  hopWords: { ok: 'fine', broken: 'broken', 'not-reached': 'not reached', unknown: 'not seen' },
  verdictMarks: { broken: '✗', healthy: '✓', inconclusive: '?' },
  verdictLights: { broken: '🔴', healthy: '🟢', inconclusive: '🟡' },
  outcomes: {
    succeeded: 'got in',
    denied: 'denied',
    'timed-out': 'timed out',
    failed: 'failed',
    incomplete: 'end not seen',
  },
  milestones: {
    'push-sent': 'push sent',
    'phone-connected': 'phone connected',
    'phone-answered': 'phone answered',
    'certificate-refused': 'phone refused the certificate',
    'code-typed': 'code typed',
    'got-in': 'got in',
    'vpn-ended': 'VPN ended the login',
  },
  loginLimits: { token: 'token expired', vpn: 'VPN gave up' },
  confidence: { certain: 'certain', likely: 'likely', possible: 'possible' },
  severity: { critical: 'critical', high: 'high', medium: 'medium', low: 'low' },
  portOwners: {
    'ftm-push': 'the push service',
    'admin-https': 'the admin page',
    'admin-other': 'administration over HTTP, SSH or Telnet',
    'ssl-vpn': 'the SSL VPN portal',
    'virtual-ip': 'a virtual IP',
    'ike-tcp': 'IKE over TCP',
    'local-in-policy': 'a local-in policy',
  },
  portWins: {
    'ftm-push': 'the push service answers',
    'admin-https': 'the admin page answers',
    'admin-other': 'administration over HTTP, SSH or Telnet answers',
    'ssl-vpn': 'the SSL VPN portal answers',
    'virtual-ip': 'the virtual IP forwards the connection to an internal server',
    'ike-tcp': 'IKE over TCP answers',
    'local-in-policy': 'the local-in policy drops the connection',
  },
  secrets: {
    password: ['password', 'passwords'],
    'password-hash': ['password hash', 'password hashes'],
    psk: ['pre-shared key', 'pre-shared keys'],
    secret: ['secret', 'secrets'],
    key: ['key', 'keys'],
    'private-key': ['private key', 'private keys'],
    community: ['SNMP community', 'SNMP communities'],
    'registration-id': ['phone registration', 'phone registrations'],
    'activation-code': ['activation code', 'activation codes'],
    seed: ['token seed', 'token seeds'],
    ciphertext: ['encrypted message part', 'encrypted message parts'],
    challenge: ['session challenge', 'session challenges'],
    cookie: ['cookie', 'cookies'],
    'api-key': ['API key', 'API keys'],
    otp: ['one-time code', 'one-time codes'],
    serial: ['serial number', 'serial numbers'],
  },
};
