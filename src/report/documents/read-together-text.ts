/** Replaces an answer, or the wait for one, whose text is read again together with later messages. */
export const readTogetherText = 'Replaced by the answer to the whole log in this thread.';
