import type { DescriptionRow } from './row.ts';

/** The same causes in the words of other people: indirect, short, or of a different trade. */
export const DESCRIPTIONS_IN_OTHER_WORDS: readonly DescriptionRow[] = [
  [
    'push-address-stale',
    'We kregen een nieuwe internetlijn met een ander IP. Sindsdien loopt goedkeuren in de app vast, in ftm-push staat nog het oude adres.',
  ],
  [
    'push-address-stale',
    'After changing providers the approve button just spins. ftm-push still has the IP of the old line.',
  ],
  [
    'wrong-vdom-scope',
    "Je suis dans le VDOM root et la commande config system ftm-push renvoie une erreur, elle n'existe pas. Pourtant la doc la cite.",
  ],
  [
    'upstream-nat-not-forwarded',
    "Devant le FortiGate il y a la box de l'opérateur, sans redirection du port 4433. La notification arrive mais l'approbation ne passe jamais.",
  ],
  [
    'callback-asymmetric-route',
    "Abbiamo due linee. La risposta del telefono entra da wan2 ma il FortiGate risponde dalla wan1, l'approvazione scade.",
  ],
  [
    'push-egress-unsuitable',
    'The FortiGate sends its own traffic out of the MPLS line, which has no internet. No push is delivered to anybody.',
  ],
  [
    'token-activation-expired',
    "L'email d'activation date d'il y a une semaine, quand je scanne le QR l'appli dit que le code a expiré.",
  ],
  [
    'phone-registration-stale',
    'Ho cambiato telefono la settimana scorsa. I codici vanno bene, ma le notifiche continuano ad arrivare sul vecchio.',
  ],
  [
    'phone-not-notified',
    'Die Anfrage sehe ich erst, wenn ich die App selbst öffne. Bei den Kollegen klingelt es sofort.',
  ],
  [
    'source-ip-blocked',
    'Après plusieurs mauvais mots de passe je suis bloqué, même avec le bon. Au bout de quelques minutes ça remarche.',
  ],
  [
    'vpn-wait-too-short',
    'FortiClient bricht ab, bevor ich auf dem Handy bestätigt habe. Wenn ich schnell bin, klappt es.',
  ],
  [
    'push-denied-by-user',
    'Ik heb per ongeluk op Weigeren getikt, meteen daarna zei de VPN dat ik geen toegang heb.',
  ],
  [
    'fac-certificate-untrusted',
    'Al aprobar, la app avisa que el certificado del FortiAuthenticator no es de confianza, es el autofirmado.',
  ],
  [
    'local-account-expired-or-disabled',
    'El usuario local está deshabilitado en el FortiGate, por eso no le deja entrar.',
  ],
  [
    'ldap-user-refused',
    'La cuenta de AD de la usuaria está bloqueada, por eso el VPN la rechaza. Los demás entran.',
  ],
  [
    'radius-rejected',
    'In de logs van NPS staat dat de toegang geweigerd is, reden 65. Alleen voor deze gebruiker.',
  ],
  ['username-format-mismatch', "Avec prenom.nom ça marche, avec l'adresse mail complète le VPN refuse."],
  [
    'auth-daemon-stuck',
    'Niemand kann sich mehr anmelden, egal ob lokal oder AD, alles hängt. Nach einem Neustart der FortiGate ging es wieder einen Tag.',
  ],
  [
    'saml-idp-certificate-wrong',
    'Okta hat das Signaturzertifikat gewechselt, seitdem geht kein SAML-Login mehr.',
  ],
  [
    'ssl-portal-or-realm-mismatch',
    "Mon collègue arrive sur un autre portail que celui prévu. Dans les règles d'authentification son groupe n'est pas associé.",
  ],
  [
    'ike-no-policy',
    "Création d'un tunnel dial-up, mais pas encore de règle de pare-feu. Le client ne se connecte pas.",
  ],
  [
    'password-rejected',
    'VPN says permission denied straight away, no push comes. I have tried the password several times.',
  ],
  [
    'port-conflict-admin-https',
    'We changed the https admin port to 4433 last week and since then tapping approve just times out.',
  ],
  [
    'local-in-policy-denies',
    "We created a local-in policy to block other countries. A colleague travelling in Japan can't connect to the VPN at all, at home it works.",
  ],
  [
    'cloud-communication-disabled',
    'Wir haben aus Datenschutzgründen die Cloud-Kommunikation abgeschaltet. Seitdem kommt kein Push mehr.',
  ],
  [
    'token-not-activated',
    "La collega ha ricevuto la mail con il codice QR ma non l'ha mai scansionato. Il token è in stato pending.",
  ],
  [
    'token-locked',
    'Nella lista il FortiToken di un utente risulta bloccato. Inserisce il codice giusto ma viene rifiutato.',
  ],
  ['token-locked', 'Her token shows as locked on the FortiGate, every code she types is refused.'],
  [
    'remote-group-bypasses-2fa',
    'Users from the LDAP group get in with just their password although they have a token assigned. The VPN group contains the whole LDAP group.',
  ],
  [
    'ssl-vpn-login-timeout-short',
    'Nach 30 Sekunden springt die Seite zum Eingeben des Codes wieder auf den Login zurück. login-timeout steht auf Standard.',
  ],
  [
    'fortitoken-cloud-disabled',
    'Seit gestern bekommen die FortiToken-Cloud-Benutzer keine Anfrage mehr. In den globalen Einstellungen steht fortitoken-cloud-service auf disable.',
  ],
  [
    'local-account-expired-or-disabled',
    'Le compte local de mon collègue a expiré sur le FortiGate, il ne peut plus se connecter.',
  ],
  [
    'ldap-user-not-found',
    "New hires are created in a different OU since this month. The FortiGate only searches the old OU, so it doesn't find them.",
  ],
  [
    'host-check-failed',
    "FortiClient se connecte puis dit que mon poste ne respecte pas les exigences de sécurité, l'antivirus est désactivé.",
  ],
  [
    'ike-network-id-or-version-mismatch',
    'Der Tunnel ist IKEv2, im FortiClient-Profil ist IKEv1 eingestellt.',
  ],
  [
    'push-address-missing',
    'En ftm-push el campo server está vacío. El status está en enable, pero a nadie le llega la notificación.',
  ],
];
