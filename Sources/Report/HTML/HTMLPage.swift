/// One self-contained page: no script, no font, no image from elsewhere, so that it can be sent and kept.
struct HTMLPage {
    /// How every page of ours begins, by which an earlier one is known again.
    static let mark = "<!doctype html><!-- zinspect report -->"

    let title: String
    let body: String

    var text: String {
        """
        \(Self.mark)
        <html lang="en"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(HTMLText.escaped(title))</title>
        <style>\(Self.style)</style></head>
        <body>\(body)</body></html>

        """
    }

    private static let style = """
        :root{color-scheme:light dark;--ink:#1c2330;--soft:#667085;--line:#d7dce5;--card:#f6f8fb;--page:#fff;
        --good:#1a7f4b;--note:#3867b7;--warning:#a86400;--error:#c0272d;--double:#7b3fb5;--used:#3f7fbf;--free:#e3eaf3}
        @media (prefers-color-scheme:dark){:root{--ink:#e6eaf2;--soft:#98a2b3;--line:#333c4d;--card:#1a2130;--page:#11161f;
        --good:#4cc38a;--note:#7aa7f0;--warning:#e0a03b;--error:#ff6b6b;--double:#c08af0;--used:#4d8fd6;--free:#27303f}}
        *{box-sizing:border-box}
        body{margin:0 auto;padding:2rem 1.5rem 4rem;max-width:64rem;color:var(--ink);background:var(--page);
        font:15px/1.5 system-ui,sans-serif}
        h1{margin:0;font-size:1.7rem}h2{margin:2.2rem 0 .6rem;font-size:1.15rem}
        .facts{color:var(--soft);margin:.2rem 0 1rem}
        .cards{display:flex;gap:.7rem;flex-wrap:wrap}
        .card{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.5rem 1rem;min-width:6.5rem}
        .card b{display:block;font-size:1.5rem;line-height:1.2}.card span{color:var(--soft)}
        .verdict{border-left:.3rem solid var(--good);padding:.4rem .9rem;margin:1rem 0;background:var(--card)}
        .verdict.bad{border-color:var(--error)}
        table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.25rem .8rem .25rem 0;vertical-align:top;
        border-bottom:1px solid var(--line)}th{color:var(--soft);font-weight:500}
        td.path{padding-left:calc(var(--depth)*1.2rem)}
        details{border:1px solid var(--line);border-radius:.5rem;margin:.5rem 0;padding:.5rem .9rem}
        summary{cursor:pointer}code,.place{font-family:ui-monospace,monospace;font-size:.92em}
        .place{color:var(--soft);margin:.1rem 0}
        .note{color:var(--note)}.warning{color:var(--warning)}.error,.fatal{color:var(--error)}.good{color:var(--good)}
        .used{fill:var(--used)}.free{fill:var(--free)}.leaked{fill:var(--warning)}.unprotected{fill:var(--error)}
        .twice{fill:var(--double)}.uncompared{fill:var(--soft)}
        .legend span{margin-right:1.1rem;white-space:nowrap}.legend i{display:inline-block;width:.8rem;height:.8rem;
        margin-right:.35rem;border-radius:2px;vertical-align:-.08rem}
        svg{width:100%;height:auto;display:block}
        """
}
