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
  [
    'push-address-conflict',
    'Ik wil bij ftm-push zowel server als interface invullen, maar de FortiGate weigert: het mag maar één van beide zijn.',
  ],
  [
    'push-address-conflict',
    'Beim Eintragen der Schnittstelle wan1 unter ftm-push meckert die FortiGate, weil schon ein server gesetzt ist.',
  ],
  [
    'push-cert-untrusted',
    'Nach Ablauf unseres Zertifikats für den Push meldet die App beim Bestätigen, dass sie dem Server nicht vertraut.',
  ],
  [
    'push-address-private',
    'Der Server-Eintrag beim Push ist 10.1.1.1. Im Firmen-WLAN klappt das Genehmigen, unterwegs nie.',
  ],
  [
    'push-fqdn-mismatch',
    'Im Feld server von ftm-push steht gw.acme.example. Der Name zeigt im DNS noch auf die alte Adresse, die Genehmigung läuft ins Leere.',
  ],
  [
    'ftm-access-wrong-interface',
    'FTM ist auf wan2 aktiviert, die Benutzer kommen aber über wan1. Bestätigen in der App bleibt ohne Wirkung.',
  ],
  [
    'push-dns-failure',
    'Seit dem DNS-Umbau kann die FortiGate keine externen Namen mehr auflösen und kein Handy bekommt eine Anfrage.',
  ],
  [
    'push-proxy-unreachable',
    'De FortiGate mag van de nieuwe firewall niet meer naar buiten op 443. Push komt bij niemand meer aan.',
  ],
  [
    'push-tls-inspected',
    'Die übergeordnete Firewall bricht TLS auf, auch für die FortiGate selbst. Es kommen keine Push-Nachrichten mehr.',
  ],
  [
    'phone-registration-stale',
    'Mudei de telemóvel e restaurei a app. Os códigos funcionam mas já não recebo notificações.',
  ],
  [
    'source-ip-blocked',
    'Nach drei falschen Passwörtern komme ich auch mit dem richtigen nicht mehr rein, nach ein paar Minuten geht es wieder.',
  ],
  [
    'ssl-vpn-login-timeout-short',
    'login-timeout in vpn ssl settings is 20, users barely have time to type the token code.',
  ],
  ['push-denied-by-user', 'Sin querer pulsé Rechazar en el móvil y el VPN falló al instante.'],
  ['push-denied-by-user', 'Ho premuto per sbaglio Rifiuta sul telefono, la VPN si è chiusa subito.'],
  ['fortitoken-cloud-quota', 'FortiToken Cloud portal shows 100 of 100 users used, adding a new one fails.'],
  [
    'source-address-restricted',
    "Nelle impostazioni SSL VPN l'accesso è limitato a certi host. Il nuovo ufficio non è in lista e non si collega.",
  ],
  [
    'vpn-port-taken',
    'Seit die Kamera per VIP auf 443 veröffentlicht ist, kommt statt des VPN-Portals die Kameraseite.',
  ],
  [
    'ssl-vpn-not-serving',
    'Plus personne ne peut se connecter au SSL VPN, ça reste à 10 %. La politique ssl.root a été supprimée par erreur.',
  ],
  [
    'ldap-user-not-found',
    'The common name identifier is cn, users type their sAMAccountName, LDAP says no such user.',
  ],
  [
    'ldap-server-unreachable',
    'No domain user can log in, the domain controller is down. Local users are fine.',
  ],
  ['ldap-group-mismatch', 'Gli utenti sono in un gruppo annidato dentro GRP-VPN e il FortiGate li rifiuta.'],
  ['username-format-mismatch', 'Avec DOMAINE\\utilisateur ça ne marche pas, sans le domaine ça passe.'],
  ['saml-timeout', 'Si tardo en poner el MFA de Microsoft, FortiClient corta. Haciéndolo rápido entro.'],
  [
    'host-check-failed',
    'Die Verbindung wird sofort getrennt, FortiClient meldet, der Rechner erfülle die Sicherheitsrichtlinie nicht. Der Virenscanner ist abgelaufen.',
  ],
  [
    'ike-no-policy',
    'Túnel dial-up creado, pero falta la política que lo use. El cliente no recibe respuesta.',
  ],
  [
    undefined,
    "Bonjour, le VPN marche bien mais l'imprimante du bureau n'apparaît pas quand je suis connecté.",
  ],
  [undefined, 'Teams calls over VPN are choppy, other traffic fine.'],
  [undefined, 'After the upgrade to 7.4.8 all works, just the dashboard shows a different colour.'],
  [
    'push-address-missing',
    'Wir haben ftm-push eingeschaltet, aber keine Adresse eingetragen, das Feld server ist unbefüllt. Auf dem Handy tut sich nichts.',
  ],
  [
    'push-cert-missing',
    `L'app affiche "certificat serveur invalide" à l'approbation, et sur le FortiGate aucun server-cert n'est choisi pour ftm-push.`,
  ],
  [
    'wan-ftm-access-missing',
    "Les gens voient la demande, valident, et le VPN n'avance pas. Je constate que FTM n'est pas coché sur l'interface wan1.",
  ],
  [
    'wan-ftm-access-missing',
    'Nach dem Tausch der WAN-Schnittstelle (jetzt wan2 statt wan1) hat jemand vergessen, dort FTM zu erlauben. Genehmigungen versanden.',
  ],
  [
    'port-conflict-vip',
    'We have a 1:1 NAT of our public IP to the phone system. Since then approvals from the token app go to the phone system, not the firewall.',
  ],
  [
    'push-port-mismatch',
    'Am Speedport ist 4433 freigegeben, auf der FortiGate haben wir den Push-Port aber auf 8443 gestellt. Die Zustimmung kommt nicht zurück.',
  ],
  [
    'wrong-vdom-scope',
    'config system ftm-push does not exist in my VDOM, command parse error. Where do I find it?',
  ],
  [
    'push-dns-failure',
    "DNS on the FortiGate points to a dead internal server, execute ping push.fortinet.com can't resolve. No pushes.",
  ],
  [
    'token-not-activated',
    "Elle a son mail d'activation depuis lundi mais n'a pas encore scanné le QR code. Le VPN réclame un code.",
  ],
  [
    'token-activation-expired',
    'Ik kreeg de activeringsmail vorige week en nu zegt de app dat de code verlopen is.',
  ],
  [
    'trial-token-stuck',
    'Los dos tokens gratuitos que venían con el equipo se borraron y no hay forma de recuperarlos.',
  ],
  [
    'token-not-mobile',
    "He carries one of those grey keyring tokens and wonders why he isn't getting the approve button like everybody else.",
  ],
  [
    'user-not-in-vpn-rule',
    "J'ai créé le compte d'une stagiaire mais oublié de la mettre dans le groupe VPN. Permission denied.",
  ],
  [
    'two-factor-not-assigned',
    'Un usuario entra sin segundo factor. En su ficha no tiene token asignado; a los demás se lo pide.',
  ],
  [
    'vpn-wait-too-short',
    'Wer nicht binnen ein paar Sekunden auf dem Handy bestätigt, fliegt aus dem FortiClient.',
  ],
  [
    'token-expiry-too-short',
    'FortiClient keeps waiting for three minutes but approvals after the first minute count for nothing.',
  ],
  [
    'source-interface-missing',
    'SSL-VPN hört nur auf wan1. Seit die neue Leitung an wan2 hängt, kommt dort niemand rein.',
  ],
  [
    'source-address-restricted',
    'SSL VPN darf nur aus einer Liste von Adressen benutzt werden, und seine neue Adresse zu Hause ist nicht drin. Die anderen kommen rein.',
  ],
  [
    'vpn-port-taken',
    "Quando apro l'indirizzo della VPN vedo la pagina di amministrazione del FortiGate; FortiClient resta al 10%.",
  ],
  ['ssl-vpn-not-serving', 'SSL-VPN reagiert gar nicht, 10 %. In den Einstellungen ist es deaktiviert.'],
  [
    'saml-idp-certificate-wrong',
    'Na vernieuwing van het SAML-certificaat in Entra lukt geen enkele SSO-aanmelding meer.',
  ],
  [
    'login-limit-reached',
    'The VPN says I already have a session open. My tablet at home is still connected.',
  ],
  [
    'ike-proposal-mismatch',
    'Der Client bietet nur 3DES/SHA1 an, die FortiGate verlangt AES256/SHA256. Phase 1 scheitert.',
  ],
  [
    'login-certificate-expired',
    'El certificado del portal SSL VPN caducó el domingo y ahora nadie puede entrar sin error.',
  ],
  [
    'push-disabled',
    'Kollege meint, Push sei kaputt. Ich sehe aber in der Konfiguration, dass ftm-push gar nicht aktiviert ist.',
  ],
  ['push-address-missing', 'El push está habilitado pero sin dirección de servidor; nadie recibe nada.'],
  [
    'push-address-stale',
    'ISP changed our IP address. Push requests still come but approving runs into a timeout. Nobody updated the push settings.',
  ],
  [
    'local-in-policy-denies',
    'Mit einer Local-in-Policy haben wir alles aus dem Ausland gesperrt. Ein Kollege auf Dienstreise in Polen kommt nicht ins VPN.',
  ],
  ['callback-blocked-upstream', "Dans le wifi de l'hôpital impossible d'approuver, en 4G pas de problème."],
  [
    'token-server-unreachable',
    "Impossible d'attribuer un FortiToken : le serveur de tokens est injoignable d'après diag fortitoken info, alors que le boîtier est enregistré.",
  ],
  [
    'phone-registration-stale',
    'Desde que cambié de teléfono los códigos van pero el aviso sigue llegando al teléfono viejo.',
  ],
  [
    'remote-group-bypasses-2fa',
    'LDAP users with FortiToken are let in without it because the VPN policy also has the whole AD group.',
  ],
  [
    'user-not-in-vpn-rule',
    'Neuer Benutzer, lokal, vergessen in die VPN-Gruppe aufzunehmen: permission denied.',
  ],
  [
    'two-factor-not-assigned',
    'Bei Frau Amsel fragt das VPN nie nach einem Token. In ihrem Benutzer ist keiner eingetragen. Die anderen werden gefragt.',
  ],
  [
    'vpn-wait-too-short',
    'La VPN se corta antes de que me dé tiempo a aprobar en el móvil. Si soy rápido, entro.',
  ],
  [
    'local-account-expired-or-disabled',
    "L'account locale sul FortiGate è stato disabilitato, l'utente non riesce ad accedere.",
  ],
  [
    'ldap-bind-account-refused',
    'O utilizador de serviço do LDAP foi bloqueado no AD, ninguém do domínio entra.',
  ],
  [
    'saml-idp-certificate-wrong',
    'El certificado de firma de Okta caducó y se cambió; desde entonces ningún SSO funciona.',
  ],
  [
    undefined,
    'Die Kollegin aus der Buchhaltung hat ein neues Handy bekommen. Bitte den Vertrag umstellen, VPN nutzt sie nicht.',
  ],
  [
    undefined,
    'We changed the internet provider last week. VPN, phones and push all work, thanks to everybody.',
  ],
  [
    undefined,
    'Our LDAP server will be replaced next month by a new one, what do we have to change on the FortiGate?',
  ],
  [undefined, "Il server web dietro il VIP non risponde da internet, dall'ufficio sì."],
  [undefined, 'Site-to-site VPN to Azure goes down every night at 2, phase 2 rekey fails.'],
  [
    undefined,
    'The tunnel between HQ and the branch has no proposal for AES-GCM, we want to add it for speed.',
  ],
  [undefined, 'Das Zertifikat auf dem Exchange-Server ist abgelaufen, Outlook zeigt bei allen eine Warnung.'],
  [undefined, "VPN connects fine but DNS names of internal servers can't be resolved over it."],
  [undefined, 'SSL VPN works, but only at 2 Mbit/s since the provider changed the router.'],
];
