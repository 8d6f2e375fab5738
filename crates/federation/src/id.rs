use std::any::type_name;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A name that is not written as this kind of name is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenWrong {
    /// What was expected, such as `64 lower-case hex digits`.
    pub expected: &'static str,
}

impl fmt::Display for WrittenWrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}", self.expected)
    }
}

impl std::error::Error for WrittenWrong {}

fn hex_bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digit = |b: u8| match b {
        b'0'..=b'9' => Some(b - b'0'),
        b'a'..=b'f' => Some(b - b'a' + 10),
        _ => None,
    };
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if pairs.len() != N || !rest.is_empty() {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, &[high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = digit(high)? << 4 | digit(low)?;
    }
    Some(bytes)
}

fn write_hex(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
}

macro_rules! bytes {
    ($(#[$doc:meta])* $name:ident, $length:literal, $expected:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $length]);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_hex(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl FromStr for $name {
            type Err = WrittenWrong;

            fn from_str(text: &str) -> Result<Self, WrittenWrong> {
                hex_bytes(text).map(Self).ok_or(WrittenWrong { expected: $expected })
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    serializer.collect_str(self)
                } else {
                    self.0.serialize(serializer)
                }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                if deserializer.is_human_readable() {
                    let text = String::deserialize(deserializer)?;
                    text.parse().map_err(D::Error::custom)
                } else {
                    <[u8; $length]>::deserialize(deserializer).map(Self)
                }
            }
        }
    };
}

bytes!(
    /// A person: 16 random bytes picked by the device that first speaks for them.
    PersonId, 16, "32 lower-case hex digits"
);
bytes!(
    /// A federation: 32 random bytes in its founding act, the same in each of its statements.
    FederationId, 32, "64 lower-case hex digits"
);
bytes!(
    /// The Ed25519 public key of a device.
    PublicKey, 32, "64 lower-case hex digits"
);
bytes!(
    /// The SHA-256 of a statement's bytes.
    StatementId, 32, "64 lower-case hex digits"
);
bytes!(
    /// The salted SHA-256 of a body: words or pictures by or about a person, which can be erased.
    BodyId, 32, "64 lower-case hex digits"
);
bytes!(
    /// The SHA-256 of an annex: a plan with its certificate.
    AnnexId, 32, "64 lower-case hex digits"
);
bytes!(
    /// The root of the record's Merkle tree at some size.
    Root, 32, "64 lower-case hex digits"
);

bytes!(
    /// A number that a unit gives for a public lot: 32 random bytes.
    LotNumber, 32, "64 lower-case hex digits"
);
bytes!(
    /// The SHA-256 of a [`LotNumber`]: to what a unit is bound before it tells the number.
    NumberHash, 32, "64 lower-case hex digits"
);

/// How a statement names a thing of the kind `T`: by the act that made it, and which of the things
/// made by that act it is.
///
/// It commits its signer to the very words of that act, wherever a host puts either of them.
/// Shape: the statement's hash, and for an act that makes several things `.row`: `9f…e1.3`.
pub struct Ref<T> {
    /// The statement whose act made the thing.
    pub made_by: StatementId,
    /// Which one, counted from nought.
    pub row: u32,
    kind: PhantomData<fn() -> T>,
}

impl<T> Ref<T> {
    /// The name of the thing in row `row` of what the statement made.
    pub const fn new(made_by: StatementId, row: u32) -> Self {
        Self { made_by, row, kind: PhantomData }
    }
}

/// A thing's place in the order in which this record made things of its kind, the first being 1: unit
/// 3, contract 57.
///
/// Every reader of the same record gives the same number. It is for reading and for addresses;
/// statements use [`Ref`].
pub struct Id<T> {
    number: u32,
    kind: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// The id with this number, whether or not such a thing exists.
    pub const fn new(number: u32) -> Self {
        Self { number, kind: PhantomData }
    }

    /// The number, counted from 1.
    pub const fn number(self) -> u32 {
        self.number
    }
}

macro_rules! plain_traits {
    ($name:ident, $($field:ident),+) => {
        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                *self
            }
        }
        impl<T> Copy for $name<T> {}
        impl<T> PartialEq for $name<T> {
            fn eq(&self, other: &Self) -> bool {
                $(self.$field == other.$field)&&+
            }
        }
        impl<T> Eq for $name<T> {}
        impl<T> PartialOrd for $name<T> {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }
        impl<T> Ord for $name<T> {
            fn cmp(&self, other: &Self) -> Ordering {
                ($(self.$field,)+).cmp(&($(other.$field,)+))
            }
        }
        impl<T> Hash for $name<T> {
            fn hash<H: Hasher>(&self, state: &mut H) {
                ($(self.$field,)+).hash(state);
            }
        }
    };
}

plain_traits!(Ref, made_by, row);
plain_traits!(Id, number);

impl<T> fmt::Display for Ref<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.row {
            0 => write!(f, "{}", self.made_by),
            row => write!(f, "{}.{row}", self.made_by),
        }
    }
}

/// The last word of a type's name: `Unit`.
fn kind<T>() -> &'static str {
    let whole = type_name::<T>();
    whole.rsplit("::").next().unwrap_or(whole)
}

/// `Unit(9f…e1.3)`.
impl<T> fmt::Debug for Ref<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({self})", kind::<T>())
    }
}

/// `Unit(3)`.
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({})", kind::<T>(), self.number)
    }
}

impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.number.fmt(f)
    }
}

impl<T> FromStr for Ref<T> {
    type Err = WrittenWrong;

    fn from_str(text: &str) -> Result<Self, WrittenWrong> {
        let expected = "64 lower-case hex digits, and `.` and a number for a further row";
        let wrong = || WrittenWrong { expected };
        let (hash, row) = match text.split_once('.') {
            Some((hash, row)) => {
                let number = row.parse::<u32>().map_err(|_| wrong())?;
                // One name per thing: neither `.0` nor `.07`.
                if number == 0 || row != number.to_string() {
                    return Err(wrong());
                }
                (hash, number)
            }
            None => (text, 0),
        };
        Ok(Self::new(hash.parse().map_err(|_| wrong())?, row))
    }
}

impl<T> Serialize for Ref<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            (self.made_by, self.row).serialize(serializer)
        }
    }
}

impl<'de, T> Deserialize<'de> for Ref<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
        } else {
            <(StatementId, u32)>::deserialize(deserializer)
                .map(|(made_by, row)| Self::new(made_by, row))
        }
    }
}

impl<T> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.number.serialize(serializer)
    }
}

impl<'de, T> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        u32::deserialize(deserializer).map(Self::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ref_is_written_in_one_way_only() {
        let hash = "ab".repeat(32);
        let plain: Ref<()> = hash.parse().unwrap();
        assert_eq!(plain.to_string(), hash);
        let third: Ref<()> = format!("{hash}.3").parse().unwrap();
        assert_eq!((third.row, third.to_string()), (3, format!("{hash}.3")));
        for wrong in [format!("{hash}.0"), format!("{hash}.03"), hash.to_uppercase(), "ab".into()] {
            assert!(wrong.parse::<Ref<()>>().is_err(), "{wrong}");
        }
    }
}
