//! The noun for candidates.

use serde::{Deserialize, Serialize};

/// The noun for candidates in the program's own text.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CandidateNoun {
    /// Singular, such as `language`.
    pub one: String,
    /// Plural, such as `languages`.
    pub many: String,
}

impl Default for CandidateNoun {
    fn default() -> Self {
        Self { one: "candidate".to_owned(), many: "candidates".to_owned() }
    }
}

impl CandidateNoun {
    /// Returns a count with the noun: `1 language`, `3 languages`.
    pub fn counted(&self, count: usize) -> String {
        format!("{count} {}", if count == 1 { &self.one } else { &self.many })
    }
}
