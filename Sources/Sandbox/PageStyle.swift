/// How the page looks, by day and by night.
enum PageStyle {
    static let css = """
        :root { color-scheme: light dark; --line: #ccc; --soft: #595959; --paper: #fff; --ink: #222; --tint: #eef2f7; --link: #0645ad }
        @media (prefers-color-scheme: dark) {
        :root { --line: #444; --soft: #aaa; --paper: #111; --ink: #eee; --tint: #1d242c; --link: #8cf }
        }
        body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; color: var(--ink); background: var(--paper) }
        a { color: var(--link) } small, .none { color: var(--soft) }
        main { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: 1.5rem }
        article { border: 1px solid var(--line); border-radius: .5rem; padding: .75rem 1rem; margin-bottom: 1rem }
        .post p { white-space: pre-wrap; overflow-wrap: anywhere; margin: .25rem 0 }
        .answer { border-left: 2px solid var(--line); margin: .75rem 0 0 .25rem; padding-left: .75rem }
        .label { background: var(--tint); border-radius: 1rem; font-size: .8rem; padding: .05rem .5rem; margin: 0 .25rem .25rem 0; display: inline-block; white-space: normal }
        .media { list-style: none; margin: .5rem 0; padding: 0; display: grid; gap: .5rem }
        .many { grid-template-columns: 1fr 1fr } figure { margin: 0 }
        .media img, .still { border-radius: .4rem; display: block; width: 100%; max-height: 20rem; object-fit: cover; background: var(--tint) }
        .still { font-size: 3rem; line-height: 8rem; text-align: center; color: var(--soft) }
        .poll, .card { border: 1px solid var(--line); border-radius: .4rem; padding: .5rem .75rem; margin: .5rem 0; overflow-wrap: anywhere }
        .poll ol { list-style: none; margin: .25rem 0; padding: 0 } .poll li { background: var(--tint); border-radius: .3rem; padding: .2rem .5rem; margin: .25rem 0 }
        """
}
