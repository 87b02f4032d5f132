import type { SecretKind } from './kinds.ts';
import { bareNoun } from './nouns.ts';
import { findSecretKind } from './secret-names.ts';
import { ofWord } from './text-memory.ts';
import { SECRET_LIKE } from './values.ts';

/** One field of a line: `[start, end)`. */
export interface Cell {
  readonly start: number;
  readonly end: number;
}

const NAME = /^[\p{L}_][\p{L}\p{N}\p{M} _./()#-]{0,39}$/u;
/** Other columns in tables of people and devices. */
const COLUMN =
  /^(?:user(?:[ _]?name|[ _]?id)?|benutzer(?:name)?|usuario|usuário|utilisateur|identifiant|utente|gebruiker|użytkownik|kullanıcı|ユーザー名?|用户名?|пользователь|name|login(?:[ _]name)?|account|e-?mail|mail|(?:nas|short)name|host(?:name)?|device|comments?|notes?|url|web[ _]?site|ip(?:[ _]address)?|peer(?:[ _]ip)?|remote|address|role|serial|group|gruppe|groupe|grupo|grupa|site|ssid|vlan|phone|id|no|nr|type|status|state|enabled|token|token[ _]name|tunnel|interface|location|port|area|owner|service|server|client|nas|realm|domain|otp|expires?|created|updated|valid|description|title|last[ _]\w+|first[ _]\w+|(?:remote|local)[-_]\w+|vdom|phase[12](?:[-_]?name)?|\w{2,24}[_ -]?(?:name|timestamp|date|time)|titel|konto|account|benutzerkonto|gerät|device|standort|dienst|system|zweck|bemerkung(?:en)?|notiz(?:en)?|usuarios?|equipo|dispositivo|servicio|serviço|sistema|sitio|nombre|nome|nom|poste|appareil|site|compte|conta|cuenta|rôle|groupe)$/i;
/** Columns of anything have this name. */
const VAGUE_NAME = /^(?:keys?|schlüssel|clé|clave|chiave|chave|sleutel)$/i;
/** Beside them such a column has the keys of wireless networks. */
const WIRELESS = /^(?:ssid|wlan|wi-?fi)(?:[ _-]?name)?$/i;

/** The kinds of the columns of secrets; `undefined` if there is none, or if the names are no heading. */
export function columnKinds(
  names: readonly string[],
  isAligned = false,
): ReadonlyMap<number, SecretKind> | undefined {
  const named = names.filter((name) => name !== '');
  if (named.length < 2 || !named.every((name) => NAME.test(name) && !SECRET_LIKE.test(name)))
    return undefined;
  // Or all of them are secrets: the old and the new password.
  if (!named.some(isColumnName) && !named.every(cellKind)) return undefined;
  const secrets = new Map<number, SecretKind>();
  const isWireless = named.some((name) => WIRELESS.test(name));
  for (const [index, name] of names.entries()) {
    const other = isWireless ? 'psk' : isAligned ? undefined : cellKind(name);
    const kind = VAGUE_NAME.test(name) ? other : cellKind(name);
    if (kind !== undefined) secrets.set(index, kind);
  }
  return secrets.size > 0 ? secrets : undefined;
}

/** Kind of the secrets below or beside this name. */
export const cellKind = ofWord((name): SecretKind | undefined => {
  const bare = name.replace(/ ?\([^()]{1,24}\)$/, '');
  return (
    findSecretKind(bare, 'json') ?? findSecretKind(bare, 'colon') ?? findSecretKind(bareNoun(bare), 'json')
  );
});

/** Passwords may be any word. Generated values have letters and digits; a column `token` may contain states. */
export function isLikely(value: string, kind: SecretKind): boolean {
  const isChosen = kind === 'password' || kind === 'psk' || kind === 'community' || kind === 'secret';
  return isChosen || SECRET_LIKE.test(value);
}

export const isColumnName = ofWord((name) => {
  const words = name.trim().replace(/^[a-z]{2,12}\./, '');
  return (
    name.length <= 40 &&
    (COLUMN.test(words) || /^[\w-]{2,12} (?:user|name|login|account|host|sn|ip|id)$/i.test(words))
  );
});
