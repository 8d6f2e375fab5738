//! What tells two states apart: everything in them but what cannot matter to anything that follows.
//!
//! - Of the sizes that the record had at some moment, only their order, among those that are ever
//!   compared: who moved before or after an electorate was fixed, who was lent room first.
//! - Not how many entries led there, which numbers keys have used, nor how many acts a unit made
//!   today, as long as nobody comes near fifty.

use std::fmt::Display;

use serde::ser::{self, Serialize};

/// A number that differs for states that differ; of two that do not, it is the same.
pub(crate) fn print(state: &impl Serialize) -> u64 {
    let mut stream = Stream::default();
    // Writing to memory cannot fail.
    drop(state.serialize(&mut stream));
    stream.print()
}

/// What was written so far, with the sizes of the record kept apart.
#[derive(Default)]
struct Stream {
    words: Vec<u64>,
    sizes: Vec<(Of, u64)>,
    of: Of,
}

/// What a number of 64 bits is the size of the record at.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Of {
    /// Nothing that is compared.
    #[default]
    Nothing,
    /// Not at all: a count of ballots.
    Count,
    /// Somebody's move from one unit to another.
    Move,
    /// The fixing of an electorate.
    Electorate,
    /// A unit's coming in.
    Joined,
    /// The first statement of a unit with its latest date.
    Dated,
    /// The first hour of room that was lent.
    Backing,
    /// The first signature under a new key.
    Recovery,
    /// A subscription.
    Subscription,
}

impl Of {
    fn field(of: &str, field: &str) -> Option<Self> {
        match (of, field) {
            ("Ballots", _) => Some(Self::Count),
            ("Person", "moves") => Some(Self::Move),
            ("Fixed", "size") => Some(Self::Electorate),
            ("Unit", "joined") => Some(Self::Joined),
            ("Unit" | "Witnesses", "dated" | "said") => Some(Self::Dated),
            ("Backing", "since") => Some(Self::Backing),
            ("Federation", "recoveries" | "calendar") => Some(Self::Recovery),
            ("Subscription", "order") => Some(Self::Subscription),
            _ => None,
        }
    }
}

/// Stands among the words where a size belongs.
const SIZE: u64 = 0x5173_5173_5173_5173;

impl Stream {
    fn print(self) -> u64 {
        let places = self.sizes.iter().map(|&(of, size)| self.place(of, size));
        self.words.iter().copied().chain(places).fold(0x9e37_79b9_7f4a_7c15, mixed)
    }

    /// How many of the sizes come before one with which it is ever compared.
    fn place(&self, of: Of, size: u64) -> u64 {
        let with = if of == Of::Move { Of::Electorate } else { of };
        let mut before: Vec<u64> =
            self.sizes.iter().filter(|row| row.0 == with).map(|row| row.1).collect();
        before.retain(|&other| other < size || (of == Of::Move && other == size));
        before.sort_unstable();
        before.dedup();
        count(before.len())
    }

    #[expect(clippy::unnecessary_wraps, reason = "what writing each kind of value ends with")]
    fn word(&mut self, word: u64) -> Result<(), Never> {
        self.words.push(word);
        Ok(())
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<(), Never> {
        self.word(count(bytes.len()))?;
        for part in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..part.len()].copy_from_slice(part);
            self.word(u64::from_le_bytes(word))?;
        }
        Ok(())
    }
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

/// Two numbers as one, in which nothing of either shows.
const fn mixed(sum: u64, word: u64) -> u64 {
    let mixed = (sum.rotate_left(5) ^ word).wrapping_mul(0xff51_afd7_ed55_8ccd);
    mixed ^ (mixed >> 32)
}

/// What cannot happen while a state is written to memory.
#[derive(Debug)]
pub(crate) struct Never;

impl std::error::Error for Never {}

impl Display for Never {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a state cannot be written")
    }
}

impl ser::Error for Never {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

/// The fields of a struct, of which some are left out.
struct Fields<'a> {
    stream: &'a mut Stream,
    name: &'static str,
}

fn matters_not(of: &str, field: &str) -> bool {
    matches!(
        (of, field),
        ("Serials", _) | ("Unit", "acts_on_day") | ("Federation", "size") | ("Table", "numbers")
    )
}

impl ser::SerializeStruct for Fields<'_> {
    type Ok = ();
    type Error = Never;
    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        field: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        if matters_not(self.name, field) {
            return Ok(());
        }
        let of = self.stream.of;
        self.stream.of = Of::field(self.name, field).unwrap_or(of);
        let written = value.serialize(&mut *self.stream);
        self.stream.of = of;
        written
    }
    fn end(self) -> Result<(), Never> {
        Ok(())
    }
}

impl ser::SerializeStructVariant for Fields<'_> {
    type Ok = ();
    type Error = Never;
    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        value.serialize(&mut *self.stream)
    }
    fn end(self) -> Result<(), Never> {
        Ok(())
    }
}

macro_rules! elements {
    ($($of:ident $serialize:ident),+) => {
        $(impl ser::$of for &mut Stream {
            type Ok = ();
            type Error = Never;
            fn $serialize<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
                value.serialize(&mut **self)
            }
            fn end(self) -> Result<(), Never> {
                self.word(0xe4d)
            }
        })+
    };
}

elements!(
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field
);

impl ser::SerializeMap for &mut Stream {
    type Ok = ();
    type Error = Never;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Never> {
        key.serialize(&mut **self)
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        value.serialize(&mut **self)
    }
    fn end(self) -> Result<(), Never> {
        self.word(0xe4d)
    }
}

macro_rules! numbers {
    ($($name:ident $number:ty),+) => {
        $(fn $name(self, number: $number) -> Result<(), Never> {
            self.word(u64::from(number))
        })+
    };
}

macro_rules! signed_numbers {
    ($($name:ident $number:ty),+) => {
        $(fn $name(self, number: $number) -> Result<(), Never> {
            self.word(i64::from(number).cast_unsigned())
        })+
    };
}

impl<'a> ser::Serializer for &'a mut Stream {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Fields<'a>;
    type SerializeStructVariant = Fields<'a>;

    numbers!(
        serialize_bool bool,
        serialize_u8 u8,
        serialize_u16 u16,
        serialize_u32 u32,
        serialize_char char
    );
    signed_numbers!(
        serialize_i8 i8,
        serialize_i16 i16,
        serialize_i32 i32,
        serialize_i64 i64
    );

    /// Whatever is counted in 64 bits is a size of the record, but for counts of ballots.
    fn serialize_u64(self, number: u64) -> Result<(), Never> {
        match self.of {
            Of::Count => self.word(number),
            of => {
                self.sizes.push((of, number));
                self.word(SIZE)
            }
        }
    }
    fn serialize_f32(self, _: f32) -> Result<(), Never> {
        Err(Never)
    }
    fn serialize_f64(self, _: f64) -> Result<(), Never> {
        Err(Never)
    }
    fn serialize_str(self, text: &str) -> Result<(), Never> {
        self.bytes(text.as_bytes())
    }
    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), Never> {
        self.bytes(bytes)
    }
    fn serialize_none(self) -> Result<(), Never> {
        self.word(0)
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Never> {
        self.word(1)?;
        value.serialize(self)
    }
    fn serialize_unit(self) -> Result<(), Never> {
        Ok(())
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Never> {
        Ok(())
    }
    fn serialize_unit_variant(
        self,
        _: &'static str,
        at: u32,
        _: &'static str,
    ) -> Result<(), Never> {
        self.word(u64::from(at))
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        at: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        self.word(u64::from(at))?;
        value.serialize(self)
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Never> {
        self.word(0xbe9)?;
        Ok(self)
    }
    fn serialize_tuple(self, _: usize) -> Result<Self, Never> {
        Ok(self)
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, Never> {
        Ok(self)
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        at: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, Never> {
        self.word(u64::from(at))?;
        Ok(self)
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Self, Never> {
        self.word(0xbe9)?;
        Ok(self)
    }
    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Fields<'a>, Never> {
        Ok(Fields { stream: self, name })
    }
    fn serialize_struct_variant(
        self,
        name: &'static str,
        at: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Fields<'a>, Never> {
        self.word(u64::from(at))?;
        Ok(Fields { stream: self, name })
    }
}
