//! One value for each id of one type.

use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

use serde::{Deserialize, Serialize};

use super::{CandidateId, OptionId, QuestionId};
use crate::id_set::SmallId;

/// One value for each id of one type, in file order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PerId<I, T> {
    values: Vec<T>,
    kind: PhantomData<fn() -> I>,
}

/// One value for each question.
pub type PerQuestion<T> = PerId<QuestionId, T>;
/// One value for each option of one question.
pub type PerOption<T> = PerId<OptionId, T>;
/// One value for each candidate.
pub type PerCandidate<T> = PerId<CandidateId, T>;

impl<I: SmallId, T> PerId<I, T> {
    /// Returns the same value for each of `count` ids.
    pub fn filled(count: usize, value: T) -> Self
    where
        T: Clone,
    {
        vec![value; count].into()
    }

    /// Returns the number of ids.
    pub fn count(&self) -> usize {
        self.values.len()
    }

    /// Returns the values in file order.
    pub fn values(&self) -> std::slice::Iter<'_, T> {
        self.values.iter()
    }

    /// Returns mutable references to the values in file order.
    pub fn values_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.values.iter_mut()
    }

    /// Returns each id with its value, in file order.
    pub fn iter(&self) -> impl Iterator<Item = (I, &T)> + Clone {
        self.values.iter().enumerate().map(|(index, value)| (I::from_index(index), value))
    }

    /// Appends the value of the next id.
    pub(crate) fn push(&mut self, value: T) {
        self.values.push(value);
    }
}

// A derive would require `I: Default` and `T: Default`.
impl<I, T> Default for PerId<I, T> {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl<I, T> From<Vec<T>> for PerId<I, T> {
    fn from(values: Vec<T>) -> Self {
        Self { values, kind: PhantomData }
    }
}

impl<I, T> FromIterator<T> for PerId<I, T> {
    fn from_iter<V: IntoIterator<Item = T>>(values: V) -> Self {
        values.into_iter().collect::<Vec<T>>().into()
    }
}

impl<I: SmallId, T> Index<I> for PerId<I, T> {
    type Output = T;

    fn index(&self, id: I) -> &T {
        &self.values[id.index()]
    }
}

impl<I: SmallId, T> IndexMut<I> for PerId<I, T> {
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.values[id.index()]
    }
}
