//! Ids and names that nobody has hashed or drawn.

use federation::{Name, PersonId, PublicKey};

use crate::Member;
use crate::chance::mixed;

/// Thirty-two bytes that differ for every kind and number, in no visible order.
pub fn digest(kind: u8, number: u64) -> [u8; 32] {
    let mut bytes = [0; 32];
    for (place, part) in (1_u64..).zip(bytes.chunks_exact_mut(8)) {
        let salted = number.wrapping_mul(256).wrapping_add(u64::from(kind));
        part.copy_from_slice(&mixed(mixed(salted).wrapping_add(place)).to_be_bytes());
    }
    bytes
}

/// The so-many-th person, with a first key.
pub fn member(number: u64) -> Member {
    let mut person = [0; 16];
    person.copy_from_slice(&digest(b'p', number)[..16]);
    Member { person: PersonId(person), key: PublicKey(digest(b'k', number)) }
}

/// A name. Panics if the text is none.
pub fn name(text: &str) -> Name {
    Name::parse(text).unwrap_or_else(|refused| panic!("`{text}` is no name: {refused}"))
}
