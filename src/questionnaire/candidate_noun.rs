//! What candidates are called.

use serde::{Deserialize, Serialize};

/// What candidates are called where the words of the program speak of them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CandidateNoun {
    /// One of them, such as `language`.
    pub one: String,
    /// Several, such as `languages`.
    pub many: String,
}

impl Default for CandidateNoun {
    fn default() -> Self {
        Self { one: "candidate".to_owned(), many: "candidates".to_owned() }
    }
}

impl CandidateNoun {
    /// Returns a number of them: `1 language`, `3 languages`.
    pub fn counted(&self, count: usize) -> String {
        format!("{count} {}", if count == 1 { &self.one } else { &self.many })
    }
}
