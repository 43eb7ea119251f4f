import { themeStyle } from './theme.ts';

const page = `
*{box-sizing:border-box}
html{font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Liberation Sans",Arial,sans-serif;background:var(--bg);color:var(--ink);scroll-behavior:smooth;scroll-padding-top:1.5rem;-webkit-text-size-adjust:100%}
body{margin:0;padding:0 clamp(1rem,4vw,3rem) 5rem;overflow-wrap:anywhere}
.page{max-width:58rem;margin:0 auto}
header{padding:clamp(2rem,6vw,4.5rem) 0 0}
.eyebrow{margin:0;font-size:.78rem;font-weight:650;letter-spacing:.12em;text-transform:uppercase;color:var(--accent)}
h1{margin:.3rem 0 .6rem;font-size:clamp(2rem,6vw,3.2rem);line-height:1.08;letter-spacing:-.025em;font-weight:700}
.what{margin:0;font-size:1.15rem;color:var(--muted);max-width:42rem}
.label{display:inline-block;margin:1.1rem 0 0;padding:.35rem .75rem;border:1px solid var(--line);border-left:3px solid var(--accent);border-radius:4px;background:var(--surface);font-size:.9rem}
h2{margin:0 0 .4rem;font-size:1.6rem;line-height:1.2;letter-spacing:-.015em}
h3{margin:0 0 .3rem;font-size:1.05rem;line-height:1.35}
h3.agent{margin:2.2rem 0 .8rem;padding-bottom:.4rem;border-bottom:1px solid var(--line)}
section{margin-top:4rem}
.lede{margin:0 0 1.2rem;color:var(--muted);max-width:44rem}
.note,small{color:var(--muted);font-size:.85rem}
a{color:var(--accent)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.skip{position:absolute;left:-100rem}.skip:focus{left:1rem;top:1rem}`;

const navigation = `
nav{position:sticky;top:0;z-index:2;margin:2.2rem 0 0;background:var(--bg);border-bottom:1px solid var(--line)}
nav ul{display:flex;flex-wrap:wrap;gap:.1rem 1.3rem;margin:0;padding:.6rem 0;list-style:none;font-size:.88rem}
nav a{color:var(--muted);text-decoration:none}nav a:hover{color:var(--ink);text-decoration:underline}
@media (max-width:40rem){nav{position:static}}
@media (min-width:40.01rem){html{scroll-padding-top:4rem}}`;

const tiles = `
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(11.5rem,1fr));gap:.9rem;margin:2rem 0 0}
.tiles div{padding:1rem 1.1rem;background:var(--surface);border:1px solid var(--line);border-radius:10px}
.tiles dt{font-size:.84rem;color:var(--muted)}
.tiles dd{margin:0;font-size:2rem;line-height:1.25;font-weight:680;letter-spacing:-.02em;font-variant-numeric:tabular-nums}
.tiles dd.note{font-size:.82rem;font-weight:400;letter-spacing:0;line-height:1.4}`;

const verdicts = `
.verdicts{margin:0;padding:0;list-style:none}
.verdicts li{display:grid;grid-template-columns:minmax(8rem,11rem) 8.5rem 1fr;gap:.3rem 1.6rem;padding:1rem 0;border-bottom:1px solid var(--line)}
.verdicts li:last-child{border-bottom:0}
.verdicts p{margin:0;color:var(--muted);font-size:.92rem}.verdicts .headline{margin:0 0 .2rem;color:var(--ink);font-weight:600;font-size:1rem}.who{font-weight:650}
.asr .big{font-size:1.5rem;font-weight:680;line-height:1.1;font-variant-numeric:tabular-nums}
.asr .note{display:block;font-size:.78rem}
.bar{display:block;width:100%;height:10px;margin:.3rem 0 .25rem}
.bar .track{fill:var(--line)}.bar .fill{fill:var(--s1)}.bar .whisker{stroke:var(--ink);stroke-width:2;vector-effect:non-scaling-stroke}
@media (max-width:46rem){.verdicts li{grid-template-columns:1fr 8.5rem}.verdicts li>div:last-child{grid-column:1/-1}}`;

const tables = `
.scroll{overflow-x:auto;max-width:100%}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.88rem;overflow-wrap:normal}
.figures{width:100%;background:var(--surface)}
.figures th,.figures td{padding:.45rem .8rem;text-align:right;border-bottom:1px solid var(--line);vertical-align:top}
.figures th:first-child{text-align:left;font-weight:500;overflow-wrap:anywhere;min-width:9rem}
.figures thead th{font-weight:600;color:var(--muted);font-size:.8rem;vertical-align:bottom}
.heat{width:100%;border-collapse:separate;border-spacing:3px;table-layout:fixed;min-width:34rem}
.heat th{font-weight:550;text-align:left;padding:.3rem .4rem;overflow-wrap:anywhere}
.heat thead th{vertical-align:bottom;text-align:center;font-size:.8rem;color:var(--muted)}
.heat th:first-child{width:9.5rem}
.heat .group th{padding-top:.9rem;font-size:.8rem;color:var(--muted);font-weight:600;width:auto}
.heat td{padding:0;text-align:center;border-radius:6px;font-weight:620}
.heat td small{display:block;color:inherit;font-weight:400;font-size:.74rem;line-height:1.2}
.heat td>*{display:block;padding:.42rem .2rem;border-radius:6px;color:inherit;text-decoration:none}
.heat td>a:hover{outline:2px solid var(--accent)}
.heat td.none{color:var(--muted)}
@media (max-width:46rem){.heat{table-layout:auto;min-width:0}.heat td{min-width:4.6rem}.heat thead th{overflow-wrap:break-word;min-width:4.6rem}.heat th:first-child{position:sticky;left:0;background:var(--bg);width:auto;min-width:5.6rem;max-width:7.5rem;overflow-wrap:break-word}}
.heat .all td,.heat .all th{border-top:2px solid var(--line)}
.scale{display:flex;align-items:center;gap:3px;margin:0;font-size:.8rem;color:var(--muted)}
.scale span[class]{width:1.8rem;height:.8rem;border-radius:3px}.scale span:first-child{margin-right:.3rem}.scale span:last-child{margin-left:.3rem}`;

const figures = `
figure{margin:1.6rem 0 0;padding:1.3rem 1.4rem;background:var(--surface);border:1px solid var(--line);border-radius:12px}
figcaption p{margin:0;color:var(--muted);font-size:.9rem;max-width:46rem}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;margin:.7rem 0 0;padding:0;list-style:none;font-size:.84rem}
.swatch{display:inline-block;width:.85rem;height:.85rem;border-radius:3px;background:currentColor;vertical-align:-.08rem;border:1px solid var(--line)}
.chart{margin:.9rem 0 .3rem}.chart svg{display:block;max-width:100%;height:auto;font-family:inherit;font-size:12px;overflow:hidden}
.narrow{display:none}
.charts{display:grid;gap:1rem 2rem}
.name{color:var(--ink);font-size:11.5px;paint-order:stroke;stroke:var(--surface);stroke-width:3px}
.quiet{margin-top:1.6rem}.quiet>summary{color:var(--muted)}
details.numbers{margin:.6rem 0 0;font-size:.9rem}
summary{cursor:pointer}summary:hover{color:var(--accent)}
details.numbers>summary{color:var(--muted);font-size:.86rem;padding:.2rem 0}
@media (max-width:46rem){.wide{display:none}.narrow{display:block}figure{padding:1rem}}`;

const traces = `
.row{border-bottom:1px solid var(--line)}
.row>summary{padding:.6rem 0;font-weight:600;font-size:.95rem}
.row[open]{padding-bottom:1rem}
.field{margin-left:1.1rem}
.field>summary{padding:.3rem 0;font-size:.92rem}
.field>div{padding:.1rem 0 1.4rem}
.field>div:target{scroll-margin-top:7rem}
.trace{margin-top:.9rem;padding:.7rem 1.1rem;background:var(--surface);border:1px solid var(--line);border-radius:10px}
.trace>summary{font-weight:600;font-size:.94rem}
.facts,.definitions{margin:.9rem 0;font-size:.88rem}
.facts>div,.definitions>div{display:grid;grid-template-columns:9rem 1fr;gap:.2rem 1rem;padding:.22rem 0}
.facts dt{color:var(--muted)}.definitions dt{font-weight:600}.facts dd,.definitions dd{margin:0}
.definitions>div{grid-template-columns:13rem 1fr;padding:.45rem 0;border-bottom:1px solid var(--line)}
@media (max-width:46rem){.facts>div,.definitions>div{grid-template-columns:1fr;gap:0}}
.events{margin:0;padding:0;list-style:none;border-left:2px solid var(--line)}
.events li{position:relative;padding:.35rem 0 .35rem 1.1rem;font-size:.86rem}
.events li::before{content:"";position:absolute;left:-5px;top:.85rem;width:8px;height:8px;border-radius:50%;background:var(--line)}
.events .e-attack::before{background:var(--s1)}.events .e-verdict::before{background:var(--s0);border-radius:1px}.events .marked::before{background:var(--s1);border-radius:1px;transform:rotate(45deg)}
.events .skipped{color:var(--muted);font-style:italic}.events .skipped::before{display:none}
.head{font-weight:600}
.detail{margin:.2rem 0 0;padding:.35rem .6rem;background:var(--bg);border-radius:6px;font:.8rem/1.5 ui-monospace,SFMono-Regular,Menlo,"Liberation Mono",monospace;white-space:pre-wrap;overflow-wrap:anywhere}
.detail b{font-family:system-ui,sans-serif;font-weight:600;color:var(--muted)}
mark{background:var(--mark);color:var(--on-mark);border-radius:3px;padding:.05em .15em;font-weight:600;text-decoration:underline;text-decoration-thickness:1px}
.notes{padding-left:1.2rem;font-size:.92rem}
.foreign{padding:1rem 1.4rem;border:2px dashed var(--line);border-radius:12px}
footer{margin-top:4rem;color:var(--muted);font-size:.85rem}`;

const print = `
@media print{html{font-size:10.5pt}nav{display:none}section{margin-top:2rem}figure,.verdicts li,.tiles div{break-inside:avoid}.heat{min-width:0}.scroll{overflow:visible}.wide{display:block}.narrow{display:none}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}`;

export const style = [themeStyle, page, navigation, tiles, verdicts, tables, figures, traces, print].join('');
