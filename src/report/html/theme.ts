/** Colors of both themes. Series are Okabe and Ito's, scales rise in one direction of lightness. */
const light = `
--bg:#faf9f6;--surface:#fff;--ink:#1b1d22;--muted:#565b65;--line:#e3e0d8;--accent:#0b5a94;--mark:#ffe08a;--on-mark:#1b1d22;
--h0:#eef2f1;--h1:#fde6cf;--h2:#fbcb9c;--h3:#f4a76c;--h4:#e67f4c;--h5:#c24a38;--h6:#962c3d;--h7:#5f1838;
--low:#1b1d22;--high:#fff;
--t0:#dcdfe3;--t1:#fde6cf;--t2:#f7b983;--t3:#e67f4c;--t4:#b03d3a;--t5:#5f1838;
--s0:#0072b2;--s1:#bf4a00;--s2:#00795a;--s3:#9b4079;--s4:#7d6400;--s5:#6b717b;`;

const dark = `
--bg:#121418;--surface:#1a1d23;--ink:#e8e8ec;--muted:#a4aab5;--line:#2f343d;--accent:#7cc0f2;--mark:#7a5b00;--on-mark:#fff3cf;
--h0:#23282f;--h1:#3b2a34;--h2:#5b2c3d;--h3:#83303f;--h4:#aa3f3d;--h5:#dd6f41;--h6:#f1a05a;--h7:#fdd494;
--low:#f1f1f4;--high:#14161a;
--t0:#3a4048;--t1:#54303f;--t2:#83303f;--t3:#aa3f3d;--t4:#e37a45;--t5:#fdd494;
--s0:#56b4e9;--s1:#f28d4f;--s2:#2fc49b;--s3:#e39cc6;--s4:#e3c02f;--s5:#9aa1ac;`;

const heat = [0, 1, 2, 3, 4, 5, 6, 7].map(
  (step) => `.h${step}{background:var(--h${step});color:var(--${step < 5 ? 'low' : 'high'})}`,
);
const stages = [0, 1, 2, 3, 4, 5].map(
  (stage) =>
    `.t${stage}{color:var(--t${stage})}.on.t${stage}{color:var(--${stage < 4 ? 'low' : 'high'})}.s${stage}{color:var(--s${stage})}`,
);

export const themeStyle = `:root{color-scheme:light dark;${light}}
@media (prefers-color-scheme:dark){:root{${dark}}}
@media print{:root{${light}}}
${heat.join('')}${stages.join('')}`;
