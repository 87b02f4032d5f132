/** Names of the colours that a page or a file defines for the pictures. */
export const PICTURE_COLOURS = {
  '--page': '#ffffff',
  '--text': '#1b1f24',
  '--muted': '#57606a',
  '--border': '#c9d1d9',
  '--panel': '#f3f5f7',
  '--good': '#1a7f37',
  '--bad': '#b42318',
  '--unsure': '#8a5a00',
  '--wait': '#9db7d5',
} as const;

/** The same rules for the page of the report and for a separate file. */
export const PICTURE_STYLE = `.picture text{font:13px Inter,system-ui,sans-serif;fill:var(--text)}
.picture .small{font-size:12px;fill:var(--muted)}
.picture .step{font-size:12px}
.picture .below{paint-order:stroke;stroke:var(--page);stroke-width:4px;stroke-linejoin:round}
.picture .strong{font-weight:600}
.picture .wrong{font-weight:600;fill:var(--bad)}
.picture .step.wrong,.picture .below.wrong{font-size:12px}
.picture .track{fill:var(--panel)}
.picture .wait{fill:var(--wait)}
.picture .late{fill:var(--bad);fill-opacity:.35}
.picture .axis{stroke:var(--border);stroke-width:1}
.picture .limit{stroke:var(--unsure);stroke-width:2;stroke-dasharray:4 3}
.picture .gave-up{stroke:var(--bad);stroke-width:2}
.picture .rail{stroke:var(--border);stroke-width:2}
.picture .sign{fill:none;stroke:var(--page);stroke-width:2.2;stroke-linecap:round;stroke-linejoin:round}
.picture .question{font-weight:700;font-size:14px;fill:var(--page)}
.picture .ok{fill:var(--good)}
.picture .broken{fill:var(--bad)}
.picture .unknown{fill:var(--unsure)}
.picture .not-reached{fill:var(--muted)}
.picture .event{fill:var(--text)}
.picture .page{fill:var(--page)}`;
