import { expect, it } from 'vitest';
import { isOrdinary } from '../../../src/engine/redact/ordinary-words.ts';

it.each([
  ['English', 'Approve Deny Confirm Decline Cancel Continue'],
  ['German', 'Genehmigen Ablehnen Bestätigen Zulassen Abbrechen Fortfahren'],
  ['French', 'Approuver Refuser Confirmer Valider Annuler Continuer'],
  ['Spanish', 'Aprobar Rechazar Confirmar Aceptar Cancelar Continuar'],
  ['Italian', 'Approva Rifiuta Conferma Accetta Annulla Continua'],
  ['Portuguese', 'Aprovar Recusar Confirmar Aceitar Cancelar Continuar'],
  ['Dutch', 'Goedkeuren Weigeren Bevestigen Accepteren Annuleren Doorgaan'],
])('what buttons are called in %s is no secret', (_, names) => {
  expect(names.split(' ').filter((name) => !isOrdinary(name))).toEqual([]);
});
