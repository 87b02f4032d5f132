import { DARK } from '../../report/formats/html/styles.ts';
import { PICTURE_COLOURS } from '../../report/picture/picture-style.ts';

function theme(
  name: 'dark' | 'light',
  colours: Readonly<Record<string, string>>,
  link: string,
  mark: string,
): string {
  const declarations = Object.entries(colours).map(([key, colour]) => `${key}:${colour}`);
  return `:root[data-theme=${name}]{color-scheme:${name};${declarations.join(';')};--link:${link};--mark:${mark}}`;
}

/** Added to the style sheet of the report. */
export const PAGE_STYLE = `
${theme('light', PICTURE_COLOURS, '#0550ae', '#ffe9a3')}
${theme('dark', DARK, '#79b8ff', '#5c4a00')}
nav{display:flex;gap:.4rem;position:absolute;top:.7rem;right:max(1rem,calc(50vw - 27rem))}
nav button{min-height:2rem;padding:.15rem .8rem;margin:0}
body{padding:3.2rem 1rem 6rem}
body.over{outline:3px dashed var(--link);outline-offset:-6px}
#summary{display:flex;flex-wrap:wrap;gap:.35rem;list-style:none;padding:0;margin:0 0 .6rem}
#summary li{padding:.1rem .6rem;background:var(--panel);border:1px solid var(--border);border-radius:999px;font-size:.8125rem}
#case{padding:.1rem .8rem;background:var(--panel);border-radius:8px}
#case ul{list-style:none;padding:0;margin:.2rem 0 .5rem}
#case button{min-height:1.8rem;padding:.05rem .7rem;margin:.1rem 0 .1rem .4rem}
#reading{position:fixed;inset:auto 0 0 0;z-index:2;padding:.6rem 1rem;background:var(--page);border-top:1px solid var(--border)}
#reading:has(#status:empty):has(progress[hidden]){display:none}
#reading p{margin:.1rem auto;max-width:54rem}
#reading progress{display:block;margin:.2rem auto;max-width:54rem}
#guide h2,#guide summary,#docs h2,#docs>summary{border:0;margin-top:.8rem;padding:0}
#docs details>summary{border:0;margin:0}
#guide h2,#docs h2{font-size:1rem}
#docs{margin-top:1.5rem}#docs details{margin-left:.2rem}#docs details>summary{padding:.15rem 0;font-size:.9375rem;font-weight:400}
#evidence{background:var(--page);border:1px solid var(--border);border-radius:8px}
#evidence .row{justify-content:space-between;padding:.3rem .7rem}
#evidence h2{border:0;margin:0;padding:0;font-size:.9375rem}
#evidence .row button{min-height:2rem;padding:.1rem .8rem}
#evidence .lines{position:relative;border:0;border-radius:0;overflow:auto;align-content:start;font-size:.8125rem}
#evidence .chosen{background:var(--mark);border-radius:3px}
#evidence li code{background:none}
#report .sign,#report .question{pointer-events:none}
button.no{min-height:1.5rem;margin:0;padding:0;border:0;background:none;text-decoration:underline}
.has-evidence .lines li:not(.near),.has-evidence main>h2,.has-evidence svg circle{cursor:pointer}
@media (min-width:1180px){body:has(#evidence:not([hidden])):has(#answer:not([hidden])){max-width:82rem}
.beside:has(#evidence:not([hidden])){display:grid;grid-template-columns:minmax(0,1fr) minmax(0,34rem);gap:1.5rem}
#evidence{position:sticky;top:.6rem;max-height:calc(100vh - 5.5rem);display:flex;flex-direction:column}}
@media (max-width:1179px){#evidence{position:fixed;inset:auto 0 0 0;z-index:3;height:55vh;display:flex;flex-direction:column;box-shadow:0 -4px 18px rgb(0 0 0/.25)}}
[hidden]{display:none!important}
.intro h1{margin-top:1rem}
.drop{display:grid;gap:.7rem;margin:1rem 0;padding:1rem;border:2px dashed var(--border);border-radius:12px}
.drop label{font-weight:600}
textarea{width:100%;min-height:11rem;padding:.7rem .8rem;resize:vertical;background:var(--page);color:var(--text);border:1px solid var(--muted);border-radius:8px;font:.875rem/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.row{display:flex;flex-wrap:wrap;gap:.6rem;align-items:center}
.row button,.row .file{margin:0;min-height:2.75rem;padding:.5rem 1.1rem;font-size:1rem}
button.primary{background:var(--link);border-color:var(--link);color:var(--page);font-weight:600}
.file{display:inline-flex;align-items:center;background:var(--panel);border:1px solid var(--muted);border-radius:8px;cursor:pointer}
.file:focus-within{outline:3px solid var(--link);outline-offset:2px}
.file input{position:absolute;width:1px;height:1px;opacity:0}
.samples{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(15.5rem,1fr));gap:.6rem}
.samples button{width:100%;height:100%;margin:0;padding:.7rem .9rem;text-align:left;font-size:.9375rem}
.samples strong{display:block}
.samples span{color:var(--muted);font-size:.875rem}
progress{width:100%;height:.8rem;accent-color:var(--link)}
.actions{position:sticky;bottom:0;gap:.4rem;margin-top:1.5rem;padding:.6rem 0;background:var(--page);border-top:1px solid var(--border)}
.actions button{min-height:2.4rem;padding:.3rem .9rem;font-size:.9375rem}
.refused{border-left:4px solid var(--bad);padding:.1rem 0 .1rem .8rem}
@media (max-width:479px){.drop .row button,.drop .row .file{flex:1 1 100%;justify-content:center;text-align:center}
.actions{flex-wrap:nowrap;overflow-x:auto}.actions button{flex:none;padding:.3rem .7rem}}
@media print{nav,#docs,.intro,.drop,.actions,.samples,#reading,#evidence{display:none}}`;
