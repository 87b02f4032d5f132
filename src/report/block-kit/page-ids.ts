/** Ids of interactive elements about a page. As in `action-ids.ts`, an id keeps its meaning. */
export const PAGE_ACTIONS = {
  acknowledge: 'ftm_page_acknowledge',
  resolve: 'ftm_page_resolve',
  handoverDone: 'ftm_handover_done',
  more: 'ftm_page_more',
  bundle: 'ftm_page_bundle',
} as const;

/** Callback id of the page form. */
export const PAGE_VIEW = 'ftm_page_form';
export const IMPACT_INPUT = { block: 'impact', action: 'text' } as const;

/** Options of the menu `more`; the id of the page follows after a colon. */
export const PAGE_MENU = { note: 'note', person: 'person' } as const;

/** Callback id of the form to resolve a page with a note. */
export const RESOLVE_VIEW = 'ftm_page_resolve_form';
export const NOTE_INPUT = { block: 'note', action: 'text' } as const;

/** Callback id of the form to page a chosen person. */
export const PERSON_VIEW = 'ftm_page_person_form';
export const PERSON_INPUT = { block: 'person', action: 'user' } as const;
export const ROLE_INPUT = { block: 'role', action: 'choice' } as const;
