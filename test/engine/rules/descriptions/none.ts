import type { DescriptionRow } from './row.ts';

/** Too little is said, nothing is wrong, or a question is asked. */
export const NO_DESCRIPTIONS: readonly DescriptionRow[] = [
  [
    undefined,
    'Wir wollen im Frühjahr von SSL-VPN auf IPsec mit SAML umstellen. Welche FortiClient-Version brauchen wir dafür, und was ist mit den Linux-Rechnern?',
  ],
  [undefined, 'Das neue Zertifikat für das VPN ist eingespielt, FortiClient warnt nicht mehr. Danke!'],
  [undefined, 'Nur zur Info: am Samstag tauschen wir den Router, das VPN ist zwei Stunden nicht erreichbar.'],
  [undefined, 'How many addresses should the SSL VPN pool have for 60 people?'],
  [
    undefined,
    'We changed the pre-shared key last night and distributed the new profile, everyone is in. Case closed.',
  ],
  [undefined, 'Is it possible to let AD users and local users log in on the same portal? Just planning.'],
  [undefined, 'Ist es normal, dass FortiClient beim Update nach dem Kennwort fragt? Sonst läuft alles.'],
  [undefined, 'All good again after the reboot of the domain controller. Thanks for your patience.'],
  [undefined, 'What is the difference between tunnel mode and web mode, and which one would you recommend?'],
  [undefined, 'Merci, le certificat est renouvelé et tout le monde peut se connecter.'],
  [undefined, 'Can somebody send me the guide for setting up RADIUS with group attributes?'],
  [undefined, 'We renewed the IdP certificate and imported it on the FortiGate, logins work.'],
  [undefined, 'VPN geht nicht, Fehler irgendwas mit Zertifikat. Mehr weiß ich nicht.'],
  [undefined, 'FortiClient bleibt bei 10 % stehen. Was tun?'],
  [undefined, 'My password does not work for the VPN.'],
  [undefined, 'Seit dem Update kommen manche nicht mehr rein, andere schon. Wir haben LDAP und RADIUS.'],
  [undefined, 'IPsec connects for some and not for others. We use certificates I think.'],
  [undefined, 'Permission denied -455, only for Finch. AD password is right, she says.'],
  [undefined, 'SAML klappt nicht, bei Microsoft kommt eine Fehlermeldung, die ich nicht abgeschrieben habe.'],
  [undefined, 'Nobody gets in since this morning. The firewall was updated and the provider had an outage.'],
  [undefined, 'Die VPN-Verbindung bricht nach ein paar Minuten ab, WLAN vielleicht.'],
  [undefined, "Il VPN non va dall'hotel. A casa non ho provato."],
  [undefined, 'Le VPN ne marche plus depuis les vacances, mot de passe refusé.'],
  [undefined, 'Un compañero dice que no le deja entrar, usuario local o de dominio, no lo sé.'],
  [undefined, 'El VPN IPsec falla en un portátil nuevo. Nada más por ahora.'],
  [
    undefined,
    'De VPN van een collega doet het niet, hij krijgt een certificaatmelding of zoiets, ik was er niet bij.',
  ],
  [
    undefined,
    "Our new colleague can't log in by VPN. He has an account, a laptop and a phone, all from last Monday.",
  ],
  [undefined, 'FortiClient shows 98 % and then nothing, on my laptop only.'],
  [
    undefined,
    'Wir haben gestern den RADIUS-Server, die Firewall und den Switch aktualisiert. Heute geht das VPN bei drei Leuten nicht.',
  ],
  [undefined, 'The login page opens, I type my name and password, and it goes back to the login page.'],
  [undefined, 'The clock on my laptop is five minutes slow and VPN fails. Related?'],
  [undefined, 'Users of the new group complain about the VPN. I have no details about what they see.'],
  [
    undefined,
    'It worked yesterday with my old laptop, the new one fails. IT has set it up the same way, they say.',
  ],
  [undefined, 'Slow internet at home, and VPN takes long to connect, sometimes it fails.'],
  [
    undefined,
    'Unser Dienstleister hat irgendetwas an den Firewallregeln geändert, seither Ärger mit dem VPN.',
  ],
  [undefined, 'Il collega ha cambiato la password e ora la VPN non funziona, non so che tipo di utente sia.'],
];
