/** Words of the push, the phone, the app and the token. */
export const PUSH_WORDS = {
  phone:
    /\b(?:phones?|iphones?|mobiles?|handsets?|samsung|galaxy|pixel|android|handys?|smartphones?|telefon\w{0,2}|gerat\w{0,2}|movil|telephones?|portable|toestel|telefono|celular|telemovel|cellulare)\b/,
  code: /\b(?:codes?|digits|ziffern|zahlen|codigos?|cifras|chiffres|cijfers|codici|codice)\b/,
  request:
    /\b(?:push\w{0,2}|requests?|prompts?|notifications?|anfragen?|mitteilung\w{0,2}|benachrichtigung\w{0,2}|notificacion\w{0,2}|solicitud|demandes?|melding\w{0,2}|richiest\w|notific\w{1,4})\b/,
  shows:
    /\b(?:shows?|rings?|rang|buzz\w{0,2}|vibrat\w{1,3}|gets?|receives?|arriv\w{1,3}|comes?|pops up|lights up|zeigt|anzeigt|bekommt|klingelt|brummt|kommt|kommen|suena|recibe|llega\w?|aparece|sonne|recoit|arrive|krijgt|komt|gaat af|riceve|arriva\w?|squilla|chega\w?|toca)\b/,
} as const;
