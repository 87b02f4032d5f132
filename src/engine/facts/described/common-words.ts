/** Words of any trouble: who, what happens, when, and where. */
export const COMMON_WORDS = {
  not: /\b(?:not|never|no|nothing|none|neither|n't|cannot|without|nicht|nie|niemals|kein\w{0,2}|nichts|ohne|sin|nunca|nada|ningun\w{0,2}|no|ne|pas|jamais|rien|aucun\w{0,2}|sans|niet|nooit|geen|niets|non|mai|niente|nessun\w?|senza|nao|sem|nenhum\w?)\b|n't\b/,
  works:
    /\b(?:works?|worked|working|accepted|angenommen|akzeptiert|aceptan|aceptad\w{1,2}|acceptes?|accettat\w|aceit\w{1,2}|geaccepteerd|fine|ok(?:ay)?|succeeds?|ges?ht|gehen|ging|klappt\w{0,2}|funktionier\w{1,3}|lauft|laufen|funciona\w{0,2}|va bien|marche\w{0,2}|fonctionne\w{0,2}|passe|werkt\w{0,2}|doet het|funziona\w{0,2})\b/,
  fails:
    /\b(?:fail\w{0,3}|error|denied|refused|rejected|dies|breaks?|broken|broke|fehler\w{0,4}|scheitert|abgelehnt|bricht ab|verweigert|falla\w?|rechaza\w{0,2}|error|echou\w{1,3}|refus\w{1,3}|mislukt|geweigerd|fallisce|errore|rifiutat\w)\b/,
  others:
    /\b(?:others|everyone else|everybody else|colleagues?|anderen?|kollege\w{0,2}|kollegin\w{0,3}|otros|los demas|companer\w{1,2}|autres|collegues?|collega'?s?|altri|colleghi|outros|colegas)\b/,
  old: /\b(?:old|previous|former|alte[nrms]?|vorherige[nrs]?|viej[oa]|antigu[oa]|ancienn?e?|vieux|oude?|vecchi[oa]|antig[oa]|velh[oa])\b/,
  new: /\b(?:new|another|replacement|replaced|neue?[snmr]?|nuev[oa]s?|nouve\w{1,4}|nieuwe?|nuov[oa]|nov[oa])\b/,
} as const;
