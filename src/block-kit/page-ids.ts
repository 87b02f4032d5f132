/** Ids of interactive elements about a page. As in `action-ids.ts`, an id keeps its meaning. */
export const PAGE_ACTIONS = {
  acknowledge: 'ftm_page_acknowledge',
  resolve: 'ftm_page_resolve',
  handoverDone: 'ftm_handover_done',
} as const;

/** Callback id of the page form. */
export const PAGE_VIEW = 'ftm_page_form';
export const IMPACT_INPUT = { block: 'impact', action: 'text' } as const;
