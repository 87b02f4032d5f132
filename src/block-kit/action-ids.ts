/** Names of what can be pressed. Messages live for years and bring these back: an id once used keeps its meaning. */
export const ACTIONS = {
  recheck: 'ftm_recheck',
  evidence: 'ftm_evidence',
  report: 'ftm_report',
  notHelpful: 'ftm_not_helpful',
  escalate: 'ftm_escalate',
  more: 'ftm_more',
  cancel: 'ftm_cancel',
  openCheck: 'ftm_open_check',
  pickDevice: 'ftm_pick_device',
} as const;

/** Buttons of one question have ids of their own: this with `_` and a number. */
export const CHOOSE_DEVICE = 'ftm_choose_device';

/** Names of the modals that are submitted. */
export const VIEWS = {
  check: 'ftm_check_form',
  notHelpful: 'ftm_not_helpful_form',
} as const;

/** Choices of the menu `more`; a run's id follows after a colon. */
export const MENU = {
  draft: 'draft',
  evidence: 'evidence',
  notHelpful: 'not-helpful',
} as const;
