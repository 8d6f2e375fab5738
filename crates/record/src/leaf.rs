use federation::Time;

use crate::key::SignatureBytes;

/// An entry as it is hashed into the tree, stored and sent.
///
/// Shape, at most 65,535 bytes, in one way only:
///
/// | bytes | what |
/// |---|---|
/// | 1 | the version of this form: 1 |
/// | 8 | its place in the record, counted from nought; the highest byte first |
/// | 8 | the host's time in seconds since 1970; the highest byte first |
/// | 64 | the Ed25519 signature over the statement |
/// | the rest | the statement, as it was signed |
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// Its place in the record.
    pub sequence: u64,
    /// The host's time.
    pub time: Time,
    /// The signature over the statement.
    pub signature: SignatureBytes,
    /// The statement's bytes.
    pub statement: Vec<u8>,
}

/// The version of the form.
const FORM: u8 = 1;

impl Leaf {
    /// The most bytes an entry has: the limit of a C2SP entry bundle.
    pub const BYTES_MAX: usize = 65_535;

    /// The entry's bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(81 + self.statement.len());
        bytes.push(FORM);
        bytes.extend_from_slice(&self.sequence.to_be_bytes());
        bytes.extend_from_slice(&self.time.seconds().to_be_bytes());
        bytes.extend_from_slice(&self.signature);
        bytes.extend_from_slice(&self.statement);
        bytes
    }

    /// Reads an entry, or `None` if these bytes are none.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        if bytes.len() > Self::BYTES_MAX {
            return None;
        }
        let rest = bytes.strip_prefix(&[FORM])?;
        let (sequence, rest) = rest.split_first_chunk()?;
        let (time, rest) = rest.split_first_chunk()?;
        let (signature, statement) = rest.split_first_chunk()?;
        Some(Self {
            sequence: u64::from_be_bytes(*sequence),
            time: Time::from_seconds(i64::from_be_bytes(*time))?,
            signature: *signature,
            statement: statement.to_vec(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::leaf_hash;

    fn leaf() -> Leaf {
        let time = Time::from_seconds(1_772_323_199).unwrap();
        Leaf { sequence: 258, time, signature: [0xee; 64], statement: b"{}".to_vec() }
    }

    #[test]
    fn an_entry_has_this_form_and_this_hash() {
        let bytes = leaf().to_bytes();
        let begins = [1, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0x69, 0xa3, 0x81, 0x7f, 0xee];
        assert_eq!(bytes[..18], begins);
        assert_eq!((bytes.len(), &bytes[81..]), (83, b"{}".as_slice()));
        assert_eq!(
            federation::Root(leaf_hash(&bytes)).to_string(),
            "0c6db93890478bf11877c4f98ba62feb88791e68265604f2762988eaaecc95aa"
        );
        assert_eq!(Leaf::from_bytes(&bytes), Some(leaf()));
    }

    #[test]
    fn bytes_that_are_not_exactly_an_entry_are_none() {
        let bytes = leaf().to_bytes();
        assert_eq!(Leaf::from_bytes(&bytes[..80]), None);
        assert_eq!(Leaf::from_bytes(&[&[2], &bytes[1..]].concat()), None);
        let mut before_1970 = bytes.clone();
        before_1970[9] = 0x80;
        assert_eq!(Leaf::from_bytes(&before_1970), None);
        let longest = Leaf { statement: vec![b' '; Leaf::BYTES_MAX - 81], ..leaf() }.to_bytes();
        assert!(Leaf::from_bytes(&longest).is_some());
        assert_eq!(Leaf::from_bytes(&[longest, vec![b' ']].concat()), None);
    }
}
