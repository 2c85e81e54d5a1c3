//! Where lines and strings of a text begin, found once however often it is asked.
//!
//! A file made to be wrong has thousands of places to be spoken of, and looking for each from the start of
//! the text takes a time that grows with the square of its size.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use super::scan::Scan;

/// Filled in when it is first needed.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    lines: OnceLock<Vec<usize>>,
    strings: OnceLock<HashMap<String, Range<usize>>>,
}

impl Index {
    /// The offsets at which lines begin.
    pub fn lines(&self, text: &str) -> &[usize] {
        self.lines.get_or_init(|| {
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
        })
    }

    /// Where the first string stands that has an escape in it and this content.
    pub fn string(&self, text: &str, content: &str) -> Option<Range<usize>> {
        let strings = self.strings.get_or_init(|| {
            let mut strings = HashMap::new();
            for span in Scan::of(text).strings {
                let string = &text[span.clone()];
                if string.contains('\\')
                    && let Ok(content) = ron::from_str::<String>(string)
                {
                    strings.entry(content).or_insert(span);
                }
            }
            strings
        });
        strings.get(content).cloned()
    }
}
