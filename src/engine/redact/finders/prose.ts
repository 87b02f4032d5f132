import { hint, joinHints, patternRow } from '../hint.ts';
import type { SecretKind } from '../kinds.ts';
import { languagesOf } from '../languages.ts';
import { FOREIGN_HINT, NOUN_HINT, UNSPACED } from '../nouns.ts';
import { isListed, isOrdinary } from '../ordinary-words.ts';
import { findSecretKind } from '../secret-names.ts';
import { cutLine, type Span } from '../spans.ts';
import { isCoined, readLook } from '../unsaid.ts';
import {
  findMatches,
  isName,
  isTechnical,
  readQuoted,
  readWhole,
  SECRET_LIKE,
  startsOther,
  toSpan,
} from '../values.ts';
import { isSentence } from './marked-values.ts';

/** Words with other meanings too: the following value must look like a secret. */
const VAGUE_NOUN =
  /(?<!\w|\w-)(user-?password|unicodepwd|pass|seed|registration[ \t_-]id|reg[_-]id|svpncookie|credentials?)(?:(?:[ \t]?\(\d{1,3}\))?[*_~]{0,3}[ \t]{0,8}::?[ \t]{0,8}(?:[^\s:/]{1,64} ?\/ ?)?|[ \t]{1,16}\[\d{1,3}\][ \t]{1,8}\d{1,3}[ \t]{1,4})(?=\S)/gi;
/** Sentences whose last word or middle word is the secret if it looks like one. */
const rows = (flags: string, isStrict: boolean) => (strings: TemplateStringsArray) => ({
  ...patternRow(strings, flags),
  isStrict,
});
const sentence = rows('gi', false);
const strict = rows('gi', true);
const sentenceExact = rows('g', false);
const strictExact = rows('g', true);
const SENTENCES = [
  // `the backup is encrypted with …`
  strictExact`pted with|cted with|cked with|pted using|cted using|cked using|schlüsselt|chützt|sperrt|meldet|eingeloggt ⟶ (?:encrypted|decrypted|protected|locked)[ ](?:with|using)[ ](?=\S)|(?:verschlüsselt|geschützt|entsperrt)[ ]mit[ ](?=\S)|mit[ ](?=\S{6,64}[ ](?:verschlüsselt|geschützt|entsperrt)(?!\w))|mit[ ](?=[A-Z][a-z]{3,20}\d{1,4}[ ](?:angemeldet|eingeloggt)(?!\w))`,
  // `the backup is protected with tor-bleibt-zu`
  sentence`ed with |ed using |mit  ⟶ (?:(?:encrypted|protected|locked|secured|exported|saved)[ ](?:with|using)|mit)[ ](?<=(?:p12|pfx|PFX|pkcs\w{1,4}|zip|backup|archive?|file|datei|container|image|disk|stick|keystore)(?!\w).{1,60})(?=[^\s-]{2,20}-\S{2,64})(?![^\s.,]{1,64}[ ][a-z]{3,12}(?<!verschlüsselt|geschützt|entsperrt|exportiert)[ ]) ⟶ (?:with|using|mit)[ ][^\s-]{2,20}-\S{2}`,
  strictExact`🔑|🔐 ⟶ (?:🔑|🔐)[ :]{0,3}(?=\S)`,
  // `Netz "Besuch", Schlüssel …`
  sentence`lüssel|key|clé|clave|chiave|chave|code ⟶ [,;/|(][ ](?:schlüssel|key|clé|clave|chiave|chave|code)(?<=(?:ssid|netz(?:werk)?|network|wlan|wi-?fi|réseau|red|rete|rede)[ :="“„].{1,60})[ :=]{1,3}(?=\S)`,
  // `it's the usual one, …`
  strict`usual|as always|übliche|das gleiche|wie immer|habitude|de siempre|the default ⟶ (?:the[ ]usual(?:[ ]one)?|same[ ]as[ ]always|das[ ](?:übliche|gleiche)|wie[ ]immer|comme[ ]d['’]habitude|(?:el|la)[ ]de[ ]siempre|the[ ]default(?:[ ]one)?)(?:[,:][ ]|(?<=immer)[ ])(?=\S)`,
  // `Agent: and the password? Caller: it's …`
  strict`pass|pw!|psk|pin!|secr|kennw|mdp|contrase ⟶ (?:passw\w{2,3}|passphrase|pw|psk|pin|secret|kennwort|mdp|contraseña)(?:[ ][^\s?:]{1,12}){0,3}[ ]?\?["”]?[ ](?:-[ ])?(?:\[?\d{1,2}:\d\d\]?[ ])?(?:[\w-]{1,20}:[ ])?(?=\S) ⟶ \?`,
  // `Temporary Access Pass`, `TAP for wren@example.com: …`, `One-time bypass for wren: …`
  sentenceExact`bypass|access pass|zugriffspass|tap for|tap of|tap für|tap von‖TAP:|TAP : ⟶ (?:(?<!\w)TAP|Temporary Access Pass|[Oo]ne-time bypass|[Zz]ugriffspass)(?:[ ](?:for|of|für|von)[ ]\S{1,64})?[ ]?:[ ](?=\S{6})`,
  // `WPA2: …`, `wlan guest: …`, `SNMPv3 user nms, auth …, priv …`
  sentence`wpa2|wpa3|wpa:|wpa=|wpa :|wlan g|wlan-g|wlan k|wlan-k|wlan p|wlan-p|wifi g|wifi-g|wifi k|wifi-k|wifi p|wifi-p|wi-fi g|wi-fi-g|wi-fi k|wi-fi p|gast w|gast-w|gastw|guest w|guest-w|guestw|snmpv3 ⟶ (?<!\w)(?:wpa[23]?|(?:wlan|wi-?fi)[ -](?:gast|guest|key|pw)|(?:gast|guest)[ -]?(?:wlan|wi-?fi))[ ]?[:=][ ](?=\S)|(?<=snmpv3[ ].{1,60})(?:auth|priv)[ ](?=[^\s,]{8,64}(?:,|$))`,
  sentence`cred:|cred |creds ⟶ (?<!\w)creds?[ \t:]{1,4}[^\s:/]{1,64}[ \t:/]{1,4}(?=\S)`,
  // `user wren, password …`, `Benutzer wren (Kennwort …)`
  sentence`pass|pw!|pwd|kennw ⟶ (?<!\w)(?:user(?:name|konto)?|test(?:er|user|benutzer)?|benutzer(?:name)?|anmeldung|login|account|usr|peer|auth|priv|enable|root|admin|gast|ssh|wi-?fi|vpn)[ \t:=]{1,3}(?:(?:als|as|for|mit)[ ])?(?:[^\s:=,/|]{1,64}[ \t,;/(|]{1,4}(?:(?:and|und|with|mit|con|met)[ ](?:dem[ ]|the[ ])?)?)?(?:pass(?:word|wd|wort)?|pwd?|kennwort)[ \t:=]{1,4}(?!phrase)(?=\S)`,
  // The answer to the question of a form, and what a prompt offers: `Password [default …]:`.
  sentence`security q|sicherheitsf|secrète|pregunta|default  ⟶ (?<=(?:security question|sicherheitsfrage|question secrète|pregunta de seguridad).{1,80})(?:answer|antwort|réponse|respuesta)[ ]?[:=]?[ ](?=\S)|(?<=(?:pass|psk|secret)\S{0,12}.{0,60})\[default[: =](?=\S)`,
  // In languages without blanks.
  {
    hint: FOREIGN_HINT,
    pattern: new RegExp(
      `(?:${UNSPACED})(?:[はがをも是为為了는은이가]|[改设設](?:成|为|為|置为|置為)|[ \\t|:：–=>→「“"-]|\\([^()]{1,24}\\)){0,12}(?=[!-~]{6})`,
      'gu',
    ),
    isStrict: false,
  },
  // `admin:… should work on fw1`
  sentence`works on|work on ⟶ (?<!\w|\w-|[:@/.])(?:forti)?admin\w{0,10}:(?=[^\s:/]{8,64}[ ](?:should[ ])?works?[ ]on[ ])`,
  sentence`pass|pw!|psk|secr ⟶ (?<!\w)with[ \t](?:the|a)[ \t](?:password|passphrase|pw|psk|secret)[ \t]of[ \t]{1,4}(?=\S)`,
  sentence`key ⟶ (?<!\w|\w-|(?<!\w)for |registry )key[ \t]{1,4}(?=(["'“])[^"'”]{1,128}["'”](?![ \t](?:holds|contains|stores|exists|under|from|is|was|does|not|already|of|must|has|cannot)(?!\w)))|[,;][ \t](?:ike[ \t]|ipsec[ \t])?key[ \t]{1,4}(?=\S{8})`,
  sentence`one is|one was|pass|pw!|psk|secr|kennw|lüssel|contrase|clave|senha|mdp ⟶ (?<=(?:pass|pw|kennw|psk|secret|schlüssel|contrase|clave|senha|mdp).{1,80}(?:(?:old|new|other|previous|usual|same|default)[ ]one|alte[nm]?|neue[nm]?|übliche[ns]?|gleiche|d['’]habitude|de siempre|(?:el|la) habitual|solita)[ ]\()(?=\p{L}[^\s()]{4,40}\))|(?<!\w)(?:(?:old|new|other|previous)[ \t]one[ \t](?:is|was)|(?<=(?:pass|pw|kennw|psk|secret|schlüssel).{1,60})(?:(?:correct|right|real|actual|current)[ \t]one[ \t]is|(?:richtige?|neues?|neuer|altes?|alter)[ \t](?:ist|wäre|war))|(?<=(?:wrong|incorrect|falsches)[ \t](?:pass\w{0,6}|pw|psk|kennwort)[,;:.]?[ \t])(?:it['’]s|it[ \t]is|es[ \t]ist))[ \t]{1,4}(?=\S) ⟶ one[ \t](?:is|was|\()|(?:liche[ns]?|gleiche|habitude|siempre|habitual|solita)[ ]\(|richtig|neue|alte|wrong|incorrect|falsches`,
  // `tried both passwords, "…" and "…"`
  sentence`pass|psk|secr ⟶ (?=["'“][^"'”]{4})(?<=(?<!\w)(?:passwords|passphrases|psks|secrets)[,:]?[ ](?:["'“][^"'”]{4,64}["'”],?[ ](?:(?:and|or|und|oder)[ ])?){0,2})`,
  sentence`account to|account back|set the |set your |set my |set his |set her |set him |set them |pass|psk|pw!|secr ⟶ (?<!\w)(?:(?:re)?set|changed?|switched|updated?)[ ](?:it|them|both)[ ](?:back[ ])?to[ ](?=\S.{0,80}(?:psk|passw|pw|secret))|(?<!\w)(?:re)?set[ ](?:her|him|them|ihn|sie(?=[ ])|(?:the|your|my|his|her)[ ](?:[\w.-]{1,24}[ ]){0,3}account)[ ](?:[\w.-]{1,24}[ ]){0,4}?(?:back[ ])?to[ ](?=\S)`,
  sentence`token! ⟶ (?:with|using|mit)[ ](?:the[ ]|dem[ ])?(?:\w{2,8}[ ])?token[ ](?=[\w.-]{14})|(?<!\w)token(?:(?:[ \t](?:von|vom|of|for|für)[ \t]\S{1,32})?[ \t]?[:=][ \t](?=\S{20})|[ \t](?:[^\s:=>(]{1,20}[ \t]){0,4}?(?:is|was)[ \t]{1,4}(?=\S))`,
];
const VAGUE_HINT = hint('pass|pwd|seed|registration|reg id|reg-id|reg_id|cookie|creden');
export const PROSE_HINT = joinHints(NOUN_HINT, VAGUE_HINT, ...SENTENCES.map((each) => each.hint));
const STOPS = '|,;)]}<"\'`';
/** Characters; longer than a word that a person writes. */
const MAX_VALUE_LENGTH = 257;

export function findSecretsInProse(line: string): readonly Span[] {
  return [...(VAGUE_HINT.test(line) ? vagueNouns(line) : []), ...sentences(line)];
}

function sentences(line: string): readonly Span[] {
  return SENTENCES.flatMap(({ hint: given, pattern, isStrict }) =>
    given.test(line)
      ? findMatches(pattern, line).flatMap((match) =>
          findInProse(line, match.index + match[0].length, 'password', isStrict, OF_USER.test(match[0])),
        )
      : [],
  );
}

function vagueNouns(line: string): readonly Span[] {
  return findMatches(VAGUE_NOUN, line).flatMap((noun) => {
    const kind = findSecretKind(noun[1] as string, 'colon') ?? 'password';
    return findInProse(line, noun.index + noun[0].length, kind);
  });
}

/** `user: wren pass:`: a name and a label, behind which any word is a value. */
const OF_USER =
  /^(?:answer|antwort|réponse|respuesta|user|benutzer|test|gast|login|account|usr|peer|mit|with)\w*[ \t:=]/i;

const CODE = /^(?=[^\d]*\d)[A-Z0-9_-]{12,40}$/;
/** `AES128-GCM`, `SHA256withRSA` */
const CIPHER = /^(?:(?:ms-?)?chap-?v?\d$|(?:aes|rsa|sha|tls|chacha|3?des|md5|ecdsa|dh)[\d-])/i;

function findInProse(
  line: string,
  at: number,
  kind: SecretKind,
  isStrict = false,
  isLabelled = false,
): readonly Span[] {
  if (startsOther(line, at)) return [];
  const quoted = readQuoted(line, at);
  if (quoted) {
    const text = line.slice(quoted.start, quoted.end);
    const isSaid = isSentence(text) || isOrdinary(text) || isName(line, text, quoted.end);
    return isSaid || (quoted.open && cutLine(line) === 'unlikely') ? [] : toSpan(line, quoted, kind);
  }
  const word = readWhole(line, at, STOPS, at + MAX_VALUE_LENGTH);
  const end = line[word.end - 1] === '.' ? word.end - 1 : word.end;
  const form = kind === 'activation-code' || kind === 'seed' ? CODE : SECRET_LIKE;
  const text = line.slice(at, end);
  if (CIPHER.test(text)) return [];
  if (isStrict && (isTechnical(text) || isOrdinary(text.replace(/\d+$/, '')))) return [];
  return form.test(text) ||
    (isLabelled &&
      /^\p{L}{5,64}$/u.test(text) &&
      !isListed(text.replace(/s$/, '')) &&
      !(/^\p{Ll}/u.test(text) && isOrdinary(text))) ||
    (!isStrict &&
      form === SECRET_LIKE &&
      (isCoined(text, languagesOf(line)) || readLook(text, languagesOf(line)) > 1))
    ? toSpan(line, { ...word, end }, kind)
    : [];
}
