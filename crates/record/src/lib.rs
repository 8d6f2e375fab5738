//! The record of a federation: who said what, in which order, so that nobody can change it
//! unnoticed and everybody can check it.
//!
//! Read the modules in this order:
//!
//! 1. statements, the bytes that people sign ([`sign_statement`], [`read_statement`]);
//! 2. [`Leaf`], a statement as placed in the record: the entry's bytes;
//! 3. [`Tree`], the RFC 6962 Merkle tree over the entries, and the proofs it gives;
//! 4. [`Checkpoint`], the root as the host signs it, and [`Receipt`], the proof for one entry;
//! 5. [`Store`], where entries are kept, by one primitive: compare-and-append;
//! 6. [`Host`], the single writer, [`Intake`], the way to it from many threads, and [`Record`],
//!    which everybody reads;
//! 7. [`verify()`], which checks a whole record and believes nobody.
//!
//! What the acts mean is the state machine's business (`federation`). This crate checks what can
//! be checked of bytes: size, form, signature, hash.

mod bodies;
mod body;
mod checked;
mod checkpoint;
mod cores;
mod erasure;
mod fault;
mod files;
mod hash;
mod head;
mod host;
mod intake;
mod key;
mod leaf;
mod note;
mod proof;
mod receipt;
mod record;
mod record_file;
mod refused;
mod resource;
mod sqlite;
mod statement;
mod store;
mod submission;
mod tile;
mod tree;
mod verify;
mod walk;

pub use body::Body;
pub use checked::ANNEX_BYTES_MAX;
pub use checkpoint::{Checkpoint, NoCheckpoint, SignedCheckpoint, origin};
pub use erasure::{Erasure, sign_erasure};
pub use fault::{Fault, NotDone};
pub use federation::Root;
pub use files::Files;
pub use hash::{Hash, leaf_hash, node_hash, sha256};
pub use host::Host;
pub use intake::Intake;
pub use key::{SignatureBytes, SigningKey, is_signed_by, random};
pub use leaf::Leaf;
pub use note::{NoNote, Note, read_verifier, verifier};
pub use proof::{proves_consistency, proves_inclusion};
pub use receipt::{NoReceipt, Receipt, ReceiptWrong};
pub use record::{FoundBody, Record, State};
pub use record_file::RecordFile;
pub use refused::Refused;
pub use resource::{Lasts, Resource};
pub use sqlite::SqliteStore;
pub use statement::{STATEMENT_BYTES_MAX, Signed, read_statement, sign_statement, statement_id};
pub use store::{Appended, Batch, Snapshot, Store};
pub use submission::{Accepted, Submission};
pub use tile::{TILE_WIDTH, Tile, TileOf, bundles, from_bundle, to_bundle};
pub use tree::Tree;
pub use verify::{KnownBy, NotVerified, Source, Verified, verify};
