use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

/// How deep quotes and lists go; what lies deeper stands in the innermost one.
const DEPTH_MAX: usize = 5;

/// How people write what is shown so, in a line.
pub(crate) const WRITING: &str = "A blank line begins a paragraph. *So* stresses, - begins a list, > \
                                  quotes, `so` is code, [words](https://…) lead somewhere.";

/// What somebody wrote in a thread, as HTML: paragraphs, emphasis, lists, links, quotes and code of
/// Markdown. All else is shown as it was written: markup, pictures, headings, lines, templates.
///
/// Nothing of what was written becomes markup by itself: every element comes from the closed list
/// below, every letter is escaped, and nothing is left out. A link shows where it leads.
pub(crate) fn markdown(text: &str) -> String {
    let plain = with_definitions_shown(text);
    let mut written = Written { html: String::new(), open: Vec::new(), raw: 0 };
    for (event, range) in Parser::new_ext(&plain, Options::empty()).into_offset_iter() {
        let source = plain.get(range).unwrap_or_default();
        written.take(event, source);
    }
    written.html
}

/// Definitions of links would be left out of what is shown: their brackets are written out instead.
fn with_definitions_shown(text: &str) -> String {
    let parser = Parser::new_ext(text, Options::empty());
    let mut places: Vec<_> =
        parser.reference_definitions().iter().map(|(_, found)| found.span.start).collect();
    places.sort_unstable();
    let mut shown = text.to_owned();
    for place in places.into_iter().rev() {
        shown.insert(place, '\\');
    }
    shown
}

/// What has been written so far.
struct Written {
    html: String,
    /// What is open, outermost first; what is not shown as an element has an empty end.
    open: Vec<Open>,
    /// In how many elements we are that are shown as they were written.
    raw: usize,
}

/// An open element, and what ends it.
struct Open {
    end: TagEnd,
    html: String,
}

impl Written {
    fn take(&mut self, event: Event<'_>, source: &str) {
        match event {
            Event::Start(tag) => self.begin(&tag, source),
            Event::End(end) => self.end(end),
            _ if self.raw > 0 => {}
            // An entity such as `&amp;` is shown as it was written, so that none brings in a letter
            // that could not be written itself.
            Event::Text(_) if source.starts_with('&') => self.text(source),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::Code(code) => {
                self.html.push_str("<code>");
                self.text(&code);
                self.html.push_str("</code>");
            }
            Event::SoftBreak | Event::HardBreak => self.html.push_str("<br>\n"),
            Event::Rule => self.paragraph(source),
            Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => self.text(source),
        }
    }

    fn begin(&mut self, tag: &Tag<'_>, source: &str) {
        let end = tag.to_end();
        if self.raw > 0 {
            self.raw += 1;
            return;
        }
        let deep = self.containers() >= DEPTH_MAX;
        let (opens, closes) = match tag {
            Tag::BlockQuote(_) if !deep => ("<blockquote>", "</blockquote>\n"),
            Tag::List(None) if !deep => ("<ul>\n", "</ul>\n"),
            Tag::List(Some(first)) if !deep => return self.numbered(end, *first),
            Tag::Item if self.in_list() => ("<li>", "</li>\n"),
            Tag::BlockQuote(_) | Tag::List(_) | Tag::Item => ("", ""),
            Tag::Paragraph => ("<p>", "</p>\n"),
            Tag::HtmlBlock => ("<p class=\"said\">", "</p>\n"),
            Tag::Emphasis => ("<em>", "</em>"),
            Tag::Strong => ("<strong>", "</strong>"),
            Tag::CodeBlock(kind) => return self.code_block(end, kind),
            Tag::Link { link_type, dest_url, title, .. } => {
                return self.link(end, (*link_type, dest_url, title), source);
            }
            Tag::Image { .. } => return self.as_written(source),
            _ => {
                self.raw = 1;
                return self.paragraph(source);
            }
        };
        self.html.push_str(opens);
        self.open.push(Open { end, html: closes.to_owned() });
    }

    fn containers(&self) -> usize {
        let holds = |open: &&Open| {
            matches!(open.end, TagEnd::BlockQuote(_) | TagEnd::List(_)) && !open.html.is_empty()
        };
        self.open.iter().filter(holds).count()
    }

    /// Whether an item belongs to a list that is shown as one.
    fn in_list(&self) -> bool {
        let list = self.open.iter().rev().find(|open| matches!(open.end, TagEnd::List(_)));
        list.is_some_and(|open| !open.html.is_empty())
    }

    fn numbered(&mut self, end: TagEnd, first: u64) {
        self.html.extend(["<ol start=\"", &first.to_string(), "\">\n"]);
        self.open.push(Open { end, html: "</ol>\n".to_owned() });
    }

    fn code_block(&mut self, end: TagEnd, kind: &CodeBlockKind<'_>) {
        self.html.push_str("<pre><code>");
        if let CodeBlockKind::Fenced(what) = kind
            && !what.is_empty()
        {
            self.text(what);
            self.html.push('\n');
        }
        self.open.push(Open { end, html: "</code></pre>\n".to_owned() });
    }

    /// A link that leads where it says; anything else stands there as it was written.
    fn link(
        &mut self,
        end: TagEnd,
        (kind, address, title): (LinkType, &CowStr<'_>, &CowStr<'_>),
        source: &str,
    ) {
        let named = source.starts_with("[]");
        if named || !title.is_empty() || !may_lead_to(address) || kind == LinkType::Email {
            return self.as_written(source);
        }
        let href = escaped(address);
        self.html.extend(["<a href=\"", &href, "\" rel=\"nofollow noopener noreferrer\">"]);
        let shown = match kind {
            LinkType::Autolink => String::new(),
            _ => format!(" <span class=\"small\">({href})</span>"),
        };
        self.open.push(Open { end, html: format!("</a>{shown}") });
    }

    /// Shows what is about to begin as it was written, and nothing of what lies in it.
    fn as_written(&mut self, source: &str) {
        self.raw = 1;
        self.text(source);
    }

    fn paragraph(&mut self, source: &str) {
        self.html.push_str("<p class=\"said\">");
        self.text(source.trim_end());
        self.html.push_str("</p>\n");
    }

    fn end(&mut self, end: TagEnd) {
        if self.raw > 0 {
            self.raw -= 1;
            return;
        }
        if self.open.last().is_some_and(|open| open.end == end)
            && let Some(open) = self.open.pop()
        {
            self.html.push_str(&open.html);
        }
    }

    fn text(&mut self, text: &str) {
        self.html.push_str(&escaped(text));
    }
}

/// A link leads to an address of the web that is written out in plain letters.
fn may_lead_to(address: &str) -> bool {
    let plain = address.bytes().all(|byte| byte.is_ascii_graphic());
    plain && ["https://", "http://"].iter().any(|way| address.starts_with(way))
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&#38;"),
            '<' => safe.push_str("&#60;"),
            '>' => safe.push_str("&#62;"),
            '"' => safe.push_str("&#34;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_emphasis_lists_links_quotes_and_code_are_shown_as_such() {
        let text = "First *line*\nand **second**.\n\n> quoted\n\n1. one\n2. two\n\n- `a < b`\n\n\
                    ```\nlet a = 1;\n```\n\n[the mill](https://mill.test/a?b=1&c=2) <https://a.test>";
        insta::assert_snapshot!(markdown(text), @r#"
        <p>First <em>line</em><br>
        and <strong>second</strong>.</p>
        <blockquote><p>quoted</p>
        </blockquote>
        <ol start="1">
        <li>one</li>
        <li>two</li>
        </ol>
        <ul>
        <li><code>a &#60; b</code></li>
        </ul>
        <pre><code>let a = 1;
        </code></pre>
        <p><a href="https://mill.test/a?b=1&#38;c=2" rel="nofollow noopener noreferrer">the mill</a> <span class="small">(https://mill.test/a?b=1&#38;c=2)</span> <a href="https://a.test" rel="nofollow noopener noreferrer">https://a.test</a></p>
        "#);
    }

    #[test]
    fn what_markdown_does_not_mean_stands_as_it_was_written() {
        for text in [
            "<script>alert(1)</script>",
            "a <b onclick=\"x()\">bold</b> claim",
            "<img src=x onerror=alert(1)>",
            "![a picture](https://a.test/x.png)",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](&#106;avascript:alert(1))",
            "[x](data:text/html,<script>alert(1)</script>)",
            "[x](//a.test)",
            "[x](/sign-out)",
            "[x](https://a.test \"a title\")",
            "[](https://a.test)",
            "[x](https://a.t\u{e9}st)",
            "<javascript:alert(1)>",
            "# a heading",
            "a heading\n=========",
            "{{ 7 * 7 }} ${7 * 7} %s =1+1",
            "&amp; &lt; &#x202e; &nbsp;",
            "<!-- nobody reads this -->",
            "[a]: https://a.test \"hidden words\"",
            "| a | b |\n| - | - |",
            "~~no~~ [^1] - [ ] task $x$",
        ] {
            let html = markdown(text);
            assert_eq!(words_of(&html), words_of(&escaped(text)), "{html}");
            assert!(!html.contains("<a ") && !html.contains("<img"), "{html}");
        }
    }

    #[test]
    fn only_elements_of_the_closed_list_are_ever_written_and_each_is_closed() {
        let parts = [
            "*",
            "**",
            "_",
            "`",
            "```\n",
            "> ",
            "- ",
            "1. ",
            "\n",
            "\n\n",
            "    ",
            "[",
            "](",
            ")",
            "<",
            ">",
            "<b>",
            "</p>",
            "!",
            "#",
            "&lt;",
            "\\",
            "https://a.test",
            "javascript:",
            "\"",
            "'",
            "[a]: b",
            "===\n",
            "x",
            "<!--",
            "]]>",
            "<https://a.test>",
        ];
        let mut state = 7_u64;
        for _ in 0..20_000 {
            let mut text = String::new();
            for _ in 0..12 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let count = u64::try_from(parts.len()).unwrap();
                text.push_str(parts[usize::try_from((state >> 33) % count).unwrap()]);
            }
            assert_sound(&markdown(&text), &text);
        }
    }

    #[test]
    fn quotes_in_quotes_end_somewhere() {
        let html = markdown(&format!("{}deep", "> ".repeat(500)));
        assert_eq!(html.matches("<blockquote>").count(), DEPTH_MAX);
        let html = markdown(
            &(0..60).map(|n| format!("{}- x\n", "  ".repeat(n))).collect::<Vec<_>>().concat(),
        );
        assert_eq!(html.matches("<ul>").count(), DEPTH_MAX);
    }

    /// Elements are those of the list, nest, and carry no attribute but those that are written here.
    fn assert_sound(html: &str, text: &str) {
        let mut open: Vec<&str> = Vec::new();
        for part in html.split('<').skip(1) {
            let (element, _) = part.split_once('>').unwrap_or_else(|| panic!("{text:?}: {html}"));
            if let Some(name) = element.strip_prefix('/') {
                assert_eq!(open.pop(), Some(name), "{text:?}: {html}");
                continue;
            }
            let (name, rest) = element.split_once(' ').unwrap_or((element, ""));
            let fits = match name {
                "p" => rest.is_empty() || rest == "class=\"said\"",
                "span" => rest == "class=\"small\"",
                "ol" => rest.starts_with("start=\""),
                "a" => {
                    rest.starts_with("href=\"http")
                        && rest.ends_with("rel=\"nofollow noopener noreferrer\"")
                        && rest.matches('"').count() == 4
                }
                "br" => true,
                "em" | "strong" | "ul" | "li" | "blockquote" | "pre" | "code" => rest.is_empty(),
                _ => false,
            };
            assert!(fits, "{text:?}: {html}");
            if name != "br" {
                open.push(name);
            }
        }
        assert_eq!(open, Vec::<&str>::new(), "{text:?}: {html}");
    }

    /// What a reader reads, without elements and blanks.
    fn words_of(html: &str) -> String {
        let parts = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
        let words: String = parts.collect();
        words.chars().filter(|letter| !letter.is_whitespace()).collect()
    }
}
