import type { Quote } from '../../evidence/types.ts';
import { type Attempt, UNNAMED_USER } from '../../facts/attempt.ts';
import { statedQuote } from '../../facts/described/described.ts';
import type { SslVpnSettings } from '../../facts/device/settings.ts';
import { type Fact, known, type Sourced, unknown, valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import { commandSpec, isKnownTo } from '../../fortios/commands.ts';
import { broken, defineRule, healthy, notApplicable, undecided } from '../define-rule.ts';
import type { Broken, RuleContext } from '../rule.ts';
import { OPENS_NOTHING } from '../shared/answers.ts';
import { OLD_PASSWORD } from '../shared/described-symptoms.ts';
import { isAskedAbout, nameList } from '../shared/logins.ts';
import { noCliFix } from '../shared/no-cli-fix.ts';
import { oneSetting } from '../shared/one-setting.ts';

const DEFAULT_LIMIT = 2;
const DEFAULT_BLOCK_S = 60;
/** `192.0.2.61`, no placeholder of a redacted address. */
const ADDRESS = /^[\d.]+$/;

export const rule = defineRule({
  id: 'source-ip-blocked',
  title: 'SSL VPN blocks the user’s address after failed logins',
  severity: 'medium',
  hop: 'login',
  number: 51,
  aliases: ['V14'],
  forCustomer: 'the place you sign in from is blocked for the moment',
  disturbs: 'nobody',
  place: 'on the FortiGate, which blocks the address after failed logins',
  stops: 'everybody behind this address',
  answers: [
    // `but he typed it only twice?`
    [
      /(?<!\p{L})(?:twice|two times|zwei ?mal|deux fois|dos veces|due volte|duas vezes|twee keer|only once|nur einmal)(?!\p{L})/iu,
      'Two failed logins are enough by default (`login-attempt-limit`), and they count for the address, with those of others behind it.',
    ],
    [
      /\b(?:unblock|entsperr\w*|freischalten|débloqu\w+|desbloque\w+|sblocc\w+|deblokk\w+)\b/i,
      'The block ends by itself, by default after 60 s; `diagnose vpn ssl blocklist del <address>` lifts it sooner, on FortiOS 7.2.6, 7.4.1 and later.',
    ],
    [
      /\b(?:whole|entire|ganze\w?|tout(?:e|es)?|tod[ao]s?|tutt[aeio]|hele) (?:the |das |le |la |los |o |a )?(?:branch|office|Filiale|Büro|agence|bureau|oficina|sucursal|filiale|ufficio|escritório|kantoor)\b/i,
      'The block is one of the address: everybody behind the same public address is out until it ends.',
    ],
    ['change', 'Nothing on the FortiGate has to be changed: the block ends by itself.'],
    [
      /\b(?:by itself|on its own|von selbst|von alleine?|tout seul)\b/i,
      'The block ends by itself, by default after 60 s.',
    ],
    [
      'duration',
      'The block lasts `login-block-time`, by default 60 s, and begins again if a client still fails.',
    ],
    [
      'typed',
      '`diagnose vpn ssl blocklist del <address>` lifts the block, on FortiOS 7.2.6, 7.4.1 and later.',
    ],
    [
      /\b(?:raise|increase|higher|disable|switch off|höher|erhöhen|abschalten)\b.{0,30}\b(?:limit|attempts)|\bLimit\b.{0,20}(?:hoch|erhöh)|login-attempt-limit/i,
      'A higher `login-attempt-limit` does not lift this block and allows more password guesses.',
    ],
    [
      'attack',
      'The names of the failed logins from this address show whether it is guessing or one client with an old password.',
    ],
    ['restart', 'A restart of the FortiGate is not needed: the block ends by itself.'],
    ['token', 'The token stays as it is: the address is refused before any token is asked for.'],
    [
      'password',
      'A new password does not lift the block; a client with an old saved password brings it back.',
    ],
    ['meanwhile', 'A login from another address works until the block ends.'],
    [
      /\b(?:exempt|exclude|white-?list|allow-?list|ausnehmen)\b/i,
      'An address cannot be exempted: SSL VPN counts failed logins of every address alike (`login-attempt-limit`).',
    ],
    [
      'who',
      'The block is one of the address: everybody behind the same public address is out until it ends.',
    ],
    [
      'elsewhere',
      'The block is one of the address: a colleague who gets in comes from another one, or was connected before.',
    ],
    [
      'prevent',
      'Old saved passwords are the usual reason; a higher `login-attempt-limit` (default 2) blocks later, but allows more guesses.',
    ],
    [
      'verify',
      '`diagnose vpn ssl blocklist list` shows the blocked addresses, on FortiOS 7.2.6, 7.4.1 and later.',
    ],
    ['where', '`login-attempt-limit` and `login-block-time` are in `config vpn ssl settings`.'],
    [
      'own-change',
      'A changed password that a client still has in its old form leads to failed logins, and so to the block.',
    ],
    OPENS_NOTHING,
  ],
  loginReasons: { 'address-locked': 'address blocked after failed logins' },
  descriptions: [
    {
      all: [
        'mistyped',
        'rightPassword fails|not|works / sharedAddress',
        'waitHelps / all not|fails / sharedAddress',
      ],
      or: [
        ['blockTime', 'fails'],
        ['mistyped', 'waitHelps', 'rightPassword / fails|not'],
      ],
      also: ['sharedAddress', 'waitHelps', 'rightPassword', 'blockTime'],
      not: ['code again', 'token code'],
      title: 'SSL VPN blocks the address after failed logins',
      fix: 'Wait until the block ends (`login-block-time`, 60 s by default), or log in from another address. `show full-configuration vpn ssl settings` shows `login-attempt-limit` and `login-block-time`; the event log names whose logins failed from this address. Mend the client that keeps failing, often one with an old saved password: everybody behind the same address is blocked with it.',
    },
  ],
  needs: [],
  wants: [
    'sslVpnBlocklist',
    'blockedSources',
    'userNotices',
    'described',
    'sslVpn',
    'shownSettings',
    'attempts',
  ],
  versions: 'all with SSL VPN; the list can be shown from 7.2.6 and 7.4.1 on',
  outlastsFix: true,
  references: ['KB203615', 'KB194229', 'KB333869'],
  check(facts, context) {
    const { sslVpnBlocklist, blockedSources, userNotices, sslVpn, attempts } = facts;
    const limits = readLimits(facts);
    const isOfOthers = othersTest(attempts, context);
    const notices = valueIfKnown(userNotices) ?? [];
    const oldPassword = statedQuote(OLD_PASSWORD, facts.described);
    const isLong = (valueIfKnown(facts.described) ?? []).some(({ text }) => LASTS.test(text));
    const about = (address: string): Block => ({
      address,
      isLong,
      oldPassword,
      told: toldUser(facts, context.user),
      failed: (valueIfKnown(attempts) ?? []).filter(
        ({ user, trace, milestones }) =>
          trace.client === address && milestones.loginFailed && user !== UNNAMED_USER,
      ),
    });
    const locked = valueIfKnown(sslVpnBlocklist)?.find(
      ({ status, address }) => status.value === 'locked' && !isOfOthers(address),
    );
    if (locked) {
      const of = { ...about(locked.address), remaining: locked.remaining };
      return blockedFinding(of, 'certain', locked.status.quotes, limits, context);
    }
    const vpns = valueIfKnown(sslVpn);
    if (vpns?.every((each) => !each.enabled.value)) return notApplicable('SSL VPN is not in use', ['sslVpn']);
    const never = [limits.attempts, limits.seconds].find((each) => each?.value === 0);
    if (never) return healthy('SSL VPN blocks no address after failed logins', never.quotes, ['sslVpn']);
    const limit = limits.attempts?.value ?? DEFAULT_LIMIT;
    const sources = (valueIfKnown(blockedSources) ?? []).filter(({ host }) => !isOfOthers(host));
    const refused = sources.find((each) => each.locked === true);
    if (refused) return blockedFinding(about(refused.host), 'certain', refused.quotes, limits, context);
    const counted = sources.find(({ fails }) => fails !== undefined && fails >= limit);
    const notice = notices.find(({ kind }) => kind === 'too-many-attempts')?.quote;
    if (counted) return blockedFinding(about(counted.host), 'likely', counted.quotes, limits, context);
    if (notice) {
      const address = toldAddress(facts);
      const told = toldUser(facts, context.user);
      const of = { ...(address === undefined ? { failed: [], told } : about(address)), oldPassword, isLong };
      return blockedFinding(of, 'certain', [notice], limits, context);
    }
    const accepted = valueIfKnown(attempts)?.find(({ milestones }) => milestones.passwordAccepted)?.milestones
      .passwordAccepted;
    if (accepted) {
      return healthy('a login got past the block list', [accepted.quote], ['attempts']);
    }
    if (sslVpnBlocklist.state === 'known') {
      return healthy('the block list holds no address', sslVpnBlocklist.quotes);
    }
    return undecided({
      reason: 'the evidence does not show whether SSL VPN blocks the user’s address',
      need: `the block list at the time of the refusal; an empty answer means that no address is blocked`,
      commands: ['ssl-vpn-blocklist'],
    });
  },
});

/** `for 20 minutes`, `since 11:00`, `seit heute früh`: more than a minute. */
const LASTS =
  /\b(?:for|seit|depuis|desde(?: hace)?|sinds|da) (?:(?:the|last|past|about|over|more|than|almost|gut|etwa|über|mehr|als|environ|unos?) )*(?:(?:[2-9]|[1-9]\d{1,2}|two|three|several|zwei|drei|einigen|mehreren) ?(?:minutes?|mins?|Minuten|minutos?|minuten)|(?:\d{1,2}|an?|one|half an|two|three|several|einer?|zwei|drei|une?|una?) ?(?:hours?|days?|Stunden?|Tagen?|heures?|jours?|horas?|días?|uur))\b|\b(?:since|seit|ab|depuis|desde) (?:\d{1,2}[:.h]\d\d|\d{1,2} (?:am|pm|Uhr)|this morning|yesterday|heute|gestern|ce matin|hier|esta mañana|ayer|(?:Mon|Tues|Wednes|Thurs|Fri)day)\b/iu;

/** `plover forgot his password`, `einer (plover) hat das Kennwort vergessen` */
const FORGOT =
  /(?<!\p{L})(?:forg[eo]t\p{L}*|mistyp\p{L}*|wrong password|vergessen|vertippt|falsche[sn]? (?:Passwort|Kennwort)|oublié|mauvais mot de passe|olvid[óo]\p{L}*|contraseña (?:mala|incorrecta)|dimenticat\p{L}*|password sbagliata|esquec\p{L}*|senha errada|vergeten|verkeerd wachtwoord)(?!\p{L})/iu;
/** The user in a sentence: `one of them (plover)`, `user plover`, `Benutzer plover` */
const NAMED =
  /\(([a-z][\w.-]{2,40})\)|(?:\busers?|Benutzer|utilisateur|usuario|utente|gebruiker) ["“„']?([a-z][\w.-]{2,40})/u;

/** Whose failed logins a person tells of. */
function toldUser({ described }: Pick<Facts, 'described'>, user: string | undefined): string | undefined {
  const said = (valueIfKnown(described) ?? []).filter(({ text }) => FORGOT.test(text));
  const names = said.flatMap(({ text }) => {
    if (user !== undefined && text.includes(user)) return [user];
    const [, inside, named] = NAMED.exec(text) ?? [];
    return inside ?? named ?? [];
  });
  const [name, another] = new Set(names);
  return another === undefined ? name : undefined;
}

/** `shows 198.51.100.7 with status locked`, `they share one public address, 198.51.100.7`: the only address that people name so. */
function toldAddress({ described }: Pick<Facts, 'described'>): string | undefined {
  const [address, another] = new Set(
    (valueIfKnown(described) ?? []).flatMap(({ text, meanings }) =>
      meanings.some((meaning) => meaning === 'locked' || meaning === 'sharedAddress')
        ? (text.match(/(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]*\d)/g) ?? [])
        : [],
    ),
  );
  return another === undefined ? address : undefined;
}

/** Whether a block of this address does not concern the user asked about, who comes from another one. */
function othersTest(attempts: Facts['attempts'], context: RuleContext): (address: string) => boolean {
  if (context.user === undefined) return () => false;
  const own = (valueIfKnown(attempts) ?? []).filter(({ user }) => isAskedAbout(user, context));
  const clients = own.flatMap(({ trace }) => trace.client ?? []);
  return (address) => own.length > 0 && clients.length === own.length && !clients.includes(address);
}

interface Limits {
  /** Absent if the evidence does not show the setting. */
  readonly attempts?: Sourced<number> | undefined;
  readonly seconds?: Sourced<number> | undefined;
}

/** Of the SSL VPN that listens, or of the only block in the evidence; otherwise of lines picked out with `grep`. */
function readLimits({ sslVpn, shownSettings }: Pick<Facts, 'sslVpn' | 'shownSettings'>): Limits {
  const vpns = valueIfKnown(sslVpn) ?? [];
  const settings = vpns.find((each) => each.enabled.value) ?? vpns[0];
  const whole: Fact<SslVpnSettings> = settings ? known(settings, []) : unknown('no SSL VPN settings');
  const one = (pick: (value: SslVpnSettings) => Sourced<number>, name: string) =>
    valueIfKnown(oneSetting(whole, pick, shownSettings, `vpn ssl settings ${name}`, Number));
  return {
    attempts: one((each) => each.loginAttemptLimit, 'login-attempt-limit'),
    seconds: one((each) => each.loginBlockTime, 'login-block-time'),
  };
}

/** What is known of a block. */
interface Block {
  readonly address?: string;
  /** By the words of a person, it lasts longer than a block does by default. */
  readonly isLong: boolean;
  /** Seconds until it ends. */
  readonly remaining?: number | undefined;
  /** Logins that failed from the address. */
  readonly failed: readonly Attempt[];
  /** Who fails, by the words of a person. */
  readonly told?: string | undefined;
  /** The words of a person on a client that sends an old password. */
  readonly oldPassword: Quote | undefined;
}

function blockedFinding(
  { address, isLong, remaining, failed, told, oldPassword }: Block,
  confidence: Broken['confidence'],
  evidence: Broken['evidence'],
  limits: Limits,
  context: RuleContext,
): Broken {
  const { attempts, seconds } = limits;
  const users = nameList([...new Set(failed.map(({ user }) => user))].slice(0, 3));
  const shown = [attempts, seconds].flatMap((each) => (each?.explicit ? each.quotes : []));
  return broken(confidence, {
    title: `SSL VPN blocks ${address ?? 'the user’s address'} for ${remaining === undefined ? 'a while' : `another ${remaining} s`}: too many failed logins${users === '' ? '' : ` of ${users}`}`,
    summary: `${
      attempts && seconds
        ? `After ${attempts.value} failed logins SSL VPN blocks the source address for ${seconds.value} s (\`login-attempt-limit\` and \`login-block-time\`).`
        : `SSL VPN blocks the source address after failed logins; by default after ${DEFAULT_LIMIT}, for ${DEFAULT_BLOCK_S} s (\`login-attempt-limit\` and \`login-block-time\`, which were not read).`
    } All users behind that address are refused, before any password is checked.`,
    evidence: [
      ...evidence,
      ...failed.flatMap(({ milestones }) => milestones.loginFailed?.quote ?? []).slice(0, 3),
      ...(users === '' && oldPassword ? [oldPassword] : []),
      ...shown,
    ],
    fix: unblock(
      { address, isLong },
      remaining ?? seconds?.value,
      whoFails(users, told, oldPassword),
      context,
    ),
  });
}

/** What ends the failed logins: before anything else where it is known, else before the block is lifted. */
type Stop = { readonly now: string } | { readonly before: string; readonly isOpen?: true };

function whoFails(users: string, told: string | undefined, oldPassword: Quote | undefined): Stop {
  if (users === '' && told !== undefined)
    return {
      before: `let ${told} stop trying and get a new password, or the address is soon blocked again`,
    };
  if (users !== '')
    return { before: `let ${users} check the password, or the address is soon blocked again` };
  return oldPassword
    ? {
        now: 'First type the new password in every client that has the old one saved (FortiClient, phone, tablet), or switch it off: while one sends the old password, the address is soon blocked again.',
      }
    : { before: 'find out who fails, because an attacker may share this address', isOpen: true };
}

/** The events of the failed logins name the users. */
function failedLogins(address: string): string {
  return ` Who fails: \`execute log filter category 1\`, \`execute log filter field logid 0101039426\`, \`execute log filter field remip ${address}\`, \`execute log display\`.`;
}

const ADDRESS_LEFT = '<address>';

/** A higher limit does not end a block that exists (KB 333869). */
function unblock(
  { address, isLong }: Pick<Block, 'address' | 'isLong'>,
  seconds: number | undefined,
  stop: Stop,
  context: RuleContext,
) {
  const whose = address !== undefined && ADDRESS.test(address) ? address : ADDRESS_LEFT;
  const first = 'before' in stop ? `first ${stop.before}; then type` : 'type then';
  const atOnce = isKnownTo(context.version, commandSpec('ssl-vpn-blocklist'))
    ? ` To lift it at once, ${first}, in the VDOM of the users (FortiOS 7.2.6, 7.4.1 and later): ${whose === ADDRESS_LEFT ? `\`diagnose vpn ssl blocklist list\`, which shows the blocked address, and with it ` : ''}\`diagnose vpn ssl blocklist del ${whose}\`.`
    : '';
  const wait =
    isLong && (seconds ?? 0) <= DEFAULT_BLOCK_S
      ? `It has lasted longer than ${seconds ?? `the default of ${DEFAULT_BLOCK_S}`} s: either \`login-block-time\` is longer (\`show full-configuration vpn ssl settings | grep login-\`), or a client still sends a wrong password, and the block begins again.`
      : seconds
        ? `Wait ${seconds} s: then the block ends by itself.`
        : `Wait until the block ends by itself, by default after ${DEFAULT_BLOCK_S} s.`;
  // What lets people in comes before what only waits, once the client that fails is off.
  const steps =
    'now' in stop && atOnce !== ''
      ? `${stop.now}${atOnce} ${wait.replace(/^Wait/, 'Otherwise wait')}`
      : `${'now' in stop ? `${stop.now} ` : ''}${wait}${atOnce}`;
  return noCliFix(
    `${steps}${'before' in stop && stop.isOpen ? failedLogins(whose) : ''} A higher \`login-attempt-limit\` does not lift the block; it makes later ones rarer and also allows more password guesses.`,
  );
}
