//! What a federation's state consists of. All of it can be read, and nothing but an act changes it.

mod circle;
mod commons;
mod conflict;
mod contract;
mod contribution;
mod delivery;
mod due;
mod lot;
mod mandate;
mod pact_version;
mod person;
mod proposal;
mod recovery;
mod resource;
mod round;
mod said;
mod specification;
mod thing;
mod unit;
mod wish;

pub use circle::{Circle, Post};
pub use commons::{Common, Subscription};
pub use conflict::{
    About, Agreed, Conflict, Mediator, Settled, Settlement, Stage, Way, WayOut, Weighed,
};
pub use contract::{Answered, Arrangement, Contract, Meeting, Origin, Parties, Status};
pub use contribution::{Asked, Carried, Contribution};
pub use delivery::{Delivery, Progress};
pub use due::Due;
pub use lot::{Drawing, Lot, LotName, LotStage};
pub use mandate::{Elected, Ended, Mandate};
pub use pact_version::PactVersion;
pub use person::{Key, Person, Serials};
pub use proposal::{
    Ballot, Ballots, Counted, Course, Fixed, Hand, Proposal, RoomCount, Rule, Says, Seal, Sealed,
    UnitsSay, Voting,
};
pub use recovery::{Helpers, Recovery, Waiting};
pub use resource::{Claim, Resource, Usage};
pub use round::{Drawn, Inputs, Pass, Phase, Planned, RoomLeft, Round};
pub use said::Said;
pub use specification::{Specification, Valuation, ValueWord, Version};
pub use thing::Thing;
pub use unit::{Backing, Commitment, Enrolled, Enrolment, Listing, Standing, Unit};
pub use wish::Wish;
