//! A node: the records it hosts, the keys it keeps for people, and the steps it takes for them.
//!
//! A node gives nobody rights. What it does in somebody's name it does with a key that they let
//! it keep, and every such statement says so.

mod about;
mod answers;
pub mod api;
mod between;
mod clock;
mod essentials;
mod failed;
mod found;
mod hosted;
mod join;
mod keys;
mod left_out;
mod node;
mod open_needs;
mod outlook;
mod outlooks;
mod overview;
mod passphrase;
mod people;
mod read_paths;
mod recover;
mod rings;
pub mod sample;
mod saying;
mod sign;
mod solving;
mod tend;
mod trial;
pub mod words;
mod written;

pub use about::{About, words_body};
pub use answers::Told;
pub use between::{Between, Pair};
pub use clock::Clock;
pub use essentials::{read_essential, read_order};
pub use failed::Failed;
pub use found::{Foundation, Founded, FoundingUnit};
pub use hosted::{Hosted, Recorded, Said};
pub use join::Joining;
pub use keys::{KeptKey, Keys, OpenInvite, Reader, Seat, Session, make_number};
pub use node::{Broken, Node};
pub use open_needs::{OpenNeed, open_needs};
pub use outlook::{Outlook, sum};
pub use outlooks::Ahead;
pub use overview::Overview;
pub use passphrase::LETTERS_MIN;
pub use read_paths::reading_prefix;
pub use record::Body;
pub use rings::{Ring, RingStep};
pub use saying::Saying;
pub use solving::Progress;
pub use tend::{Due, PAGE_WAITS};
pub use trial::{Trialled, try_copy};
pub use written::{read_act, write_act};
