import { type Hint, hint, joinHints } from '../hint.ts';
import type { SecretKind } from '../kinds.ts';
import type { Span } from '../spans.ts';
import { matches } from './formats.ts';

/** Six to eight digits, as a person or a message writes them: `483920`, `483 920`. */
const NUMBER =
  '(\\d(?<![\\p{L}\\d]\\d)(?:\\d{9}(?<=pin[ ]?\\+.{1,12}\\d{10})|\\d\\d(?:[ -]\\d{3}|[ ]?\\d{3,6}|\\d[ ]\\d{4})|\\d(?:[ ]\\d\\d){2}(?![ ]?\\d)))(?![\\p{L}\\d:-]|[.,]\\d)';
/** Letters and digits: `K7MX2QTZ`, `QZKM-TKLD`. */
const MIXED =
  '((?=[A-Z]{0,9}\\d)(?=\\d{0,9}[A-Z])[A-Z\\d]{6,10}|(?=[A-Z-]{0,6}\\d)[A-Z\\d]{3}-[A-Z\\d]{3}|[A-Z\\d]{4}(?:-[A-Z\\d]{4}){1,3})(?![\\w-])';
/** What the code of a message or of a token is called. */
const NOUN =
  '(?:second |zweiter )factor|pin[ ]?\\+[ ]?(?:code|token|otp)|(?:clave|contrase[nñ]a|senha|chave|palavra-passe)[ ](?:de[ ])?(?:(?:um|un)[ ])?(?:solo[ ]uso|uso[ ][uú]nico|[uú]nica|temporal|tempor[aá]ria)|token[ ]de[ ]ac(?:es|ces)s?o|response(?= from user)|[\\p{L}\\d+-]{0,24}(?:codes?|otp|tan|einmalpasswort|einmalkennwort)|one[ -]time[ -]password|passkey|(?:auth)?token|pin|(?:challenge|chal) (?:response|rsp)|codice|c[oó]digo|[\\p{L}]{0,24}(?:k[oó]d(?:e|en|u|i|unuz)?|koodi)|код|验证码|驗證碼|(?:確認|認証)コード|인증[ ]?(?:번호|코드)';
/** What it is called where a verb follows. */
const DIGITS = 'digits|ziffern|zahlen|chiffres|cifre|cijfers|number(?= (?:on|from|in) )';
const IS = 'is|was|are|were|ist|war|waren|lautete?|est|es|era|è|é|to|je|jest|это';
/** Not that of an error. */
const OF_CODE =
  '(?<![\\p{L}\\d]|(?:error|plz|exit|status|return|result|reason|resp|response|http|area|zip|postal|event|log|post)[ _-])(?!error|exit|status|return|result|reason|fehler|ergebnis|event|barcode|plz)';
/** Words about a code that say of its number that it counts something. */
const WORD =
  '[ ](?!(?:postal|erreur|error|erro|barras|barres|id|count|size|length|drift|serial|index|port|errors?|build|release|version|firmware|table|line)(?![\\p{L}]))(?:[^\\s:=.,;!?<>()[\\]{}"\\d]|\\.(?=\\p{L})){1,32}';
/** What shows a code. */
const DEVICE =
  '(?:[\\p{L}-]{1,16}[ -])?(?:app|token|fortitoken(?:[ ]mobile)?|fob|authenticator|verify|phone|handy|display|screen|sms|ftm)';
const OWN = '(?:(?:the|my|his|her|their|de[rm]|das|die|(?:mein|sein|ihr)e?[rm]?)[ ])?';

const forms = (...sources: readonly string[]) => sources.map((source) => new RegExp(source, 'dgiu'));

const CODES: readonly {
  readonly kind: SecretKind;
  readonly hint: Hint;
  readonly patterns: readonly RegExp[];
}[] = [
  {
    kind: 'otp',
    hint: hint(
      `response from|response:|response=|code|otp|tan!|sms:|sms=|2fa|mfa|authenticator|factor|faktor|koodi|验证码|驗證碼|コード|인증|one-time|one time|
       einmal|passkey|token!|pin!|chal rsp|challenge rsp|chal resp|challenge resp|digits|ziffern|zahlen|chiffres|cifre|cijfers|codice|codigo|código|
       kod|kód|код|clave|contrase|senha|chave|palavra|the app|my app|his app|her app|der app|the fob|my fob|my phone|the phone|display|screen|from fortit`,
      '',
      /\d{3}[ -]?\d{3}|\d\d \d\d \d\d|\d{4} \d{4}/,
    ),
    patterns: [
      ...forms(
        // `token code '483920'`, `die Ziffern aus der App waren 483 920`, `kod z aplikacji 483920`
        `${OF_CODE}(?:(?:${NOUN})["'”]?(?:(?: (?:sent|typed|entered|value|${IS}))?(?: (?:to|an) \\S{3,40}(?=:))?(?:[ ]\\([^()]{1,24}\\))?[ :=：]{1,3}["'“(\\[]{0,2}|[ ]?[(\\[]["'“]?|[ ](?:from|aus|vo[nm]|z|из|del?(?![ ](?:err|estado|postal|barr|pa[ií]s|área))|della|van|dal|à|par|per|via|por)(?:[ ][\\p{L}-]{1,16}){1,2}[ :]{1,2})|(?:${NOUN}|${DIGITS})(?:(?:${WORD}){0,7}?[ ](?:${IS})(?:[ ](?:le|el|il))?|(?:${WORD}){1,7}?[ ]?[:=])[ ]|(?:(?:forti)?token|code|otp|pin|ziffern|zahlen|digits)(?:[ ](?:say|show|an))?\\?[ ](?:(?:\\[?\\d{1,2}:\\d\\d\\]?[ ])?(?:[\\p{L}-]{1,16}[ ]){0,2}?[\\p{L}-]{1,16}:[ ])?|(?:sms|2fa|mfa|authenticator|second factor|zweiter faktor|^[\\s>|+-]{0,8}response)[:=][ ]?|(?:entered|typed)(?<=(?:token|factor|code|otp|2fa|mfa).{1,60})[ ]|response(?<=chal\\w{0,6}[ ](?:rsp|resp|response)[ ].{1,60})[ :=]{1,2})${NUMBER}`,
      ),
    ],
  },
  {
    kind: 'otp',
    hint: hint(
      ' says| shows| showed|display| reads| read out| read me| zeigt| sagt| gives | gibt | steht ',
      '',
      /\d{3}[ -]?\d{3}/,
    ),
    patterns: [
      ...forms(
        // `the app shows 483920`, `she read out 483 920`
        `(?:${DEVICE}[ ](?:says?|shows?|showed|displays?|reads?|zeigte?|sagt|gives|gibt|steht)|(?:it|he|she|er|sie|es)[ ](?:says|shows|reads?|zeigt)(?:[ ](?:out|me))?(?=[ ]\\d{3}[ -]\\d{3}(?![ ]?\\d)|[ ]\\d{6}[ ](?:from|off|aus|vo[nm])[ ]))(?:[ ](?:me|mir|the|code|number|now|jetzt|gerade|nur|only)){0,3}[: ]{1,2}${NUMBER}`,
      ),
    ],
  },
  {
    kind: 'otp',
    hint: hint(
      `code|otp|tan!|pin!|pass|kennw|codice|codigo|código|kod|kód|vorgelesen|eingetippt|the app|my app|his app|her app|der app|the token|my token|his token|
       her token|the fob|my fob|my phone|his phone|her phone|the phone|from fortit|authenticator`,
      'se 000|nter 000|ype 000|ie 000|ez 000|sa 000|de 000|ze 000',
      /\d{3}[ -]?\d{3}/,
    ),
    patterns: [
      ...forms(
        // `483920 is your code`, `use 483 920 as your one-time passcode`
        `${NUMBER},?[ ](?:as|als|comme|como|come|${IS})(?:[ ][\\p{L}\\d-]{1,24}){0,5}?[ ][\\p{L}\\d-]{0,24}(?:code|otp|tan|pin|(?:pass|kenn)wor[td]|codice|c[oó]digo|k[oó]d)(?=\\s*$|[.,;:!)]|[ ](?:to|for|when|at|and|und|expires?|f[üu]r|zu[rm]?|um|bei|von|de|di|do|pour|para|per)[ ])`,
        // `Use 483920 to sign in`
        `(?:use|enter|type|verwenden?|nutzen?|utilisez|usa)[ ](?:Sie[ ])?${NUMBER}[ ](?:to[ ](?:sign|log|verify|confirm|complete|authenticate)|zu[rm][ ]|um[ ]|pour[ ]|para[ ]|per[ ])`,
        // `483920 from his token`
        `${NUMBER}(?<!(?:ticket|case|inc|id|nr|no|number|build|line)[ .:#]{1,2}[\\d -]{6,9})[ ](?:(?:from|off|aus|vo[nm])[ ]${OWN}${DEVICE}(?![\\p{L}\\d])|vorgelesen|eingetippt)`,
      ),
    ],
  },
  {
    kind: 'otp',
    hint: hint('code|código|codigo|codice|kod a', 'TAN |TAN: '),
    patterns: [
      new RegExp(
        `(?:(?:[Ee]nter|[Uu]se|[Tt]ype|eingeben|gib|geben)(?:[ ](?:the|this|den|diesen|Sie))*[ ][Cc]ode|(?:one-time|user|device|pairing|login|sign-in|verification|activation|recovery|Aktivierungs|Bestätigungs|Sicherheits|Einmal)[ -]?[Cc]ode|[Cc][oó]d(?:igo|ice)[ ]d[ei][ ](?:at|ac?ti|recu)\\p{L}{4,9}|kod[ ]aktywacyjny|TAN)(?:[ ](?:für|for|zur|to)(?:[ ][\\p{L}-]{1,16}){1,3})?(?:[ ](?:is|lautet|ist|es|é|è))?[ :]{1,2}["'“]?${MIXED}`,
        'dgu',
      ),
    ],
  },
  {
    kind: 'otp',
    hint: hint('passcode|duo|otp|2fa|mfa|one-time|einmal|factor|faktor', '', /[>\]*•],[ ]?\d{6}/),
    patterns: [
      // Behind a masked password: `<password>,483920`
      /(?:[<[](?:[a-z]{2,12}[ _-])?(?:pass(?:word|wort)?|kennwort|pw)(?:#\d{1,9})?[>\]]|\*{3}|•{3}),[ ]?(\d{6,8})(?![\w,-]|\.\d)/dgi,
    ],
  },
  // Of a YubiKey.
  {
    kind: 'otp',
    hint: hint('cccccc|vvcccc'),
    patterns: [
      /(?:cc|vv)(?<!\w\w\w)[cbdefghijklnrtuv]{30,46}(?!\w)|(?:cccccc|vvcccc)(?<!\w\w{6})[a-z]{38}(?!\w)/dg,
    ],
  },
  {
    kind: 'seed',
    hint: hint(
      'key|code|secr|lüssel|clé|clave|chiave|manually|token|seed|otp',
      'FTK|FG~~~~~~~~~~~~~~|FW~~~~~~~~~~~~~~|~~~~ ~~~~ ~~~~|000000-000000-',
    ),
    patterns: [
      // The seed of a token behind its serial number.
      /(?<!\w)FTK\w{6,20}["']?[ \t,;:]{1,4}["']?(?:(?:activation )?code ?[:=] ?)?((?:0x)?(?=\d*[a-fA-F])[0-9a-fA-F]{16,80}|[A-Z2-7]{16,64})(?!\w)/dg,
      // A row of `execute fortitoken import-seed-file`: `FGVM02TM26000417,5C0E…`
      /^[\s>|+"'-]{0,40}F[A-Z\d]{15}["']?[ \t]?[,;][ \t]?["']?((?:0x)?[0-9a-fA-F]{32,80})["']?\s*$/dg,
      // As an authenticator asks for it, in groups of four.
      /(?=(?:[A-Z]{4} ){0,6}(?=\S{0,3}\d)(?=\S{0,3}[A-Z])\S{4} (?:[A-Z]{4} ){0,6}(?=\S{0,3}\d)(?=\S{0,3}[A-Z]))[A-Z2-7](?<!\w.)[A-Z2-7]{3} (?:[A-Z2-7]{4} ){2,14}[A-Z2-7]{4}(?!\w)/dg,
      /(?:key|code|secret|schlüssel|clé|clave|chiave)[^:]{0,40}: ?((?=.{0,40}[2-7])(?:[a-z2-7]{4} ){3,15}[a-z2-7]{4})(?!\w)/dgi,
      /(?:[Ss]chlüssel|[Kk]ey|[Ss]ecret|[Cc]ode|[Cc]lé|[Cc]lave|[Cc]hiave|(?:token|seed|otp|secret)[\w-]{0,16}\.(?:py|sh|pl|rb|ps1|exe)),?[ ]["']?((?=[A-Z]{0,63}[2-7])(?=[2-7]{0,63}[A-Z])[A-Z2-7]{16,64})(?!\w)/dg,
      // The recovery key of a disk.
      /\d{6}(?<!\d{7})(?:-\d{6}){7}(?!\d)/dg,
    ],
  },
];

export const CODE_HINT = joinHints(...CODES.map((each) => each.hint));

/** One-time codes and what they are made of: in messages, in sentences, as a person reads them out. */
export function findCodes(line: string): readonly Span[] {
  return CODES.flatMap(({ kind, hint: given, patterns }) =>
    given.test(line) ? patterns.flatMap((pattern) => matches(line, pattern, kind)) : [],
  );
}
