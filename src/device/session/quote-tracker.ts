/** Whether a double quote is open after the lines so far; a backslash escapes the next character. */
export function createQuoteTracker(): { line: (text: string) => void; open: () => boolean } {
  let open = false;
  return {
    line(text) {
      for (let i = 0; i < text.length; i += 1) {
        if (text[i] === '\\') i += 1;
        else if (text[i] === '"') open = !open;
      }
    },
    open: () => open,
  };
}
