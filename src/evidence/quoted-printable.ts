const HEADER = /^Content-Transfer-Encoding:[ \t]*quoted-printable[ \t]*$/i;
/** Ends a part of a mail; the next part may be encoded in another way. */
const BOUNDARY = /^--[^\s-][^\s]{5,70}$|^--=_\S{1,70}$/;
const OCTETS = /(?:=[0-9A-Fa-f]{2})+/g;
/** Lines of a mail that are one line of what was sent. */
const MAX_PARTS = 2_000;

/** Decodes a mail that was pasted or saved as it is sent: quoted-printable (RFC 2045) under a header that says so. */
export interface QuotedPrintable {
  /** The lines that are complete now; for every line that went into another an empty one, so that numbers stay. */
  line(text: string): readonly string[];
  /** A header was seen: lines must be given here one by one. */
  isOpen(): boolean;
  end(): readonly string[];
}

export function createQuotedPrintable(): QuotedPrintable {
  let open = false;
  let parts: string[] = [];

  function release(): readonly string[] {
    if (parts.length === 0) return [];
    const lines = [decoded(parts.join('')), ...Array<string>(parts.length - 1).fill('')];
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
      const isSoft = line.endsWith('=') && parts.length < MAX_PARTS;
      parts.push(isSoft ? line.slice(0, -1) : line);
      return isSoft ? [] : release();
    },
  };
}

function decoded(line: string): string {
  return line.replaceAll(OCTETS, (octets) => {
    const bytes = octets
      .slice(1)
      .split('=')
      .map((hex) => Number.parseInt(hex, 16));
    return new TextDecoder().decode(new Uint8Array(bytes));
  });
}
