import { describe, expect, it } from 'vitest';
import { readQuestions } from '../../../../src/engine/facts/accounts/questions.ts';
import { valueIfKnown } from '../../../../src/engine/facts/fact.ts';
import type { QuestionTopic } from '../../../../src/engine/facts/values.ts';

const questionsIn = (...lines: readonly string[]) =>
  valueIfKnown(readQuestions([{ kind: 'other', source: 'mail.txt', start: 1, lines }])) ?? [];
const topicsIn = (...lines: readonly string[]) =>
  questionsIn(...lines).flatMap(({ topic }) => (topic === 'other' ? [] : [topic]));

const ASKED: readonly (readonly [question: string, topic: QuestionTopic])[] = [
  ['Is it the firewall or the AD?', 'place'],
  ['is this on us or do they have to look?', 'place'],
  ['Liegt das an der Firewall oder vertippt er sich?', 'place'],
  ["Liegt's an der Fritzbox oder an euch?", 'place'],
  ['et est-ce côté Microsoft ou côté pare-feu ?', 'place'],
  ['É problema do FortiGate?', 'place'],
  ['¿Es problema del firewall?', 'place'],
  ['Muss ich bei Microsoft etwas ändern?', 'place'],
  ['Do I have to ask the new ISP to open something?', 'place'],
  ['Is this on our side, or do we raise it with Microsoft?', 'place'],
  ['what does the data 775 mean?', 'meaning'],
  ['Was bedeutet -7200?', 'meaning'],
  ['Wofür steht E=691?', 'meaning'],
  ['¿Qué significa 48 %?', 'meaning'],
  ['Que signifie 52e ?', 'meaning'],
  ['what does result 10 stand for?', 'meaning'],
  ['Why only her??', 'who'],
  ['Warum nur Frau Kranich?', 'who'],
  ['is it everybody or just wren?', 'who'],
  ['field tech says "certificate issue"? please confirm', 'place'],
  ['Liegt es doch am PSK?', 'place'],
  ['Is double NAT the problem here?', 'place'],
  ['Do we need to buy a public certificate?', 'buy'],
  ['Brauchen wir mehr Lizenzen?', 'buy'],
  ['Precisamos comprar alguma licença?', 'buy'],
  ['My boss asks whether we need more licences.', 'buy'],
  ['Do we roll the firewall back?', 'rollback'],
  ['Müssen wir zurück auf 7.2.8?', 'rollback'],
  ['May I forward this to the customer?', 'share'],
  ['Is it safe to paste this into the forum?', 'share'],
  ['Kann ich das so weiterleiten?', 'share'],
  ['Darf ich die Ausgabe so in das Herstellerforum stellen?', 'share'],
  ['Can we go live on Monday?', 'ready'],
  ['kann ich dem Kunden grünes Licht geben?', 'ready'],
  ['Can I close the ticket?', 'ready'],
  ['Is the token lost?', 'token'],
  ['¿Hace falta un token nuevo?', 'token'],
  ['muss ich ihr den Token neu ausrollen?', 'token'],
  ['Shall I reset her password?', 'password'],
  ['Do the contractors need new passwords?', 'password'],
  ['¿Le reseteo la contraseña?', 'password'],
  ['Soll ich das Kennwort noch mal zurücksetzen?', 'password'],
  ['Does a reboot help?', 'restart'],
  ['Is it safe to change that during the day?', 'risk'],
  ['does this kick the others out?', 'risk'],
  ['Unterbricht das die anderen?', 'risk'],
  ['Does the lower limit expose us?', 'side-effect'],
  ['Do I have to touch every laptop for that?', 'clients'],
  ['Müssen wir alle Clients anfassen?', 'clients'],
  ['is it all clients or just one?', 'who'],
  ['Is it a man-in-the-middle?', 'attack'],
  ['is somebody attacking us?', 'attack'],
  ['Is it the user password?', 'password'],
  ['Abro chamado com a Fortinet?', 'vendor'],
  ['wants to know whether this is an attack', 'attack'],
  ['Does it hit everybody?', 'who'],
  ['Who is affected?', 'who'],
  ['Also for the other users?', 'who'],
  ['Are the others affected as well?', 'who'],
  ['Betrifft das auch die Kollegen im Lager?', 'who'],
  ['Ist das auch bei allen so?', 'who'],
  ['Est-ce que ça touche tout le monde ?', 'who'],
  ['¿Afecta también a los demás?', 'who'],
  ['Riguarda anche gli altri?', 'who'],
  ['Geldt dit ook voor de anderen?', 'who'],
  ['Does it help to reinstall the app?', 'reinstall'],
  ['Soll sie FortiClient neu installieren?', 'reinstall'],
  ['Faut-il réinstaller FortiClient ?', 'reinstall'],
  ['¿Hay que reinstalar la aplicación?', 'reinstall'],
  ['What do I tell the user?', 'tell'],
  ['Was soll ich ihm sagen?', 'tell'],
  ['¿Qué le digo?', 'tell'],
  ['Cosa gli dico?', 'tell'],
  ['Can I change that during opening hours?', 'risk'],
  ['Can I do it while people are working?', 'risk'],
  ['Geht das ohne die anderen zu trennen?', 'risk'],
  ['Est-ce que ça coupe les utilisateurs ?', 'risk'],
  ['¿Se puede hacer sin desconectar a nadie?', 'risk'],
  ['Si può fare senza disturbare gli altri?', 'risk'],
  ['Kan dat tijdens kantooruren?', 'risk'],
  ['Bisogna riavviare il firewall?', 'restart'],
  ['Who has to change what?', 'place'],
  ['Wer muss da was machen?', 'place'],
  ['What does the provider have to change?', 'place'],
  ['Is it their password?', 'password'],
  ['Moet er op de laptops iets veranderen?', 'clients'],
  ['What exactly to type?', 'typed'],
  ['Did our change break it?', 'update'],
  ['Faut-il toucher au FortiGate ?', 'change'],
  ['Muss ich auf der Fortigate noch etwas öffnen?', 'change'],
  ['Was müssen wir an der Firewall umstellen?', 'change'],
  ['Do we have to do anything?', 'todo'],
  ['Is any of this bad?', 'sound'],
  ['this line makes me nervous', 'sound'],
  ['is it safe to paste these lines during the day?', 'risk'],
  ['is that safe to kick?', 'side-effect'],
  ['Is it safe to paste this into the ticket?', 'share'],
  ['Is it safe to paste that ENC line in the public forum?', 'share'],
  ['Is this safe to paste into the vendor ticket?', 'share'],
  ['Does this open the port to the internet?', 'side-effect'],
  ['fliegen dann alle raus?', 'risk'],
  ['Is it safe to roll back?', 'rollback'],
  ['Must every phone be touched?', 'clients'],
  ['Do the users have to change anything on the phones?', 'clients'],
  ['Do all users need new tokens?', 'token'],
  ['Is there a workaround?', 'meanwhile'],
  ['Can I switch 2FA off for him?', 'meanwhile'],
  ['Can I switch off 2FA for him?', 'meanwhile'],
  ['Kann ich die 2FA so lange ausschalten?', 'meanwhile'],
  ['Does that mean 2FA is switched off?', 'factor'],
  ['Who is right?', 'place'],
  ['is it something on the firewall?', 'place'],
  ['Is the server down for her?', 'place'],
  ['Ligt het aan ons of aan de provider?', 'place'],
  ['Müssen wir am Domänencontroller etwas ändern?', 'place'],
  ['Moeten we terug naar 7.4.8?', 'rollback'],
  ['¿Es la contraseña de la usuaria?', 'password'],
  ['Liegt es an ihrem Kennwort?', 'password'],
  ['Do the users have to activate their tokens again?', 'token'],
  ['¿Está mal la clave precompartida?', 'place'],
  ['¿Hay que renovar el certificado?', 'place'],
  ["So it's the PSK?", 'place'],
  ['Is it a proposal thing?', 'place'],
  ['Is push the problem?', 'place'],
  ['Do they block Linux?', 'place'],
  ['Which certificate goes on the FortiGate, its own or that of the authority?', 'which-certificate'],
  ['Welche Gruppe muss in der Regel stehen?', 'which-group'],
  ['What exact attribute do they have to send?', 'which-attribute'],
  ['¿Qué dirección va en server?', 'which-address'],
  ['which ports must be open?', 'which-port'],
  ['Welchen der beiden Werte sollen wir ändern?', 'which-value'],
  ['Which option is it in the portal?', 'which-setting'],
  ['What exactly do I have to type?', 'typed'],
  ['How long will that last?', 'duration'],
  ['Wie lange ist sie gesperrt?', 'duration'],
  ['Is that a known issue?', 'release'],
  ['What release has the correction?', 'release'],
  ['Why did that work until last week?', 'update'],
  ['Warum ging es unter 7.2.8 noch?', 'update'],
  ['Did the upgrade do that?', 'update'],
  ['How can they log in today?', 'meanwhile'],
  ['Do we change this at Entra or on the firewall?', 'change'],
  ['Is mijn account geblokkeerd?', 'place'],
  // How it is checked or proved
  ['How do I test that it is mended?', 'verify'],
  ['how can we show that they block it?', 'verify'],
  ['Wie prüfe ich, ob der Port offen ist?', 'verify'],
  ['Comment savoir si le service répond ?', 'verify'],
  ['¿Cómo compruebo que ya está bien?', 'verify'],
  ['Come verifico che sia a posto?', 'verify'],
  ['Como sei que está resolvido?', 'verify'],
  ['Hoe controleer ik dat het werkt?', 'verify'],
  // How it does not come again
  ['How can we prevent that next year?', 'prevent'],
  ['Wie verhindern wir das beim nächsten Wechsel?', 'prevent'],
  ['Comment éviter que cela recommence ?', 'prevent'],
  ['¿Cómo evito que ocurra otra vez?', 'prevent'],
  ['Come evitare che succeda ancora?', 'prevent'],
  ['Como evitar isso no futuro?', 'prevent'],
  ['Hoe voorkomen we dat?', 'prevent'],
  // Why it works elsewhere
  ['Why does it work at home, but not in the depot?', 'elsewhere'],
  ['The ping answers, so why is there no login?', 'elsewhere'],
  ['What is the difference?', 'elsewhere'],
  ['Warum geht es im Lager und im Büro nicht?', 'elsewhere'],
  ['Pourquoi ça passe chez moi et pas chez lui ?', 'elsewhere'],
  ['¿Por qué funciona en casa y en la tienda no?', 'elsewhere'],
  ['A casa funziona, perché in negozio no?', 'elsewhere'],
  ['Por que funciona em casa e na loja não?', 'elsewhere'],
  ['Waarom werkt het thuis en op de winkel niet?', 'elsewhere'],
  // A change of their own
  ['We swapped the modem on Tuesday, could that be it?', 'own-change'],
  ['Does the new rule have to do with it?', 'own-change'],
  ['Wir haben am Montag eine Regel entfernt, hängt das damit zusammen?', 'own-change'],
  ["J'ai ôté une règle hier, ça peut venir de là ?", 'own-change'],
  ['Quité una ruta ayer, ¿puede ser por eso?', 'own-change'],
  ['Ho tolto una rotta ieri, può essere quello?', 'own-change'],
  ['Tirei uma rota ontem, pode ser isso?', 'own-change'],
  ['Ik heb gisteren een route verwijderd, kan het daardoor komen?', 'own-change'],
  // Where it is set
  ['Where do I enter the new key?', 'where'],
  ['Wo stelle ich das ein?', 'where'],
  ['Où est-ce que je change ça ?', 'where'],
  ['¿Dónde lo configuro?', 'where'],
  ['Dove lo imposto?', 'where'],
  ['Onde eu configuro isso?', 'where'],
  ['Waar stel ik dat in?', 'where'],
  // Which of two
  ['Do I enter the outer name or the inner one?', 'choice'],
  ['Trage ich den äußeren oder den inneren Namen ein?', 'choice'],
  ['Je donne le nom court ou le nom complet ?', 'choice'],
  ['¿Pongo el nombre corto o el largo?', 'choice'],
  ['Metto il nome corto o quello lungo?', 'choice'],
  ['Uso o nome curto ou o longo?', 'choice'],
  ['Moet ik de korte of de lange naam gebruiken?', 'choice'],
  // What another team is asked for
  ['What do I ask the provider?', 'request'],
  ['What shall I tell the domain team?', 'request'],
  ['Was sage ich dem Provider?', 'request'],
  ["Que demander à l'opérateur ?", 'request'],
  ['¿Qué le pido al proveedor?', 'request'],
  ['Cosa chiedo al fornitore?', 'request'],
  ['O que peço ao provedor?', 'request'],
  ['Wat vraag ik de leverancier?', 'request'],
  // More time
  ['Can he get more time for that?', 'which-value'],
  ['Kann man die Frist verlängern?', 'which-value'],
  ['Peut-on allonger le délai ?', 'which-value'],
  ['¿Se puede ampliar el plazo?', 'which-value'],
  ['Si può allungare la scadenza?', 'which-value'],
  ['Dá para aumentar o prazo?', 'which-value'],
  ['Kunnen we de tijd verlengen?', 'which-value'],
  ['Por qué a ella la deja entrar y a él no', 'elsewhere'],
  ['Warum kommt sie rein und er nicht?', 'elsewhere'],
  ['It says 775 here. Who can unlock her?', 'place'],
  ['Do we throw the old token away?', 'token'],
  ['Faut-il toucher les 30 postes ?', 'clients'],
  // A plan of their own
  ['If I take the group out, who gets locked out?', 'risk'],
  ['Si cambio eso, ¿pierdo el acceso?', 'risk'],
  ['Wenn ich das lösche, verliert er den Zugriff?', 'risk'],
  ['Se tolgo la rotta, smettono di funzionare?', 'risk'],
  ['Does she have to log off and on after that?', 'restart'],
  ['Gibt es noch andere Benutzer ohne Push?', 'who'],
  ["Il y a d'autres utilisateurs sans push ?", 'who'],
  ['Why is the whole shop locked out?', 'who'],
  ['why since the upgrade on Sunday?', 'update'],
  ['Devo dargli un token nuovo?', 'token'],
  ['Quale gruppo serve?', 'which-group'],
  ['O que eu falo para ela?', 'tell'],
  ['Do we roll back tonight?', 'rollback'],
  ['Is downgrading the only way?', 'rollback'],
  ['Is there a fixed build?', 'release'],
  ['Must he wait?', 'duration'],
  ["So it can't be the modem, right?", 'place'],
  ['What else needs changing?', 'change'],
  // Without a mark
  ['which group does she need', 'which-group'],
  ['how long are the codes good', 'duration'],
  ['hello, what do I tell the user', 'tell'],
  ['wo trage ich das ein', 'where'],
  ['Hello all. wo trage ich das ein', 'where'],
  ['He is out since noon, is that us or the provider', 'place'],
  ['pourquoi ça marche ici et pas là-bas', 'elsewhere'],
  ['dove metto il nome', 'where'],
  // Words with another topic
  ['Is it safe to forward port 8443?', 'side-effect'],
  ['Can I forward TCP 8443 during the day?', 'risk'],
  ['Is it an Android thing?', 'place'],
  ['Do they need to change anything?', 'place'],
  ['Is that on us, or do we have to call the provider?', 'place'],
  ['is there a workaround, the maintenance window is on Sunday', 'meanwhile'],
];

describe('a question of a person', () => {
  it.each(ASKED)('%s is about %s', (question, topic) => {
    expect([...new Set(topicsIn(question))]).toEqual([topic]);
  });

  it.each([
    'It is the firewall that asks AD, not the client.',
    'The licence was renewed on Monday. Who can look?',
    'We rolled back to 7.4.7 last week.',
    'I reset her password twice.',
    'The token was replaced in May.',
    'GET /remote/login?lang=en HTTP/1.1',
    'What exactly do they want?',
    'Is it safe to just delete the block?',
    'May two visitors share one token?',
    'Should I send out a mail to all users?',
    'Plover wants to know before we call her.',
    'Why it fails is unclear.',
    'Why does it fail I do not know, no idea.',
    'The server, which is in Lyon, was moved.',
    'Warum das so ist, weiß ich nicht.',
    'What changed is the modem.',
    'Where the users sit there is no router.',
    'How we set it up is in the wiki.',
    'It works at home, but not in the depot.',
    'Will call back on Monday.',
    'The pushes come, and why not.',
  ])('is none: %s', (line) => {
    expect(topicsIn(line)).toEqual([]);
  });

  it('is kept without a topic, for the rules that know its words', () => {
    expect(questionsIn('Er ist weg, nehme ich einfach DH-Gruppe 2?')).toMatchObject([
      { topic: 'other', said: 'Er ist weg, nehme ich einfach DH-Gruppe 2?' },
    ]);
  });

  it('is read over wrapped lines, with the line where it ends', () => {
    const [question] = questionsIn(
      'Hello,',
      '',
      'he is out again and the boss is angry. Do we',
      'need another licence?',
    );
    expect(question).toMatchObject({
      topic: 'buy',
      said: 'Do we need another licence?',
      quote: { line: 4, text: 'need another licence?' },
    });
  });

  it('takes what it points back to from the sentence in front of it', () => {
    const text = 'LDAP can go to port 389, I read. Is that ok until Friday? When is that?';
    expect(questionsIn(text).map(({ said, sentence }) => [said, sentence])).toEqual([
      ['Is that ok until Friday?', 'LDAP can go to port 389, I read. Is that ok until Friday?'],
      ['When is that?', 'Is that ok until Friday? When is that?'],
    ]);
  });

  it('is one for each number', () => {
    const texts = questionsIn('Two questions: 1) is it lost, 2) how do they get in?').map(({ said }) => said);
    expect(texts).toEqual(['1) is it lost?', '2) how do they get in?']);
    expect(topicsIn('Two questions: 1) do we buy a licence, 2) how do they get in until Friday?')).toEqual([
      'buy',
      'meanwhile',
    ]);
  });

  it('is two where it goes on with “and without”', () => {
    expect(topicsIn('Can we fix it without a rollback, and without a restart of the server?')).toEqual([
      'rollback',
      'restart',
    ]);
  });

  it('is one where both halves ask the same', () => {
    expect(questionsIn('Is that on us, or do we have to call the provider?')).toMatchObject([
      { topic: 'place', sentence: 'Is that on us? do we have to call the provider?' },
    ]);
  });

  it('is two where it goes on with “or do we”', () => {
    expect(
      questionsIn('do we roll the firewall back, or do we need to buy a certificate?').map(
        ({ topic, said }) => [topic, said],
      ),
    ).toEqual([
      ['rollback', 'do we roll the firewall back?'],
      ['buy', 'do we need to buy a certificate?'],
    ]);
  });

  it('is quoted from the clause that names the topic', () => {
    const [question] = questionsIn('It worked yesterday, she says – is it the firewall or AD?');
    expect(question?.said).toBe('is it the firewall or AD?');
  });

  it('goes on from no item of a list', () => {
    const [question] = questionsIn('# only the new laptops fail', '# why only them?');
    expect(question?.sentence).toBe('# why only them?');
  });

  it('is read from the comments of a configuration', () => {
    const lines = [
      '#config-version=FGT60F',
      'config system admin',
      '# do we roll back?',
      'set comments "why?"',
    ];
    const read = readQuestions([{ kind: 'config', source: 'backup.conf', start: 1, lines }]);
    expect(valueIfKnown(read)?.map(({ topic, quote }) => [topic, quote.line])).toEqual([['rollback', 3]]);
  });
});
