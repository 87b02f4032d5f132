import { ofLast } from './text-memory.ts';

/** Words by which a sentence about a secret shows its language. */
const WORDS_OF = {
  en: `is are was were be been the a an my his her our your their and or not with on for from at by we i you to of as it its it's it’s he she they this that these both what which who when where if so but in has have had used uses tried typed
    must should can cannot will would could do does did only now than then there how why no all any each`,
  de: `ist sind war waren wird wurde wurden werden das der die den dem des ein eine einen einem einer mein meine sein seine ihr ihre unser unsere und oder nicht kein keine mit auf für von vom im am zum zur bei aus nach über unter wir ich er sie es
    ihn ihm man lautet heißt hat habe haben hatte neu neue neues neuen als wie geht bitte muss soll kann dass wenn aber noch nur auch schon passwort kennwort geheimnis schlüssel`,
  fr: `est sont était le la les un une des du de mon ma mes son sa ses notre votre et ou avec pas pour par sur dans en ce cette c'est c’est que qui ne on il elle nous vous je mot passe mdp clé partagée partagé au aux à sans plus mais si`,
  es: `es son era fue el la los las un una de del al su sus mi mis y o no con sin para por en se que si lo como más muy ya está esta este usuario contraseña contrasena clave secreto compartido compartida cuando pero`,
  it: `è sono era il la lo le gli i un una uno di del della dei delle dell al alla da dal in nel nella per con senza su e o non che si se sua suo mia mio come più ma ho ha utente chiave segreto condiviso condivisa precondivisa quando`,
  pt: `é são era foi a o as os um uma de do da dos das no na nos nas ao à não com sem para por em e ou que se sua seu minha meu dele dela como mais mas já está esta este usuário utilizador senha palavra-passe chave segredo quando`,
  nl: `is zijn was het de een niet geen met mijn haar ons onze uw je van voor op naar en of in te bij uit door als dat die dit er hij zij ik we wij heb heeft had maar nog ook wachtwoord sleutel geheim gedeelde wordt`,
  slavic: `hasło hasła haslo heslo hesla klucz klíč jest nie się na dla je není ani po do z że nový nowe nowy i`,
  nordic: `lösenordet lösenord adgangskoden adgangskode passordet passord är er inte ikke och og för på av enligt det en`,
  finnish: `salasana salasanan on ei ja se`,
} as const;

export type Language = keyof typeof WORDS_OF;

/** What words of a sentence end with in each language: participles, adverbs and adjectives. Nouns of daily life end otherwise, but for few. */
const ENDINGS: Readonly<Record<Language, RegExp>> = {
  en: /(?:\p{L}{3}ed|ings?|(?<!f)ly|able|ible|less|ful|\p{L}{2}ive|ous|ations?|ments?|ity|ities|ness|[st]ion|ance|ence)$/u,
  de: /^(?:(?:ab|an|auf|aus|bei|durch|ein|mit|nach|über|um|unter|vor|weg|zu|zurück|fest|frei|her|hin|neu|bereit|wieder|zusammen|wahr|groß|klein|voran|zwischen|hinzu|heraus|hinein|hinter|voraus)?ge\p{L}{3,16}(?:(?<!ich)t|en)|(?!berg|besen|beer|bett|bein|bern|ente|erd|erbs|verlies)(?:ab|an|vor|aus|wieder|weiter)?(?:be|ent|er|ver|zer|miss|über|unter|wider)\p{L}{3,13}(?:(?<!ich)t|en|eln|ern)(?:e[nmrs]?)?)$|(?:lich|(?<!ess|hon|kön|käf)ig|isch|bar|sam|haft|los|frei|voll|wert|mäßig|fähig|end|iv|ell|ös|i(?:er|s)t)(?:e[nmrs]?)?$|(?:ung|heit|keit|ität|tion|weise)(?:en)?$|(?:richtlinie|eingabe|feld|abfrage|manager|wechsel|reset|fehler|länge)n?$/u,
  fr: /(?:\p{L}{3}ée?s?|[nd]ue?s?|[aiu]bles?|ifs?|ives?|eux|euses?|(?:[stç]ion|u|i|é)n?el(?:le)?s?|ique|ment|[st]ions?|ités?)$/u,
  es: /(?:[aií]d[oa]s?|[ai]e?ron|[aei]bles?|mente|[cs]i(?:ón|ones)|[aei]rán?|iv[oa]s?|[ai]dad|miento)$/u,
  it: /(?:[aiu]t[oaie]|[aiu]bil[ei]|mente|[szt]ion[ei]|iv[oaie]|ità|mento)$/u,
  pt: /(?:[aií]d[oa]s?|\p{L}{3}ou|[aei]ram|[aáeéií]ve(?:l|is)|mente|[çs](?:ão|ões)|[aei]r(?:á|ão)|iv[oa]s?|idade|mento)$/u,
  nl: /^(?:(?:aan|af|bij|door|goed|in|mee|om|onder|op|over|samen|terug|toe|uit|vast|voor|vrij|weg)?ge\p{L}{3,14}(?:d|t|en)|(?:be|ver|ont|her|er|over|onder|mis)\p{L}{3,13}(?:d|t|en))$|(?:ig|lijk|baar|loos|isch|zaam|end|achtig|eerd|heid|atie|ing)e?$/u,
  slavic: /(?:[nłwktszcg]ie|[ewktnłszc]e|[éýáěoay])$/u,
  nordic: /(?:igt?|[aet]d|[aetrö]t|bart?|ende|ande|skt?|en)$/u,
  finnish: /(?:n[uy]t|t[uy]|v[aä]|[aä])$/u,
};

/** What such a sentence says besides: adjectives, and the nouns, verbs and adverbs of sentences about secrets, without what they end with. */
const STEMS_OF: Readonly<Record<Language, string>> = {
  en: `legitimate spelt human at-rest problematic meant confidential sometimes genuine trivial snippet file usage server symbol field change review infrastructure cryptography pair plugin exchange algorithm cheat type passphrase press compromise sample member
    between contain length allow belong properti password secret repositori protect example feature pattern certificate analysi agent move checkbox flag agnostic exposure lifetime path themselve driver point leakage coverage component value search theft
    digital take pipeline command database ensure action vault specifi dimension editor index case-sensitive plain long short weak strong correct wrong empty blank visible optional unique identical random typical normal usual special general internal external
    remote manual automatic local global public private invisible complicated complex rubbish nonsense garbage crap history useless pointless mandatory necessary temporary primary ordinary lowercase uppercase mixed numeric alphanumeric alphabetic ascii unicode
    hexadecimal base64 plaintext cleartext dialog screen button manager prompt hint reset sync storage store vault policy change strength history expiry rotation length guess spray attack leak dump reuse hygiene generator entry input box tool safe`,
  de: `bereits einmal beinhaltet entschied mittels dürf weiterhin derzeit daraufhin gemäß allgemein dateien größtenteil demnach festleg importier signier angeb hinzufüg exportier stimm kenn auswähl aller abläuft daraus abgleich schütz erinner sperr pass konnt ihrer hinzugefügt fragt festzuleg
    anzugeb hinzuzufüg einzugeb abschick mist quatsch müll unsinn geheim geheimnis teil bestandteil thema problem grund ursache zufall absicht standard vorgabe pflicht sicher unsicher leer voll kurz lang stark schwach gut schlecht alt neu
    identisch verschieden unterschied eindeutig einzige korrekt inkorrekt fehlt fehl sicherlich vermut angeblich offenbar scheinbar tatsächlich wirklich eigentlich zumindest hoffentlich leider bestimmt übrigens jedenfalls allerdings
    groß klein komplex kompliziert simpel trivial banal merkwürdig seltsam komisch okay kaputt defekt weg tot sauber läuft lief hängt kommt kam braucht stammt liegt lag steht stand bleibt blieb scheint schlägt schlug verlangt greift zieht fliegt`,
  fr: `fourni nécessair requis défini présent obligatoir obsolèt indiqu long inutil ensuite alor util maintenant sujett eux-mêm permanent mort manquant quand compris inférieur supérieur corrompu différent parmi identiqu presqu inclus tout elle-mêm facil difficil suffisant insuffisant
    peut-êtr extrait saisi similair primair publiqu secrèt principal comm doiv peuv utilisateur possèd expir résident distant aprè suivant numériqu contenant permet correspondant personn statiqu persistant choisi aléatoir appartient avant simpl nécessit
    existant spéciaux mémoir particuli serveur ci-dessu génériqu faibl fort fauss juste correct incorrect exact bonn mauvais vid court sensibl complex valid invalid ancien nouveau nouvel propre actuel provisoir temporair initial final uniqu commun
    public privé local global normal spécial standard défaut connu inconnu perdu oubli écrit inscrit transmis admis permis mis remis établi garanti fini affich stocké plutôt toujour jamai souvent encor déjà aussi seulement vraiment bien trop assez
    moin plus autr même dan pour avec san ver chez sou entre contre selon depui pendant fonctionn march pass arriv sembl rest chang manqu contient exist devrait pourrait demand ligne urgence distance main jour clair connexion égal interdit adéquat wi-fi origin`,
  es: `incorrect verdader present menos necesari idéntic obligatori genuin propiedad correct tomar escrit vací públic maestr principal primari hardware secret cuand existent despué foráne estátic debería extern intern caduc simétric expir simpl diferent débil tien
    aleatori remot específic especific contien deben mientra caducará fals erróne buen mal mism otr nuev viej antigu larg cort segur insegur fuert fácil difícil únic igual distint complej sencill anterior actual inicial final normal especial general local global
    temporal provisional necesit requier correspondient siguient suficient insuficient vigent reciente permanent disponibl siempre nunca todaví también ahor entonce aquí allí demasiad muy más porque aunque según sobre entre hasta desde hacia contra dentro fuera
    obsolet casi apena igualment bien rot abiert hech puest vist dich impres sujet muert compuest expuest resuelt devuelt descubiert cubiert funcion sirv falla vale coincid pued debe tení está estaba vence entra llega acept pid privad maldit dichos complet exact opcional ante remota
    casa mano línea caso lugar modo pobre mayor poco todo nada algo alguien nadie forma manera texto papel letra número mayúscula minúscula`,
  it: `richiest necessari troppo pers corrett scorrett obbligatori valid espans molto identic descritt soggett present ancor estratt inferior superior sottopost opzional autentic sempr lett omess rimoss facil difficil maggior minor quasi simil maiuscol minuscol vuot
    chiav primari secondari della corrent principal vien dovrebb utent segret hardware condivis nell original monous prim attual precondivis static esist estern intern senza esistent simmetric venga file contenent vengono utilizzand devon personal scad
    richied univoc specific espand contien quand debol fort appar dalla dietro compost vers errat sbagliat giust fals nuov vecchi lung cort sicur insicur unic ugual divers compless semplic precedent inizial final normal special general local
    temporane provvisori disponibil funzion march pass arriv rest cambi manca scritt dett fatt pessim scadent vicin possibil mod primo scritt dett fatt mess rott apert chius espost compromess smarrit divers stess altr tutt poch tant anche adess allor dunque pero perché mentre dopo sotto sopra dentro fuori
    contro secondo circa proprio davver solit comun pubblic privat impost sospes scelt protett inclus esclus permess ammess trasmess decis corrispondent visib remot`,
  pt: `necessári obrigatóri muit incorret long present prest diferent feit sendo incorrect menor maior idêntic pert corret vazi públic primári secret mestr principal atual extern intern estátic quand expir pesso precisa simétric existent aleatóri específic contém frac
    especific físic usand estão pertenc correspondent devem falh durant depois requer caduc permit opcional possui outr diferenci podem únic simpl fals errad err bo ruim nov velh antig curt segur insegur fort fácil difícil igual distint complex
    anterior inicial final normal especial geral local global temporári provisóri disponív sempre nunca ainda também agora então aqui demais bastant porque embora segundo sobre entre desde contra dentro fora quase apena abert escrit post vist dit impress mort
    expost ocult remot funcion serv aceit entra cheg pede vence confere recente permanent suficient insuficient seguint todo tod nada algo alguém ninguém forma maneira texto papel letra número maiúscul minúscul genuín iníci sujeit complet exat`,
  nl: `slecht samen algemeen binnen sterk dubbel bijna heeft wordt invoer wijzig word instell opslaa konden komen moet kopiër aanmak toevoeg laten hebb maken specificeer exporteer tonen importeer nogmaal
    fout actief inactief groot te niet vooral optioneel opslaat beveiligd hoofdletter juist onjuist goed leeg lang kort zwak veilig onveilig nieuw oude anders zelfde hetzelfde gelijk correct incorrect klopt klopten werkt werkte lukt past komt kwam staat stond blijft bleef lijkt moeilijk makkelijk eenvoudig complex
    simpel uniek bekend onbekend persoon algemeen tijdelijk eigen extern intern lokaal openbaar geheim standaard verplicht nooit altijd vaak soms misschien waarschijnlijk eigenlijk gewoon echter daarom omdat terwijl zonder tegen tussen volgens vanaf buiten boven onder`,
  slavic: '',
  nordic: '',
  finnish: '',
};

const LANGUAGES = Object.keys(WORDS_OF) as readonly Language[];
/** Of each word, the places of its languages in the list. */
const OWNERS = new Map<string, number[]>();
for (const [at, language] of LANGUAGES.entries())
  for (const word of WORDS_OF[language].split(/\s+/)) OWNERS.set(word, [...(OWNERS.get(word) ?? []), at]);

/** Characters of a line that show its language. */
const MAX_SHOWN = 400;
const WORD = /[^\s.,:;!?()"“”„«»]+/g;

/** The languages that a sentence may be written in: one, several if it has as many words of each, or none. */
export const languagesOf = ofLast((line): readonly Language[] => {
  const counts = LANGUAGES.map(() => 0);
  for (const word of line.slice(0, MAX_SHOWN).toLowerCase().match(WORD) ?? [])
    for (const at of OWNERS.get(word) ?? []) counts[at] = (counts[at] as number) + 1;
  const most = Math.max(1, ...counts);
  return LANGUAGES.filter((_, at) => counts[at] === most);
});

const SUFFIX = /(?:e[nmrs]|[aeoi]s?|s|y|n)$/u;
const ELISION = /^(?:[cdjlmns]|qu|un|dell|all|nell|dall|sull)['’]\p{L}/u;
const STEMS = Object.fromEntries(
  LANGUAGES.map((language) => [language, new Set(STEMS_OF[language].split(/\s+/))]),
) as unknown as Readonly<Record<Language, ReadonlySet<string>>>;
/** A German noun has a capital, and is no participle. */
const NOUN = /^\p{Lu}\p{Ll}+$/u;
const OF_NOUN =
  /(?:lich|isch|bar|los)e[nmrs]?$|(?:ung|heit|keit|ität|tion|weise)(?:en)?$|(?:richtlinie|eingabe|feld|abfrage|manager|wechsel|reset|fehler|länge)n?$/u;

/** Whether a sentence of one of the languages says the word about a secret: `abgelaufen` in German, `caducada` in Spanish. */
export function isWordOfLanguages(languages: readonly Language[], word: string): boolean {
  const lower = word.toLowerCase();
  return (
    ELISION.test(lower) ||
    OWNERS.has(lower) ||
    hasStem(languages, lower) ||
    languages.some((language) =>
      (language === 'de' && NOUN.test(word) ? OF_NOUN : ENDINGS[language]).test(lower),
    )
  );
}

/** The same where the language is not known, but for words with an ending alone. */
export function isSaidSomewhere(word: string): boolean {
  return hasStem(LANGUAGES, word.toLowerCase());
}

function hasStem(languages: readonly Language[], lower: string): boolean {
  const forms = [lower, lower.replace(/s$/, ''), lower.replace(SUFFIX, '')];
  return languages.some((language) => forms.some((form) => STEMS[language].has(form)));
}
