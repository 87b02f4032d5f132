/** Replaces an answer, or the wait for one, whose text is read again together with later messages, or as edited. */
export const readTogetherText =
  'Replaced: this was about the earlier text. The answer to the whole log is in this thread.';
