/** A typed code is refused. */
export const CODE_FAILS = 'code fails / code works not';
/** A typed code is accepted. */
export const CODE_WORKS = 'code works !not / typed works !not';
/** The phone shows no push. */
export const NO_PUSH = 'request not / phone shows not / phone silent';
/** The password alone is enough. */
export const NO_FACTOR = 'bypass / token|code|factor asks not';
