import { PICTURE_COLOURS, PICTURE_STYLE } from '../../picture/picture-style.ts';

export const DARK = {
  '--page': '#0f1419',
  '--text': '#e6e9ec',
  '--muted': '#9aa5b1',
  '--border': '#3a424c',
  '--panel': '#1a2028',
  '--good': '#5fd07e',
  '--bad': '#ff8f85',
  '--unsure': '#e6b450',
  '--wait': '#35557a',
} as const satisfies Record<keyof typeof PICTURE_COLOURS, string>;

function declarations(colours: Readonly<Record<string, string>>): string {
  return Object.entries(colours)
    .map(([name, colour]) => `${name}:${colour}`)
    .join(';');
}

/** The Content-Security-Policy holds the hash of this text: update `render-html.ts` with every change. */
export const STYLE = `:root{color-scheme:light dark;${declarations(PICTURE_COLOURS)};--link:#0550ae;--mark:#ffe9a3}
@media (prefers-color-scheme:dark){:root{${declarations(DARK)};--link:#79b8ff;--mark:#5c4a00}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1rem 1rem 3rem;max-width:56rem;background:var(--page);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.6rem;line-height:1.25;margin:.3rem 0 .4rem}
h2{font-size:1.25rem;line-height:1.3;margin:2.2rem 0 .6rem;padding-top:.6rem;border-top:1px solid var(--border)}
h3,h4{font-size:1rem;margin:1.1rem 0 .3rem}
p,ul,ol{margin:.4rem 0}
a{color:var(--link)}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.875em}
pre code{font-size:inherit}
p code,li code,td code,dd code{background:var(--panel);padding:.05em .25em;border-radius:4px}
.verdict{margin:0;font-weight:700}
.verdict.broken,.v-broken{color:var(--bad)}
.verdict.healthy,.v-healthy{color:var(--good)}
.verdict.inconclusive,.v-unknown,.v-conflicting{color:var(--unsure)}
.muted,.v-not-applicable{color:var(--muted)}
.note{border-left:4px solid var(--unsure);padding:.1rem 0 .1rem .8rem}
.block{margin:.3rem 0 .6rem}
.block pre,.lines{margin:0;padding:.7rem .8rem;background:var(--panel);border:1px solid var(--border);border-radius:8px;white-space:pre-wrap}
button{font:inherit;font-size:.875rem;margin:0 0 .35rem;padding:.35rem .9rem;min-height:2.2rem;color:var(--text);background:var(--panel);border:1px solid var(--muted);border-radius:8px;cursor:pointer}
button:disabled{cursor:not-allowed;opacity:.55}
.field{display:flex;flex-wrap:wrap;gap:.3rem .6rem;align-items:center;margin:0 0 .5rem;font-weight:600}
.field input{flex:1 1 14rem;min-height:2.4rem;padding:.3rem .6rem;color:var(--text);background:var(--page);border:1px solid var(--muted);border-radius:8px;font:.875rem ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.field .muted{flex:1 1 100%;font-weight:400;font-size:.875rem}
[data-field]{background:var(--mark);border-radius:3px}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
figure{margin:.6rem 0}
figcaption{color:var(--muted);font-size:.875rem;margin-bottom:.25rem}
.lines{list-style:none;display:grid;gap:.1rem}
.lines li{display:grid;grid-template-columns:3.2rem 1fr;gap:.6rem}
.lines .no{font-size:.8125rem;line-height:1.6;color:var(--muted);text-align:right}
.lines .near{color:var(--muted)}
mark{background:var(--mark);color:inherit;font-weight:600;border-radius:3px}
details{margin:.5rem 0}
summary{cursor:pointer;padding:.25rem 0;font-weight:600}
.picture{display:block;width:100%;height:auto}
.steps-across,.time-wide{max-width:800px}
.steps-down,.time-narrow{max-width:380px}
@media (max-width:639px){.steps-across,.time-wide{display:none}}
@media (min-width:640px){.steps-down,.time-narrow{display:none}}
fieldset{border:0;padding:0;margin:.4rem 0;display:flex;flex-wrap:wrap;gap:.3rem 1rem}
legend{padding:0;font-weight:600;float:left;margin-right:1rem}
fieldset label{display:inline-flex;align-items:center;gap:.35rem;min-height:2rem}
table{border-collapse:collapse;width:100%;font-size:.9375rem}
caption{text-align:left;color:var(--muted);padding:.2rem 0}
th,td{text-align:left;vertical-align:top;padding:.45rem .5rem .45rem 0;border-bottom:1px solid var(--border)}
th:first-child{width:30%}
th:nth-child(2){width:22%}
td ul{padding-left:1.1rem;font-size:.875rem}
ul.marked{list-style:none;padding-left:0}
.checks:has(.only-broken:checked) tbody tr:not(.broken),
.checks:has(.only-conflicting:checked) tbody tr:not(.conflicting),
.checks:has(.only-healthy:checked) tbody tr:not(.healthy),
.checks:has(.only-unknown:checked) tbody tr:not(.unknown),
.checks:has(.only-not-applicable:checked) tbody tr:not(.not-applicable){display:none}
${PICTURE_STYLE}
footer{margin-top:2.5rem;padding-top:.8rem;border-top:1px solid var(--border);color:var(--muted);font-size:.875rem}
@media print{:root{${declarations(PICTURE_COLOURS)};--link:#0550ae;--mark:#ffe9a3}
body{max-width:none;padding:0;font-size:11pt}
button,fieldset,nav,.field{display:none}
details,.checks,.history,section.fold:not(:has(.steps-across))>:not(:first-child){display:none}
h2,h3,h4,figcaption{break-after:avoid}
.block,figure,tr,.picture{break-inside:avoid}
a[href^="http"]::after{content:" (" attr(href) ")";font-size:.85em;color:var(--muted)}}`;
