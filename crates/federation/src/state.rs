use std::collections::{BTreeMap, BTreeSet};

use measure::Hours;
use serde::{Deserialize, Serialize};

use crate::act::Side;
use crate::rows::{
    About, Backing, Circle, Claim, Common, Conflict, Contract, Contribution, Delivery, Due,
    Elected, Key, Lot, Mandate, PactVersion, Person, Post, Proposal, Recovery, Resource, Round,
    Specification, Thing, Unit, Usage, Version, Wish,
};
use crate::table::Table;
use crate::{
    Act, FederationId, Id, Name, PersonId, Preference, PublicKey, Ref, Refusal, Root, Time,
};

/// The state of a federation, as its record makes it.
///
/// It changes by [`Federation::apply`] alone. Its bytes ([`Federation::to_bytes`]) are the one
/// canonical encoding: snapshots are made of it and the state hash is taken of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Federation {
    pub(crate) founding: Option<Founding>,
    pub(crate) size: u64,
    pub(crate) time: Time,
    pub(crate) newest_date: Time,
    pub(crate) testified: Time,
    pub(crate) vouched: Time,
    /// The record's root before the last entry: the seed of what is drawn by lot with it.
    pub(crate) root: Option<Root>,
    pub(crate) witnesses: Witnesses,
    pub(crate) persons: Table<Person>,
    pub(crate) persons_by_id: BTreeMap<PersonId, Id<Person>>,
    pub(crate) keys: BTreeMap<PublicKey, Key>,
    /// By the size of the record with the first signature.
    pub(crate) recoveries: BTreeMap<u64, Recovery>,
    pub(crate) units: Table<Unit>,
    pub(crate) unit_names: BTreeSet<String>,
    /// By the backed unit and its backer.
    pub(crate) backings: BTreeMap<(Id<Unit>, Id<Unit>), Backing>,
    /// Until when a unit was backed, by that unit and its backer, where it no longer is.
    pub(crate) backed_until: BTreeMap<(Id<Unit>, Id<Unit>), Time>,
    pub(crate) specifications: Table<Specification>,
    pub(crate) versions: Table<Version>,
    pub(crate) wishes: Table<Wish>,
    pub(crate) rounds: Table<Round>,
    pub(crate) contracts: Table<Contract>,
    pub(crate) contracts_of: BTreeSet<(Id<Unit>, Id<Contract>)>,
    pub(crate) contracts_under: BTreeSet<(Id<Version>, Id<Contract>)>,
    pub(crate) deliveries: Table<Delivery>,
    pub(crate) standing_wishes: BTreeSet<(Id<Unit>, Side, Id<Wish>)>,
    pub(crate) things: Table<Thing>,
    pub(crate) standing_things: BTreeSet<Id<Thing>>,
    pub(crate) circles: Table<Circle>,
    pub(crate) circle_names: BTreeSet<String>,
    pub(crate) posts: Table<Post>,
    pub(crate) lots: Table<Lot>,
    pub(crate) commons: Table<Common>,
    pub(crate) contributions: Table<Contribution>,
    pub(crate) resources: Table<Resource>,
    pub(crate) claims: Table<Claim>,
    pub(crate) uses: Table<Usage>,
    pub(crate) conflicts: Table<Conflict>,
    /// By what they are about.
    pub(crate) conflicts_about: BTreeSet<(About, Id<Conflict>)>,
    pub(crate) open_contributions: BTreeSet<Id<Contribution>>,
    pub(crate) mandates: Table<Mandate>,
    /// By the unit that gave them.
    pub(crate) mandates_by: BTreeSet<(Id<Unit>, Id<Mandate>)>,
    pub(crate) elections: BTreeMap<Id<Proposal>, Elected>,
    pub(crate) gathering: BTreeMap<(Gatherer, Act), BTreeSet<Id<Person>>>,
    /// Those that came into force, that of the founding first.
    pub(crate) pacts: Vec<PactVersion>,
    pub(crate) proposals: Table<Proposal>,
    /// Which plans rounds prefer, the weightiest first.
    pub(crate) order: Vec<Preference>,
    /// What happens by itself, and when; see [`Federation::keep_calendar`].
    pub(crate) calendar: BTreeSet<(Time, Due)>,
}

/// For whom signatures under one act are gathered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Gatherer {
    /// Members of a unit sign for it.
    Unit(Id<Unit>),
    /// Two co-members act for somebody without a device.
    Person(Id<Person>),
}

/// Whose dates vouch for the time: the three newest, one per unit, newest first; as they count for
/// what ends, and as they were said, for what begins.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Witnesses {
    pub(crate) dated: Vec<Dated>,
    pub(crate) said: Vec<Dated>,
    /// How many units can bear witness at all.
    pub(crate) units: u32,
    /// Whether that is the host's own unit, for want of others.
    pub(crate) host_alone: bool,
}

/// A date on a unit's statement, the size of the record with it, and the unit; two dates are never
/// equal, so their order does not depend on which unit stands before another.
pub(crate) type Dated = (Time, u64, Id<Unit>);

/// What the founding act settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Founding {
    pub(crate) id: FederationId,
    pub(crate) name: Name,
    pub(crate) host: Id<Person>,
    pub(crate) at: Time,
    /// Whether the opening entitlements have come into force.
    pub(crate) opened: bool,
}

/// The version of the state's encoding, its first byte.
const ENCODING: u8 = 6;

macro_rules! tables {
    ($($row:ident $many:ident $one:ident $find:ident $name:ident),+ $(,)?) => {
        $(
            #[doc = concat!("All its ", stringify!($many), ", first made first.")]
            pub fn $many(&self) -> impl DoubleEndedIterator<Item = (Id<$row>, &$row)> + ExactSizeIterator {
                self.$many.iter()
            }

            #[doc = concat!("The ", stringify!($one), " with this number. Refused if there is none.")]
            pub fn $one(&self, id: Id<$row>) -> Result<&$row, Refusal> {
                self.$many.row(id)
            }

            #[doc = concat!("The ", stringify!($one), " that a statement names. Refused if there is none.")]
            pub fn $find(&self, named: Ref<$row>) -> Result<Id<$row>, Refusal> {
                self.$many.find(named)
            }

            #[doc = concat!("How statements name this ", stringify!($one), ".")]
            pub fn $name(&self, id: Id<$row>) -> Option<Ref<$row>> {
                self.$many.name(id)
            }
        )+
    };
}

impl Federation {
    /// A record with no entry yet; the founding act comes first.
    pub fn new() -> Self {
        Self::default()
    }

    tables!(
        Person persons person find_person person_ref,
        Unit units unit find_unit unit_ref,
        Specification specifications specification find_specification specification_ref,
        Version versions version find_version version_ref,
        Wish wishes wish find_wish wish_ref,
        Thing things thing find_thing thing_ref,
        Round rounds round find_round round_ref,
        Contract contracts contract find_contract contract_ref,
        Delivery deliveries delivery find_delivery delivery_ref,
        Circle circles circle find_circle circle_ref,
        Post posts post_row find_post post_ref,
        Lot lots lot find_lot lot_ref,
        Proposal proposals proposal find_proposal proposal_ref,
        Common commons common find_common common_ref,
        Contribution contributions contribution find_contribution contribution_ref,
        Resource resources resource find_resource resource_ref,
        Claim claims claim find_claim claim_ref,
        Usage uses usage find_usage usage_ref,
        Conflict conflicts conflict find_conflict conflict_ref,
        Mandate mandates mandate find_mandate mandate_ref,
    );

    /// Its id; none before the founding act.
    pub fn id(&self) -> Option<FederationId> {
        self.founding.as_ref().map(|founding| founding.id)
    }

    /// What it is called; none before the founding act.
    pub fn name(&self) -> Option<&Name> {
        self.founding.as_ref().map(|founding| &founding.name)
    }

    /// Which plans rounds prefer, the weightiest first.
    pub fn order(&self) -> &[Preference] {
        &self.order
    }

    /// Who hosts the record; none before the founding act.
    pub fn host(&self) -> Option<Id<Person>> {
        self.founding.as_ref().map(|founding| founding.host)
    }

    /// When it was founded; none before that.
    pub fn founded(&self) -> Option<Time> {
        self.founding.as_ref().map(|founding| founding.at)
    }

    /// How many entries made this state.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The host's time of the last entry.
    pub const fn time(&self) -> Time {
        self.time
    }

    /// The newest date on any statement, none of which counts for more than the host's time then.
    pub const fn newest_date(&self) -> Time {
        self.newest_date
    }

    /// The time that statements of three enrolled units (all, if fewer), none the host's own,
    /// vouch for, each by a date that counts for no more than the host's time of its entry. A period
    /// is over only when it has passed its end. It never goes back.
    pub const fn testified(&self) -> Time {
        self.testified
    }

    /// The time that the same units say, whatever the host's clock shows, up to 30 days beyond it:
    /// nothing begins before it. No earlier than the testified time, and equal to it, within what
    /// clocks differ by, where the host's is right. It never goes back.
    pub const fn vouched(&self) -> Time {
        self.vouched
    }

    /// The person known by this id, if the record knows them.
    pub fn person_by_id(&self, id: PersonId) -> Option<Id<Person>> {
        self.persons_by_id.get(&id).copied()
    }

    /// A key, if it was ever used here.
    pub fn key(&self, key: PublicKey) -> Option<&Key> {
        self.keys.get(&key)
    }

    /// The new keys on their way to those who have lost theirs, first signed first.
    pub fn recoveries(&self) -> impl Iterator<Item = &Recovery> {
        self.recoveries.values()
    }

    /// The contracts that a unit is a side of, first made first.
    pub fn contracts_of(&self, unit: Id<Unit>) -> impl DoubleEndedIterator<Item = Id<Contract>> {
        let (first, last) = (Id::new(0), Id::new(u32::MAX));
        self.contracts_of.range((unit, first)..=(unit, last)).map(|&(_, contract)| contract)
    }

    /// Who backs whom with how much: backer, backed, backing.
    pub fn backings(&self) -> impl Iterator<Item = (Id<Unit>, Id<Unit>, Backing)> {
        self.backings.iter().map(|(&(backed, backer), &backing)| (backer, backed, backing))
    }

    /// The offers, or the needs, that were not taken back, past or not; by unit, first made first.
    pub fn standing_wishes(&self, side: Side) -> impl Iterator<Item = (Id<Wish>, &Wish)> {
        let standing = self.standing_wishes.iter().filter(move |&&(_, of, _)| of == side);
        standing.filter_map(|&(.., id)| Some((id, self.wish(id).ok()?)))
    }

    /// The acts of a unit that wait for another member's signature, and who has signed.
    pub fn waiting_for_signatures(
        &self,
        unit: Id<Unit>,
    ) -> impl Iterator<Item = (&Act, &BTreeSet<Id<Person>>)> {
        self.gathering
            .iter()
            .filter(move |((gatherer, _), _)| *gatherer == Gatherer::Unit(unit))
            .map(|((_, act), signed)| (act, signed))
    }

    /// The acts for members of a unit without a device that wait for a second co-member: for whom,
    /// what, and who has signed.
    pub fn waiting_for_co_members(
        &self,
        unit: Id<Unit>,
    ) -> impl Iterator<Item = (Id<Person>, &Act, &BTreeSet<Id<Person>>)> {
        self.gathering.iter().filter_map(move |((gatherer, act), signed)| match *gatherer {
            Gatherer::Person(id) if self.person(id).ok()?.unit == Some(unit) => {
                Some((id, act, signed))
            }
            Gatherer::Person(_) | Gatherer::Unit(_) => None,
        })
    }

    /// How a version is called: `bread/3`.
    pub fn version_label(&self, id: Id<Version>) -> String {
        let label = || {
            let version = self.version(id)?;
            let name = &self.specification(version.specification)?.name;
            Ok::<_, Refusal>(format!("{name}/{}", version.number))
        };
        label().unwrap_or_else(|_| format!("version {id}"))
    }

    /// The hours that all units together may still use: the sum of their rooms.
    pub fn room_left(&self) -> Hours {
        let rooms = self.units().filter(|(_, unit)| unit.is_in());
        rooms.fold(Hours::ZERO, |sum, (id, _)| {
            sum.plus(self.room(id).at_least_zero()).unwrap_or(sum)
        })
    }

    /// The canonical encoding of the state.
    pub fn to_bytes(&self) -> Vec<u8> {
        // Writing plain rows of integers and texts to memory cannot fail.
        postcard::to_extend(self, vec![ENCODING]).unwrap_or_default()
    }

    /// The state from its encoding, or `None` if these bytes are none.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        match bytes.split_first() {
            Some((&ENCODING, rest)) => postcard::from_bytes(rest).ok(),
            _ => None,
        }
    }
}
