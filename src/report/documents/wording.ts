import type { Diagnosis } from '../../engine/diagnosis/diagnosis.ts';
import type { AttemptOutcome } from '../../engine/facts/attempt.ts';
import type { TimedMilestone } from '../../engine/facts/attempts/login-timing.ts';
import type { Hop, HopStatus } from '../../engine/facts/hop.ts';

type PortOwner = NonNullable<Diagnosis['portMap']>['claims'][number]['service'];
type Verdict = Diagnosis['verdict'];

/** Texts of an answer that are not part of a rule. */
export const WORDING = {
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
  } satisfies Record<Hop, string>,
  /** What evidence would have to show of a hop; after "Not shown:". */
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
  } satisfies Record<Hop, string>,
  hopMarks: { ok: '✓', broken: '✗', 'not-reached': '–', unknown: '?' } satisfies Record<HopStatus, string>,
  /** Same in words, for screen readers. */
  hopWords: {
    ok: 'fine',
    broken: 'broken',
    'not-reached': 'not reached',
    unknown: 'not seen',
  } satisfies Record<HopStatus, string>,
  verdictMarks: { broken: '✗', healthy: '✓', inconclusive: '?' } satisfies Record<Verdict, string>,
  verdictLights: { broken: '🔴', healthy: '🟢', inconclusive: '🟡' } satisfies Record<Verdict, string>,
  outcomes: {
    succeeded: 'got in',
    denied: 'denied',
    'timed-out': 'timed out',
    failed: 'failed',
    incomplete: 'end not seen',
  } satisfies Record<AttemptOutcome, string>,
  milestones: {
    'push-sent': 'push sent',
    'phone-connected': 'phone connected',
    'phone-answered': 'phone answered',
    'certificate-refused': 'phone refused the certificate',
    'code-typed': 'code typed',
    'got-in': 'got in',
    'vpn-ended': 'VPN ended the login',
  } satisfies Record<TimedMilestone, string>,
  /** What happens when a limit of the wait is reached. */
  loginLimits: { token: 'token expired', vpn: 'VPN gave up' },
  portOwners: {
    'ftm-push': 'the push service',
    'admin-https': 'the admin page',
    'admin-other': 'administration over HTTP, SSH or Telnet',
    'ssl-vpn': 'the SSL VPN portal',
    'virtual-ip': 'a virtual IP',
    'ike-tcp': 'IKE over TCP',
    'local-in-policy': 'a local-in policy',
  } satisfies Record<PortOwner, string>,
  /** What happens to the phone's connection if this service is first. */
  portWins: {
    'ftm-push': 'the push service answers',
    'admin-https': 'the admin page answers',
    'admin-other': 'administration over HTTP, SSH or Telnet answers',
    'ssl-vpn': 'the SSL VPN portal answers',
    'virtual-ip': 'the virtual IP forwards the connection to an internal server',
    'ike-tcp': 'IKE over TCP answers',
    'local-in-policy': 'the local-in policy drops the connection',
  } satisfies Record<PortOwner, string>,
  /** Singular and plural, by the kinds of `redact/`. A kind without an entry is shown as it is. */
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
  } as Readonly<Record<string, readonly [one: string, many: string]>>,
} as const;
