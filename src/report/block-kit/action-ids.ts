/** Ids of interactive elements. Old messages send them for years, so an id keeps its meaning. */
export const ACTIONS = {
  recheck: 'ftm_recheck',
  /** The fix is pasted: the same, with an offer to watch a login. */
  pasted: 'ftm_pasted',
  /** A re-check that watches the next login. */
  watch: 'ftm_watch',
  evidence: 'ftm_evidence',
  report: 'ftm_report',
  notHelpful: 'ftm_not_helpful',
  escalate: 'ftm_escalate',
  more: 'ftm_more',
  cancel: 'ftm_cancel',
  openCheck: 'ftm_open_check',
  pickDevice: 'ftm_pick_device',
  showDevice: 'ftm_show_device',
} as const;

/** Buttons of one question need different ids: this one with `_` and a number. */
export const CHOOSE_DEVICE = 'ftm_choose_device';

/** Callback ids of modals. */
export const VIEWS = { check: 'ftm_check_form', notHelpful: 'ftm_not_helpful_form' } as const;

/** Options of the menu `more`; a run id follows after a colon. */
export const MENU = { draft: 'draft', evidence: 'evidence', notHelpful: 'not-helpful' } as const;
