/** The one style sheet of all pages: no fonts, pictures or scripts of others. */
export const STYLE = `:root{color-scheme:light dark;--ink:#1d1b18;--soft:#5d574e;--paper:#fffdf8;--line:#ddd5c6;--link:#7a2e12;--mark:#f6e6b8}
@media (prefers-color-scheme:dark){:root{--ink:#ece6da;--soft:#b0a898;--paper:#191714;--line:#3b362e;--link:#f0a882;--mark:#5b4a1a}}
*{box-sizing:border-box}
html{font:1.0625rem/1.55 Georgia,"Iowan Old Style","Times New Roman",serif;color:var(--ink);background:var(--paper);-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:46rem;padding:0 1.1rem 3rem;overflow-wrap:anywhere}
a{color:var(--link);text-underline-offset:.15em}
a:focus-visible,button:focus-visible,input:focus-visible,pre:focus-visible,summary:focus-visible{outline:3px solid var(--link);outline-offset:2px}
header{display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;align-items:baseline;padding:1.2rem 0 .8rem;border-bottom:1px solid var(--line)}
header .name{font-size:1.4rem;font-weight:700;letter-spacing:.01em;color:var(--ink);text-decoration:none}
nav{display:flex;flex-wrap:wrap;gap:.2rem 1rem}
nav a,.actions a,button,input,label,dt,footer{font-family:system-ui,sans-serif;font-size:.9rem}
form{display:flex;flex-wrap:wrap;gap:.5rem;margin:1.2rem 0}
form input{flex:1 1 14rem;min-width:0;padding:.6rem .7rem;font-size:1rem;color:inherit;background:transparent;border:1px solid var(--soft);border-radius:.25rem}
button{padding:.6rem 1.1rem;font-size:1rem;color:var(--paper);background:var(--link);border:0;border-radius:.25rem;cursor:pointer}
h1{font-size:1.6rem;line-height:1.25;margin:1.2rem 0 .5rem}
h2{font-size:1.15rem;line-height:1.3;margin:0 0 .2rem}
p{margin:.3rem 0}
article{padding:1rem 0;border-bottom:1px solid var(--line)}
article h1{margin-top:.3rem}
.filters{display:block;font:.9rem/1.5 system-ui,sans-serif;color:var(--soft)}
.filters div{display:flex;gap:.6rem;align-items:baseline}
.filters div>span{flex:0 0 6.2rem}
.filters ul{display:flex;flex-wrap:wrap;gap:.1rem .9rem;margin:0;padding:0;list-style:none}
.filters a{display:inline-block;padding:.2rem 0}
.filters .on{font-weight:600;color:var(--ink)}
h1.summary{font-size:1.05rem;font-weight:400;margin:.9rem 0 .3rem}
small{color:var(--soft);font:.85rem system-ui,sans-serif}
.more h2{margin:1.6rem 0 .4rem}
.more article{padding:.6rem 0}
h3{font-size:1.05rem;line-height:1.3;margin:0}
details{border-bottom:1px solid var(--line)}
summary{padding:.5rem 0;cursor:pointer;font:.95rem system-ui,sans-serif}
.copy{white-space:pre-wrap;-webkit-user-select:all;user-select:all}
.note{padding:.7rem 0;color:var(--soft)}
.actions{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;margin-top:.4rem}
.actions a{padding:.25rem 0}
dl{margin:.5rem 0}dl div{display:flex;flex-wrap:wrap;gap:0 .6rem}dt{color:var(--soft)}dd{margin:0}
mark{background:var(--mark);color:var(--ink);padding:0 .1em}
figure{margin:1rem 0;overflow-x:auto}.picture{display:block;width:100%;height:auto;border:1px solid var(--line);border-radius:.25rem}
.picture a:focus-visible{outline:none}.picture a:focus-visible rect,.picture a:hover rect{stroke:#000;stroke-width:3}
pre{overflow-x:auto;padding:.8rem;border:1px solid var(--line);border-radius:.25rem;font-size:.85rem;line-height:1.4}
footer{margin-top:2rem;color:var(--soft)}
.unseen,.skip:not(:focus){position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media print{header nav,form,.filters,.more,.actions,footer,.skip{display:none}html{font-size:11pt;background:#fff;color:#000}a{color:inherit;text-decoration:none}article{break-inside:avoid}}
`;
