use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::act::NewKey;
use crate::rows::Person;
use crate::{Id, Time};

/// Who can help somebody to a new key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Helpers {
    /// The helpers.
    pub persons: BTreeSet<Id<Person>>,
    /// How many of them it takes.
    pub needed: u8,
}

/// A new key on its way to somebody who has lost theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recovery {
    /// For whom.
    pub person: Id<Person>,
    /// The key that is to replace all theirs.
    pub key: NewKey,
    /// Who could help when the first of them signed; naming others changes nothing here.
    pub helpers: Helpers,
    /// Who has signed.
    pub signed: BTreeSet<Id<Person>>,
    /// What it waits for.
    pub waiting: Waiting,
}

/// What a recovery waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Waiting {
    /// For more helpers.
    Signatures,
    /// For the end of two days in which an old key can say no.
    Veto {
        /// When the key comes into use, if none does.
        until: Time,
    },
    /// An old key has said no: for two thirds of the helpers to sign again.
    SecondPetition {
        /// When the key comes into use, if they have.
        until: Time,
        /// Who has.
        again: BTreeSet<Id<Person>>,
    },
}

impl Helpers {
    /// How many of them it takes against an old key's veto: two thirds, and no fewer than without.
    pub fn needed_again(&self) -> usize {
        (self.persons.len() * 2).div_ceil(3).max(usize::from(self.needed))
    }
}

impl Recovery {
    /// Until when it waits; none while helpers are missing.
    pub const fn until(&self) -> Option<Time> {
        match self.waiting {
            Waiting::Signatures => None,
            Waiting::Veto { until } | Waiting::SecondPetition { until, .. } => Some(until),
        }
    }
}
