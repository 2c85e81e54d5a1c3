//! Tests untrusted text in every kind of record: it is shown exactly and changes nothing else. Must not
//! rely on the escapers' own model of a format.

use langfit::answers::Subject;
use langfit::record::{Dialect, RecordOptions, escape_markdown, escape_markdown_link};
use langfit::sanitize::sanitize_line;
use langfit::session::Session;
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::{DIALECTS, full, written};
use crate::support::sample;

/// Number of strings that each escaper is tested with.
pub const STRINGS: usize = 20_000;

/// Pieces of text that have a meaning in some format.
const PIECES: [&str; 70] = [
    "a",
    "Z9",
    " ",
    "  ",
    "\n",
    "\t",
    "\\",
    "`",
    "```",
    "~~~",
    "*",
    "**",
    "_",
    "__",
    "[",
    "]",
    "](x)",
    "![x](y)",
    "|",
    "~~",
    "#",
    "## ",
    "!",
    "-",
    "- [ ] ",
    "+ ",
    "=",
    "===",
    "---",
    "1. ",
    "12) ",
    ".",
    ")",
    "&",
    "&amp;",
    "&#35;",
    "<",
    ">",
    "<b>",
    "<script>",
    "</svg>",
    "<!--",
    "-->",
    "]]>",
    "\"",
    "'",
    "{{ 7*7 }}",
    "{% if %}",
    "$x$",
    "^",
    "https://a.b/{c}",
    "https://a.b/[c](d)",
    "{",
    "https://a.b/c_d",
    "http://a.b?c=d&e=(f)",
    "HTTPS://a.b/&lt;",
    "https://",
    "https://a.b/\u{e9}",
    "ftp://a.b",
    "(",
    "R&D",
    "\u{201d}",
    "%",
    "a < b > c",
    "www.a.b",
    "a@b.cd",
    ":",
    "\u{1b}[31m",
    "\u{202e}",
    "\u{e9}\u{301}",
];

/// Returns random strings made of these pieces, the same ones in every run.
pub fn strings(count: usize) -> Vec<String> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    let mut string = || (0..=next(8)).map(|_| PIECES[next(PIECES.len())]).collect::<String>();
    (0..count).map(|_| string()).collect()
}

/// Markdown shows the exact characters in every place where a template inserts text.
#[test]
fn markdown_shows_the_very_characters() {
    for string in strings(STRINGS) {
        let expected = sanitize_line(&string).trim().to_owned();
        if expected.is_empty() {
            continue;
        }
        let (text, link) = (escape_markdown(&string), escape_markdown_link(&string));
        let page = format!(
            "# {text}\n\n{text}\n\n* {text}\n* x: {text}\n\n  > {text}\n\n[{link}](y.md).\n\n| {text} | b |\n| --- | --- |\n| {text} | b |\n"
        );
        let blocks = blocks(&page, &string);
        let x = format!("x: {expected}");
        let dot = format!("{expected}.");
        let texts: Vec<&str> =
            vec![&expected, &expected, &expected, &x, &expected, &dot, &expected, "b", &expected, "b"];
        assert_eq!(blocks, texts, "{string:?} as\n{page}");
    }
}

/// Returns whether a link is a web address without characters that could end it or start a template.
fn is_address(url: &str) -> bool {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https"))
        && !url.contains(|it: char| it.is_whitespace() || it.is_control() || "<>\\`|\"".contains(it))
        && ["{{", "{%", "{#", "](", "]["].iter().all(|it| !url.contains(it))
}

/// Checks the exact escapes, because some readers show unusual escapes literally.
#[test]
fn markdown_is_escaped_as_readers_show_it() {
    for (text, escaped) in [
        ("{{ 7*7 }} {% if %}", "\\{\\{ 7\\*7 \\}\\} \\{% if %\\}"),
        ("$x$ costs 5 $ or 2^10", "$x$ costs 5 $ or 2^10"),
        ("ada@example.org", "ada@example.org"),
        ("R&D & Q&A; &amp; &#35;", "R&D & Q&amp;A; &amp;amp; &amp;\\#35;"),
        ("a < b > c <3 <= ->", "a < b > c <3 <= ->"),
        ("<b> </b> <!-- <?", "&lt;b> &lt;/b> &lt;\\!-- &lt;?"),
        ("> quoted", "\\> quoted"),
        ("x<", "x&lt;"),
        ("x&", "x&amp;"),
        ("www.a.b", "www\\.a.b"),
        ("ftp://a.b", "ftp://a.b"),
        // The backslash after the colon prevents a link, in which readers would show the other backslash.
        ("ftp://a.b/c_d", "ftp:\\//a.b/c\\_d"),
    ] {
        assert_eq!(escape_markdown(text), escaped, "{text}");
    }
}

/// A web address becomes a link, without the punctuation around it.
#[test]
fn addresses_are_links() {
    for (text, escaped) in [
        ("https://a.b/c_d", "<https://a.b/c_d>"),
        ("HTTP://A.B", "<HTTP://A.B>"),
        ("See https://a.b/c, then.", "See <https://a.b/c>, then."),
        ("See https://a.b/c.", "See <https://a.b/c>."),
        ("(https://a.b/c)", "(<https://a.b/c>)"),
        ("https://a.b/c_(d)", "<https://a.b/c_(d)>"),
        ("https://a.b/c_(d).)", "<https://a.b/c_(d)>.)"),
        ("\u{201c}https://a.b\u{201d}", "\u{201c}<https://a.b>\u{201d}"),
        ("**https://a.b**", "\\*\\*<https://a.b>\\*\\*"),
        ("<https://a.b>", "&lt;<https://a.b>>"),
        ("[x](https://a.b)", "\\[x\\](<https://a.b>)"),
        ("https://a.b?c=d&e=f#g", "<https://a.b?c=d&e=f#g>"),
        ("https://a.b/%20;x", "<https://a.b/%20;x>"),
        // Addresses as they occur in practice.
        ("https://a.b/\u{e9}", "<https://a.b/\u{e9}>"),
        ("https://\u{4f8b}.b/\u{8a00}\u{3002}", "<https://\u{4f8b}.b/\u{8a00}>\u{3002}"),
        ("https://a.b/e\u{301}", "<https://a.b/e\u{301}>"),
        ("https://a.b/{id}/c", "<https://a.b/{id}/c>"),
        ("https://a.b/{id}", "<https://a.b/{id}>"),
        ("https://a.b?c[]=d&c[1]", "<https://a.b?c[]=d&c[1]>"),
        ("http://[::1]:80/x", "<http://[::1]:80/x>"),
        ("https://a.b/c^d$e", "<https://a.b/c^d$e>"),
        ("https://a.b/%zz", "<https://a.b/%zz>"),
        ("[see https://a.b]", "\\[see <https://a.b>\\]"),
        ("{https://a.b}", "\\{<https://a.b>\\}"),
        // A link to part of an address would lead elsewhere, so there is none.
        ("https://a.b/{{id}}", "https:\\//a.b/\\{\\{id\\}\\}"),
        ("https://a.b/{%id%}", "https:\\//a.b/\\{%id%\\}"),
        ("https://a.b/&lt;x", "https:\\//a.b/&amp;lt;x"),
        ("https://a.b/c\\d", "https:\\//a.b/c\\\\d"),
        ("xhttps://a.b", "xhttps://a.b"),
        ("https://", "https://"),
        ("https://...", "https://..."),
        ("javascript://a.b", "javascript://a.b"),
    ] {
        assert_eq!(escape_markdown(text), escaped, "{text}");
        assert_eq!(escape_markdown(&format!("{text} {text}")), format!("{escaped} {escaped}"), "twice");
        assert!(!escape_markdown_link(text).contains("<http"), "a link holds no other link");
    }
}

/// Returns all Markdown extensions except smart punctuation, formulas and superscript. Formulas are not
/// escaped, because some readers would show the backslash.
pub fn extensions() -> Options {
    let formulas = Options::ENABLE_MATH | Options::ENABLE_SUPERSCRIPT;
    Options::all().difference(Options::ENABLE_SMART_PUNCTUATION | formulas)
}

/// Returns the texts of a page, block by block. Fails on anything that is not text.
#[track_caller]
fn blocks(page: &str, string: &str) -> Vec<String> {
    let mut blocks = vec![String::new()];
    for event in Parser::new_ext(page, extensions()) {
        match event {
            Event::Text(text) => blocks.last_mut().expect("there is one").push_str(&text),
            Event::Start(Tag::Link { dest_url, .. }) if &*dest_url == "y.md" => {}
            // An address in the text, shown unchanged.
            Event::Start(Tag::Link { link_type: LinkType::Autolink, dest_url, .. })
                if string.contains(&*dest_url) && is_address(&dest_url) => {}
            Event::End(TagEnd::Link) => {}
            Event::Start(
                Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::Item
                | Tag::List(None)
                | Tag::BlockQuote(None)
                | Tag::Table(_)
                | Tag::TableHead
                | Tag::TableRow
                | Tag::TableCell,
            )
            | Event::End(_) => blocks.push(String::new()),
            other => panic!("{other:?} from {string:?} in\n{page}"),
        }
    }
    blocks.retain(|block| !block.is_empty());
    blocks
}

/// Returns a session with these strings in the places where a user can write.
fn hostile(strings: &mut impl Iterator<Item = String>) -> Session {
    let sample = sample();
    let mut session = full();
    let mut next = || format!("x{}x", strings.next().expect("there are enough"));
    session.details.title = next();
    session.details.system = next();
    session.details.deciders = vec![next(), next()];
    for part in session.answers.part_ids() {
        let name = format!("{}{}", part.index(), next());
        session.rename_part(part, &name);
    }
    for question in ["draw", "ecosystem", "load"] {
        let question = sample.find(question).expect("it is asked");
        let note = &mut session.answers.given_mut(question).note;
        if !note.is_empty() {
            *note = next().replace('\n', " ");
        }
    }
    let owner = sample.find("own-owner").expect("it is asked");
    session.answers.set(owner, Subject::System, langfit::answers::Answer::Text(next().replace('\n', " ")));
    session
}

/// Hostile texts leave the headings, lists, tables and tags of a record the same as plain words do.
#[test]
fn no_text_changes_the_shape_of_a_record() {
    let mut plain = ["word"].into_iter().cycle().map(str::to_owned);
    let plain = hostile(&mut plain);
    let shapes = DIALECTS.map(|dialect| shape(&written(&plain, &RecordOptions::new(dialect)), dialect));
    let mut strings = strings(2000).into_iter();
    for _ in 0..12 {
        let hostile = hostile(&mut strings);
        for (dialect, plain) in DIALECTS.into_iter().zip(&shapes) {
            let hostile = written(&hostile, &RecordOptions::new(dialect));
            assert_eq!(&shape(&hostile, dialect), plain, "{dialect:?}:\n{hostile}");
        }
    }
}

fn shape(record: &str, dialect: Dialect) -> Vec<String> {
    if dialect == Dialect::Html {
        let tags = record.split('<').skip(1);
        return tags.map(|tag| tag.split(['>', ' ']).next().unwrap_or(tag).to_owned()).collect();
    }
    // The front matter is not Markdown. `records::readers` checks its names.
    let body =
        record.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).map_or(record, |it| it.1);
    let structure = |event: Event<'_>| match event {
        // An address in a text is a link, and counts as text.
        Event::Text(_)
        | Event::Start(Tag::Link { link_type: LinkType::Autolink, .. })
        | Event::End(TagEnd::Link) => None,
        Event::Start(tag) => Some(format!("{tag:?}")),
        event => Some(format!("{event:?}")),
    };
    Parser::new_ext(body, extensions()).filter_map(structure).collect()
}
