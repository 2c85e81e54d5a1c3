//! Typed sets of up to 64 ids, each stored as the bits of one machine word.

use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

/// An id that wraps an index. Only ids below 64 can be members of an [`IdSet`].
pub trait SmallId: Copy {
    /// Creates the id from a position in file order.
    fn from_index(index: usize) -> Self;
    /// Returns the position in file order.
    fn index(self) -> usize;
}

/// A bitset of ids of one type, in file order.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct IdSet<T> {
    bits: u64,
    kind: PhantomData<fn() -> T>,
}

impl<T: SmallId> IdSet<T> {
    /// The empty set.
    pub const EMPTY: Self = Self::from_bits(0);

    /// Creates a set from a word in which bit `i` is set if id `i` is a member.
    pub const fn from_bits(bits: u64) -> Self {
        Self { bits, kind: PhantomData }
    }

    /// Returns the set as a word in which bit `i` is set if id `i` is a member.
    pub const fn bits(self) -> u64 {
        self.bits
    }

    /// Returns the set of the first `count` ids.
    pub const fn first(count: usize) -> Self {
        Self::from_bits(if count >= 64 { u64::MAX } else { (1 << count) - 1 })
    }

    /// Returns the set that contains only `id`.
    pub fn only(id: T) -> Self {
        Self::from_bits(1 << id.index())
    }

    /// Returns whether `id` is a member.
    pub fn contains(self, id: T) -> bool {
        self.bits & (1 << id.index()) != 0
    }

    /// Returns whether the set is empty.
    pub const fn is_empty(self) -> bool {
        self.bits == 0
    }

    /// Returns the number of members.
    pub const fn len(self) -> usize {
        self.bits.count_ones() as usize
    }

    /// Adds `id`.
    pub fn insert(&mut self, id: T) {
        self.bits |= 1 << id.index();
    }

    /// Removes `id`.
    pub fn remove(&mut self, id: T) {
        self.bits &= !(1 << id.index());
    }

    /// Returns the ids that are in either set.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self::from_bits(self.bits | other.bits)
    }

    /// Returns the ids that are in both sets.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        Self::from_bits(self.bits & other.bits)
    }

    /// Returns the members that are not in `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self::from_bits(self.bits & !other.bits)
    }

    /// Returns whether every member of `other` is a member of this set.
    pub const fn contains_all(self, other: Self) -> bool {
        self.bits & other.bits == other.bits
    }

    /// Returns the members in file order.
    pub fn iter(self) -> impl Iterator<Item = T> {
        let mut rest = self.bits;
        std::iter::from_fn(move || {
            (rest != 0).then(|| {
                let index = rest.trailing_zeros() as usize;
                rest &= rest - 1;
                T::from_index(index)
            })
        })
    }

    /// Returns the member if there is exactly one, otherwise `None`.
    pub fn single(self) -> Option<T> {
        (self.bits.is_power_of_two()).then(|| T::from_index(self.bits.trailing_zeros() as usize))
    }
}

impl<T: SmallId> FromIterator<T> for IdSet<T> {
    fn from_iter<I: IntoIterator<Item = T>>(ids: I) -> Self {
        ids.into_iter().fold(Self::EMPTY, |mut set, id| {
            set.insert(id);
            set
        })
    }
}

impl<T: SmallId> Default for IdSet<T> {
    fn default() -> Self {
        Self::EMPTY
    }
}
impl<T: SmallId> fmt::Debug for IdSet<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.iter().map(SmallId::index)).finish()
    }
}
