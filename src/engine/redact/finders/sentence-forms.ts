/** A word of letters. */
export const SAID = /^\p{L}[\p{L}'’-]*$/u;
/** What makes a secret of a key: `shared key`, `clé partagée`. */
export const SHARED =
  /shared|geteilt|paylaş|partag|compart|condivis|partilhad|gedeeld|gemeinsam|geheime|vorinstalliert|secrète|secreta|segreta|combinad|^(?:community|snmp|auth|priv|pass|paso|registration|recovery|backup|activation|verification|emergency|rescue|one-time|setup|api|radius|ipsec|tunnel|vpn|wi-?fi|wlan|enable)$/;
export const OWNER = /^(?:my|his|her|our|your|their|new|old|admin|root|user|ssh|vpn|wi-?fi|enable|\S+:)$/i;
/** Behind the noun it says that the value is none: `password length`. */
export const ATTRIBUTE =
  /^(?:polic(?:y|ies)|length|age|expiry|expiration|history|complexity|strength|lifetime)$/i;
/** What names of products end with. */
export const PRODUCT = /^(?:Vault|Manager|Server|Enterprise|Security|Cloud|Authenticator)$/;
/** Before the noun of a secret that does not exist. */
export const NEGATION =
  /^(?:no|without|kein(?:e[nmrs]?)?|ohne|sans|aucune?|ning(?:ún|una)|sin|nessuna?|senza|nenhuma?|sem|geen|zonder)$/i;
/** Whose name stands beside a password. */
export const ACCOUNT =
  /^(?:l['’])?(?:user(?:name)?|log-?in|account|benutzer(?:name)?|konto|compte|utilisateur|identifiant|usuario|cuenta|utente|usuário|utilizador|conta|gebruiker(?:snaam)?)$/i;
export const ADMINISTRATOR = /^(?:(?:forti)?admin|administrator|root)$/i;
export const AND = /^(?:and|und|et|y|e|en|[&+/])$/i;
export const THEN = /^(?:then|dann|danach|puis|ensuite|luego|después|poi|depois|daarna|dan)$/i;
/** A person logs in, or tests it. */
export const LOGS_IN =
  /^(?:[dl]['’])?(?:log|sign|connect|access|remote|test|try|tried|bind|prompt|meld|anmeld|angemeld|einlog|eingelog|verb[iu]nd|fernzugr|zugriff|zugang|probier|komm|webmail|accès|essay|entr[aeoéi]|acced|acce[st]|ace[ds]|prob[eéoa]|tent[aeo]|ingres|prova|riesc|inlog|ingelog|getest|kom$|type|typt|tape|tipp|asks?$|works?$|working)/i;
/** What has a code, too, which is none of a login. */
export const OF_OTHER_CODE =
  /^(?:error|exit|status|return|result|reason|response|resp|http|area|zip|postal|event|log|plz|fehler|erreur|erro|barras|barres)$/;
/** A person changed or agreed on the secret. */
export const CHANGED =
  /^(?:(?:re)?set(?:s|ting)?|(?:re)?setz(?:e[nt]?)?|(?:chang|rotat|renew|updat|switch|shorten|replac|ustawi|zmieni|modif|revert|agree|settled|correct(?=ed|ing)|cambi|alter|troc|troqu|mud(?:ei|ou)|r[ée]d[ée]fin|r[ée]initialis|reset|restab|(?:re)?impost|sostitu|substitu|rempla[cz]|reemplaz|nastav|změn|zmen|byt(?=t|er)|ändra|endre|skift|vaihd|schimb|beállít|megvált|измен|смен|установ|постав|зміни|herzien|vervang|remis|qued[óo]|fic(?:ou|a)|convenu|verander|gewijzig|ingesteld|gezet|afgesproken|umgestellt|geändert|gesetzt|zurückgesetzt|vereinbart|geeinigt|colocou|coloquei|puesto|dejamos|dejé|lasciat|laiss)\p{L}*|mis|passée?s?|puse|pus|metí|puso)$/u;
/** What a German or Dutch sentence ends with. */
export const PUT_BEHIND =
  /^(?:eingetragen|eintragen|eingegeben|eingeben|setzen|verwenden|hinterlegen|getippt|eingetippt|gesetzt|verwendet|genommen|benutzt|gewählt|zurückgesetzt|gegeben|hinterlegt|konfiguriert|versuchen|probieren|durchgegeben|vergeben|vereinbart|verschlüsselt|ingevuld|gezet|afgesproken)$/u;
/** What has a number of its own. */
export const COUNTING =
  /^(?:timeout|build|version|firmware|release|ticket|case|line|error|index|number|nummer|size|count)$/i;
/** Before a remark on the value. */
export const REMARK = /^(?:#|\/\/|<[-=]|←|[-–])$/;
export const ARTICLE =
  /^(?:the|an?|my|our|your|his|her|their|this|de[rmn]|die|das|ein|mein|unser|sein|ihr|les?|la|une?|mon|notre|son|el|los|una|mi|su|nuestro|o|meu|nosso|seu|il|lo|mio|nostro|suo|het|een|mijn|ons|zijn)$/i;
/** Behind what a secret is of: `le mot de passe administrateur du pare-feu`. */
export const POSSESSIVE = /^(?:of|du|de[lrs]?|vo[mn]|do|da|di)$/i;
export const PRONOUN = /^(?:it|that|es|das|ce|eso|esto|isso|questo|dat)$/i;
export const HAS = /^(?:has|have|had|hat|haben|hatte|a|tiene|tenía|tem|tinha|ha|aveva|heeft)$/i;
/** A person or a place of the same company: `heißt bei uns …`. */
export const US = /^(?:us|uns|ons|nous|noi|nosotros|nós)$/i;
/** Behind it an object may be another thing that is used. */
export const WITH = /^(?:with|mit|avec|con|com|met|not|nicht|into|him|her|me|us|them|ihm|ihr|mir|uns|на)$/i;
/** Words of a noun. */
export const OF_NOUN = /^(?:mot|parola|de|d['’]\p{L}+|wi-?fi|wlan|vpn|guest|gast|radius|admin)$/iu;
/** Before an error that is quoted. */
export const FAILS =
  /^(?:fail(?:s|ed|ing)?|stop(?:s|ped)|scheitert|endet|échoue|fall[aó]|fallisce|fal(?:ha|hou)|termina|faalt|mislukt|eindigt)$/i;
/** What a program does that wants a secret. */
export const PROMPTS =
  /^(?:asks?|asked|asking|prompts?|prompted|demande|réclame|fragt|verlangt|gefragt|pid[ea]|pedir|ped[ei]|solicite|chied[ea]|chiesta|vraagt)$/i;
export const WIRELESS = /(?:^|-)(?:wi-?fi|wlan|ssid)$/i;
export const ASKS = /^(?:what|what['’]s|which|wie|welche[rs]?|quel(?:le)?|cu[aá]l|qual|wat)$/i;
export const GREETING = /^(?:regards|cheers|grüße|gruß|saludos|cordialement|saluti|groeten?|abraços?)$/i;
export const BETWEEN = /^(?:between|zwischen|entre|tra|tussen)$/i;
export const FROM = /^(?:from|von|de|van|da)$/i;
export const INSTEAD = /^(?:instead|statt|anstatt|anstelle|rather)$/i;
export const MUST = /^(?:muss|müsste|soll|sollte|moet|moest)$/i;
export const BE = /^(?:sein|lauten|heißen|zijn)[.,!]?$/;
export const NOW = /^(?:now|jetzt|nun|ahora|maintenant|ora|agora|nu)$/i;
export const TOO = /^(?:too|also|auch|aussi|también|anche|também|ook)$/i;
/** A pronoun in place of the noun before it: `…, mine is …`. */
export const MINE = /^(?:mine|meine?s|mien(?:ne)?|m[ií][ao]|minha|mijne)$/i;
/** Before who did it: `fue cambiada por …`. */
export const PASSIVE = /^(?:was|were|wurde|été|fue|ha|foi|fu|stata|sido|werd)$/i;
/** What a sentence says of a value that was tried. */
export const WORKS =
  /^(?:works?|does|did|is|was|fails?|failed|isn't|doesn't|didn't|geht|ging|klappt|klappte|funktioniert|stimmt|wird|wurde|ist|war|no|ne|non|não|n['’]\S+|ça|va|lukt|werkt|funciona|funzt|vale|marche|passe|est)$/i;
export const GOES_ON =
  /^(?:schlägt|kommt|but|and|y|e|et|und|pero|mais|mas|ma|maar|aber|en|for|on|für|auf|nicht|not|para|pour|nehmen|eingeben|probieren|versuchen|verwenden|benutzen)$/i;
export const CLOSING_MARK = /[.,;:!?)]/;
export const DASH = /^(?:[-=]{0,2}>|<-|[-–—→▸•·¦👉=:|/])$/u;
export const QUOTES = /["'“”„‘’«»*_`]/g;
