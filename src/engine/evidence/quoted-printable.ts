const HEADER = /^Content-Transfer-Encoding:[ \t]*quoted-printable[ \t]*$/i;
/** Ends a part of a mail; the next part may have another encoding. */
const BOUNDARY = /^--[^\s-][^\s]{5,70}$|^--=_\S{1,70}$/;
const OCTETS = /(?:=[0-9A-Fa-f]{2})+/g;
/** Maximum number of mail lines joined into one. */
const MAX_JOINED_LINES = 2_000;

/**
 * Decodes the source of a mail that was pasted or saved: quoted-printable (RFC 2045) after a header that declares it.
 */
export interface QuotedPrintable {
  /**
   * Returns the lines that are complete now, and an empty line for every line joined into another, so that line
   * numbers stay.
   */
  line(text: string): readonly string[];
  /** Whether a header was seen: then every line must be passed here. */
  isOpen(): boolean;
  end(): readonly string[];
}

export function createQuotedPrintable(): QuotedPrintable {
  let open = false;
  let parts: string[] = [];

  function release(): readonly string[] {
    if (parts.length === 0) return [];
    const lines = [decodeLine(parts.join('')), ...Array<string>(parts.length - 1).fill('')];
    parts = [];
    return lines;
  }

  return {
    isOpen: () => open,
    end: release,
    line(text) {
      const line = text.endsWith('\r') ? text.slice(0, -1) : text;
      if (!open) {
        open = HEADER.test(line);
        return [text];
      }
      if (BOUNDARY.test(line)) {
        open = false;
        return [...release(), text];
      }
      const isSoft = line.endsWith('=') && parts.length < MAX_JOINED_LINES;
      parts.push(isSoft ? line.slice(0, -1) : line);
      return isSoft ? [] : release();
    },
  };
}

function decodeLine(line: string): string {
  return line.replaceAll(OCTETS, (octets) => {
    const bytes = octets
      .slice(1)
      .split('=')
      .map((hex) => Number.parseInt(hex, 16));
    return new TextDecoder().decode(new Uint8Array(bytes));
  });
}
