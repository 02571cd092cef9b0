/// How the page looks, by day and by night.
enum PreviewStyle {
    static let css: HTML = """
        :root{--paper:#f3f4f6;--card:#fff;--ink:#14171a;--soft:#5c6670;--line:#d9dee3;--tint:#eef1f4;--link:#0a66c2;--good:#2e7d32;--near:#b26a00;--bad:#c62828}
        @media(prefers-color-scheme:dark){:root{--paper:#0d1014;--card:#171b21;--ink:#e8ebee;--soft:#98a3ae;--line:#2e353d;--tint:#222830;--link:#6db3f8;--good:#66bb6a;--near:#ffb74d;--bad:#ef7b7b}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif}
        main{max-width:78rem;margin:0 auto;padding:1.5rem 1rem 3rem}
        h1{font-size:1.4rem;margin:0;overflow-wrap:anywhere}.path,.time{color:var(--soft);margin:.1rem 0 0;font-size:.85rem;overflow-wrap:anywhere}
        .post+.post{border-top:1px solid var(--line);margin-top:2rem;padding-top:1.5rem}
        .networks{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(21rem,100%),1fr));gap:1.5rem;align-items:start;margin-top:1.25rem}
        h2{font-size:1rem;margin:0}h2 span,.head span{font-weight:400;color:var(--soft)}
        .thread{margin-top:.6rem}
        .card{position:relative;display:grid;grid-template-columns:40px 1fr;column-gap:.7rem;background:var(--card);border:1px solid var(--line);border-radius:14px;padding:.8rem}
        .avatar{width:40px;height:40px;border-radius:50%;display:grid;place-items:center;font-weight:700;color:#fff;background:#536471}
        .head{min-width:0;overflow-wrap:anywhere}.number{float:right;font-size:.8rem}
        .words{margin:.15rem 0 0;white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:plaintext}.words a{color:var(--link)}
        .x .body{grid-column:2;min-width:0}.x .avatar{background:#0f1419}
        @media(prefers-color-scheme:dark){.x .avatar{background:#38444d}}
        .goes-on:after{content:"";position:absolute;left:calc(.8rem + 19px);top:calc(.8rem + 46px);bottom:.4rem;width:2px;background:var(--line)}
        .linkedin .card,.instagram .card{border-radius:8px}
        .linkedin .avatar{background:#0a66c2}.avatar.page{border-radius:4px}
        .linkedin .body,.instagram .body,.bluesky .body,.mastodon .body,.threads .body,.facebook .body{grid-column:1/-1;margin-top:.5rem;min-width:0}
        .linkedin .head{display:flex;flex-direction:column;line-height:1.3}.linkedin .head span{font-size:.8rem}
        .instagram .avatar{width:32px;height:32px;background:#7a3e9d;outline:2px solid #d6407f;outline-offset:2px}.instagram .head{align-self:center}
        .instagram .card{grid-template-columns:36px 1fr}
        .grid,.slides,.link,.poll{margin-top:.7rem}
        figure{margin:0;position:relative;min-width:0;min-height:0;overflow:hidden;background:var(--tint)}
        figure img,.still{display:block;width:100%;height:100%;object-fit:cover}
        .still{display:grid;place-items:center;text-align:center;color:var(--soft);padding:1rem;min-height:7rem;overflow-wrap:anywhere}
        .grid{position:relative;display:grid;gap:2px;border-radius:12px;overflow:hidden;border:1px solid var(--line)}
        .linkedin .grid{border-radius:0;margin-left:-.8rem;margin-right:-.8rem;border-left:0;border-right:0}
        .of-1 img{max-height:32rem}.of-2,.of-3,.of-4,.of-5{grid-template-columns:1fr 1fr;aspect-ratio:16/9}
        .of-2,.of-3,.of-4{grid-auto-rows:1fr}.of-3 figure:first-child{grid-row:1/3}
        .of-5{grid-template-columns:repeat(6,1fr);grid-template-rows:3fr 2fr;aspect-ratio:4/3}.of-5 figure{grid-column:span 2}.of-5 figure:nth-child(-n+2){grid-column:span 3}
        .more{position:absolute;right:0;bottom:0;padding:.35rem .7rem;background:#000b;color:#fff;font-size:1.2rem}
        .slides{display:flex;overflow-x:auto;scroll-snap-type:x mandatory;margin-left:-.8rem;margin-right:-.8rem}
        .slides figure{flex:0 0 100%;scroll-snap-align:start;aspect-ratio:1}.slides.portrait figure{aspect-ratio:4/5}.slides.wide figure{aspect-ratio:1.91}.slides.tall figure{aspect-ratio:9/16}
        .dots{text-align:center;margin:.5rem 0 -.3rem}.dots i{display:inline-block;width:6px;height:6px;border-radius:50%;background:var(--line);margin:0 2px}.dots i:first-child{background:#0095f6}
        .video .still{place-items:end center;padding-bottom:2.2rem;aspect-ratio:16/9;min-height:0}.tall .video .still{aspect-ratio:auto}
        .badge{position:absolute;right:8px;bottom:8px;background:#000b;color:#fff;border-radius:4px;padding:0 .35rem;font-size:.7rem;font-weight:700}.badge.left{right:auto;left:8px}
        .play{position:absolute;inset:0;margin:auto;width:56px;height:56px;border-radius:50%;background:#000a;color:#fff;display:grid;place-items:center;font-size:1.3rem;padding-left:4px}
        .document{padding:1rem}.document p{margin:0;overflow-wrap:anywhere}
        .link{border:1px solid var(--line);border-radius:12px;overflow:hidden;background:var(--tint)}.link img{display:block;width:100%;aspect-ratio:1.91;object-fit:cover}
        .link div{display:flex;flex-direction:column;padding:.6rem .8rem;overflow-wrap:anywhere}.link small,.link span,.poll small{color:var(--soft)}
        .linkedin .link{border-radius:4px}
        .poll ul{list-style:none;margin:.4rem 0;padding:0}.poll li{border:1px solid var(--link);border-radius:1rem;color:var(--link);padding:.25rem .8rem;margin:.3rem 0;text-align:center;overflow-wrap:anywhere}
        .actions{display:flex;justify-content:space-between;max-width:26rem;margin-top:.7rem;color:var(--soft);font-size:.8rem}.actions b{font-weight:600}
        .linkedin .actions{border-top:1px solid var(--line);padding:.6rem .5rem 0;max-width:none}.instagram .actions{justify-content:flex-start;gap:1rem;color:var(--ink)}
        svg{fill:none;stroke:currentColor;stroke-width:1.7;stroke-linejoin:round;stroke-linecap:round}
        .comment{margin-top:.4rem}.comment .body,.x .comment .body{grid-column:2;margin:0}.linkedin .comment .body{background:var(--tint);border-radius:0 8px 8px 8px;padding:.4rem .7rem}
        .facts{font-size:.8rem;color:var(--soft);padding:.35rem .2rem .8rem}.facts p{margin:.15rem 0}.facts ol{margin:.3rem 0;padding-left:1.4rem}.facts li{overflow-wrap:anywhere}
        .meter{height:4px;border-radius:2px;background:var(--line);overflow:hidden;margin-top:.2rem}.meter i{display:block;height:100%;background:var(--good)}.meter.near i{background:var(--near)}.meter.over i{background:var(--bad)}.meter.over+p{color:var(--bad);font-weight:700}
        .tag{display:inline-block;background:var(--tint);border:1px solid var(--line);border-radius:1rem;padding:0 .5rem;font-size:.75rem;font-weight:400;overflow-wrap:anywhere}
        .problems{list-style:none;margin:.3rem 0;padding:0;font-size:.85rem}.problems li{border-left:3px solid var(--near);background:var(--card);padding:.35rem .6rem;margin:.3rem 0;overflow-wrap:anywhere}.problems .error{border-color:var(--bad)}.problems .note{border-color:var(--link)}.problems small{color:var(--soft)}
        @media print{body{background:#fff}.card{break-inside:avoid}}
        """
}
