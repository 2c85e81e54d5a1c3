//! Wraps and cuts text to a width, for all panes and pages. Must not choose styles.

use std::collections::BTreeSet;

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

/// Wraps text into lines of at most `width` columns; longer words are broken.
pub fn wrap(text: &str, width: u16) -> Vec<String> {
    // Scripts without spaces break according to Unicode (UAX 14). ASCII text, which is most of it, breaks at
    // spaces, because that takes a tenth of the time.
    let separator =
        if text.is_ascii() { WordSeparator::AsciiSpace } else { WordSeparator::UnicodeBreakProperties };
    let options = Options::new(usize::from(width.max(1)))
        .word_separator(separator)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    text.split('\n')
        .flat_map(|line| match textwrap::wrap(line, &options) {
            lines if lines.is_empty() => vec![String::new()],
            lines => lines.into_iter().map(std::borrow::Cow::into_owned).collect(),
        })
        .collect()
}

/// Wraps styled text after a prefix; further lines are indented by the width of the prefix.
pub fn hang(prefix: Vec<Span<'static>>, text: &str, style: Style, width: u16) -> Vec<Line<'static>> {
    let indent = prefix.iter().map(Span::width).sum::<usize>();
    let room = usize::from(width).saturating_sub(indent).max(1) as u16;
    let mut prefix = Some(prefix);
    wrap(text, room)
        .into_iter()
        .map(|line| {
            let mut spans = prefix.take().unwrap_or_else(|| vec![Span::raw(" ".repeat(indent))]);
            spans.push(Span::styled(line, style));
            Line::from(spans)
        })
        .collect()
}

/// Wraps styled text.
pub fn paragraph(text: &str, style: Style, width: u16) -> Vec<Line<'static>> {
    hang(Vec::new(), text, style, width)
}

/// Cuts names to a width, keeping them distinct if possible. Names with the same beginning keep as much of
/// their ends as necessary.
pub fn cut_apart(names: &[&str], width: usize) -> Vec<String> {
    let distinct = |cut: &[String]| cut.iter().collect::<BTreeSet<_>>().len();
    let plain: Vec<String> = names.iter().map(|name| cut(name, width)).collect();
    let alike = |short: &String| plain.iter().filter(|it| *it == short).count() > 1;
    let ending_in = |tail: usize| -> Vec<String> {
        let pairs = names.iter().zip(&plain);
        pairs
            .map(|(name, short)| if alike(short) { cut_within(name, width, tail) } else { short.clone() })
            .collect()
    };
    // Among equal results, `max_by_key` returns the last, which has the shortest ends.
    (0..width.saturating_sub(1)).rev().map(ending_in).max_by_key(|cut| distinct(cut)).unwrap_or(plain)
}

/// Cuts text to a width, keeping at most `tail` columns of its end.
fn cut_within(text: &str, width: usize, tail: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let (mut begin, mut room) = (text.len(), tail);
    for (at, grapheme) in text.grapheme_indices(true).rev() {
        let Some(left) = room.checked_sub(grapheme.width()) else { break };
        (begin, room) = (at, left);
    }
    let end = &text[begin..];
    cut(&text[..begin], width - end.width()) + end
}

/// Cuts text to a width, with an ellipsis in place of the rest.
pub fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    for grapheme in text.graphemes(true) {
        if out.width() + grapheme.width() + 1 > width {
            break;
        }
        out.push_str(grapheme);
    }
    if width > 0 {
        out.push('…');
    }
    out
}
