//! An index of the lines and strings of a text, built once.
//!
//! A malicious file can have thousands of errors. Searching for each from the start of the text would take
//! quadratic time.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use super::scan::Scan;

/// An index built on first use.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    lines: OnceLock<Vec<usize>>,
    strings: OnceLock<HashMap<String, Range<usize>>>,
}

impl Index {
    /// Returns the offsets at which lines begin.
    pub fn lines(&self, text: &str) -> &[usize] {
        self.lines.get_or_init(|| {
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
        })
    }

    /// Returns the span of the first string with this content that contains an escape.
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
