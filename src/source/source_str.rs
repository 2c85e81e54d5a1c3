//! A string from a RON file that can be located in it.

use std::borrow::Cow;
use std::ops::Deref;

use serde::{Deserialize, Serialize};

/// Text that borrows from a file unless it contains an escape, so that [`super::Source::span_of`] can locate
/// it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SourceStr<'a>(#[serde(borrow)] Cow<'a, str>);

impl SourceStr<'_> {
    /// Returns a copy that does not borrow from the file.
    pub fn into_owned(self) -> SourceStr<'static> {
        SourceStr(Cow::Owned(self.0.into_owned()))
    }
}

impl Deref for SourceStr<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'a> From<&'a str> for SourceStr<'a> {
    fn from(text: &'a str) -> Self {
        Self(Cow::Borrowed(text))
    }
}

impl From<String> for SourceStr<'_> {
    fn from(text: String) -> Self {
        Self(Cow::Owned(text))
    }
}
