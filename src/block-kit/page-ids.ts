/** Names of what can be pressed about a page. As in `action-ids.ts`: an id once used keeps its meaning. */
export const PAGE_ACTIONS = {
  acknowledge: 'ftm_page_acknowledge',
  resolve: 'ftm_page_resolve',
  handoverDone: 'ftm_handover_done',
} as const;

/** Of the question "whom, by which way, with what text?". */
export const PAGE_VIEW = 'ftm_page_form';
export const IMPACT_INPUT = { block: 'impact', action: 'text' } as const;
