use std::ops::{Index, IndexMut};

/// The position of an option in the list of a [`crate::Poll`], from nought.
///
/// What a ballot can choose is an option; Rust has another use for that word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Choice(pub u16);

impl Choice {
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        reason = "a poll has at most 1,000 options"
    )]
    pub(crate) const fn at(position: usize) -> Self {
        Self(position as u16)
    }

    /// The position as an index.
    #[expect(clippy::as_conversions, reason = "widening")]
    pub const fn position(self) -> usize {
        self.0 as usize
    }
}

/// One value for each option of a poll, in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PerChoice<T>(Vec<T>);

impl<T> PerChoice<T> {
    pub(crate) fn filled(value: T, choices: usize) -> Self
    where
        T: Clone,
    {
        Self(vec![value; choices])
    }

    /// How many options there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no options.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The options with their values, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (Choice, &T)> {
        self.0.iter().enumerate().map(|(at, value)| (Choice::at(at), value))
    }

    /// The values, in order of the options.
    pub fn values(&self) -> &[T] {
        &self.0
    }

    pub(crate) fn values_mut(&mut self) -> &mut [T] {
        &mut self.0
    }
}

impl<T> FromIterator<T> for PerChoice<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self(values.into_iter().collect())
    }
}

/// INVARIANT: a choice is only used with values of the poll it was made for, so it lies inside.
impl<T> Index<Choice> for PerChoice<T> {
    type Output = T;

    #[inline]
    #[expect(clippy::indexing_slicing, reason = "the invariant above; checked in every build")]
    fn index(&self, choice: Choice) -> &T {
        &self.0[choice.position()]
    }
}

impl<T> IndexMut<Choice> for PerChoice<T> {
    #[inline]
    #[expect(clippy::indexing_slicing, reason = "the invariant above; checked in every build")]
    fn index_mut(&mut self, choice: Choice) -> &mut T {
        &mut self.0[choice.position()]
    }
}
