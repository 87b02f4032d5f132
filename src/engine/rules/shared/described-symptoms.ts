/** Statements of facts/described that descriptions of several causes share. */

/** No push arrives on the phone. */
export const NO_PUSH =
  'phone|request|app|approve silent / phone|request|app|approve not shows / request|approve ceased / request not !approve';
/** The push arrives, and the answer to it has no effect. */
export const APPROVE_VOID = 'approve void / approve not / approve fails';
/** A typed code is accepted. */
export const CODE_WORKS = 'code works !not / typed works !not';
/** A typed code is refused. */
export const CODE_FAILS = 'code fails / code works|valid not';
/** The password alone is enough. */
export const NO_FACTOR = 'bypass / token|code|factor asks not';
