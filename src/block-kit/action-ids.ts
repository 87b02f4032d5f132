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
