/** The looks of a page: light and dark, from phone to paper, by system fonts alone. */

const COLOURS = `
:root{color-scheme:light dark;--paper:#fbfbf9;--card:#fff;--ink:#1d2024;--quiet:#565d66;--line:#dedcd6;--soft:#f1f0ec;--link:#1a4f9c;
--critical:#8f1d1d;--high:#a8430c;--medium:#775a00;--low:#2b5a88;--info:#5a616a;--pass:#1f6b3a;--on:#fff;
--person:#e9f0fa;--principal:#fdf3e1;--door:#eef4ea;--binding:#f3eefa;--role:#fbe9e7;--held:#55749b;--mark:#a8430c}
@media (prefers-color-scheme:dark){:root{--paper:#15171b;--card:#1c1f24;--ink:#e7e6e2;--quiet:#a6adb7;--line:#343942;--soft:#23272e;--link:#93bbf5;
--critical:#ffb3ab;--high:#ffbd8f;--medium:#e8cb74;--low:#a9cbf2;--info:#c3c8cf;--pass:#86d6a0;--on:#17191d;
--person:#1d2c40;--principal:#3a2f18;--door:#22321f;--binding:#302741;--role:#432523;--held:#7d9cc4;--mark:#ffbd8f}}
`;

const TEXT = `
*{box-sizing:border-box}
html{scroll-padding-top:4rem}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;text-rendering:optimizeLegibility;overflow-wrap:anywhere}
header,main,footer{max-width:76rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:2.25rem}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 .25rem;letter-spacing:-.015em}
h2{font-size:1.375rem;line-height:1.25;margin:0 0 .5rem;letter-spacing:-.01em}
h3{font-size:1.0625rem;margin:2.25rem 0 .625rem}
h4{font-size:.8125rem;margin:1.25rem 0 .375rem;color:var(--quiet);font-weight:600}
p{margin:.375rem 0}
a{color:var(--link);text-underline-offset:.15em}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.875em}
pre{font-size:.8125rem}
small,.quiet{color:var(--quiet);font-size:.875rem}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:3px}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:1rem;background:var(--card);padding:.5rem 1rem;z-index:2}
footer{padding:2rem 1.25rem 3rem;color:var(--quiet);font-size:.875rem}
section.cluster,section[id]{border-top:1px solid var(--line);margin-top:3.5rem;padding-top:2rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.125rem 1rem;margin:.5rem 0;font-size:.9375rem}
dt{color:var(--quiet)}dd{margin:0}
ul{padding-left:1.25rem}
`;

const PARTS = `
.band{display:grid;grid-template-columns:repeat(auto-fit,minmax(17rem,1fr));gap:1rem;margin:1.5rem 0 2rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:1.125rem 1.25rem}
.card h2{font-size:.9375rem;font-weight:600;letter-spacing:0;color:var(--quiet);margin:0}
.figure{font-size:2.5rem;line-height:1.15;font-weight:650;letter-spacing:-.03em;margin-right:.25rem;font-variant-numeric:tabular-nums}
.sev,.level,.tag{display:inline-block;border-radius:4px;padding:.0625rem .4375rem;font-size:.75rem;line-height:1.45;font-weight:600;white-space:nowrap;background:var(--soft);border:1px solid var(--line)}
.sev{background:var(--info);border-color:transparent;color:var(--on)}
.sev.critical{background:var(--critical)}.sev.high{background:var(--high)}.sev.medium{background:var(--medium)}.sev.low{background:var(--low)}
.tag{white-space:normal}
.tag.bad,.level.cluster-admin{color:var(--critical);border-color:currentColor;background:none}
.tag.fail{color:var(--critical);border-color:currentColor;background:none}.tag.pass{color:var(--pass);border-color:currentColor;background:none}
.level.admin-equivalent{color:var(--high);border-color:currentColor;background:none}
h3 .sev{font-size:.6875rem;vertical-align:.125em}
.facts span{display:inline-block;color:var(--quiet);margin-right:1rem}
.filter{position:sticky;top:0;z-index:1;display:flex;gap:.75rem 1.25rem;align-items:center;background:var(--paper);border-block:1px solid var(--line);padding:.625rem 0;margin:0 0 1.5rem;font-size:.875rem}
.filter[hidden]{display:none}
.filter label{display:flex;gap:.625rem;align-items:center;color:var(--quiet);min-width:0}
.filter label,.filter output{white-space:nowrap}
.filter input,.filter select{font:inherit;color:var(--ink);background:var(--card);border:1px solid var(--quiet);border-radius:6px;padding:.3125rem .5rem;min-width:0}
.filter input{width:20rem}
.scroll{overflow-x:auto;margin:.5rem 0;max-width:100%}
.scroll table{overflow-wrap:break-word}
table{border-collapse:collapse;width:100%;font-size:.9375rem}
th,td{text-align:left;vertical-align:top;padding:.4375rem .875rem .4375rem 0;border-bottom:1px solid var(--line);font-weight:400}
thead th{font-size:.8125rem;font-weight:600;color:var(--quiet)}
tbody th{font-weight:600}
.index td,.index th,.timeline td{font-variant-numeric:tabular-nums}
.controls tbody th{min-width:12rem;width:32%}.controls th small{font-weight:400}.controls td:nth-child(2){min-width:7.5rem}.controls summary{padding:.125rem 0;color:var(--link);font-size:.875rem}
.index a{font-weight:600}
.jump a{margin-right:1.25rem;font-size:.875rem}
.top{font-size:.875rem;margin-top:2rem}
`;

const LISTS = `
.keys,.cases,.grants{list-style:none;margin:.5rem 0;padding:0}
.keys,.cases{border-top:1px solid var(--line)}
.keys>li,.cases>li{border-bottom:1px solid var(--line)}
summary{cursor:pointer;padding:.5625rem .25rem}
summary:hover{background:var(--soft)}
.fold>summary{color:var(--link);font-size:.9375rem;width:max-content;max-width:100%}
.key>summary{display:grid;grid-template-columns:minmax(0,1fr) 8.75rem 10rem 11.5rem 8rem;gap:.125rem .75rem;align-items:baseline;list-style:none}
.case>summary{display:grid;grid-template-columns:5.25rem minmax(0,1fr);gap:.75rem;align-items:baseline;list-style:none}
.key>summary::-webkit-details-marker,.case>summary::-webkit-details-marker{display:none}
.key>summary .name{font-weight:600}
.key>summary .name,.case .what{position:relative;padding-left:1.125rem}
.key>summary .name::before,.case .what::before{content:"+";position:absolute;left:0;color:var(--quiet);font-weight:400}
.key[open]>summary .name::before,.case[open]>summary .what::before{content:"–"}
.level{justify-self:start}
.when{color:var(--quiet);font-size:.875rem}.when b{color:var(--ink);font-weight:500}
.what small{display:block}
.what small b{font-weight:600;margin-right:.5rem}
.case .sev{text-align:center}
.body{padding:.25rem .25rem 1.25rem 1.375rem}
.case>.body{padding-left:7.25rem}
pre{margin:.5rem 0 0;background:var(--soft);border:1px solid var(--line);border-radius:6px;padding:.625rem .75rem;white-space:pre-wrap;overflow-wrap:anywhere;line-height:1.5}
.cmd{position:relative}.cmd pre{padding-right:5.25rem}
.cmd button{position:absolute;top:.4375rem;right:.5rem}
button{font:inherit;font-size:.75rem;padding:.125rem .625rem;border:1px solid var(--quiet);border-radius:5px;background:var(--card);color:var(--ink);cursor:pointer}
.grants>li{padding:.375rem 0}
.step+.step::before{content:"→";color:var(--quiet);margin:0 .4375rem}
.ways{font-size:.875rem}
[data-row][hidden],section[hidden]{display:none}
`;

const PICTURES = `
figure{margin:.75rem 0}
.picture{display:block;max-width:none;height:auto}.picture.wide{min-width:60rem;max-width:100%}
.picture path{fill:none;stroke:var(--quiet);stroke-opacity:.55;stroke-width:1.25}
.picture rect{stroke:var(--line);fill:var(--soft)}
.picture .person rect{fill:var(--person)}.picture .principal rect{fill:var(--principal)}.picture .door rect{fill:var(--door)}
.picture .binding rect{fill:var(--binding)}.picture .role rect{fill:var(--role)}
.picture text{fill:var(--ink);font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
.picture .lead{fill:var(--quiet);font-size:10px}
.timeline .bar{width:38%;padding-right:0}
.timeline svg{display:block;width:100%;height:1.25rem}
.timeline .held{fill:var(--held)}.timeline .open{fill:var(--held);fill-opacity:.3}
.timeline rect{y:8px;height:8px}.timeline .mark{y:0;width:2px;height:24px;fill:var(--mark)}.timeline .dot{y:4px;width:8px;height:16px;fill:var(--ink)}
`;

const SIZES = `
@media (max-width:56rem){
.key>summary{display:flex;flex-wrap:wrap;padding-left:1.375rem}
.key>summary .name{flex:1 0 100%;margin-left:-1.125rem}
.when{white-space:nowrap}
.case>.body{padding-left:1.375rem}
}
@media (max-width:36rem){
header{padding-top:1.5rem}
h1{font-size:1.4375rem}
.case>summary{grid-template-columns:1fr;gap:.25rem}
.case .sev{justify-self:start}
.filter{position:static;flex-wrap:wrap}
.filter label,.filter input{width:100%}
dl{grid-template-columns:1fr}dd{margin-bottom:.375rem}
.timeline thead{display:none}
.timeline td:not(.bar){display:inline-block;border:0;padding:0 .75rem 0 0;font-size:.875rem;color:var(--quiet)}
.timeline td:nth-child(2)::before{content:"since "}.timeline td:nth-child(3)::before{content:"last used "}
.timeline tr,.timeline th,.timeline .bar{display:block;width:100%;border:0;padding:.125rem 0}
.index thead,.controls thead,.gaps thead{display:none}
.index tr:not([hidden]),.controls tr:not([hidden]),.gaps tr{display:block;border-bottom:1px solid var(--line);padding:.4375rem 0}
.index th,.index td,.controls tbody th,.controls td,.gaps th,.gaps td{display:block;width:100%;min-width:0;border:0;padding:.0625rem 0}
.index td:nth-child(3)::before{content:"keyholders "}.index td:nth-child(5)::before{content:"not judged in whole "}
.gaps td:nth-child(3)::before{content:"read "}.gaps td:nth-child(4)::before{content:"skipped "}
.index td:nth-child(3),.index td:nth-child(5),.gaps td:nth-child(3),.gaps td:nth-child(4){color:var(--quiet);font-size:.875rem}
}
@media print{
:root{color-scheme:light;--paper:#fff;--card:#fff;--ink:#111;--quiet:#444;--line:#ccc;--soft:#f4f4f2}
body{font-size:10.5pt}
.sev,.sev.critical,.sev.high,.sev.medium,.sev.low{background:none;color:var(--ink);border-color:currentColor}
.filter,.skip,.top,.jump,button{display:none!important}
.scroll{overflow:visible}
.picture{max-width:100%;height:auto}
section.cluster{break-before:page}
.keys>li,.cases>li,tr{break-inside:avoid}
}
`;

export const STYLE = [COLOURS, TEXT, PARTS, LISTS, PICTURES, SIZES].join('');
