import type { Quote, Section } from '../../evidence/types.ts';
import type { Fact } from '../fact.ts';
import type { AskedQuestion, QuestionTopic } from '../values.ts';
import {
  asksUnmarked,
  CHOICE,
  CONTRAST,
  IF_CHANGED,
  OWN_CHANGE,
  PREVENT,
  RELOGIN,
  REQUEST,
  VALUE,
  VERIFY,
  WHERE,
  WHO_ELSE,
  WORKAROUND,
} from './cause-questions.ts';
import { ALL_OR_ONE, RISK, SIDE_EFFECT, UNMARKED, WHO, WHY } from './fix-questions.ts';
import { isOfPerson, keepFirst, personStart } from './person-lines.ts';

/** Words that ask without a mark, or worry: `My boss asks whether we have to roll back.`, `this makes me nervous` */
const INDIRECT =
  /\b(?:whether|wonder(?:s|ing)?|let me know|please (?:confirm|tell|advise)|(?:can|could) you (?:please )?confirm|wants? to know (?:if|wh?\w+|how)|sanity check|double[- ]check|nervous|uneasy|worr(?:y|ies|ied)|scares?|nervös|Sorgen machen|mach(?:t|en) (?:uns|mir|mirs) Sorgen|(?:thinks?|believes?|claims?|fears?) (?:that )?(?:\w+ ){0,2}(?:2FA|MFA|two[- ]factor|second factor)|ob (?:das|es|wir|ich|man|da|die|der)|why (?:only|just)|(?:warum|wieso) nur|wer ist schuld)\b/iu;
const CANDIDATE = new RegExp(`\\?(?=\\s|["”»)\\]*_?!]|$)|${INDIRECT.source}|${UNMARKED.source}`, 'iu');
/** Lines of one paragraph that a question may begin in front of its last line. */
const MAX_LINES_BEFORE = 3;
const MAX_QUESTIONS = 40;
/** Characters of a question that an answer quotes. */
const MAX_SAID = 90;

const PASSWORD =
  '(?:passwords?|passphrase|wachtwoord|Passw[oö]rt\\w{0,2}|Kennw[oö]rt\\w{0,2}|mots? de passe|contraseñas?|senhas?)';
const TOKEN = '(?:(?:forti)?tokens?|jetons?|authenticator)';
const GATE = '(?:firewall|forti(?:gate)?|FGT|box|gate|pare-feu|cortafuegos|device)';
const THING =
  '(?:certificates?|certs?|Zertifikats?|certificat|certificado|certificaat|PSK|pre-?shared key|clave (?:pre-?)?compartida|antivirus|Virenscanner|virusscanner|double NAT|proposals?|claims?|Wi-?Fi|WLAN|phone plan|MTU|DNS|NTP|clock|Uhr(?:zeit)?)';
const SIDE =
  '(?:firewall|forti(?:gate|net)?|FGT|box|gate|pare-feu|cortafuegos|device|AD|active directory|directory|DC|domain controller|Domänencontroller|LDAP|RADIUS|NPS|IdP|identity provider|Entra|Azure|Microsoft|clients?|FortiClient|users?|router|Fritz!?box|ISP|provider|carrier|network|server|hébergeur|uns|us|nous|him|her|me|mir|euch|you|ours?|theirs?|phones?|ons|ustedes|nosotros|Ihnen)';

/** Things that a question asks for, beside `which`. Sample: `Which certificate must be on the box?` */
const WANTED = {
  'which-certificate':
    '(?:certificates?|certs?|CA|Zertifikate?|certificats?|certificados?|certificat[oi]|certificaat)',
  'which-group': '(?:groups?|lists?|Gruppen?|Listen?|groupes?|grupos?|gruppi?o?|groep(?:en)?)',
  'which-attribute': '(?:attributes?|claims?|Attribute?|VSA|atributos?)',
  'which-address':
    '(?:address(?:es)?|IPs?|URLs?|hosts?|Adressen?|adresses?|direcci(?:ón|ones)|indirizz[oi]|endereços?|adres(?:sen)?)',
  'which-port': '(?:ports?|puertos?|portas?|port[ae]|poort(?:en)?)',
  'which-value': '(?:values?|timers?|timeouts?|Werte?n?|valeurs?|valor[ei]?(?:s)?|waarde[n]?)',
  'which-setting': '(?:settings?|options?|Einstellung(?:en)?|réglages?|ajustes?)',
};
const WHICH = String.raw`(?<!\p{L})(?:which|what|welche[mnrs]?|quel(?:le)?s?|qué|cuál(?:es)?|qual[ei]?|quais|welke?) (?!(?:is|are|was|were|ist|sind|war|do|does|did|has|have|kind) )(?:[\p{L}’'-]+ ){0,5}?`;

/**
 * What a question is about, the narrower first: a sentence has the first topic that it names. Each is asked of a sentence
 * that asks, so single words are enough.
 */
const TOPICS: readonly (readonly [topic: QuestionTopic, words: RegExp])[] = [
  ...Object.entries(WANTED).map(
    ([topic, thing]) =>
      [topic as keyof typeof WANTED, new RegExp(`${WHICH}${thing}(?!\\p{L})`, 'iu')] as const,
  ),
  // `what do I ask the network team for?`, before what a user is told
  ['request', REQUEST],
  ['prevent', PREVENT],
  ['verify', VERIFY],
  ['which-value', VALUE],
  // `what exactly do I type?`, `Was muss ich genau eingeben?`
  [
    'typed',
    /\bwhat (?:exactly )?(?:do|must|should|shall|can) (?:I|we) (?:have to |need to )?(?:exactly )?(?:type|enter|paste|run)\b|\bwhat (?:exactly )?to (?:type|enter|paste|run)\b|\bwhich (?:exact )?(?:commands?|lines)\b|\b(?:was|welche Befehle) (?:genau )?(?:muss|müssen|soll|sollen) (?:ich|wir)\b.{0,20}\b(?:eingeben|eintippen|tippen)\b/iu,
  ],
  // `what do I tell him?`, `was soll ich den Leuten sagen?`, `que dois-je leur dire ?`
  [
    'tell',
    /\bwhat (?:do|can|shall|should|must) (?:I|we) (?:tell|say|answer|reply|write)\b|\bwas (?:soll|kann|muss|sage|sagen|antworte|schreibe)\p{L}{0,2} (?:ich|wir)\b.{0,30}(?:sagen|antworten|schreiben|ihm|ihr|ihnen)(?!\p{L})|\bque (?:dois-je|puis-je|faut-il|peut-on|dire)\b.{0,15}(?:dire|répondre|lui|leur)|\bqué (?:le|les) (?:digo|decimos|contesto|respondo)|\bo que (?:eu )?(?:digo|respondo|dizemos|falo|falamos)|\b(?:che )?cosa (?:gli|le|devo|dico|rispondo)\b.{0,12}(?:dire|dico|rispondo|rispondere)|\bwat (?:zeg|vertel|antwoord|moet) (?:ik|we)\b.{0,20}(?:hem|haar|hun|ze|zeggen|vertellen)?/iu,
  ],
  // `how long does the block last?`, `Wie lange dauert das?`
  [
    'duration',
    /\bhow (?:long|soon)\b|(?<!\p{L})wie lange\b|\bcombien de temps\b|(?<!\p{L})cuánto (?:tiempo|tarda|dura)\b|\bquanto tempo\b|\bhoe ?lang\b|\b(?:do|must|should) (?:I|we|he|she|they) (?:have to |need to |just )?wait\b/iu,
  ],
  // `is this a known bug?`, `which release has the fix?`, `Ist das ein bekannter Fehler?`
  [
    'release',
    /\bknown (?:bug|issue|problem|one|fault|defect)\b|\b(?:is|was|be) (?:it|this|that) an? (?:\w+ )?bug\b|\b(?:bekannte[rs]?|ein) (?:Bug|Fehler (?:in|der|von)|Problem (?:in|der|von))\b|\bbekannte[rs]? (?:Fehler|Problem)\b|\b(?:bug|problème|problema) (?:connu|conocido|conhecido|noto)\b|\b(?:is (?:dit|dat|het)|c['’]est|est-ce|es(?: esto)?|è|é) (?:een|un|um) bug\b|\bfixed (?:build|version|release)\b|(?<!\p{L})(?:welke|quale|qual|qué) (?:versie|versión|versione|versão)(?!\p{L})|\b(?:which|what|in welche[rm]|welche|quelle) (?:\w+ )?(?:release|version|firmware|build)\b/iu,
  ],
  // `why did it work on 7.2.9?`, `did the update break it?`, `Warum ging es bis gestern?`
  [
    'update',
    /\b(?:why|how come)\b.{0,6}\b(?:did|has|had|was)\b.{0,20}\b(?:work(?:ed|ing)?|fine)\b|\b(?:warum|wieso|weshalb) (?:ging|lief|klappte|hat)\b.{0,40}\b(?:vorher|bisher|gestern|bis|früher|unter)\b|\bpourquoi\b.{0,20}\b(?:marchait|fonctionnait)\b|\bdid (?:I|we|they|you|(?:the|our|my) \w+) (?:\w+ )?break\b|\bhaben wir\b.{0,40}\b(?:kaputt|zerschossen|verstellt)|\b(?:avons-nous|on a) (?:tout )?cassé|\bhemos (?:roto|estropeado)|(?<!\p{L})(?:why|warum|wieso|pourquoi|por ?qu[eê]|perché|waarom)\b.{0,12}(?:since|seit|depuis|desde|dopo|sinds) .{0,12}(?:update|upgrade|patch|mise à jour|actualización|aggiornamento|atualização)|\b(?:because of|due to|caused by|is it|was it|did|liegt es am|durch das|wegen des)\b (?:(?:the|our|last) )?(?:\w+ )?(?:update|upgrade|patch)s?\b/iu,
  ],
  // `is there a workaround until the maintenance window?`
  ['meanwhile', WORKAROUND],
  // `why at home and not here?`, `could our change be it?`
  ['elsewhere', CONTRAST],
  ['own-change', OWN_CHANGE],
  // `where do I set it?`, `do I enter this or that?`
  ['where', WHERE],
  ['choice', CHOICE],
  // `can I do that during the day?`, `does it kick out the others?`, `unterbricht das jemanden?`
  ['restart', RELOGIN],
  ['risk', RISK],
  ['risk', IF_CHANGED],
  // `is our second factor off for everyone?`, `is it him?`
  ['who', ALL_OR_ONE],
  // `why only him?`, `does it hit everybody?`, `also for others?`, `alle oder nur er?`, `riguarda anche gli altri?`
  ['who', WHO],
  // `do we roll back?`, `muss ich zurück auf 7.4.7?`
  [
    'rollback',
    /\b(?:roll(?:ing)?[- ]?(?:the \w+ )?back|rollback|downgrad\w{1,3}|go back to|zurück (?:auf|zu)|zurückrollen|terug naar|volver a|voltar)\b|\brevenir (?:à|en)(?!\p{L})/iu,
  ],
  // `is there a workaround?`, `can I switch 2FA off for him?`, `kann ich MFA so lange abschalten?`
  [
    'meanwhile',
    /\bhow (?:do|can) (?:I|we|they|he|she) (?:get|log) (?:back )?in\b|\b(?:work-?around|meanwhile|meantime|until then|interim|stop-?gap|for now|this evening|tonight|tomorrow|(?:quick|fast)est|heute (?:noch|abend)|esta (?:noche|tarde)|ce soir|vanavond|stasera|temporar(?:y|ily)|bis dahin|übergangsweise|Zwischenzeit|vorübergehend)\b|\b(?:disable|(?:switch|turn)(?:ing)? (?:off )?|remove|skip|bypass)\b.{0,20}\b(?:2FA|MFA|two[- ]factor|second factor)\b(?! (?:is|was)\b)|\b(?:2FA|MFA|zweite[nr]? Faktor)\b.{0,30}\b(?:ab|aus)schalten\b/i,
  ],
  // `does that mean 2FA is switched off?`, `my colleague thinks MFA is bypassed`
  [
    'factor',
    /\b(?:2FA|MFA|two[- ]factor|second factor|tokens?)\b.{0,40}\b(?:off|disabled|bypassed|skipped)\b/i,
  ],
  // `SSL VPN is on port 10443 on the same interface, should be fine?`
  [
    'port',
    /\bSSL[- ]?VPN\b[^.!?]{0,30}\bport \d{2,5}\b[^.!?]{0,60}\b(?:fine|ok(?:ay)?|clash|conflict|problem)/i,
  ],
  // `may I forward this to the customer?`, `is it safe to paste this into the ticket?`, `kann ich das so weiterleiten?`
  [
    'share',
    /\b(?:can|may|could|should|shall|kann|darf|soll|puis-je|puedo|posso)\b.{0,20}\b(?<!\b(?:an?|the) )(?:send|forward(?! (?:\w+ )?(?:ports?\b|\d))|share|mail|pass|post|schicken|weiterleiten|weitergeben|envoyer|transmettre|enviar|reenviar|encaminhar)\b(?! (?:out\b|(?:\w+ ){0,3}(?:mail|message|tokens?|accounts?|licen[cs]es?)\b))|\b(?:can|may|kann|darf) (?:I|we|he|she|ich|wir|er|sie)\b.{0,40}\b(?:send|forward(?! (?:\w+ )?(?:ports?\b|\d))|share|post|weiterleiten|weitergeben|schicken|posten|hochladen|veröffentlichen)\b(?! (?:out\b|(?:\w+ ){0,3}(?:mail|message|tokens?|accounts?|licen[cs]es?)\b))|\b(?:kann|darf) (?:ich|wir)\b.{0,60}(?:forum|ticket|chat)\w{0,4}\b.{0,10}\bstellen\b|\b(?:safe|ok(?:ay)?) to (?:post|share|send|forward(?! (?:\w+ )?(?:ports?\b|\d))|paste\b.{0,30}\b(?:in(?:to)?|on|to) (?:the|a|an|our|your) (?:\w+ )?(?:forum|ticket|case|mail|chat|channel|group))\b/i,
  ],
  // `do we need another licence?`, `müssen wir etwas kaufen?`, `buy new tokens?`
  [
    'buy',
    /\b(?:licen[cs]es?|licensed|licensing|user limit|Lizenz(?:en)?|licencias?|licenças?|buy|purchase|subscriptions?|Abo|kaufen|bestellen|acheter|comprar|comprare|acquist\p{L}{2,3}|kopen|licenties?|cost|pay)\b/iu,
  ],
  // `does it help to reinstall the app?`, `soll ich FortiClient neu installieren?`
  [
    'reinstall',
    /\bre-?install\w{0,5}\b|\b(?:neu|nochmal|erneut|opnieuw) (?:\p{L}+ )?(?:zu )?install\p{L}{2,6}|\bneuinstall\p{L}{3,6}|\bherinstall\p{L}{2,4}|(?<!\p{L})réinstall\p{L}{1,4}|\breinstal\p{L}{1,5}|\binstall\p{L}{2,4} (?:\p{L}+ ){0,3}(?:again|de nouveau|de nuevo|di nuovo|de novo)(?!\p{L})|(?<!\p{L})instal\p{L}{1,4} (?:\p{L}+ ){0,3}(?:de nuevo|di nuovo|de novo|otra vez|outra vez)(?!\p{L})/iu,
  ],
  // `should I re-provision his token?`, `is the token lost?`, `muss ich ihr den Token neu ausrollen?`
  [
    'token',
    new RegExp(
      `\\b${TOKEN}\\b.{0,30}\\b(?:lost|broken|dead|defekt|kaputt|new|neu\\w{0,2}|nuevos?|nouveaux?|novo|nuov[oi]|nieuwe?|replace\\w?|re-?(?:provision|activate|assign|issue|set|install|create|enrol)\\w{0,2}|ausrollen)\\b|\\bactivate\\b.{0,15}\\b${TOKEN} again\\b|\\b(?:new|neue[ns]?|nouveau|nuevo|novo|nuovo|nieuwe?|lost|broken|replace|throw|discard|swap|re-?(?:provision|activate|assign|issue|set|create))\\b.{0,25}\\b${TOKEN}\\b|\\bre-?enrol\\w{0,3}\\b`,
      'iu',
    ),
  ],
  // `shall I reset her password?`, `soll ich das Kennwort zurücksetzen?`, `did he mistype?`
  [
    'password',
    new RegExp(
      `\\b(?:new|neue[ns]?|nouveau|nueva|nova|nieuw) ${PASSWORD}|\\b(?:re-?set|chang\\w{1,3}|wrong|mistyp\\w{1,3}|renew|zurücksetzen|ändern|falsch\\w{0,2}|reset\\w{1,3}|réinitialiser|cambi\\w{1,3}|changer|trocar|mudar)\\b.{0,30}\\b${PASSWORD}|\\b${PASSWORD}.{0,40}\\b(?:re-?set|chang\\w{1,3}|wrong|zurücksetzen|ändern|falsch)\\b|\\b(?:is|liegt|ist|was|es|ligt|est-ce) (?:it |es |das |het )?(?:only |just )?(?:(?:the|her|his|their|your|an|am|das|ihr|sein|(?:s|m)einem|ihrem|a|aan|AD|users?['’]?s?|wrong|la|mi|su|le|son|mijn|zijn|hun|leur|seu) ){0,3}${PASSWORD}`,
      'iu',
    ),
  ],
  // `does a reboot help?`
  [
    'restart',
    /\b(?:reboot\w{0,3}|re-?start\w{0,3}|neu ?starten|neu ?startet|Neustart\w?|redémarr\w{1,3}|reinici\w{1,3}|riavvi\w{1,4}|herstart\w{0,2}|opnieuw (?:op)?starten|power[- ]?cycl\w{1,3})\b/iu,
  ],
  // `can we go live on Monday?`, `can I close the ticket?`, `is it still wrong?`, `ist das so freigegeben?`
  [
    'ready',
    /\b(?:go(?:ing)?[- ]live|live gehen|roll(?:ing)? (?:it )?out|cut-?over|in(?:to)? production|green light|grünes Licht|go for|ausrollen|freigeben|Freigabe|produktiv|mise en (?:production|service)|producción|produção|ready (?:for|to))\b|\bclose (?:the|this|my) (?:ticket|case|change)\b|\b(?:Ticket|Fall)\b.{0,20}\b(?:schließen|zumachen)\b|\b(?:still (?:wrong|broken)|fixed now|did (?:he|she|it|they) (?:get in|work)|(?:is|are) (?:he|she|they) in now)\b/iu,
  ],
  // `is that safe?`, `does it expose us?`
  ['side-effect', SIDE_EFFECT],
  // `do I open a ticket with Fortinet?`, `or do I need Fortinet for that?`
  [
    'vendor',
    /\b(?:ticket|case|chamado|caso|tac)\b.{0,30}\bfortinet\b|\bfortinet\b.{0,20}\b(?:ticket|case|support|for that|for this|dafür)\b|\bneed fortinet\b/i,
  ],
  // `is this an attack?`, `were we hacked?`
  [
    'attack',
    /\b(?:attack\w{0,3}|man[- ]in[- ]the[- ]middle|MITM|hack\w{0,4}|brute[- ]?force\w{0,2}|intru\w{2,5}|compromised|Angriff|gehackt|ataque|attaque)\b/i,
  ],
  // `is it a certificate issue?`, `"certificate problem"? please confirm`, `liegt es doch am PSK?`, `is push the problem?`, `do they block Linux?`
  [
    'place',
    new RegExp(
      `\\b(?:is|was|be|it['’]s|ist|liegt|est-ce|es|é|ligt|puede ser)\\b[^?.!]{0,30}\\b${THING}\\b|(?<!\\p{L})está mal\\b.{0,15}\\b${THING}\\b|\\b(?:change|renew|rotate|renovar|cambiar|erneuern|vernieuwen)\\b.{0,20}\\b${THING}\\b|\\b${THING}\\b.{0,15}\\b(?:wrong|erneuern|vernieuwen)\\b|(?<!\\p{L})(?:wrong|bad|falsche[rs]?|mauvaise?|verkeerde?) ${THING}\\b|\\bis push (?:the |a )?(?:problem|issue|cause|reason)\\b|\\bblock\\w{0,3}\\b.{0,15}\\bLinux\\b|\\b(?:account|Konto|compte|cuenta|profile)\\b.{0,10}(?<!\\p{L})(?:broken|blocked|locked|disabled|kaputt|gesperrt|geblokkeerd|bloqué|bloqueada)(?!\\p{L})|\\bnew account\\b|\\b${THING}\\b.{0,5}\\b(?:issue|problem|trouble|fault|Problem|Fehler)\\b|\\bis (?:it|this|that) (?:an? )?\\p{L}+ (?:issue|thing|problem)\\b|\\bis it (?:his|her|their|the|my) (?:app|phone|account)\\b|\\bdo (?:he|she|they) (?:have|need) to change\\b|\\b(?:it|that) (?:can(?:['’]t|not)|must|might|may) be (?:the|our|their|my|his|her) (?!same)\\p{L}+`,
      'iu',
    ),
  ],
  // `do I have to touch every laptop?`, `müssen alle Clients angefasst werden?`, `do the users have to re-activate?`
  [
    'clients',
    /\b(?:every|each|all(?: the| our| of the)?|jede[mnrs]?|alle[mn]?|sämtliche|tous les|todos (?:los|os)|(?:the|all|die|alle|les|los|os|de) \d{1,5})\s+(?:\w+ )?(?:clients?|phones?|Handys?|laptops?|computers?|PCs?|Rechner\w?|Geräten?|Notebooks?|machines?|workstations?|profiles?|Profile?n?|postes?|equipos?)\b|(?<!\p{L})(?:on|auf|an|op|sur|en|sui|nei|nos) (?:(?:the|their|our|den|ihren|unseren|de|hun|onze|les|leurs|los|las|sus|i|gli|os|seus) )?(?:laptops|clients|PCs|computers|Rechnern|Notebooks|Handys|phones|postes|ordinateurs|équipos|ordenadores|portátiles|portatili|portáteis|computadores)(?!\p{L})|\b(?:do|must|müssen)\b.{0,10}\b(?:users|phones|Benutzer)\b.{0,10}\b(?:have to|need to|need a|change|neu|ändern)\b/iu,
  ],
  // `do we have to change anything on the FortiGate?`, `faut-il toucher au FortiGate ?`
  [
    'change',
    new RegExp(
      `(?<!\\p{L})(?:open|chang\\w{1,3}|touch\\w{0,2}|adjust|set|switch|umstellen|ändern|einstellen|anfassen|toucher|modifier|cambiar|tocar|mudar|mexer)\\b.{0,40}\\b${GATE}\\b|\\b${GATE}\\b.{0,30}(?<!\\p{L})(?:open|chang\\w{1,3}|umstellen|ändern|anfassen|angepasst|öffnen|freischalten|cambiar)\\b|\\bwhat (?:else )?(?:needs|has) (?:to be )?chang\\w{1,3}\\b`,
      'iu',
    ),
  ],
  // `is the firewall broken?`, `is it the firewall or AD?`, `est-ce côté Microsoft ?`, `liegt es an der Fritzbox?`
  [
    'place',
    new RegExp(
      `\\b${SIDE}\\b[^?.!]{0,30}\\b(?:or|oder|ou|o)\\b|\\b(?:or|oder|ou|o)\\b[^?.!]{0,25}\\b${SIDE}\\b|\\b(?:our|your|their|whose|my|his|her|unsere?r?|Ihre?r?|notre|votre|nuestro|nosso) (?:fault|side|end|problem|turn|Seite|Fehler|Schuld|côté|lado|culpa)\\b|\\b(?:which|whose|welche|wessen|quel|qué) (?:side|end|Seite|côté|lado)\\b|\\b(?:fault|blame|schuld)\\b|\\bwho (?:has|have|needs|must|should|will) (?:to )?(?:\\w+ )?(?:change|do|fix|look|act|correct|move)\\b|\\bwho can (?:fix|change|unlock|solve)\\b|\\bwhat (?:does|do|must|should|has) (?:he|she|they|the (?:user|client|provider|other side)) (?:have to |need to |to )?(?:change|do|correct)\\b|(?<!\\p{L})(?:wer muss|was muss (?:er|sie)|qui doit|quién tiene que|chi deve|quem (?:deve|tem)|wie moet)(?!\\p{L})|\\bwho(?:['’]s| is) right\\b|\\bwer hat (?:denn )?recht\\b|\\b(?:is|was) (?:it|that|this) (?:something|anything) (?:on|with|in) (?:the |our |their )?${SIDE}\\b|(?<!\\p{L})am (?:DC|AD|Domänencontroller)\\b.{0,10}(?<!\\p{L})ändern\\b|\\bis (?:the |our |their )?${SIDE} (?:\\w+ )?(?:down|broken|offline)\\b|\\bligt (?:dit|het|dat)\\b|(?<!\\bwhat (?:exactly )?(?:do|shall|should) (?:I|we) )\\b(?:ask|call|contact|raise (?:it|this) with) (?:the |our |my |their )?(?:new )?${SIDE}\\b|\\b(?:bei|at) (?:der |dem |the )?${SIDE}\\b.{0,20}(?<!\\p{L})(?:ändern|change|tun)\\b|\\bliegt (?:es|das)\\b|\\bliegt['’]?s\\b|\\b(?:is|was|est-ce|c['’]est|est|es|é|ist|problema d(?:el|[aeo])) (?:it|this|that|es|das|the (?:problem|issue|cause)|ce)?,? ?(?:still |only |just |really |doch )?(?:(?:on|with|at|in|because of|due to|côté|du côté|an|am|de|del|do) )?(?:the |our |my |your |their |his |her |le |la |el |l['’]|der |dem |die |o |a )?${SIDE}\\b|\\b${GATE} (?:still )?(?:ok(?:ay)?|fine|healthy|broken|to blame|at fault)\\b`,
      'iu',
    ),
  ],
  ['who', WHO_ELSE],
  // `do we have to do anything?`, `É preciso fazer alguma coisa?`, `müssen wir was tun?`
  [
    'todo',
    /\b(?:do|must|should) (?:I|we) (?:(?:have|need) to )?do (?:any|some)thing\b|\banything (?:left )?to do\b|\b(?:muss|müssen) (?:ich|wir|man) (?:da |noch |jetzt )?(?:et)?was (?:tun|machen)\b|\bpreciso fazer (?:alguma coisa|algo)\b|\bfaut-il faire quelque chose\b|\bhay que hacer algo\b/iu,
  ],
  // `is any of this bad?`, `muss ich mir Sorgen machen?`, `passt das so?`, `can you confirm?`
  [
    'sound',
    /\b(?:bad|normal|harmless|serious|an? (?:error|problem)|ok(?:ay)?|fine|right|good|wrong|worr(?:y|ies|ied)|nervous|uneasy|scares?|nervös|Sorgen|schlimm|gefährlich|odd|strange|unusual|suspicious|auffällig|komisch|seltsam|raro|extraño|bizarre|anormal|estranho|ein (?:Fehler|Problem)|faul|passt|richtig|gut|(?:can|could) you (?:please )?confirm|sanity[- ]check|double[- ]check|the reason)\b/iu,
  ],
];

/** Asks of a plan of the person, about which the risk of the fix says nothing: `is it safe to delete the block?` */
const OWN_PLAN =
  /\b(?:delet\w{1,3}|remov\w{1,3}|disabl\w{1,3}|turn(?:ing)? (?:it |this )?off|switch(?:ing)? (?:it |this )?off|löschen|abschalten|ausschalten|deaktivieren|entfernen)\b/i;

/** What people ask in the text, one for each sentence that asks. */
export function readQuestions(sections: readonly Section[]): Fact<readonly AskedQuestion[]> {
  const questions = sections.flatMap((section) => findQuestions(section));
  return keepFirst(questions.slice(0, MAX_QUESTIONS), 'the evidence contains no question');
}

function findQuestions(section: Section): readonly AskedQuestion[] {
  const from = personStart(section);
  return section.lines.flatMap((line, index): readonly AskedQuestion[] => {
    if (index < from || line.trim() === '' || line.length > MAX_LINE) return [];
    if (section.kind === 'config' && !COMMENT.test(line)) return [];
    // The patterns of questions take 30 ms to compile: a log without words of a person does not need them.
    if (!isOfPerson(section, line) || !asks(line)) return [];
    const quote: Quote = { source: section.source, line: section.start + index, text: line.trim() };
    const before = linesBefore(section, index, from);
    const text = [...before, line.trim()].join(' ');
    return splitSentences(text, before.join(' ').length).reduce<readonly AskedQuestion[]>(
      (asked, part) => joinQuestions(asked, toQuestion(part.sentence, quote), part),
      [],
    );
  });
}

/** Both halves of one question ask once: `Is that on us, or do we call the provider?` */
function joinQuestions(
  asked: readonly AskedQuestion[],
  added: readonly AskedQuestion[],
  { sentence, previous, goesOn }: Sentence,
): readonly AskedQuestion[] {
  const [last, [next]] = [asked.at(-1), added];
  if (goesOn && last && next && last.topic === next.topic && next.topic !== 'other')
    return [...asked.slice(0, -1), { ...last, sentence: `${last.sentence} ${sentence}` }, ...added.slice(1)];
  return [
    ...asked,
    ...added.map((question) =>
      POINTS_BACK.test(sentence) && UNCLEAR.has(question.topic) ? withPrevious(question, previous) : question,
    ),
  ];
}

/** `We reset his password twice. Should we reset it again?` asks about a step that was tried. */
function withPrevious(question: AskedQuestion, previous: string): AskedQuestion {
  const sentence = `${previous} ${question.sentence}`;
  const isAgain = question.topic === 'other' && AGAIN.test(question.sentence);
  const tried = isAgain
    ? TOPICS.find(([topic, words]) => STEPS.has(topic) && words.test(sentence))
    : undefined;
  return { ...question, topic: tried?.[0] ?? question.topic, sentence };
}

const AGAIN =
  /(?<!\p{L})(?:again|once more|nochmals?|noch einmal|erneut|encore|de nouveau|otra vez|de nuevo|di nuovo|ancora|de novo|outra vez|opnieuw|nog eens)(?!\p{L})/iu;
/** What people try, and ask whether to try again. */
const STEPS: ReadonlySet<QuestionTopic> = new Set(['reinstall', 'token', 'password', 'restart']);

/** `I read that port 389 works too. Is that ok?` asks about what stands before. */
const POINTS_BACK =
  /^(?:\S+ ){0,4}(?:it|that|this|they|das|dies|es|ça|cela|c['’]est|es(?:o|to)|is[st]o|questo|ciò|dat|dit|het)(?!\p{L})/iu;
/** Topics that only the words in front of the question make clear. */
const UNCLEAR: ReadonlySet<QuestionTopic> = new Set(['other', 'sound']);

const MAX_LINE = 2_000;
/** `# do we have to undo this?` above a configuration */
const COMMENT = /^\s*# /;

/** The lines of the paragraph in front of the line, as far as no sentence ends there. */
function linesBefore(section: Section, index: number, from: number): readonly string[] {
  const before: string[] = [];
  for (let at = index - 1; at >= from && before.length < MAX_LINES_BEFORE; at -= 1) {
    const line = (section.lines[at] ?? '').trim();
    const isItem = /^(?:[#>*•|-]|\d{1,2}[.)]) /.test((section.lines[at + 1] ?? '').trim());
    if (isItem || line === '' || /[.!?:;,>]$/.test(line) || line.length > MAX_LINE) break;
    if (!isOfPerson(section, line)) break;
    before.unshift(line);
  }
  return before;
}

/** Where a sentence ends, or a second question begins: `…, or do we have to buy one?`, `1) is it lost, 2) how do they get in?` */
const END =
  /(?<=[.!?]["”»)]{0,2})\s+|\s+(?=\(?\d\) )|,? (?:or|and|oder|und|ou|et|o|y|e|of|en) (?=(?:do|does|can|is|are|was|whose|who|why|how|what|which|without|should|shall|must|may|would|will|did|ohne|sans|zonder|senza|sem|was|wer|kann|muss|soll|müssen|brauchen|liegt|est-ce|faut-il|dois-je|hay|hace|tengo|precis\w{2,5}|moet|moeten) )/iu;

interface Sentence {
  readonly sentence: string;
  readonly previous: string;
  /** It is the second half of a question: `…, or do we have to buy one?` */
  readonly goesOn: boolean;
}

/** The sentences of a text that end behind `from`, with those before them. */
function splitSentences(text: string, from: number): readonly Sentence[] {
  const parts = text.split(END);
  const sentences: Sentence[] = [];
  let end = 0;
  for (const [index, part] of parts.entries()) {
    end = text.indexOf(part, end) + part.length;
    // A question that goes on is one as well.
    const isAsked = /[.!]["”»)]{0,2}$/.test(part) || part.includes('?') || !asksLater(parts, index);
    // `Two questions:` asks nothing.
    if (part.endsWith(':') && !isAsked) continue;
    const sentence = isAsked ? part : `${part.replace(/,$/, '')}?`;
    const previous = parts[index - 1] ?? '';
    const goesOn = index > 0 && !/[.!?:]["”»)]{0,2}$/.test(previous);
    if (end > from) sentences.push({ sentence, previous, goesOn });
  }
  return sentences;
}

function asksLater(parts: readonly string[], index: number): boolean {
  const end = parts.slice(index + 1).find((part) => /[.!?]["”»)]{0,2}$/.test(part));
  return end?.includes('?') ?? false;
}

/** `What does the data 532 mean`, `can anybody explain ret=4103`, `was bedeutet -7200`, `wofür steht E=691`, `que signifie 45 %`, `what is error -455` */
const MEANING =
  /\b(?:what(?: does|['’]s| is)|meaning of|was (?:bedeutet|heißt|heisst|ist|sagt)|(?:(?:can|could) \w+ (?:please )?)?explain|wofür steht|que (?:signifie|veut dire)|qué (?:significa|quiere decir)|o que significa|wat betekent)(?: (?:the|this|das|der|die|le|la|el|o|de|sub-?code|code|error|Fehler(?:code)?|data|result|return:?|E ?=))* ?["“'(]?(?:data |result |E=)?(?:[57][0-9a-f]{2}|-\d{1,5}|\d{1,2} ?%|(?<=(?:result|return:?) )\d{1,2}|(?<=E ?= ?)\d{3}|ret ?= ?\d{4})(?![\w.])["”')]?(?: (?:mean|stand for))?/iu;

/** Whether a line may hold a question. */
function asks(line: string): boolean {
  return CANDIDATE.test(line) || asksUnmarked(line);
}

function toQuestion(sentence: string, quote: Quote): readonly AskedQuestion[] {
  const isMarked = sentence.includes('?') || INDIRECT.test(sentence);
  const isAsked = isMarked || asksUnmarked(sentence);
  if (!isAsked && !UNMARKED.test(sentence)) return [];
  const coded = MEANING.exec(sentence);
  if (coded) {
    const rest = toQuestion(sentence.slice(coded.index + coded[0].length), quote);
    const said = `${coded[0]}?`;
    return [{ topic: 'meaning', said, sentence, quote }, ...rest.filter(({ topic }) => topic !== 'other')];
  }
  for (const [topic, words] of TOPICS) {
    if (!isAsked && topic !== 'risk' && topic !== 'who') continue;
    if (!isMarked && topic === 'sound') continue;
    if (topic === 'risk' ? !asksOfFix(sentence) : topic === 'side-effect' && OWN_PLAN.test(sentence))
      continue;
    const at = sentence.search(words);
    if (at !== -1) return [{ topic, said: clauseAt(sentence, at), sentence, quote }];
  }
  return !isAsked ? [] : [{ topic: 'other', said: clauseAt(sentence, 0), sentence, quote }];
}

/** `why are they disconnected at noon?` asks of the trouble, `is it safe to delete the block?` of a plan of the person. */
function asksOfFix(sentence: string): boolean {
  return !OWN_PLAN.test(sentence) && !WHY.test(sentence);
}

const CLAUSE = /[,;:–—(…] | - /gu;

/** The question from the clause that names the topic. Sample: `It worked yesterday, so is it the firewall or AD?` */
function clauseAt(sentence: string, at: number): string {
  const ends = [...sentence.slice(0, at).matchAll(CLAUSE)].map(({ index, 0: mark }) => index + mark.length);
  const clause = sentence.slice(ends.at(-1) ?? 0).replace(/^[\s("“«>*#-]+|[\s"”»)*]+$/gu, '');
  return clause.length <= MAX_SAID ? clause : `${clause.slice(0, MAX_SAID - 1).trimEnd()}…`;
}
