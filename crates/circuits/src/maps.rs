//! Typed indices, and vectors indexed by them.
//!
//! The inner loops of the solver and of the checker index by [`Node`] and [`Arc`] only, so that the
//! exception from the lints against indexing and conversions stands here and nowhere else.

use std::marker::PhantomData;
use std::ops::{Index, IndexMut, Range};

/// A number that points into a [`Map`].
pub(crate) trait Key: Copy {
    /// The key at a position. Positions beyond `u32` are refused where a round is made.
    fn at(position: usize) -> Self;
    /// The position of the key.
    fn position(self) -> usize;
}

macro_rules! key {
    ($(#[$doc:meta])* $visible:vis $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $visible struct $name(pub u32);

        impl From<$name> for u32 {
            fn from(key: $name) -> Self {
                key.0
            }
        }

        impl Key for $name {
            #[expect(
                clippy::as_conversions,
                clippy::cast_possible_truncation,
                reason = "a round holds fewer than 2³² of anything"
            )]
            fn at(position: usize) -> Self {
                Self(position as u32)
            }

            #[expect(clippy::as_conversions, reason = "widening")]
            fn position(self) -> usize {
                self.0 as usize
            }
        }
    };
}

key! {
    /// The position of a unit in the list that a round was made from.
    pub UnitIndex
}
key! {
    /// The position of a version in the list that a round was made from.
    pub VersionIndex
}
key! {
    /// A node of a network: a unit, a lot or the pool.
    pub(crate) Node
}
key! {
    /// The place of an arc in the list of those that are free.
    pub(crate) Slot
}
key! {
    /// An arc of a network.
    pub(crate) Arc
}
key! {
    /// The position of a thing in the list that swaps were asked for.
    pub ThingIndex
}
key! {
    /// What passes in steps of one worth, while a plan is turned into whole steps.
    pub(crate) LotKey
}
key! {
    /// A wish in a lot that it reaches, while a plan is turned into whole steps.
    pub(crate) SideKey
}
key! {
    /// A giver and a receiver of one lot.
    pub(crate) PairKey
}
key! {
    /// An offer, a need, or one end of an obligation.
    pub(crate) WishKey
}
key! {
    /// A part of an arc that is worth the same from end to end, while a round is solved again.
    pub(crate) Piece
}
key! {
    /// One direction of such a part.
    pub(crate) Hop
}

/// A vector indexed by one kind of key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Map<K, V> {
    values: Vec<V>,
    key: PhantomData<K>,
}

pub(crate) type NodeMap<V> = Map<Node, V>;
pub(crate) type ArcMap<V> = Map<Arc, V>;

impl<K: Key, V> Map<K, V> {
    pub(crate) fn filled(value: V, len: usize) -> Self
    where
        V: Clone,
    {
        Self::from(vec![value; len])
    }

    pub(crate) fn with_capacity(len: usize) -> Self {
        Self::from(Vec::with_capacity(len))
    }

    pub(crate) fn push(&mut self, value: V) -> K {
        self.values.push(value);
        K::at(self.values.len() - 1)
    }

    /// Keeps only some of the values, which then move up.
    pub(crate) fn retain(&mut self, keeps: impl FnMut(&V) -> bool) {
        self.values.retain(keeps);
    }

    pub(crate) fn len(&self) -> usize {
        self.values.len()
    }

    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = (K, &V)> {
        self.values.iter().enumerate().map(|(i, v)| (K::at(i), v))
    }

    pub(crate) fn values(&self) -> &[V] {
        &self.values
    }

    pub(crate) fn values_mut(&mut self) -> &mut [V] {
        &mut self.values
    }

    pub(crate) fn into_values(self) -> Vec<V> {
        self.values
    }
}

impl<K, V> From<Vec<V>> for Map<K, V> {
    fn from(values: Vec<V>) -> Self {
        Self { values, key: PhantomData }
    }
}

/// INVARIANT: a key is only used with maps of the network it was made for, so it lies inside.
impl<K: Key, V> Index<K> for Map<K, V> {
    type Output = V;

    #[inline]
    #[expect(clippy::indexing_slicing, reason = "the invariant above; checked in every build")]
    fn index(&self, key: K) -> &V {
        &self.values[key.position()]
    }
}

impl<K: Key, V> IndexMut<K> for Map<K, V> {
    #[inline]
    #[expect(clippy::indexing_slicing, reason = "the invariant above; checked in every build")]
    fn index_mut(&mut self, key: K) -> &mut V {
        &mut self.values[key.position()]
    }
}

impl<K: Key, V> Index<Range<K>> for Map<K, V> {
    type Output = [V];

    #[inline]
    #[expect(clippy::indexing_slicing, reason = "the invariant above; checked in every build")]
    fn index(&self, keys: Range<K>) -> &[V] {
        &self.values[keys.start.position()..keys.end.position()]
    }
}

/// A row of values for each key, all equally long.
#[derive(Debug, Clone)]
pub(crate) struct Rows<K, V> {
    values: Vec<V>,
    width: usize,
    key: PhantomData<K>,
}

impl<K: Key, V: Clone> Rows<K, V> {
    pub(crate) fn filled(value: V, len: usize, width: usize) -> Self {
        Self { values: vec![value; len * width], width, key: PhantomData }
    }

    /// Room for so many rows.
    pub(crate) fn with_capacity(len: usize, width: usize) -> Self {
        Self { values: Vec::with_capacity(len * width), width, key: PhantomData }
    }

    /// How many rows there are; none where they have no values.
    pub(crate) fn len(&self) -> usize {
        self.values.len().checked_div(self.width).unwrap_or(0)
    }

    /// How many values a row has.
    pub(crate) const fn width(&self) -> usize {
        self.width
    }

    /// Adds a row, or several, of as many values as every row has.
    pub(crate) fn extend(&mut self, row: impl Iterator<Item = V>) {
        self.values.extend(row);
    }
}

/// INVARIANT: as for a [`Map`].
impl<K: Key, V> Index<K> for Rows<K, V> {
    type Output = [V];

    #[inline]
    #[expect(clippy::indexing_slicing, reason = "the invariant of a map; checked in every build")]
    fn index(&self, key: K) -> &[V] {
        &self.values[key.position() * self.width..][..self.width]
    }
}

impl<K: Key, V> IndexMut<K> for Rows<K, V> {
    #[inline]
    #[expect(clippy::indexing_slicing, reason = "the invariant of a map; checked in every build")]
    fn index_mut(&mut self, key: K) -> &mut [V] {
        &mut self.values[key.position() * self.width..][..self.width]
    }
}
