//! One arc of a round, as the checker reads it.

use crate::stage::Class;

/// One arc with its flow and the bounds that the stages so far have left.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    /// Its place in canonical order.
    pub(super) number: u32,
    pub(super) tail: u32,
    pub(super) head: u32,
    pub(super) lower: i64,
    pub(super) upper: i64,
    pub(super) flow: i64,
    /// The most it could carry before any stage.
    pub(super) most: i64,
    pub(super) kind: Kind,
    /// The position, in its list of the round, of what it stands for.
    pub(super) of: u32,
}

/// What an arc stands for, and so the list of the round that it was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An offer.
    Give,
    /// A span of offers → one of its lots.
    Spread,
    /// One of its lots → a span of needs.
    Gather,
    /// The part of a need that is of a class.
    Get(Class),
    /// A need → the floor of its unit and version.
    Feed,
    /// An obligation.
    Owe,
    /// The part of a floor that is of a class.
    Floor(Class),
    /// All of a class that a unit gets.
    Intake(Class),
    /// The pool → a unit.
    Room,
}

impl Line {
    pub(super) const fn can_change(&self) -> bool {
        self.lower < self.upper
    }

    pub(super) const fn can_rise(&self) -> bool {
        self.flow < self.upper
    }

    pub(super) const fn can_fall(&self) -> bool {
        self.flow > self.lower
    }

    /// The directions in which its flow can still change.
    pub(super) fn ways(&self) -> impl Iterator<Item = (u32, u32)> + Clone + use<> {
        let there = self.can_rise().then_some((self.tail, self.head));
        there.into_iter().chain(self.can_fall().then_some((self.head, self.tail)))
    }

    /// What meets a need or clears an obligation: the class that a second along the arc is of.
    pub(super) fn meets(&self) -> Option<Class> {
        match self.kind {
            Kind::Get(class) | Kind::Floor(class) => Some(class),
            Kind::Owe => Some(Class::Other),
            _ => None,
        }
    }
}
