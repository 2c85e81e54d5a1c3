//! The choices a question allows; must not know what they are worth.

use crate::questionnaire::OptionSet;
use crate::set::Set;

/// What can be chosen of a question, or of some of its options.
pub(super) enum Choices {
    /// These, each with the number of changes it costs.
    Listed(Vec<(OptionSet, u32)>),
    /// Nothing if allowed, an option that stands alone, or any non-empty set of the others; with
    /// what is chosen today, which costs nothing.
    Sets { nothing: bool, alone: OptionSet, together: OptionSet, today: Option<OptionSet> },
}

impl Choices {
    /// Returns all choices with their costs; nothing if there are too many.
    pub fn listed(&self) -> Option<Vec<(OptionSet, u32)>> {
        match self {
            Self::Listed(choices) => Some(choices.clone()),
            Self::Sets { nothing, alone, together, today } => {
                if together.len() > 16 {
                    return None;
                }
                let sets = alone.iter().map(Set::only).chain(non_empty_subsets(*together));
                let priced = sets.map(|set| (set, u32::from(today.is_some_and(|today| today != set))));
                Some(nothing.then_some((OptionSet::EMPTY, 0)).into_iter().chain(priced).collect())
            }
        }
    }
}

fn non_empty_subsets(options: OptionSet) -> impl Iterator<Item = OptionSet> {
    let bits = options.bits();
    let mut subset = 0_u64;
    std::iter::from_fn(move || {
        subset = subset.wrapping_sub(bits) & bits;
        (subset != 0).then(|| Set::from_bits(subset))
    })
}

/// Returns every pair of choices, joined.
pub(super) fn product(left: &[(OptionSet, u32)], right: &[(OptionSet, u32)]) -> Vec<(OptionSet, u32)> {
    let pairs = left.iter().flat_map(|left| right.iter().map(move |right| (left, right)));
    pairs.map(|(left, right)| (left.0.union(right.0), left.1 + right.1)).collect()
}
