/** Ids of interactive elements of an escalation. As in `action-ids.ts`, an id keeps its meaning. */
export const PAGER_ACTIONS = {
  acknowledge: 'ftm_pager_acknowledge',
  resolve: 'ftm_pager_resolve',
  handoverDone: 'ftm_handover_done',
  more: 'ftm_pager_more',
  bundle: 'ftm_pager_bundle',
} as const;

/** Callback id of the pager form. */
export const PAGER_VIEW = 'ftm_pager_form';
export const IMPACT_INPUT = { block: 'impact', action: 'text' } as const;

/** Options of the menu `more`; the id of the escalation follows after a colon. */
export const PAGER_MENU = { note: 'note', person: 'person' } as const;

/** Callback id of the form to resolve an escalation with a note. */
export const RESOLVE_VIEW = 'ftm_pager_resolve_form';
export const NOTE_INPUT = { block: 'note', action: 'text' } as const;

/** Callback id of the form to page a chosen person. */
export const PERSON_VIEW = 'ftm_pager_person_form';
export const PERSON_INPUT = { block: 'person', action: 'user' } as const;
export const ROLE_INPUT = { block: 'role', action: 'choice' } as const;
