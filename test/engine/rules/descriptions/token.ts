import type { DescriptionRow } from './row.ts';

/** Descriptions of causes of tokens, of timers and of other products. */
export const TOKEN_DESCRIPTIONS: readonly DescriptionRow[] = [
  [
    'token-locked',
    'User is asked for the code and it says wrong code whichever she types. In the list of FortiTokens her serial has a red sign and the status column reads Locked. Time on the phone is automatic. Is the token broken?',
  ],
  [
    'token-locked',
    'Frau Amsel hatte ihr Handy im Zug verloren, daraufhin hat ein Kollege ihren Token gesperrt. Inzwischen hat sie das Gerät zurück. Das Kennwort wird angenommen, aber jeder Code wird abgelehnt. Müssen wir alles neu einrichten?',
  ],
  [
    'token-locked',
    'A tablet with the token app on it went missing on a business trip, so security froze that token the same night. It was in the suitcase all along. Now each code the owner enters is rejected although the password goes through. New token needed?',
  ],
  [
    'token-seed-unavailable',
    'Three of our FTK200 hang with a message about the seed in the status column after import; the other seven of the box are fine. Deleted and added them again. What now?',
  ],
  [
    'token-seed-unavailable',
    "Un token matériel d'occasion reste en erreur dans la liste : « token already activated, and seed won't be returned ». Le code affiché est refusé.",
  ],
  [
    'token-wrong-owner',
    "We moved from a 60E to a 70F. All 20 mobile tokens are refused on the new box and can't be activated again. The token licence was registered on the 60E, which is already sold.",
  ],
  [
    'token-wrong-owner',
    'Unser alter FortiGate ist abgeraucht, das Ersatzgerät läuft mit der alten Konfiguration. Die Token sind da, aber neue Aktivierungen schlagen fehl. Im Support-Portal ist die Tokenlizenz noch auf die Seriennummer des alten Geräts registriert. Reicht ein Neustart?',
  ],
  [
    'ha-license-on-secondary',
    'Our cluster swapped roles during patching to 7.4.9. Provisioning of new FortiTokens fails since, old ones are OK. The FTM licence belongs to the serial of the passive node.',
  ],
  [
    'ha-license-on-secondary',
    "Na de failover van het cluster kan ik geen token meer toewijzen aan nieuwe collega's. De licentie staat op het serienummer van het knooppunt dat nu standby is. Bestaande gebruikers merken niets.",
  ],
  [
    'trial-token-stuck',
    'One of the two trial tokens can\'t be assigned to anybody: "no valid token found". The other works. We have no other tokens.',
  ],
  [
    'trial-token-stuck',
    'Wir nutzen nur die beiden kostenlosen Token, die beim Gerät dabei sind. Einer hängt seit Tagen auf „pending“ und lässt sich weder zuweisen noch löschen. Müssen wir jetzt eine Lizenz kaufen?',
  ],
  [
    'trial-token-stuck',
    'We rely on the pair of complimentary tokens. After deleting one of them the GUI says it is not a valid serial when I add it back.',
  ],
  [
    'phone-registration-stale',
    'Mrs Ruiz got a new phone last week. Every time she logs in, the request shows up on her old phone.',
  ],
  [
    'phone-registration-stale',
    'Marta tiene un móvil nuevo desde ayer. La notificación llega al teléfono viejo, que está en un cajón.',
  ],
  [
    'phone-registration-stale',
    'Julie a un nouveau téléphone depuis lundi. La notification arrive encore sur l’ancien téléphone.',
  ],
  [
    'phone-registration-stale',
    '[08:31] Ines: gannet got a new Galaxy on Friday. The list in the app there is empty.\n[08:32] Ines: the push comes on the old phone in the cupboard, from there he gets in',
  ],
  [
    'phone-registration-stale',
    'After a factory reset of her phone and restoring the backup Mrs Plover can log in with the code but no notification ever shows. Before the reset it did. Notifications are allowed.',
  ],
  [
    'phone-registration-stale',
    'Troquei de telemóvel na semana passada e restaurei a aplicação. O código funciona, mas a notificação nunca chega.',
  ],
  [
    'phone-not-notified',
    "Our driver gets the push minutes late, always once he leaves the garage where there is no signal. On the road it's instant.",
  ],
  [
    'phone-not-notified',
    'Bei Frau Wachtel kommt keine Meldung auf dem Sperrbildschirm. Öffnet sie die FortiToken-App selbst, steht die Anfrage da und sie kann bestätigen. Seit dem letzten Android-Update, das Handy ist dasselbe. Muss ich am FortiGate etwas ändern?',
  ],
  [
    'token-not-mobile',
    'Does a keyfob with the serial FTK200AB12CD34EF do push? Mrs Curlew would like one on her phone and types the code each time.',
  ],
  [
    'token-not-mobile',
    '10:02 <dunlin> Frau Kranich will den Knopf auf dem Handy wie die anderen\n10:03 <wren> welcher Token ist bei ihr eingetragen?\n10:04 <dunlin> der graue am Bund, FTK210Q7W8E9R0T1\n10:05 <dunlin> kann der Push oder nicht?',
  ],
  [
    'token-not-mobile',
    'Warehouse staff receive their code by SMS and type it, nothing ever pops up on their phones, the office gets the push. App was installed for all of them.',
  ],
  [
    'token-not-mobile',
    "J'ai un porte-clés Fortinet et je dois taper le code à chaque fois, mes collègues reçoivent une demande sur leur téléphone.",
  ],
  [
    'token-clock-drift',
    "One user: each code is rejected. His phone's time is set manually and runs about three minutes ahead. Push works for him.",
  ],
  [
    'token-clock-drift',
    'Nach dem Code verlangt das VPN noch einen zweiten, den nächsten Code, dann komme ich rein. Das ist seit ein paar Wochen so. Bestätigen per Push geht normal. Ist mein Handy kaputt?',
  ],
  [
    'token-clock-drift',
    'Firewall clock is 12 minutes in the future since its battery died, and no typed code is valid any more. Approving pushes still works.',
  ],
  [
    'token-code-reused',
    'The second login directly after the first fails if I use the number a second time. With a fresh one I get in. The message says wait 28 seconds.',
  ],
  [
    'token-code-reused',
    'Als ik meteen opnieuw inlog met dezelfde code wordt hij geweigerd. Wacht ik op een nieuwe code, dan lukt het.',
  ],
  [
    'remote-group-bypasses-2fa',
    'We found that staff get in with their domain password only, without second factor. The user group has our token users as members and below it also the LDAP group under Remote Groups.',
  ],
  [
    'remote-group-bypasses-2fa',
    'Seit letzter Woche fragt das VPN niemanden mehr nach dem Token, das Windows-Kennwort reicht. Ein Kollege hat in der VPN-Gruppe zusätzlich den LDAP-Server als Remote-Gruppe eingetragen. Bei den Benutzern ist der Token noch zugewiesen.',
  ],
  [
    'username-case-bypasses-2fa',
    'One of our users skips the token by writing her user name in capitals. Only the AD password is needed then.',
  ],
  [
    'username-case-bypasses-2fa',
    'Si escribo mi nombre en mayúsculas entro sin token; en minúsculas me pide el código.',
  ],
  [
    'radius-all-usergroup',
    'Token prompt vanished when a colleague created a new RADIUS entry. It is set to be part of all user groups ("all-usergroup enable").',
  ],
  [
    'radius-all-usergroup',
    'Seit der neue RADIUS-Eintrag existiert, reicht das Kennwort, kein FortiToken mehr. Lösche ich den Eintrag, wird wieder gefragt. Er ist Mitglied in allen Gruppen, das war eine Option beim Anlegen.',
  ],
  [
    'radius-all-usergroup',
    'A RADIUS object for our printers was created with "include in every user group". Now the VPN lets people in with no token.',
  ],
  [
    'user-not-in-vpn-rule',
    "Since Mrs Avocet changed departments she's refused by the VPN at once. Her new group isn't listed in the SSL-VPN authentication rules, only the old one. Others OK.",
  ],
  [
    'user-not-in-vpn-rule',
    'Nuovo utente locale creato ieri con token, la VPN lo rifiuta subito e non chiede il codice. Non è in nessun gruppo.',
  ],
  [
    'source-ip-blocked',
    "Whole branch can't log in every now and then for some minutes although passwords are right, they share a public IP. One tablet there keeps trying with an old saved password.",
  ],
  [
    'source-ip-blocked',
    'Na twee keer een verkeerd wachtwoord wordt ook het juiste wachtwoord geweigerd. Na een paar minuten gaat het vanzelf weer.',
  ],
  [
    'two-factor-not-assigned',
    'I am never asked for anything but my password while my office mates have to confirm on their phones. Nobody ever sent me an activation. Is it safe?',
  ],
  [
    'two-factor-not-assigned',
    'Bei Frau Drossel fragt das VPN nie nach einem Code, sie kommt nur mit Kennwort rein. Alle anderen werden gefragt. In ihrem Benutzer ist kein Token eingetragen. Reicht es, einen zuzuweisen?',
  ],
  [
    'two-factor-not-assigned',
    "The auditor noticed that Wren's login needs only a password. The others in his team get asked for a code. His entry on the firewall has no token.",
  ],
  [
    'vpn-wait-too-short',
    'Approving takes our lab people a good minute and a half, VPN is gone by then, the phone says ok. Token lifetime was set to 300 already.',
  ],
  [
    'vpn-wait-too-short',
    'SSL VPN con 7.2.8: el cliente se rinde a los 80 segundos aunque la validez del token está en 300. Los rápidos entran.',
  ],
  [
    'token-expiry-too-short',
    'The client waits for minutes, but any approval later than 60 seconds counts for nothing. two-factor-ftk-expiry is 60.',
  ],
  [
    'token-expiry-too-short',
    'Der FortiClient wartet mehrere Minuten, remoteauthtimeout steht auf 100. Bestätigt jemand nach mehr als einer Minute, wird er trotzdem abgelehnt. Den Token-Ablauf haben wir nie geändert.',
  ],
  [
    'radius-timeout-too-short',
    'RADIUS with FAC push. Only those who approve immediately get in, the VPN errors after a few seconds and a second push comes. remoteauthtimeout 5.',
  ],
  [
    'radius-timeout-too-short',
    'Il push arriva dal FortiAuthenticator, ma la VPN dà errore dopo cinque secondi. Solo i più veloci riescono.',
  ],
  [
    'ssl-vpn-login-timeout-short',
    'People who wait for the e-mail code get thrown back to the login page of the SSL VPN after half a minute. IPsec is not affected.',
  ],
  [
    'ssl-vpn-login-timeout-short',
    'Beim SSL-VPN springt die Seite nach 30 Sekunden zurück, während die Leute noch auf den Code warten. In vpn ssl settings steht login-timeout 30, remoteauthtimeout ist 120. Was muss hoch?',
  ],
  [
    'ssl-vpn-login-timeout-short',
    'login-timeout in vpn ssl settings is 30. People waiting for an SMS code get kicked out of SSL VPN at half a minute.',
  ],
  [
    'ikev1-no-push',
    'Push works on the SSL profile, not on the IPsec one which is IKEv1 aggressive mode. Typing the token is ok. Which port is missing?',
  ],
  [
    'ikev1-no-push',
    'No túnel IPsec com IKEv1 a notificação nunca chega, o código escrito funciona. No SSL VPN chega.',
  ],
  [
    'ikev2-version-unsupported',
    'IPsec v2 on 7.0.12, no push notification for anyone, code typing works. SSL VPN push fine.',
  ],
  [
    'ikev2-version-unsupported',
    'Wir sind von SSL-VPN auf IKEv2 umgestiegen, die Firewall läuft mit 7.2.5. Seitdem bekommt niemand mehr einen Push, der Code geht. FortiClient ist 7.2.4. Welcher Port fehlt?',
  ],
  [
    'ikev2-manual-code-bug',
    'On our IKEv2 tunnel the code is never accepted since push was turned on, approve works. All users. Do we have to resync?',
  ],
  [
    'ikev2-manual-code-bug',
    "Tunnel IKEv2, FortiOS 7.4.5 : le code saisi est refusé, l'approbation sur le téléphone fonctionne. En SSL VPN le code passe.",
  ],
  [
    'ikev2-vdom-bug',
    'We host several customers in VDOMs. IKEv2 push fails in each customer VDOM, only root works. 7.4.5. SSL VPN push is fine everywhere.',
  ],
  [
    'ikev2-vdom-bug',
    'FortiGate mit mehreren VDOMs, 7.4.7. Im root-VDOM funktioniert der Push über IKEv2, im VDOM „kunde1“ nie. Einstellungen sind gleich. SSL-VPN in demselben VDOM geht.',
  ],
  [
    'ikev2-vdom-bug',
    "IKEv2 push only works in VDOM root. In the tenants' VDOMs the same tunnel never completes the push. 7.4.7.",
  ],
  [
    'ikev2-timer-bug',
    'Upgraded to 7.6.1. IPsec IKEv2 ignores our token timer, SSL VPN honours it. Slow users are locked out.',
  ],
  [
    'ikev2-timer-bug',
    'IKEv2 negeert two-factor-ftk-expiry (staat op 300), SSL VPN houdt zich eraan. FortiOS 7.4.6.',
  ],
  [
    'client-not-forticlient',
    "Our Linux people use strongSwan against the FortiGate IKEv2 tunnel. Since they were given FortiTokens they can't connect, no prompt. FortiClient users are fine.",
  ],
  [
    'client-not-forticlient',
    'Auf dem iPad nutzen wir das eingebaute VPN (IKEv2). Seit die Benutzer einen Token haben, scheitert die Verbindung, ohne dass nach dem Code gefragt wird. Mit FortiClient am Laptop geht es.',
  ],
  [
    'ssl-vpn-removed',
    'Small 40F updated to 7.6.1 last night. SSL VPN is gone from the GUI, all home office users are cut off. Is that a bug?',
  ],
  [
    'ssl-vpn-removed',
    'Tras actualizar a 7.6.4 ha desaparecido el menú de SSL VPN y nadie se conecta con FortiClient.',
  ],
  [
    'push-denied-by-user',
    'She rejects the prompts because she did not recognise the location, and the VPN then fails right away. What should she do?',
  ],
  [
    'push-denied-by-user',
    'Mein Handy fragt nach der Anmeldung, ich habe auf „Ablehnen“ getippt, weil ich unsicher war. Danach sagt FortiClient sofort „permission denied“. Wann kann ich wieder rein?',
  ],
  [
    'push-denied-by-user',
    'My watch showed the login question and I dismissed it. The VPN said denied at that instant.',
  ],
  [
    'fortitoken-cloud-user',
    "Users with FortiToken Cloud get no push, the ones with normal mobile tokens do. I've checked server and port under ftm-push three times.",
  ],
  [
    'fortitoken-cloud-user',
    'Agli utenti con FortiToken Cloud non arriva nessun push, agli altri sì. Ho già provato tutto in ftm-push.',
  ],
  [
    'fortitoken-cloud-disabled',
    "FortiToken Cloud isn't offered as two-factor type when I edit a user. global settings show fortitoken-cloud: disable.",
  ],
  [
    'fortitoken-cloud-disabled',
    'Wir verwenden FortiToken Cloud. Seit einer Härtung kommt kein Push mehr, Codes gehen. In system global steht fortitoken-cloud-push-status auf disable. War das immer so?',
  ],
  [
    'fortitoken-cloud-quota',
    "We have a 25 user FortiToken Cloud subscription and the 26th can't be added, the others work.",
  ],
  [
    'fortitoken-cloud-quota',
    'No portal do FortiToken Cloud o realm não tem quota disponível e não consigo adicionar um utilizador novo.',
  ],
  [
    'fac-push-not-enabled',
    "FAC's RADIUS policy for the VPN was made from scratch; users get only the code prompt, no push. Another policy sends pushes fine.",
  ],
  [
    'fac-push-not-enabled',
    'Unser FortiAuthenticator fragt beim VPN immer nach dem Code, ein Push kommt nie. Beim WLAN-Portal über dieselbe FAC kommt er. Was fehlt am FortiGate?',
  ],
  [
    'fac-push-not-enabled',
    'FortiAuthenticator asks VPN users for the code every time, never a push. Same people get push on another FAC policy.',
  ],
  [
    'nas-challenge-unanswered',
    'We connected our Citrix gateway to FAC via radius: password OK, then no push. For the FortiGate it works with the same users.',
  ],
  [
    'nas-challenge-unanswered',
    'Un concentrateur Cisco utilise notre FortiAuthenticator en RADIUS, aucun push ne part. Avec le FortiGate il arrive.',
  ],
  [
    'fac-certificate-untrusted',
    'Everyone gets "invalid server certificate" in FortiToken when approving. Pushes come from FAC, its HTTPS certificate expired on Sunday.',
  ],
  [
    'fac-certificate-untrusted',
    'Der Push kommt vom FortiAuthenticator. Beim Bestätigen meldet die App, dass das Serverzertifikat nicht vertrauenswürdig ist. Auf der FAC haben wir letzte Woche ein neues HTTPS-Zertifikat eingespielt. Muss am FortiGate etwas geändert werden?',
  ],
  [undefined, 'Push does not arrive since this morning. What could it be?'],
  [undefined, 'The code is refused. I tried three times.'],
  [undefined, 'VPN asks for the code, then says permission denied. Only one user.'],
  [undefined, 'Frau Elster kommt nicht ins VPN. Ihr Handy ist neu, mehr weiß ich nicht.'],
  [undefined, 'Seit dem Update kommen manche nicht mehr rein. Version weiß ich nicht.'],
  [undefined, 'FortiClient bleibt stehen, nachdem ich auf dem Handy bestätigt habe. Nur manchmal.'],
  [undefined, 'We have FortiAuthenticator and some people cannot log in. No more details, sorry.'],
  [undefined, "IKEv2 users complain, SSL VPN users don't. I'll collect details tomorrow."],
  [undefined, 'Everything works again since I got my new phone activated, thanks!'],
  [undefined, 'Can two people share one FortiToken? Logging in is fine.'],
  [
    undefined,
    'Wir planen, von SSL-VPN auf IKEv2 zu wechseln. Funktioniert Push dort? Im Moment läuft alles.',
  ],
  [undefined, 'Das neue Handy ist eingerichtet, Push und Code funktionieren. Danke!'],
  [undefined, 'How many tokens are free with the box? We may buy 20 more.'],
  [undefined, 'Is the token code valid twice? Just curious, all is well.'],
  [undefined, 'Codes do not work for one user, push neither. She has an iPhone.'],
  [undefined, 'Since we changed the firewall nobody can log in.'],
  [undefined, 'Token kaputt, bitte um Hilfe.'],
  [undefined, 'Approve was pressed and nothing came after that, only on Tuesday.'],
  [undefined, 'Nach dem Update spinnt das VPN mit IPsec. Genaueres habe ich nicht.'],
  [undefined, "A user has a new phone and a new laptop and can't log in."],
  [undefined, 'SSL VPN trennt nach ein paar Minuten die Verbindung.'],
  [undefined, 'I got a new phone and IT activated the token, all fine.'],
  [undefined, 'Should we move from hardware tokens to the app? Everything works today.'],
  [undefined, 'Wie lange ist ein Code gültig? Reine Neugier.'],
  [undefined, 'We replaced the firewall last week and moved the token licence in time, everyone is in.'],
];
